//===- MergePatterns.cpp - layers of several inputs -----------------------===//
//
// The elementwise merges become one operation over all inputs, which broadcast
// as Keras's merge layers do: an input of lower rank gets its missing axes
// right behind the batch. Dot becomes a contraction in which what is left of
// the second input is innermost.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/Patterns.h"
#include "dialect/NNMergeOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace nnc {
namespace {

//===----------------------------------------------------------------------===//
// Elementwise
//===----------------------------------------------------------------------===//

/// The input with axes of extent 1 behind the batch, up to `rank` axes.
Value expandBehindBatch(LocBuilder &b, Value input, int64_t rank) {
  Shape shape(shapeOf(input));
  shape.insert(shape.begin() + 1, rank - int64_t(shape.size()), 1);
  return reshape(b, input, shape);
}

/// All inputs combined one after the other, from the first to the last, by
/// FloatOp or IntegerOp.
template <typename FloatOp, typename IntegerOp, typename LayerOp>
Value mergeWith(LayerOp op, LocBuilder &b) {
  ShapeRef shape = shapeOf(op.getOutputs().front());
  SmallVector<Value> inputs;
  for (Value input : op.getInputs())
    inputs.push_back(expandBehindBatch(b, input, int64_t(shape.size())));
  return elementwise(b, shape, inputs, [](LocBuilder &b, ValueRange elements) {
    Value merged = elements.front();
    for (Value element : elements.drop_front()) {
      if (isa<FloatType>(element.getType()))
        merged = FloatOp::create(b, merged, element);
      else
        merged = IntegerOp::create(b, merged, element);
    }
    return merged;
  });
}

template <typename FloatOp, typename IntegerOp, typename LayerOp>
Lowered lowerMerge(LayerOp op, LayerBuilder &b) {
  return SmallVector<Value>{mergeWith<FloatOp, IntegerOp>(op, b)};
}

Lowered lowerAverage(nn::AverageOp op, LayerBuilder &b) {
  double count = double(op.getInputs().size());
  Value sum = mergeWith<arith::AddFOp, arith::AddIOp>(op, b);
  Value mean =
      map(b, sum, [count](LocBuilder &b, ValueRange elements) -> Value {
        return arith::DivFOp::create(b, elements[0],
                                     scalar(b, count, elements[0].getType()));
      });
  return SmallVector<Value>{mean};
}

Lowered lowerConcatenate(nn::ConcatenateOp op, LayerBuilder &b) {
  Value first = op.getInputs().front();
  int64_t axis = fromStart(op.getAxis(), rankOf(first));
  return SmallVector<Value>{
      tensor::ConcatOp::create(b, axis, op.getInputs()).getResult()};
}

//===----------------------------------------------------------------------===//
// Dot
//===----------------------------------------------------------------------===//

/// x / max(‖x‖, 1e-7) along `axis`, as x · min(1/‖x‖, 1e7) like Keras.
Value normalizeAlong(LocBuilder &b, Value input, int64_t axis) {
  Value squares = map(b, input, [](LocBuilder &b, ValueRange x) -> Value {
    return arith::MulFOp::create(b, x[0], x[0]);
  });
  Value inverse = map(b, reduceSum(b, squares, axis),
                      [](LocBuilder &b, ValueRange sum) -> Value {
                        Value root = math::RsqrtOp::create(b, sum[0]);
                        return arith::MinimumFOp::create(
                            b, root, scalar(b, 1e7, sum[0].getType()));
                      });
  Placed whole{input, {}}, scale{inverse, {}};
  for (int64_t i = 0, rank = rankOf(input); i < rank; ++i) {
    whole.axes.push_back(i);
    if (i != axis)
      scale.axes.push_back(i);
  }
  return elementwise(b, shapeOf(input), ArrayRef<Placed>{whole, scale},
                     [](LocBuilder &b, ValueRange x) -> Value {
                       return arith::MulFOp::create(b, x[0], x[1]);
                     });
}

/// The iterators of a batched product: batch, what is left of the first input,
/// the axis summed over, what is left of the second.
struct DotLoops {
  SmallVector<AffineExpr> lhs, rhs, result;
  SmallVector<bool> reductions;

  DotLoops(MLIRContext *context, int64_t lhsRank, int64_t rhsRank,
           int64_t lhsAxis, int64_t rhsAxis) {
    auto nextIterator = [&](bool reduction) {
      reductions.push_back(reduction);
      return getAffineDimExpr(unsigned(reductions.size()) - 1, context);
    };
    AffineExpr batch = nextIterator(false);
    lhs.assign(lhsRank, batch);
    rhs.assign(rhsRank, batch);
    result.push_back(batch);
    for (int64_t i = 1; i < lhsRank; ++i)
      if (i != lhsAxis)
        result.push_back(lhs[i] = nextIterator(false));
    lhs[lhsAxis] = rhs[rhsAxis] = nextIterator(true);
    for (int64_t i = 1; i < rhsRank; ++i)
      if (i != rhsAxis)
        result.push_back(rhs[i] = nextIterator(false));
  }
};

Lowered lowerDot(nn::DotOp op, LayerBuilder &b) {
  Value lhs = op.getInputs()[0], rhs = op.getInputs()[1];
  int64_t lhsRank = rankOf(lhs), rhsRank = rankOf(rhs);
  int64_t lhsAxis = fromStart(op.getAxes().front(), lhsRank);
  int64_t rhsAxis = fromStart(op.getAxes().back(), rhsRank);
  if (op.getNormalize()) {
    lhs = normalizeAlong(b, lhs, lhsAxis);
    rhs = normalizeAlong(b, rhs, rhsAxis);
  }
  DotLoops loops(b.getContext(), lhsRank, rhsRank, lhsAxis, rhsAxis);
  Shape shape = {shapeOf(lhs)[0]};
  for (int64_t i = 1; i < lhsRank; ++i)
    if (i != lhsAxis)
      shape.push_back(shapeOf(lhs)[i]);
  for (int64_t i = 1; i < rhsRank; ++i)
    if (i != rhsAxis)
      shape.push_back(shapeOf(rhs)[i]);
  unsigned count = unsigned(loops.reductions.size());
  auto mapTo = [&](ArrayRef<AffineExpr> axes) {
    return AffineMap::get(count, 0, axes, b.getContext());
  };
  Value product =
      contract(b, lhs, rhs, shape,
               {mapTo(loops.lhs), mapTo(loops.rhs), mapTo(loops.result)},
               loops.reductions);
  // Two vectors leave nothing but the batch; Keras keeps an axis of extent 1.
  return SmallVector<Value>{
      reshape(b, product, shapeOf(op.getOutputs().front()))};
}

} // namespace

void populateMergePatterns(RewritePatternSet &patterns,
                           LoweringReport &report) {
  addLayer<nn::AddOp>(patterns, report,
                      lowerMerge<arith::AddFOp, arith::AddIOp, nn::AddOp>);
  addLayer<nn::SubtractOp>(
      patterns, report,
      lowerMerge<arith::SubFOp, arith::SubIOp, nn::SubtractOp>);
  addLayer<nn::MultiplyOp>(
      patterns, report,
      lowerMerge<arith::MulFOp, arith::MulIOp, nn::MultiplyOp>);
  addLayer<nn::AverageOp>(patterns, report, lowerAverage);
  addLayer<nn::MaximumOp>(
      patterns, report,
      lowerMerge<arith::MaximumFOp, arith::MaxSIOp, nn::MaximumOp>);
  addLayer<nn::MinimumOp>(
      patterns, report,
      lowerMerge<arith::MinimumFOp, arith::MinSIOp, nn::MinimumOp>);
  addLayer<nn::ConcatenateOp>(patterns, report, lowerConcatenate);
  addLayer<nn::DotOp>(patterns, report, lowerDot);
}

} // namespace nnc
