//===- ZipArchive.h - members of a zip in memory ----------------*- C++ -*-===//
//
// The zip files that numpy and Keras write, read with libzip.
// Stored and deflated members only; nothing is written, nothing is extracted
// to disk. A member that claims to be larger than deflate can make it is an
// error before anything is allocated for it.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_IMPORT_ZIPARCHIVE_H
#define NNC_COMPILER_IMPORT_ZIPARCHIVE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include <memory>
#include <string>
#include <vector>

struct zip;

namespace nnc {

class ZipArchive {
public:
  /// The archive in `file`, which must outlive it.
  static llvm::Expected<ZipArchive> open(const llvm::MemoryBuffer &file);

  /// Names of all members, in the archive's order.
  const std::vector<std::string> &names() const { return members; }

  /// The content of the member names()[index], its checksum verified; `shared`
  /// puts it into a SharedBuffer. More than `limit` bytes are an error. Reading
  /// all members takes at most what
  /// expansionLimit says of the archive's size.
  llvm::Expected<std::unique_ptr<llvm::WritableMemoryBuffer>>
  read(size_t index, bool shared = false, uint64_t limit = UINT64_MAX);

private:
  struct Discard {
    void operator()(::zip *archive) const;
  };
  ZipArchive() = default;

  std::unique_ptr<::zip, Discard> archive;
  std::vector<std::string> members;
  uint64_t unread = 0;   ///< compressed bytes that no member has claimed yet
  uint64_t expanded = 0; ///< bytes that members may still take in memory
};

} // namespace nnc

#endif // NNC_COMPILER_IMPORT_ZIPARCHIVE_H
