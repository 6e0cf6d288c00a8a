//===- Archive.h - a model as a static library ------------------*- C++ -*-===//
//
// Puts the model's object and the members of nnc's runtime into one `.a`, so
// that a program has a single file to link. A linker takes from it only what
// the program uses: a program that calls nothing of the runtime gets the model
// alone.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_EMIT_ARCHIVE_H
#define NNC_COMPILER_EMIT_ARCHIVE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include <memory>

namespace nnc {

/// An archive of `object`, as member `memberName`, and of the members of the
/// static library `runtime` (null: none).
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
makeArchive(llvm::MemoryBufferRef object, llvm::StringRef memberName,
            const llvm::MemoryBuffer *runtime);

/// Whether the members of the static library `runtime` are for the same
/// machine and file format as `object`.
llvm::Expected<bool> isRuntimeFor(llvm::MemoryBufferRef object,
                                  const llvm::MemoryBuffer &runtime);

} // namespace nnc

#endif // NNC_COMPILER_EMIT_ARCHIVE_H
