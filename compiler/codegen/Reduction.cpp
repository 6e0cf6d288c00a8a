//===- Reduction.cpp - what the body of a reduction does ------------------===//
//
// Recognises the accumulation in a linalg body. Integer reductions are exact
// in any order and stay with the plain loops.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/Reduction.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace nnc {

bool reducesInnermost(linalg::LinalgOp op) {
  if (op.getNumLoops() == 0 || op.getNumDpsInits() != 1 ||
      op.getIteratorTypesArray().back() != utils::IteratorType::reduction)
    return false;
  for (Operation &inner : op.getBlock()->without_terminator())
    if (!OpTrait::hasElementwiseMappableTraits(&inner) ||
        inner.getNumResults() != 1)
      return false;
  return true;
}

Operation *findCombiner(linalg::LinalgOp op) {
  Block *body = op.getBlock();
  BlockArgument accumulator = body->getArguments().back();
  Operation *combiner = body->getTerminator()->getOperand(0).getDefiningOp();
  if (!combiner || !accumulator.hasOneUse() ||
      *accumulator.user_begin() != combiner ||
      !isa<FloatType>(accumulator.getType()))
    return nullptr;
  if (auto fma = dyn_cast<math::FmaOp>(combiner))
    return fma.getC() == accumulator ? combiner : nullptr;
  return isa<arith::AddFOp, arith::MulFOp, arith::MaximumFOp,
             arith::MinimumFOp>(combiner)
             ? combiner
             : nullptr;
}

TypedAttr neutralElement(Operation *combiner, Type type) {
  auto floatType = cast<FloatType>(getElementTypeOrSelf(type));
  const llvm::fltSemantics &semantics = floatType.getFloatSemantics();
  APFloat value = APFloat::getZero(semantics);
  if (isa<arith::MulFOp>(combiner))
    value = APFloat::getOne(semantics);
  else if (isa<arith::MaximumFOp>(combiner))
    value = APFloat::getInf(semantics, /*Negative=*/true);
  else if (isa<arith::MinimumFOp>(combiner))
    value = APFloat::getInf(semantics);
  auto scalar = FloatAttr::get(floatType, value);
  if (auto vector = dyn_cast<VectorType>(type))
    return DenseElementsAttr::get(vector, scalar);
  return scalar;
}

Value combine(OpBuilder &builder, Location loc, Operation *combiner, Value a,
              Value b) {
  if (isa<arith::MulFOp>(combiner))
    return arith::MulFOp::create(builder, loc, a, b);
  if (isa<arith::MaximumFOp>(combiner))
    return arith::MaximumFOp::create(builder, loc, a, b);
  if (isa<arith::MinimumFOp>(combiner))
    return arith::MinimumFOp::create(builder, loc, a, b);
  return arith::AddFOp::create(builder, loc, a, b);
}

} // namespace nnc
