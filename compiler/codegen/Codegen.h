//===- Codegen.h - linalg on tensors to the LLVM dialect ---------*- C++
//-*-===//
//
// The stage as a whole. It knows nothing of layers: its input is linalg,
// tensor, arith, math and scf in functions with static shapes, its output the
// LLVM dialect with the entry points of the model.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_CODEGEN_H
#define NNC_COMPILER_CODEGEN_CODEGEN_H

#include "compiler/codegen/TargetModel.h"
#include "llvm/ADT/ArrayRef.h"
#include <vector>

namespace mlir {
class OpPassManager;
} // namespace mlir

namespace nnc {

struct CodegenOptions {
  /// The CPU to compile for, or several, the least first, of which the code
  /// chooses at run time. They differ in nothing but the CPU.
  std::vector<TargetModel> levels;
  /// Weights are passed in args.weights; their block stays on the module as
  /// `nnc.weights_blob`.
  bool externalWeights = false;
  /// The largest tiles of results of convolutions by Winograd: 2, 4, or 0 for
  /// none.
  int64_t winogradTile = 2;
  /// Debug info that names layers.
  bool debugInfo = false;
  /// Counters of the time in each layer, for targets that have a clock.
  bool profile = false;
};

/// Checks the CPUs of an x86-64 object: the first runs wherever another one
/// does, and none can do all that a later one can.
llvm::Error checkLevels(llvm::ArrayRef<std::string> cpus);

/// The LLVM intrinsic that reads the clock of a profile: one instruction of the
/// target, or empty if it has none that user code may execute.
llvm::StringRef findClock(const llvm::Triple &triple);

/// Adds the passes of the stage, for a module.
void buildCodegenPipeline(mlir::OpPassManager &passes,
                          const CodegenOptions &options);

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_CODEGEN_H
