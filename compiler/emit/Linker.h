//===- Linker.h - a model as a shared library -------------------*- C++ -*-===//
//
// Runs ld.lld over the model's object, for programs that load models while they
// run. The library exports the model's own symbols and nothing else.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_EMIT_LINKER_H
#define NNC_COMPILER_EMIT_LINKER_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/TargetParser/Triple.h"
#include <memory>

namespace nnc {

struct LinkOptions {
  llvm::Triple triple;
  std::string soname;    ///< the name by which programs ask for the library
  std::string prefix;    ///< `<prefix>_*` is exported
  std::string directory; ///< of the running program; looked in first
};

/// Links `object`, whose symbols have default visibility.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
linkShared(llvm::StringRef object, const LinkOptions &options);

} // namespace nnc

#endif // NNC_COMPILER_EMIT_LINKER_H
