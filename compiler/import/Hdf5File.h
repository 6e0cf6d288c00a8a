//===- Hdf5File.h - groups, attributes and datasets of HDF5 -----*- C++ -*-===//
//
// A narrow, checked view of libhdf5 for reading files that nobody vouches for:
// hard links only (a file never makes us open another), every object once,
// limited nesting, no plugins, and no dataset larger than its bytes in the file
// can hold. libhdf5 is not thread-safe: one file at a time.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_IMPORT_HDF5FILE_H
#define NNC_COMPILER_IMPORT_HDF5FILE_H

#include "compiler/import/WeightFormats.h"
#include "llvm/ADT/DenseSet.h"
#include <optional>

namespace nnc {

/// Owns one reference to an HDF5 object of any kind.
class Hdf5Id {
public:
  Hdf5Id() = default;
  explicit Hdf5Id(int64_t id) : id(id) {}
  Hdf5Id(Hdf5Id &&other) noexcept : id(std::exchange(other.id, -1)) {}
  Hdf5Id &operator=(Hdf5Id &&other) noexcept {
    std::swap(id, other.id);
    return *this;
  }
  ~Hdf5Id();

  explicit operator bool() const { return id >= 0; }
  operator int64_t() const { return id; }

private:
  int64_t id = -1;
};

/// A group, or a dataset, with its place in the file for error messages.
struct Hdf5Object {
  Hdf5Id id;
  std::string path; ///< "/layers/dense/vars"; empty for the root
  unsigned depth = 0;
  bool isGroup = false;

  /// "'/layers/dense/vars'", for messages.
  std::string what() const { return quotedName(path.empty() ? "/" : path); }
};

class Hdf5File {
public:
  /// Opens the file in `bytes`, which must outlive it.
  static llvm::Expected<std::unique_ptr<Hdf5File>> open(llvm::StringRef bytes);
  ~Hdf5File();

  llvm::Expected<Hdf5Object> root();

  /// Names of what a group holds, numbers in numeric order ("2" before "10").
  llvm::Expected<std::vector<std::string>> children(const Hdf5Object &group);

  static bool hasChild(const Hdf5Object &group, llvm::StringRef name);

  /// Opens one member of a group. Each object opens once: a second way to it
  /// (a cycle, a copy by reference) is an error.
  llvm::Expected<Hdf5Object> open(const Hdf5Object &group,
                                  llvm::StringRef name);

  /// The same for a look at its attributes, which does not count.
  llvm::Expected<Hdf5Object> peek(const Hdf5Object &group,
                                  llvm::StringRef name);

  /// The strings of an attribute, one for a scalar; nothing if there is no such
  /// attribute. An empty array of any type is an empty list.
  llvm::Expected<std::optional<std::vector<std::string>>>
  strings(const Hdf5Object &object, llvm::StringRef attribute);

  /// Reads a dataset; its path in the result is left empty. Data that lies in
  /// the file as it must be in memory is not copied: it points into the bytes
  /// that were opened, and has no storage of its own.
  llvm::Expected<NamedTensor> read(const Hdf5Object &dataset);

private:
  struct Quiet;
  explicit Hdf5File(llvm::StringRef bytes);
  llvm::Error claim(const Hdf5Object &dataset, uint64_t needed,
                    const std::string &what);

  std::unique_ptr<Quiet> quiet; ///< goes last: closing may print, too
  Hdf5Id file;
  llvm::DenseSet<uint64_t> opened; ///< addresses of the objects opened
  llvm::StringRef bytes;
  uint64_t unread;   ///< bytes of the file that no dataset has claimed yet
  uint64_t expanded; ///< bytes that datasets may still take in memory
};

} // namespace nnc

#endif // NNC_COMPILER_IMPORT_HDF5FILE_H
