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

namespace mlir {
class OpPassManager;
} // namespace mlir

namespace nnc {

struct CodegenOptions {
  TargetModel target;
  /// Weights are passed in args.weights; their block stays on the module as
  /// `nnc.weights_blob`.
  bool externalWeights = false;
  /// Debug info that names layers.
  bool debugInfo = false;
};

/// Adds the passes of the stage, for a module.
void buildCodegenPipeline(mlir::OpPassManager &passes,
                          const CodegenOptions &options);

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_CODEGEN_H
