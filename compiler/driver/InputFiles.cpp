//===- InputFiles.cpp - the files that an output was made of --------------===//
//
// See InputFiles.h.
//
//===----------------------------------------------------------------------===//

#include "compiler/driver/InputFiles.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;

namespace nnc {

static Error cannotRead(StringRef path, std::error_code ec) {
  return createStringError("cannot read '" + path + "': " + ec.message() +
                           " [N004]");
}

Expected<std::vector<std::string>> listFiles(StringRef path) {
  std::vector<std::string> files;
  if (path == "-")
    return files;
  if (!sys::fs::is_directory(path)) {
    files.push_back(path.str());
    return files;
  }
  std::error_code ec;
  sys::fs::recursive_directory_iterator it(path, ec), end;
  for (; !ec && it != end; it.increment(ec))
    if (it->type() == sys::fs::file_type::regular_file)
      files.push_back(it->path());
  if (ec)
    return cannotRead(path, ec);
  llvm::sort(files);
  return files;
}

static Expected<uint64_t> hashFile(StringRef path) {
  auto buffer = MemoryBuffer::getFile(path, /*IsText=*/false,
                                      /*RequiresNullTerminator=*/false);
  if (!buffer)
    return cannotRead(path, buffer.getError());
  return xxh3_64bits((*buffer)->getBuffer());
}

Expected<std::string> describeInput(StringRef path) {
  if (path == "-")
    return "stdin";
  // A pipe or a device cannot be read twice.
  if (sys::fs::exists(path) && !sys::fs::is_directory(path) &&
      !sys::fs::is_regular_file(path))
    return sys::path::filename(path).str();
  Expected<std::vector<std::string>> files = listFiles(path);
  if (!files)
    return files.takeError();

  // One file is its own hash, which a user can check; a folder's is that of its
  // files' hashes.
  SmallVector<uint8_t> hashes;
  uint64_t hash = 0;
  for (const std::string &file : *files) {
    Expected<uint64_t> one = hashFile(file);
    if (!one)
      return one.takeError();
    hash = *one;
    hashes.resize(hashes.size() + sizeof(hash));
    support::endian::write64le(hashes.end() - sizeof(hash), hash);
  }
  if (files->size() != 1)
    hash = xxh3_64bits(hashes);
  return formatv("{0} (xxh3 {1:x-16})",
                 sys::path::filename(path.rtrim(sys::path::get_separator())),
                 hash)
      .str();
}

/// A file name as make reads it back.
static std::string escapeForMake(StringRef path) {
  std::string escaped;
  for (char c : path) {
    if (c == ' ' || c == '#' || c == '\\')
      escaped += '\\';
    else if (c == '$')
      escaped += '$';
    escaped += c;
  }
  return escaped;
}

std::string makeDepfile(ArrayRef<std::string> targets,
                        ArrayRef<std::string> files) {
  auto list = [](ArrayRef<std::string> paths) {
    return join(map_range(paths, escapeForMake), " ");
  };
  return list(targets) + ": " + list(files) + "\n";
}

} // namespace nnc
