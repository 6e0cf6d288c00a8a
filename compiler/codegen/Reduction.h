//===- Reduction.h - what the body of a reduction does -----------*- C++
//-*-===//
//
// Questions about reductions that deciding their order, checking it and
// lowering them must answer alike.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_REDUCTION_H
#define NNC_COMPILER_CODEGEN_REDUCTION_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace nnc {

/// Whether the innermost loop reduces into one output and the body is made of
/// elementwise operations only, so that it may be cloned on vectors.
bool reducesInnermost(mlir::linalg::LinalgOp op);

/// The operation of the body that takes the accumulator and yields the new
/// one: an addition, fused multiply-add, multiplication, maximum or minimum of
/// floats. Null if the accumulator is used in another way.
mlir::Operation *findCombiner(mlir::linalg::LinalgOp op);

/// The value that leaves others unchanged under the combiner.
mlir::TypedAttr neutralElement(mlir::Operation *combiner, mlir::Type type);

/// Combines two values of the combiner's kind: a fused multiply-add adds.
mlir::Value combine(mlir::OpBuilder &builder, mlir::Location loc,
                    mlir::Operation *combiner, mlir::Value a, mlir::Value b);

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_REDUCTION_H
