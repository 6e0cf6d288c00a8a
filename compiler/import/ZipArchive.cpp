//===- ZipArchive.cpp - members of a zip in memory ------------------------===//
//
// A thin layer over libzip that turns its error codes into messages and checks
// sizes before memory is allocated: stored members are as large as they look,
// deflated ones at most kMaxExpansion times that, and members may not share
// their compressed bytes, so that a small file never becomes a huge one.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/ZipArchive.h"
#include "compiler/import/WeightFormats.h"
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>
#include <zip.h>

using namespace llvm;

namespace nnc {

void ZipArchive::Discard::operator()(::zip *archive) const {
  zip_discard(archive);
}

/// Where libzip reads the file: by its descriptor, so that a member's content
/// is not in memory twice, or where there is none, in memory.
static zip_source_t *createSource(const MemoryBuffer &file,
                                  zip_error_t *error) {
  const auto *shared = dynamic_cast<const SharedBuffer *>(&file);
  int fd = shared ? fcntl(shared->descriptor(), F_DUPFD_CLOEXEC, 0) : -1;
  FILE *stream = fd >= 0 ? fdopen(fd, "rb") : nullptr;
  if (!stream) {
    if (fd >= 0)
      close(fd);
    return zip_source_buffer_create(file.getBufferStart(), file.getBufferSize(),
                                    0, error);
  }
  zip_source_t *source = zip_source_filep_create(stream, 0, -1, error);
  if (!source)
    fclose(stream);
  return source;
}

Expected<ZipArchive> ZipArchive::open(const MemoryBuffer &file) {
  zip_error_t error;
  zip_error_init(&error);
  auto fail = [&] {
    std::string reason = zip_error_strerror(&error);
    zip_error_fini(&error);
    return weightsError("is not a readable zip archive (" + reason +
                        ") [N103]");
  };
  zip_source_t *source = createSource(file, &error);
  if (!source)
    return fail();
  ZipArchive result;
  result.archive.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
  if (!result.archive) {
    zip_source_free(source);
    return fail();
  }
  zip_error_fini(&error);
  result.unread = file.getBufferSize();
  result.expanded = expansionLimit(file.getBufferSize());
  zip_int64_t count = zip_get_num_entries(result.archive.get(), 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    const char *name = zip_get_name(result.archive.get(), i, ZIP_FL_ENC_GUESS);
    if (!name)
      return weightsError("zip member " + Twine(i) +
                          " has no readable name [N103]");
    result.members.push_back(name);
  }
  return result;
}

/// Checks what the directory says of a member before it is believed.
static Error checkMember(const zip_stat_t &stat, uint64_t &unread,
                         uint64_t &expanded, const std::string &what) {
  constexpr zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE |
                                  ZIP_STAT_COMP_METHOD |
                                  ZIP_STAT_ENCRYPTION_METHOD;
  if ((stat.valid & needed) != needed)
    return weightsError(what + ": its size is not known [N103]");
  if (stat.encryption_method != ZIP_EM_NONE)
    return weightsError(what + ": is encrypted [N104]");
  if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE)
    return weightsError(
        what + ": compression method " + Twine(stat.comp_method) +
        " is not supported, only stored and deflated are [N104]");
  if (stat.comp_size > unread)
    return weightsError(what +
                        ": claims more bytes than the archive has [N103]");
  unread -= stat.comp_size;
  bool plausible = stat.comp_method == ZIP_CM_STORE
                       ? stat.size == stat.comp_size
                       : stat.size / kMaxExpansion <= stat.comp_size;
  if (!plausible)
    return weightsError(what + ": " + Twine(stat.size) +
                        " bytes cannot come out of " + Twine(stat.comp_size) +
                        " [N102]");
  if (stat.size > expanded)
    return weightsError(
        what + ": its " + Twine(stat.size) +
        " bytes make the archive expand more than models do [N102]");
  expanded -= stat.size;
  return Error::success();
}

/// Memory for a member's content.
static Expected<std::unique_ptr<WritableMemoryBuffer>>
allocateMember(uint64_t bytes, bool shared, const std::string &what) {
  if (!shared)
    return allocate(bytes, what);
  auto buffer = SharedBuffer::create(bytes);
  if (!buffer)
    return weightsError(what + ": " + toString(buffer.takeError()) + " [N108]");
  return std::move(*buffer);
}

Expected<std::unique_ptr<WritableMemoryBuffer>>
ZipArchive::read(size_t index, bool shared, uint64_t limit) {
  std::string what = "zip member " + quotedName(members[index]);
  zip_stat_t stat;
  if (zip_stat_index(archive.get(), index, 0, &stat) != 0)
    return weightsError(what + ": " + zip_strerror(archive.get()) + " [N103]");
  if (Error error = checkMember(stat, unread, expanded, what))
    return error;
  if (stat.size > limit)
    return weightsError(what + ": is larger than " + Twine(limit) +
                        " bytes [N102]");
  auto content = allocateMember(stat.size, shared, what);
  if (!content)
    return content.takeError();
  std::unique_ptr<zip_file_t, int (*)(zip_file_t *)> file(
      zip_fopen_index(archive.get(), index, 0), zip_fclose);
  if (!file)
    return weightsError(what + ": " + zip_strerror(archive.get()) + " [N103]");
  uint64_t done = 0;
  zip_int64_t got = 0;
  while (done < stat.size &&
         (got = zip_fread(file.get(), (*content)->getBufferStart() + done,
                          stat.size - done)) > 0)
    done += got;
  // The checksum is compared when the end is read, hence the byte beyond.
  char beyond;
  if (done == stat.size)
    got = zip_fread(file.get(), &beyond, 1);
  if (got != 0 || done != stat.size)
    return weightsError(what + ": is damaged (" + Twine(done) + " of " +
                        Twine(stat.size) +
                        " bytes, wrong size or checksum) [N103]");
  return content;
}

} // namespace nnc
