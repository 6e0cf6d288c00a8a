//===- Compile.h - one compilation from file to files -----------*- C++ -*-===//
//
// What `nnc` does once its command line is understood. A program that embeds
// the compiler calls the same function.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_DRIVER_COMPILE_H
#define NNC_COMPILER_DRIVER_COMPILE_H

#include "compiler/driver/Options.h"
#include "llvm/Support/LogicalResult.h"
#include "llvm/Support/raw_ostream.h"

namespace nnc {

/// Compiles as `options` say. All messages go to `log`, one line each; on
/// failure no output is written.
llvm::LogicalResult compile(const Options &options, llvm::raw_ostream &log);

/// The version of nnc, "0.1.0".
llvm::StringRef version();

} // namespace nnc

#endif // NNC_COMPILER_DRIVER_COMPILE_H
