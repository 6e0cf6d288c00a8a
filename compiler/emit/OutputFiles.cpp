//===- OutputFiles.cpp - all files of one run, or none --------------------===//
//
// See OutputFiles.h. Pipes and devices cannot be renamed over; they are written
// in place, before the files get their names, so that a full one leaves none.
//
//===----------------------------------------------------------------------===//

#include "compiler/emit/OutputFiles.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace nnc {

static Error cannotWrite(StringRef path, std::error_code ec) {
  return createStringError("cannot write '" + path + "': " + ec.message() +
                           " [N005]");
}

static Error cannotWrite(StringRef path, Error error) {
  return createStringError("cannot write '" + path +
                           "': " + toString(std::move(error)) + " [N005]");
}

static Error writeStream(raw_fd_ostream &os, StringRef path,
                         StringRef content) {
  os << content;
  os.flush();
  std::error_code ec = os.error();
  os.clear_error();
  return ec ? cannotWrite(path, ec) : Error::success();
}

/// Stdout, a pipe or a device: something without a name to rename to.
static bool isStream(StringRef path) {
  sys::fs::file_status status;
  return path == "-" ||
         (!sys::fs::status(path, status) && sys::fs::exists(status) &&
          !sys::fs::is_regular_file(status) && !sys::fs::is_directory(status));
}

static Error writeInPlace(StringRef path, StringRef content) {
  if (path == "-")
    return writeStream(outs(), "<stdout>", content);
  std::error_code ec;
  raw_fd_ostream os(path, ec, sys::fs::CD_OpenExisting);
  return ec ? cannotWrite(path, ec) : writeStream(os, path, content);
}

/// Writes `content` to a new file beside `path`.
static Expected<sys::fs::TempFile>
writeBeside(StringRef path, StringRef content, bool executable) {
  // Found here, since renaming over a folder fails too late.
  if (sys::fs::is_directory(path))
    return cannotWrite(path, std::make_error_code(std::errc::is_a_directory));
  unsigned mode = sys::fs::all_read | sys::fs::all_write |
                  (executable ? sys::fs::all_exe : sys::fs::no_perms);
  Expected<sys::fs::TempFile> file =
      sys::fs::TempFile::create(path + "-%%%%%%%%.tmp", mode);
  if (!file)
    return cannotWrite(path, file.takeError());
  raw_fd_ostream os(file->FD, /*shouldClose=*/false);
  if (Error error = writeStream(os, path, content)) {
    consumeError(file->discard());
    return error;
  }
  return file;
}

void OutputFiles::add(StringRef path, std::unique_ptr<MemoryBuffer> content,
                      bool executable) {
  entries.push_back({path.str(), std::move(content), executable});
}

Error OutputFiles::checkNames() const {
  StringSet<> names;
  for (const Entry &entry : entries)
    if (!names.insert(entry.path).second)
      return createStringError("two outputs have the same name '" + entry.path +
                               "' [N006]");
  return Error::success();
}

Error OutputFiles::commit() {
  if (Error error = checkNames())
    return error;

  std::vector<std::pair<const Entry *, sys::fs::TempFile>> files;
  auto discardFrom = [&](size_t first) {
    for (size_t i = first; i < files.size(); ++i)
      consumeError(files[i].second.discard());
  };
  for (const Entry &entry : entries) {
    if (isStream(entry.path))
      continue;
    Expected<sys::fs::TempFile> file =
        writeBeside(entry.path, entry.content->getBuffer(), entry.executable);
    if (!file) {
      discardFrom(0);
      return file.takeError();
    }
    files.emplace_back(&entry, std::move(*file));
  }

  for (const Entry &entry : entries) {
    if (!isStream(entry.path))
      continue;
    if (Error error = writeInPlace(entry.path, entry.content->getBuffer())) {
      discardFrom(0);
      return error;
    }
  }

  for (size_t i = 0; i < files.size(); ++i) {
    if (Error error = files[i].second.keep(files[i].first->path)) {
      discardFrom(i + 1);
      for (size_t done = 0; done < i; ++done)
        sys::fs::remove(files[done].first->path);
      return cannotWrite(files[i].first->path, std::move(error));
    }
  }
  return Error::success();
}

} // namespace nnc
