//===- Passes.h - the passes of codegen --------------------------*- C++
//-*-===//
//
// Declarations of the passes in Passes.td, and the names of the attributes
// that they leave for each other in the IR.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_PASSES_H
#define NNC_COMPILER_CODEGEN_PASSES_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace nnc {

/// On a function: it is a body of the model for this many samples.
inline constexpr llvm::StringLiteral kBatchAttr = "nnc.batch";
/// On a body: the bytes of one sample's state, where it has one.
inline constexpr llvm::StringLiteral kStateAttr = "nnc.state";
/// On a body: the CPU that it is compiled for, where there are several.
inline constexpr llvm::StringLiteral kCpuAttr = "nnc.cpu";
/// On a body's argument: the block of weights.
inline constexpr llvm::StringLiteral kWeightsArgAttr = "nnc.weights";
/// On the module: the block of weights, bytes.
inline constexpr llvm::StringLiteral kWeightsBlobAttr = "nnc.weights_blob";
/// On a body, a task or a function that dispatches tasks: which argument is the
/// run that it is part of (RunState.h).
inline constexpr llvm::StringLiteral kRunAttr = "nnc.run";
/// Bytes of a run that a body sees.
inline constexpr int64_t kRunBytes = 16;
/// On a dispatching function: the function of a task, and how many there are.
inline constexpr llvm::StringLiteral kTaskAttr = "nnc.task";
inline constexpr llvm::StringLiteral kTasksAttr = "nnc.tasks";
/// What follows the model's prefix in the name of the function that reads the
/// clock of a profile.
inline constexpr llvm::StringLiteral kClockSuffix = "_clock";
/// On a loop: a kernel's sums are carried through it.
inline constexpr llvm::StringLiteral kReducesAttr = "nnc.reduces";
/// On a body: (offset, bytes) of each buffer in the arena.
inline constexpr llvm::StringLiteral kArenaAttr = "nnc.arena";
/// On a loop, what LLVM shall know of it; MLIR's conversions hand it on under
/// this name.
inline constexpr llvm::StringLiteral kLoopAttr = "llvm.loop_annotation";

#define GEN_PASS_DECL
#include "compiler/codegen/Passes.h.inc"

/// Registers the kernel dialect and how its operations become buffers.
void registerKernelDialect(mlir::DialectRegistry &registry);

/// Registers the passes and the pipeline `--nnc-codegen` for nn-opt.
void registerCodegenPasses();

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_PASSES_H
