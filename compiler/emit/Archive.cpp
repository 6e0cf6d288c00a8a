//===- Archive.cpp - a model as a static library --------------------------===//
//
// See Archive.h. Times, owners and modes are zeroed, so that the same members
// give the same bytes.
//
//===----------------------------------------------------------------------===//

#include "compiler/emit/Archive.h"
#include "llvm/Object/Archive.h"
#include "llvm/Object/ArchiveWriter.h"
#include "llvm/Object/ObjectFile.h"

using namespace llvm;

namespace nnc {

Expected<bool> isRuntimeFor(MemoryBufferRef object,
                            const MemoryBuffer &runtime) {
  auto model = object::ObjectFile::createObjectFile(object);
  if (!model)
    return model.takeError();
  auto archive = object::Archive::create(runtime.getMemBufferRef());
  if (!archive)
    return archive.takeError();

  StringRef wanted = (*model)->getFileFormatName();
  bool fits = true;
  Error error = Error::success();
  for (const object::Archive::Child &child : (*archive)->children(error)) {
    Expected<std::unique_ptr<object::Binary>> binary = child.getAsBinary();
    auto *member =
        binary ? dyn_cast<object::ObjectFile>(binary->get()) : nullptr;
    // The name tells format and machine: "elf64-x86-64".
    if (!member || member->getFileFormatName() != wanted)
      fits = false;
    if (!binary)
      consumeError(binary.takeError());
  }
  if (error)
    return error;
  return fits;
}

Expected<std::unique_ptr<MemoryBuffer>>
makeArchive(MemoryBufferRef object, StringRef memberName,
            const MemoryBuffer *runtime) {
  std::vector<NewArchiveMember> members;
  members.emplace_back(MemoryBufferRef(object.getBuffer(), memberName));

  std::unique_ptr<object::Archive> library;
  if (runtime) {
    auto archive = object::Archive::create(runtime->getMemBufferRef());
    if (!archive)
      return archive.takeError();
    library = std::move(*archive);
    Error error = Error::success();
    for (const object::Archive::Child &child : library->children(error)) {
      Expected<NewArchiveMember> member =
          NewArchiveMember::getOldMember(child, /*Deterministic=*/true);
      if (!member) {
        consumeError(std::move(error));
        return member.takeError();
      }
      members.push_back(std::move(*member));
    }
    if (error)
      return error;
  }

  object::Archive::Kind kind = members.front().detectKindFromObject();
  return writeArchiveToBuffer(members, SymtabWritingMode::NormalSymtab, kind,
                              /*Deterministic=*/true, /*Thin=*/false);
}

} // namespace nnc
