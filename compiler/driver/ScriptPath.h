//===- ScriptPath.h - where a .wasm file's ES module goes -------*- C++ -*-===//
//
// A WebAssembly module comes with the ES module that runs it and with that
// one's types: model.wasm with model.mjs and model.d.mts, or, where --js asks
// for model.js, with model.d.ts. Other outputs have neither.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_DRIVER_SCRIPTPATH_H
#define NNC_COMPILER_DRIVER_SCRIPTPATH_H

#include "compiler/driver/OutputKind.h"
#include "llvm/Support/Error.h"
#include <string>

namespace nnc {

/// The ES module's path; empty if there is none. `asked` is --js.
llvm::Expected<std::string> findScriptPath(OutputKind kind,
                                           llvm::StringRef asked,
                                           llvm::StringRef outputPath);

/// The path of the types of the ES module `scriptPath`.
std::string typesPath(llvm::StringRef scriptPath);

} // namespace nnc

#endif // NNC_COMPILER_DRIVER_SCRIPTPATH_H
