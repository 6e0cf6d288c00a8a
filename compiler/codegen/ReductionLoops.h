//===- ReductionLoops.h - loops of a reduction -------------------*- C++
//-*-===//
//
// The nest of a reduction along its innermost loop.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_REDUCTIONLOOPS_H
#define NNC_COMPILER_CODEGEN_REDUCTIONLOOPS_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace nnc {

/// Emits the loops of `op`, for which reducesInnermost and findCombiner hold,
/// with the partial sums of its `nnc.sum` (SumOrder.h) in a vector.
void lowerReduction(mlir::RewriterBase &rewriter, mlir::linalg::LinalgOp op);

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_REDUCTIONLOOPS_H
