//===- SequencePatterns.cpp - steps of time as such -----------------------===//
//
// Masking, and what wrappers become beside plain layers: steps as samples, and
// sequences backwards.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/Patterns.h"
#include "dialect/NNCoreOps.h"
#include "dialect/NNWrapperOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

using namespace mlir;
using namespace nnc;

/// Zeros the steps in which every feature is mask_value. Keras multiplies, so
/// that a NaN counts as a value and stays one.
static Lowered lowerMasking(nn::MaskingOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  Type type = typeOf(input).getElementType();
  Value differs = map(b, input, [&](LocBuilder &at, ValueRange x) -> Value {
    Value value = scalar(at, op.getMaskValue(), type);
    Value other =
        arith::CmpFOp::create(at, arith::CmpFPredicate::UNE, x[0], value);
    return arith::UIToFPOp::create(at, type, other);
  });
  int64_t rank = rankOf(input);
  Value counts = reduceMax(b, differs, {rank - 1});
  SmallVector<int64_t> axes = llvm::to_vector(llvm::seq<int64_t>(0, rank));
  Placed operands[] = {
      {input, axes},
      {counts, SmallVector<int64_t>(ArrayRef(axes).drop_back())}};
  return SmallVector<Value>{elementwise(
      b, shapeOf(input), operands, [](LocBuilder &at, ValueRange x) -> Value {
        return arith::MulFOp::create(at, x[0], x[1]);
      })};
}

/// The same elements in the shape of the result.
template <typename LayerOp>
static Lowered lowerRegrouping(LayerOp op, LayerBuilder &b) {
  return SmallVector<Value>{
      reshape(b, op.getInputs()[0], shapeOf(op.getOutputs()[0]))};
}

static Lowered lowerReverseTime(nn::ReverseTimeOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  RankedTensorType type = typeOf(input);
  int64_t rank = type.getRank();
  SmallVector<AffineExpr> exprs;
  for (int64_t axis = 0; axis < rank; ++axis)
    exprs.push_back(b.getAffineDimExpr(axis));
  exprs[1] = b.getAffineConstantExpr(type.getDimSize(1) - 1) - exprs[1];
  AffineMap maps[] = {AffineMap::get(rank, 0, exprs, b.getContext()),
                      b.getMultiDimIdentityMap(rank)};
  SmallVector<utils::IteratorType> iterators(rank,
                                             utils::IteratorType::parallel);
  auto copy = linalg::GenericOp::create(
      b, TypeRange(type), ValueRange(input), ValueRange(empty(b, type)), maps,
      iterators, [](OpBuilder &inner, Location loc, ValueRange arguments) {
        linalg::YieldOp::create(inner, loc, arguments.front());
      });
  return SmallVector<Value>{copy.getResult(0)};
}

void nnc::populateSequencePatterns(RewritePatternSet &patterns,
                                   LoweringReport &report) {
  addLayer<nn::MaskingOp>(patterns, report, lowerMasking);
  addLayer<nn::MergeTimeOp>(patterns, report, lowerRegrouping);
  addLayer<nn::ReverseTimeOp>(patterns, report, lowerReverseTime);
  addLayer<nn::SplitTimeOp>(patterns, report, lowerRegrouping);
}
