//===- ArchiveFuzzer.cpp - zip archives of any bytes ----------------------===//
//
// Opens the archive and reads every member, as the readers of .keras and .npz
// files do.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/ZipArchive.h"
#include "test/fuzz/Fuzz.h"

using namespace nnc;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  auto file = llvm::MemoryBuffer::getMemBuffer(
      fuzz::toString(data, size), "", /*RequiresNullTerminator=*/false);
  llvm::Expected<ZipArchive> archive = ZipArchive::open(*file);
  if (!archive) {
    llvm::consumeError(archive.takeError());
    return 0;
  }
  for (size_t i = 0; i < archive->names().size(); ++i) {
    auto content = archive->read(i, /*shared=*/i % 2 != 0);
    if (!content)
      llvm::consumeError(content.takeError());
  }
  return 0;
}
