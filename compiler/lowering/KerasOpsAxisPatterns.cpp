//===- KerasOpsAxisPatterns.cpp - activations of keras.ops along axes -----===//
//
// Functions in which each element depends on all others along some axes. Those
// that the layers have for the last axis are applied there, with the axis
// brought to the end and back.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/Activations.h"
#include "compiler/lowering/KerasOpsUtils.h"
#include "dialect/NNKerasOps.h"

#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace nnc;

static SmallVector<int64_t> axesFrom(ArrayRef<int64_t> axes, Value tensor) {
  return llvm::cantFail(nn::numpyAxes(axes, rankOf(tensor)));
}

/// The activation `name`, which acts along the last axis, along another one.
static Value alongAxis(LocBuilder &b, Value input, int64_t axis,
                       StringRef name) {
  int64_t rank = rankOf(input), last = rank - 1;
  auto order = llvm::to_vector(llvm::seq<int64_t>(0, rank));
  std::swap(order[fromStart(axis, rank)], order[last]);
  Value moved = transpose(b, input, order);
  return transpose(b, applyActivation(b, moved, name), order);
}

static Lowered lowerGlu(nn::OpsGluOp op, LayerBuilder &b) {
  return oneResult(alongAxis(b, op.getInputs()[0], op.getAxis(), "glu"));
}

static Lowered lowerSparsemax(nn::OpsSparsemaxOp op, LayerBuilder &b) {
  return oneResult(alongAxis(b, op.getInputs()[0], op.getAxis(), "sparsemax"));
}

static Lowered lowerSoftmax(nn::OpsSoftmaxOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  return oneResult(softmax(b, input, axesFrom(op.getAxis(), input)));
}

/// x less its largest element, less the logarithm of the sum of their powers.
static Lowered lowerLogSoftmax(nn::OpsLogSoftmaxOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  SmallVector<int64_t> axes = axesFrom(op.getAxis(), input);
  auto less = [](LocBuilder &at, ValueRange x) {
    return ScalarMath{at}.sub(x[0], x[1]);
  };
  Value shifted = withReduced(b, input, reduceMax(b, input, axes), axes, less);
  Value powers = map(b, shifted, [](LocBuilder &at, ValueRange x) -> Value {
    return math::ExpOp::create(at, x[0]);
  });
  Value log = map(b, reduceSum(b, powers, axes),
                  [](LocBuilder &at, ValueRange x) -> Value {
                    return math::LogOp::create(at, x[0]);
                  });
  return oneResult(withReduced(b, shifted, log, axes, less));
}

/// |x|^order, whose sum is a norm to that power.
static Value powerOf(LocBuilder &b, Value input, int64_t order) {
  return map(b, input, [&](LocBuilder &at, ValueRange x) {
    ScalarMath m{at};
    if (order == 2)
      return m.mul(x[0], x[0]);
    Value size = m.abs(x[0]);
    return order == 1 ? size : m.pow(size, m.like(double(order), size));
  });
}

/// Keras multiplies by the inverse of a Euclidean norm, which it bounds above,
/// and divides by any other one.
static Lowered lowerNormalize(nn::OpsNormalizeOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  SmallVector<int64_t> axes = axesFrom(op.getAxis(), input);
  int64_t order = op.getOrder();
  double epsilon = op.getEpsilon();
  if (order != 2 && axes.size() != 1)
    return nn::emitLayerError(op)
           << "'order' other than 2 goes with one axis only [N304]";
  Value sum = reduceSum(b, powerOf(b, input, order), axes);
  return oneResult(
      withReduced(b, input, sum, axes, [&](LocBuilder &at, ValueRange x) {
        ScalarMath m{at};
        if (order == 2) {
          Value inverse = math::RsqrtOp::create(at, x[1]);
          return m.mul(x[0], m.min(inverse, m.like(1.0 / epsilon, inverse)));
        }
        Value norm =
            order == 1 ? x[1] : m.pow(x[1], m.like(1.0 / double(order), x[1]));
        return m.div(x[0], m.max(norm, m.like(epsilon, norm)));
      }));
}

void nnc::populateKerasOpsAxisPatterns(RewritePatternSet &patterns,
                                       LoweringReport &report) {
  addLayer<nn::OpsGluOp>(patterns, report, lowerGlu);
  addLayer<nn::OpsLogSoftmaxOp>(patterns, report, lowerLogSoftmax);
  addLayer<nn::OpsNormalizeOp>(patterns, report, lowerNormalize);
  addLayer<nn::OpsSoftmaxOp>(patterns, report, lowerSoftmax);
  addLayer<nn::OpsSparsemaxOp>(patterns, report, lowerSparsemax);
}
