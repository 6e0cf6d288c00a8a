//===- EntryPoint.h - the parts of a model's entry ---------------*- C++
//-*-===//
//
// What the functions that make up `NAME_run` share. Each part is a file:
// checks of the arguments (EntryChecks), the loop over the batch and its
// distribution over threads (EntryBatch), the constant that describes the
// model (ModelTable); EntryPoint.cpp puts them together.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_ENTRYPOINT_H
#define NNC_COMPILER_CODEGEN_ENTRYPOINT_H

#include "compiler/codegen/LLVMCode.h"
#include "compiler/model/ModelInfo.h"

namespace nnc {

/// Members of nnc_args, which the inputs and then the outputs follow.
enum ArgsMember : int32_t {
  kArgsSignature,
  kArgsBatch,
  kArgsWorkspace,
  kArgsWorkspaceSize,
  kArgsState,
  kArgsWeights,
  kArgsWeightsSize,
  kArgsParallel,
  kArgsTensors
};

/// Members of nnc_parallel.
enum ParallelMember : int32_t {
  kParallelContext,
  kParallelThreads,
  kParallelRun
};

/// The model that an entry is made for.
struct EntryModel {
  ModelInfo info;
  mlir::LLVM::LLVMFuncOp chunkBody;  ///< of the largest batch
  mlir::LLVM::LLVMFuncOp singleBody; ///< of batch 1; null if there is none
  int64_t chunk = 1;                 ///< samples of chunkBody
  mlir::LLVM::GlobalOp weights;      ///< null: external or none
  mlir::Type argsType, parallelType;
  unsigned pointerBits = 64;

  /// All inputs, then all outputs.
  llvm::SmallVector<const TensorInfo *> tensors() const;
  bool isOutput(size_t tensor) const { return tensor >= info.inputs.size(); }
  /// Bytes of one sample.
  int64_t sampleBytes(const TensorInfo &tensor) const;
  int64_t elementBytes(const TensorInfo &tensor) const;
  /// Largest batch for which no tensor exceeds the address space.
  int64_t maxBatch() const;
  /// Most threads whose workspaces fit into the address space.
  int64_t maxThreads() const;
  /// The largest size that an object may have: PTRDIFF_MAX.
  int64_t maxObject() const;
  /// Bytes that args.weights must have, head included; 0 if weights are
  /// inside.
  int64_t externalBytes() const;
};

/// Emits the checks of all arguments into the open function; returns the
/// number of threads (i32, at least 1).
mlir::Value emitChecks(LLVMCode &code, const EntryModel &model,
                       mlir::Value args);

/// Makes the function that runs the samples first, first + step, … a chunk
/// each: `int (args, workspace, first, step)`.
mlir::LLVM::LLVMFuncOp makeRange(LLVMCode &code, const EntryModel &model);

/// Makes the task that args.parallel runs: `void (data, index)`.
mlir::LLVM::LLVMFuncOp makeTask(LLVMCode &code, const EntryModel &model,
                                mlir::LLVM::LLVMFuncOp range);

/// Emits the distribution over `threads` tasks into the open function, which
/// returns the status.
void emitParallel(LLVMCode &code, const EntryModel &model, mlir::Value args,
                  mlir::Value threads, mlir::LLVM::LLVMFuncOp task);

/// Makes the constant `NAME_model`.
void makeModelTable(LLVMCode &code, const EntryModel &model,
                    mlir::LLVM::LLVMFuncOp run,
                    mlir::LLVM::LLVMFuncOp workspaceSize);

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_ENTRYPOINT_H
