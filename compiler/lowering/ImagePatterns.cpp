//===- ImagePatterns.cpp - lowering of AutoContrast -----------------------===//
//
// Each channel's smallest and largest values become the ends of the range. What
// Keras cannot stretch (a channel of one value) stays as it is.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/ImageRange.h"
#include "compiler/lowering/Patterns.h"
#include "dialect/NNImageOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace nnc;

ValueRangeKey nnc::getValueRange(std::optional<Attribute> key) {
  if (!key)
    return {0.0, 255.0};
  nn::Numbers numbers = *nn::getNumbers(*key);
  return {numbers.values[0], numbers.values[1]};
}

/// (x - from.low) / (from.high - from.low) · (to.high - to.low) + to.low, in
/// this order as Keras computes it.
static Value rescale(LocBuilder &b, Value x, const ValueRangeKey &from,
                     const ValueRangeKey &to) {
  if (from == to)
    return x;
  Type type = x.getType();
  Value low = scalar(b, from.low, type), end = scalar(b, to.low, type);
  Value span =
      arith::SubFOp::create(b, scalar(b, from.high, type), low).getResult();
  Value width = arith::SubFOp::create(b, scalar(b, to.high, type), end);
  Value above = arith::SubFOp::create(b, x, low);
  Value part = arith::DivFOp::create(b, above, span);
  Value scaled = arith::MulFOp::create(b, part, width);
  return arith::AddFOp::create(b, scaled, end);
}

Value nnc::toBytes(LocBuilder &b, Value x, const ValueRangeKey &range) {
  return rescale(b, x, range, {0.0, 255.0});
}

Value nnc::fromBytes(LocBuilder &b, Value x, const ValueRangeKey &range) {
  return rescale(b, x, {0.0, 255.0}, range);
}

static Lowered lowerAutoContrast(nn::AutoContrastOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  ValueRangeKey range = getValueRange(op.getValueRange());
  if (range.low > range.high)
    std::swap(range.low, range.high);
  Value images = map(b, input, [&](LocBuilder &at, ValueRange x) {
    return toBytes(at, x[0], range);
  });
  // Keras reduces the two axes behind the batch in either data format.
  int64_t axes[] = {1, 2};
  Placed operands[] = {{input, {0, 1, 2, 3}},
                       {images, {0, 1, 2, 3}},
                       {reduceMin(b, images, axes), {0, 3}},
                       {reduceMax(b, images, axes), {0, 3}}};
  auto stretch = [&](LocBuilder &at, ValueRange x) -> Value {
    Type type = x[1].getType();
    Value zero = scalar(at, 0.0, type), top = scalar(at, 255.0, type);
    Value span = arith::SubFOp::create(at, x[3], x[2]);
    Value scale = arith::DivFOp::create(at, top, span);
    Value below = arith::NegFOp::create(at, x[2]);
    Value offset = arith::MulFOp::create(at, below, scale);
    Value y = arith::MulFOp::create(at, x[1], scale);
    y = arith::AddFOp::create(at, y, offset);
    y = arith::MaximumFOp::create(at, y, zero);
    y = fromBytes(at, arith::MinimumFOp::create(at, y, top), range);
    Value isNaN = arith::CmpFOp::create(at, arith::CmpFPredicate::UNO, y, y);
    return arith::SelectOp::create(at, isNaN, x[0], y);
  };
  return SmallVector<Value>{elementwise(b, shapeOf(input), operands, stretch)};
}

void nnc::populateImagePatterns(RewritePatternSet &patterns,
                                LoweringReport &report) {
  addLayer<nn::AutoContrastOp>(patterns, report, lowerAutoContrast);
}
