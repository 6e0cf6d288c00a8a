//===- Linker.h - a model as a library or module ----------------*- C++ -*-===//
//
// Runs LLVM's linker over the model's object: ld.lld, for programs that load
// models while they run, and wasm-ld, for browsers and Node. What comes out
// exports what its users call and nothing else.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_EMIT_LINKER_H
#define NNC_COMPILER_EMIT_LINKER_H

#include "compiler/emit/Target.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include <functional>
#include <memory>

namespace nnc {

struct LinkOptions {
  TargetSpec target;
  std::string soname;     ///< the name by which programs ask for the library
  std::string prefix;     ///< of the model's symbols, `<prefix>_*`
  bool debugInfo = false; ///< of a WebAssembly module: keep its names, too
  std::string directory;  ///< of the running program; looked in first
  std::function<void(llvm::StringRef)> running; ///< told the command, if set
};

/// A shared library of `object`, whose symbols have default visibility.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
linkShared(llvm::StringRef object, const LinkOptions &options);

/// A WebAssembly module of `object`. It imports nothing and exports `memory`,
/// which may grow, `__heap_base`, where static data and stack end,
/// `<prefix>_run`, and `<prefix>_reset` if there is one.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
linkWasm(llvm::StringRef object, const LinkOptions &options);

} // namespace nnc

#endif // NNC_COMPILER_EMIT_LINKER_H
