//===- Lowering.h - the lowering stage --------------------------*- C++ -*-===//
//
// nn models with static types in, functions of linalg on tensors out.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_LOWERING_LOWERING_H
#define NNC_COMPILER_LOWERING_LOWERING_H

namespace mlir {
class OpPassManager;
} // namespace mlir

namespace nnc {

void buildLoweringPipeline(mlir::OpPassManager &pm);

} // namespace nnc

#endif // NNC_COMPILER_LOWERING_LOWERING_H
