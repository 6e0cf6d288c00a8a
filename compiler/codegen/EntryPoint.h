//===- EntryPoint.h - the parts of a model's entry ---------------*- C++
//-*-===//
//
// What the functions that make up `NAME_run` share. Each part is a file:
// checks of the arguments (EntryChecks), the loop over the batch and its
// distribution over threads (EntryBatch), the state that is kept from call to
// call (EntryState), the choice among CPUs (EntryLevels), the constant that
// describes the model (ModelTable);
// EntryPoint.cpp puts them together.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_ENTRYPOINT_H
#define NNC_COMPILER_CODEGEN_ENTRYPOINT_H

#include "compiler/codegen/CpuLevels.h"
#include "compiler/codegen/LLVMCode.h"
#include "compiler/codegen/RunState.h"
#include "compiler/model/ModelInfo.h"

namespace nnc {

/// Members of nnc_args, which the inputs and then the outputs follow, and in a
/// stream the number of steps.
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

/// The bodies for one CPU.
struct EntryLevel {
  std::string cpu;                   ///< empty if there is but one level
  mlir::LLVM::LLVMFuncOp chunkBody;  ///< of the largest batch
  mlir::LLVM::LLVMFuncOp singleBody; ///< of batch 1; null if there is none
  int64_t chunk = 1;                 ///< samples of chunkBody
  LevelTest test;                    ///< whether a machine can run it

  /// Makes an internal function for this CPU, NAME and `what`.
  mlir::LLVM::LLVMFuncOp function(LLVMCode &code, llvm::StringRef name,
                                  llvm::StringRef what, mlir::Type result,
                                  llvm::ArrayRef<mlir::Type> arguments) const;
};

/// The model that an entry is made for.
struct EntryModel {
  ModelInfo info;
  llvm::SmallVector<EntryLevel> levels; ///< the least CPU first
  mlir::LLVM::GlobalOp weights;         ///< null: external or none
  bool hasRun = false; ///< bodies take the run they are part of
  mlir::Type argsType;
  unsigned pointerBits = 64;

  /// All inputs, then all outputs.
  llvm::SmallVector<const TensorInfo *> tensors() const;
  bool isOutput(size_t tensor) const { return tensor >= info.inputs.size(); }
  /// Bytes of one sample.
  int64_t sampleBytes(const TensorInfo &tensor) const;
  int64_t elementBytes(const TensorInfo &tensor) const;
  /// Largest batch for which no tensor exceeds the address space; of a stream,
  /// the most steps of all samples together.
  int64_t maxBatch() const;
  /// Most threads whose workspaces fit into the address space.
  int64_t maxThreads() const;
  int32_t stepsMember() const {
    return kArgsTensors + static_cast<int32_t>(tensors().size());
  }
  /// Where in the workspace a stream's steps pass on their states.
  int64_t betweenOffset() const;
  /// The largest size that an object may have: PTRDIFF_MAX.
  int64_t maxObject() const;
  /// Bytes that args.weights must have, head included; 0 if weights are
  /// inside.
  int64_t externalBytes() const;
};

/// Which part of a call a body runs on (i64 each): samples from `sample` on, in
/// a stream step `step` of `steps` of one sample, otherwise both null.
struct Position {
  mlir::Value sample;
  mlir::Value step = {}, steps = {};
};

/// Where a body finds the state and where it leaves the next one.
struct StatePlaces {
  mlir::Value from, to;
};
StatePlaces findState(LLVMCode &code, const EntryModel &model, mlir::Value args,
                      mlir::Value workspace, const Position &at);

/// Makes the function that ends a call of a stateful model: it makes the next
/// state the state if `status` is 0, and returns it: `int (args, status)`.
mlir::LLVM::LLVMFuncOp makeSettle(LLVMCode &code, const EntryModel &model,
                                  const EntryLevel &level);

/// Makes `void NAME_reset(void *state, int64_t batch)`.
mlir::LLVM::LLVMFuncOp makeReset(LLVMCode &code, const EntryModel &model);

/// Emits the checks of all arguments into the open function; returns the
/// number of threads (i32, at least 1).
mlir::Value emitChecks(LLVMCode &code, const EntryModel &model,
                       mlir::Value args);

/// Makes the run that bodies are part of, on the stack of the open function;
/// its tasks use `parallel`, or if that is NULL the calling thread. NULL if no
/// body has tasks.
mlir::Value openRun(LLVMCode &code, const EntryModel &model,
                    mlir::Value parallel);

/// Makes the function that runs the samples first, first + step, … a chunk
/// each: `int (args, workspace, first, step, run)`.
mlir::LLVM::LLVMFuncOp makeRange(LLVMCode &code, const EntryModel &model,
                                 const EntryLevel &level);

/// Makes the task that args.parallel runs: `void (data, index)`.
mlir::LLVM::LLVMFuncOp makeTask(LLVMCode &code, const EntryModel &model,
                                const EntryLevel &level,
                                mlir::LLVM::LLVMFuncOp range);

/// Makes the function that distributes the batch over `threads` tasks:
/// `int (args, threads)`.
mlir::LLVM::LLVMFuncOp makeDistribute(LLVMCode &code, const EntryModel &model,
                                      const EntryLevel &level,
                                      mlir::LLVM::LLVMFuncOp task);

/// The functions that an app calls; reset is null in a model without state.
struct EntryFunctions {
  mlir::LLVM::LLVMFuncOp run, prepare, workspaceSize, reset;
  mlir::LLVM::LLVMFuncOp clock; ///< of a profile; null without one
};

/// Finds out how the levels are told apart.
mlir::LogicalResult findTests(mlir::ModuleOp module, EntryModel &model);

/// Makes `NAME_run`, which goes on in one of `runs`, one for each level, and
/// `NAME_prepare`.
void makeLevelChoice(LLVMCode &code, const EntryModel &model,
                     llvm::ArrayRef<mlir::LLVM::LLVMFuncOp> runs,
                     EntryFunctions &functions);

/// Makes the constant `NAME_model`.
void makeModelTable(LLVMCode &code, const EntryModel &model,
                    EntryFunctions functions);

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_ENTRYPOINT_H
