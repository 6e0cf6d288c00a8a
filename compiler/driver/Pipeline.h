//===- Pipeline.h - the stages in their order -------------------*- C++ -*-===//
//
// The compiler at a glance: which passes turn an imported model into the LLVM
// dialect. Import comes before and emit after it; both are plain functions that
// Compile.cpp calls.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_DRIVER_PIPELINE_H
#define NNC_COMPILER_DRIVER_PIPELINE_H

#include "compiler/driver/Options.h"
#include "compiler/driver/Progress.h"
#include "mlir/IR/BuiltinOps.h"

namespace mlir {
class TimingScope;
} // namespace mlir

namespace nnc {

/// Runs the stages after `first` up to and including `last`. Errors have been
/// reported through the context.
llvm::LogicalResult runPipeline(mlir::ModuleOp module, Stage first, Stage last,
                                const Options &options,
                                const TargetSpec &target,
                                mlir::TimingScope &timing, Progress &progress,
                                llvm::raw_ostream &log);

} // namespace nnc

#endif // NNC_COMPILER_DRIVER_PIPELINE_H
