//===- SharedBuffer.cpp - bytes that two processes map --------------------===//
//
// See the header. Descriptors are closed in programs that we start, unless they
// are handed over.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/SharedBuffer.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Errno.h"
#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace llvm;

namespace nnc {

static Error systemError() {
  return errorCodeToError(std::error_code(errno, std::generic_category()));
}

void Descriptor::reset() {
  if (fd >= 0)
    ::close(fd);
  fd = -1;
}

SharedBuffer::SharedBuffer(Descriptor fd, Region region)
    : fd(std::move(fd)), region(std::move(region)) {
  const char *begin = this->region ? this->region.const_data() : "";
  size_t size = this->region ? this->region.size() : 0;
  init(begin, begin + size, /*RequiresNullTerminator=*/false);
}

Expected<std::unique_ptr<SharedBuffer>>
SharedBuffer::mapAs(Descriptor fd, Region::mapmode mode) {
  struct stat status;
  if (fstat(fd.get(), &status) != 0)
    return systemError();
  Region region;
  if (status.st_size > 0) {
    std::error_code error;
    region = Region(sys::fs::convertFDToNativeFile(fd.get()), mode,
                    static_cast<size_t>(status.st_size), 0, error);
    if (error)
      return errorCodeToError(error);
  }
  return std::unique_ptr<SharedBuffer>(
      new SharedBuffer(std::move(fd), std::move(region)));
}

Expected<std::unique_ptr<SharedBuffer>> SharedBuffer::map(Descriptor fd) {
  return mapAs(std::move(fd), Region::readonly);
}

Expected<Descriptor> SharedBuffer::createFile() {
  Descriptor fd(memfd_create("nnc", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!fd)
    return systemError();
  return fd;
}

Expected<std::unique_ptr<SharedBuffer>> SharedBuffer::create(uint64_t bytes) {
  Expected<Descriptor> fd = createFile();
  if (!fd)
    return fd.takeError();
  if (ftruncate(fd->get(), static_cast<off_t>(bytes)) != 0)
    return systemError();
  return mapAs(std::move(*fd), Region::readwrite);
}

/// Writes all of `bytes`.
static bool writeAll(int fd, StringRef bytes) {
  while (!bytes.empty()) {
    ssize_t written =
        sys::RetryAfterSignal(-1, ::write, fd, bytes.data(), bytes.size());
    if (written < 0)
      return false;
    bytes = bytes.drop_front(written);
  }
  return true;
}

/// Reads a pipe or a device to its end, into memory.
static Expected<Descriptor> readStream(int from, uint64_t limit) {
  Expected<Descriptor> to = SharedBuffer::createFile();
  if (!to)
    return to.takeError();
  SmallVector<char, 0> chunk(1 << 18);
  uint64_t total = 0;
  for (;;) {
    ssize_t got =
        sys::RetryAfterSignal(-1, ::read, from, chunk.data(), chunk.size());
    if (got < 0)
      return systemError();
    if (got == 0)
      return to;
    total += static_cast<uint64_t>(got);
    if (total > limit)
      return createStringError("is not a regular file, and gives more than " +
                               Twine(limit) + " bytes");
    if (!writeAll(to->get(), StringRef(chunk.data(), got)))
      return systemError();
  }
}

Expected<std::unique_ptr<SharedBuffer>> SharedBuffer::open(StringRef path,
                                                           uint64_t limit) {
  bool isStdin = path == "-";
  std::string name = path.str();
  Descriptor fd(isStdin ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
                        : sys::RetryAfterSignal(-1, ::open, name.c_str(),
                                                O_RDONLY | O_CLOEXEC));
  struct stat status;
  if (!fd || fstat(fd.get(), &status) != 0)
    return systemError();
  if (S_ISDIR(status.st_mode)) {
    errno = EISDIR;
    return systemError();
  }
  if (!S_ISREG(status.st_mode) || isStdin) {
    Expected<Descriptor> content = readStream(fd.get(), limit);
    if (!content)
      return content.takeError();
    fd = std::move(*content);
  }
  auto file = map(std::move(fd));
  if (file)
    (*file)->name = isStdin ? "<stdin>" : std::move(name);
  return file;
}

} // namespace nnc
