//===- Compile.h - one compilation from file to files -----------*- C++ -*-===//
//
// What `nnc` does once its command line is understood. A program that embeds
// the compiler calls the same function.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_DRIVER_COMPILE_H
#define NNC_COMPILER_DRIVER_COMPILE_H

#include "compiler/driver/Options.h"
#include "compiler/model/ModelInfo.h"
#include "llvm/Support/LogicalResult.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

namespace nnc {

/// Compiles as `options` say. All messages go to `log`, one line each; on
/// failure no output is written.
llvm::LogicalResult compile(const Options &options, llvm::raw_ostream &log);

/// Compiles to a shared library in memory, whatever output the options ask for,
/// and describes the model in `info`. Null after an error, which went to `log`.
std::unique_ptr<llvm::MemoryBuffer>
compileLibrary(const Options &options, llvm::raw_ostream &log, ModelInfo &info);

/// Reads untrusted files for a process that compiles: `compile` starts its own
/// program again for that, so every program that calls it must begin its main
/// with this, and return the value if there is one.
std::optional<int> runReader(int argc, char **argv);

/// The version of nnc, "0.1.0".
llvm::StringRef version();

} // namespace nnc

#endif // NNC_COMPILER_DRIVER_COMPILE_H
