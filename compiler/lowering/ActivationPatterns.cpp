//===- ActivationPatterns.cpp - lowering of the activation layers ---------===//
//
// Layers that are one formula per element, and Softmax.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/Activations.h"
#include "compiler/lowering/Patterns.h"
#include "dialect/NNCoreOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace nnc;

static Lowered lowerActivation(nn::ActivationOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  if (op.getActivation() != "threshold")
    return SmallVector<Value>{applyActivation(b, input, op.getActivation())};
  double threshold = *op.getThreshold();
  double value = *op.getDefaultValue();
  return SmallVector<Value>{
      map(b, input, [&](LocBuilder &at, ValueRange x) -> Value {
        return scalarThreshold(at, x[0], threshold, value);
      })};
}

/// Keras's order of operations: the slope is subtracted after the ceiling, and
/// an element at or below the threshold is multiplied by zero.
static Value kerasRelu(LocBuilder &b, Value x, nn::ReLUOp op) {
  double threshold = op.getThreshold();
  double slope = op.getNegativeSlope();
  std::optional<double> ceiling = op.getMaxValue();
  if (slope != 0.0 && !ceiling && threshold == 0.0)
    return scalarLeakyRelu(b, x, slope);
  auto constant = [&](double value) { return scalar(b, value, x.getType()); };
  Value zero = constant(0.0);
  Value result;
  if (threshold != 0.0) {
    Value above = arith::CmpFOp::create(b, arith::CmpFPredicate::OGT, x,
                                        constant(threshold));
    Value factor = arith::SelectOp::create(b, above, constant(1.0), zero);
    result = arith::MulFOp::create(b, x, factor);
  } else {
    result = scalarRelu(b, x);
  }
  if (ceiling) {
    result = arith::MaximumFOp::create(b, result, zero);
    result = arith::MinimumFOp::create(b, result, constant(*ceiling));
  }
  if (slope == 0.0)
    return result;
  Value below = arith::SubFOp::create(b, constant(threshold), x);
  Value part = arith::MulFOp::create(b, constant(slope), scalarRelu(b, below));
  return arith::SubFOp::create(b, result, part);
}

static Lowered lowerReLU(nn::ReLUOp op, LayerBuilder &b) {
  return SmallVector<Value>{
      map(b, op.getInputs()[0], [&](LocBuilder &at, ValueRange x) {
        return kerasRelu(at, x[0], op);
      })};
}

static Lowered lowerLeakyReLU(nn::LeakyReLUOp op, LayerBuilder &b) {
  double slope = op.getNegativeSlope();
  return SmallVector<Value>{
      map(b, op.getInputs()[0], [&](LocBuilder &at, ValueRange x) {
        return scalarLeakyRelu(at, x[0], slope);
      })};
}

static Lowered lowerELU(nn::ELUOp op, LayerBuilder &b) {
  double alpha = op.getAlpha();
  return SmallVector<Value>{
      map(b, op.getInputs()[0], [&](LocBuilder &at, ValueRange x) {
        return scalarElu(at, x[0], alpha);
      })};
}

/// alpha has an extent of 1 along shared axes, so it broadcasts.
static Lowered lowerPReLU(nn::PReLUOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  Value alpha = weight(b, op, "alpha");
  return SmallVector<Value>{elementwise(
      b, shapeOf(input), ValueRange{input, alpha},
      [](LocBuilder &at, ValueRange x) -> Value {
        Value negative = arith::NegFOp::create(at, x[0]);
        Value part = arith::MulFOp::create(at, x[1], scalarRelu(at, negative));
        return arith::SubFOp::create(at, scalarRelu(at, x[0]), part);
      })};
}

/// What does not count becomes a number whose exponential is 0, unless nothing
/// else is left.
static Value hideMasked(LocBuilder &b, Value input, Value mask) {
  Type type = typeOf(input).getElementType();
  double lowest = type.isF16() ? -3e4 : -1e9;
  return elementwise(
      b, shapeOf(input), {input, mask},
      [&](LocBuilder &at, ValueRange x) -> Value {
        return arith::SelectOp::create(at, x[1], x[0],
                                       scalar(at, lowest, type));
      },
      type);
}

static Lowered lowerSoftmax(nn::SoftmaxOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  if (Value mask = op.getMask())
    input = hideMasked(b, input, mask);
  SmallVector<int64_t> axes;
  for (int64_t axis : op.getAxis())
    axes.push_back(fromStart(axis, rankOf(input)));
  return SmallVector<Value>{softmax(b, input, axes)};
}

void nnc::populateActivationPatterns(RewritePatternSet &patterns,
                                     LoweringReport &report) {
  addLayer<nn::ActivationOp>(patterns, report, lowerActivation);
  addLayer<nn::ELUOp>(patterns, report, lowerELU);
  addLayer<nn::LeakyReLUOp>(patterns, report, lowerLeakyReLU);
  addLayer<nn::PReLUOp>(patterns, report, lowerPReLU);
  addLayer<nn::ReLUOp>(patterns, report, lowerReLU);
  addLayer<nn::SoftmaxOp>(patterns, report, lowerSoftmax);
}
