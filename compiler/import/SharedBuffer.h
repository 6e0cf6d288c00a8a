//===- SharedBuffer.h - bytes that two processes map ------------*- C++ -*-===//
//
// A file, or memory that has a descriptor (memfd), mapped here and, through the
// descriptor, by the child process that reads it for us: neither of the two
// copies it. Also how nnc opens every input file: a pipe or a device may give
// bytes without end, so those are read up to a limit.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_IMPORT_SHAREDBUFFER_H
#define NNC_COMPILER_IMPORT_SHAREDBUFFER_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include <memory>
#include <string>
#include <utility>

namespace nnc {

/// The most that is read from what is not a regular file, stdin included.
inline constexpr uint64_t kMaxStreamBytes = 1 << 30;

/// Owns a file descriptor.
class Descriptor {
public:
  explicit Descriptor(int fd = -1) : fd(fd) {}
  Descriptor(Descriptor &&other) noexcept : fd(std::exchange(other.fd, -1)) {}
  Descriptor &operator=(Descriptor &&other) noexcept {
    std::swap(fd, other.fd);
    return *this;
  }
  ~Descriptor() { reset(); }

  explicit operator bool() const { return fd >= 0; }
  int get() const { return fd; }
  void reset();

private:
  int fd;
};

class SharedBuffer final : public llvm::WritableMemoryBuffer {
public:
  /// The file at `path`, "-" for stdin. A regular file is mapped; anything else
  /// is read, and refused when it has more than `streamLimit` bytes. The bytes
  /// are not to be written to.
  static llvm::Expected<std::unique_ptr<SharedBuffer>>
  open(llvm::StringRef path, uint64_t streamLimit = kMaxStreamBytes);

  /// New memory, all zero, that may be written to.
  static llvm::Expected<std::unique_ptr<SharedBuffer>> create(uint64_t bytes);

  /// All of what the descriptor stands for, read-only.
  static llvm::Expected<std::unique_ptr<SharedBuffer>> map(Descriptor fd);

  /// New memory without content, which grows when it is written to.
  static llvm::Expected<Descriptor> createFile();

  using MemoryBuffer::getBuffer;
  int descriptor() const { return fd.get(); }
  llvm::StringRef getBufferIdentifier() const override { return name; }
  BufferKind getBufferKind() const override { return MemoryBuffer_MMap; }

private:
  using Region = llvm::sys::fs::mapped_file_region;
  SharedBuffer(Descriptor fd, Region region);
  static llvm::Expected<std::unique_ptr<SharedBuffer>>
  mapAs(Descriptor fd, Region::mapmode mode);

  Descriptor fd;
  Region region;
  std::string name; ///< the path; empty for memory
};

} // namespace nnc

#endif // NNC_COMPILER_IMPORT_SHAREDBUFFER_H
