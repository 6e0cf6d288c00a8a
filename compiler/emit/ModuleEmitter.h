//===- ModuleEmitter.h - a model's ES module and its types ------*- C++ -*-===//
//
// What a web page or Node imports to run a model that was compiled to
// WebAssembly: one JavaScript module, which needs no other, and its types for
// TypeScript. Both are a description of the model followed by text that is the
// same for all models (runtime/web).
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_EMIT_MODULEEMITTER_H
#define NNC_COMPILER_EMIT_MODULEEMITTER_H

#include "compiler/emit/HeaderEmitter.h"
#include "compiler/model/ModelInfo.h"
#include <string>

namespace nnc {

/// The ES module. `script` and `wasm` are the names of its own file and of the
/// WebAssembly module, which it looks for beside itself.
std::string emitModule(const ModelInfo &model, const HeaderOptions &options,
                       llvm::StringRef script, llvm::StringRef wasm);

/// Its types, a .d.mts or .d.ts file.
std::string emitTypes(const ModelInfo &model, const HeaderOptions &options);

} // namespace nnc

#endif // NNC_COMPILER_EMIT_MODULEEMITTER_H
