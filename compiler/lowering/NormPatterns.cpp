//===- NormPatterns.cpp - lowering of the normalization layers ------------===//
//
// BatchNormalization at inference is x · scale + shift with constants that are
// computed here, in double; the others look at each sample.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/Patterns.h"
#include "dialect/NNNormOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

using namespace mlir;
using namespace nnc;

static SmallVector<int64_t> allAxes(Value tensor) {
  return llvm::to_vector(llvm::seq<int64_t>(0, rankOf(tensor)));
}

/// x · scale + shift.
static Value scaleAndShift(LocBuilder &b, ValueRange x) {
  Value scaled = arith::MulFOp::create(b, x[0], x[1]);
  return arith::AddFOp::create(b, scaled, x[2]);
}

static Lowered lowerBatchNormalization(nn::BatchNormalizationOp op,
                                       LayerBuilder &b) {
  Value input = op.getInputs()[0];
  int64_t axis = fromStart(op.getAxis(), rankOf(input));
  int64_t channels = shapeOf(input)[axis];
  SmallVector<double> mean = weightValues(op, "moving_mean");
  SmallVector<double> variance = weightValues(op, "moving_variance");
  SmallVector<double> gamma(channels, 1.0), beta(channels, 0.0);
  if (op.getScale())
    gamma = weightValues(op, "gamma");
  if (op.getCenter())
    beta = weightValues(op, "beta");
  double epsilon = op.getEpsilon();
  SmallVector<double> scales, shifts;
  for (int64_t c = 0; c < channels; ++c) {
    double scale = gamma[c] / std::sqrt(variance[c] + epsilon);
    scales.push_back(scale);
    shifts.push_back(beta[c] - mean[c] * scale);
  }
  Value scale = derivedWeight(b, op, "moving_mean", "scale", channels, scales);
  Value shift = derivedWeight(b, op, "moving_mean", "shift", channels, shifts);
  Placed operands[] = {
      {input, allAxes(input)}, {scale, {axis}}, {shift, {axis}}};
  return SmallVector<Value>{
      elementwise(b, shapeOf(input), operands, scaleAndShift)};
}

//===----------------------------------------------------------------------===//
// LayerNormalization
//===----------------------------------------------------------------------===//

namespace {
/// The axes that a normalization reduces, and the others.
struct NormAxes {
  SmallVector<int64_t> reduced, kept;
  int64_t count = 1; ///< elements of one mean
};
} // namespace

static NormAxes splitAxes(ArrayRef<int64_t> axis, Value input) {
  NormAxes axes;
  for (int64_t a : axis)
    axes.reduced.push_back(fromStart(a, rankOf(input)));
  llvm::sort(axes.reduced);
  for (int64_t a : allAxes(input)) {
    if (!llvm::is_contained(axes.reduced, a))
      axes.kept.push_back(a);
    else
      axes.count *= shapeOf(input)[a];
  }
  return axes;
}

static Value meanOver(LocBuilder &b, Value input, const NormAxes &axes) {
  Value sum = reduceSum(b, input, axes.reduced);
  return map(b, sum, [&](LocBuilder &at, ValueRange x) -> Value {
    return arith::DivFOp::create(
        at, x[0], scalar(at, double(axes.count), x[0].getType()));
  });
}

/// 1 / sqrt(variance + epsilon) of each group, around its mean.
static Value inverseDeviation(LocBuilder &b, Value input, Value mean,
                              const NormAxes &axes, double epsilon) {
  Placed operands[] = {{input, allAxes(input)}, {mean, axes.kept}};
  Value squares = elementwise(
      b, shapeOf(input), operands, [](LocBuilder &at, ValueRange x) -> Value {
        Value distance = arith::SubFOp::create(at, x[0], x[1]);
        return arith::MulFOp::create(at, distance, distance);
      });
  return map(b, meanOver(b, squares, axes),
             [&](LocBuilder &at, ValueRange x) -> Value {
               Value shifted = arith::AddFOp::create(
                   at, x[0], scalar(at, epsilon, x[0].getType()));
               Value root = math::SqrtOp::create(at, shifted);
               return arith::DivFOp::create(at, scalar(at, 1.0, x[0].getType()),
                                            root);
             });
}

/// gamma and beta have the extents of `axis` in its order; Keras reshapes them
/// to the axes in the input's order.
static Placed placeWeight(LayerBuilder &b, nn::LayerNormalizationOp op,
                          StringRef name, const NormAxes &axes) {
  Shape shape;
  for (int64_t axis : axes.reduced)
    shape.push_back(shapeOf(op.getInputs()[0])[axis]);
  return {reshape(b, weight(b, op, name), shape), axes.reduced};
}

static Lowered lowerLayerNormalization(nn::LayerNormalizationOp op,
                                       LayerBuilder &b) {
  Value input = op.getInputs()[0];
  NormAxes axes = splitAxes(op.getAxis(), input);
  bool rms = op.getRmsScaling();
  bool hasGamma = op.getScale() || rms, hasBeta = op.getCenter() && !rms;
  Value mean = meanOver(b, input, axes);
  Value inverse = inverseDeviation(b, input, mean, axes, op.getEpsilon());
  SmallVector<Placed> operands = {
      {input, allAxes(input)}, {mean, axes.kept}, {inverse, axes.kept}};
  if (hasGamma)
    operands.push_back(placeWeight(b, op, "gamma", axes));
  if (hasBeta)
    operands.push_back(placeWeight(b, op, "beta", axes));
  // With rms_scaling Keras scales by the deviation, but does not centre.
  auto normalize = [&](LocBuilder &at, ValueRange x) -> Value {
    Value y = rms ? x[0] : arith::SubFOp::create(at, x[0], x[1]).getResult();
    y = arith::MulFOp::create(at, y, x[2]);
    if (hasGamma)
      y = arith::MulFOp::create(at, y, x[3]);
    if (hasBeta)
      y = arith::AddFOp::create(at, y, x.back());
    return y;
  };
  return SmallVector<Value>{
      elementwise(b, shapeOf(input), operands, normalize)};
}

//===----------------------------------------------------------------------===//
// GroupNormalization
//===----------------------------------------------------------------------===//

/// The channels are split in two axes, of which only the groups are kept.
static Lowered lowerGroupNormalization(nn::GroupNormalizationOp op,
                                       LayerBuilder &b) {
  Value input = op.getInputs()[0];
  int64_t axis = fromStart(op.getAxis(), rankOf(input));
  int64_t channels = shapeOf(input)[axis];
  int64_t groups = op.getGroups() == -1 ? channels : op.getGroups();
  Shape shape(shapeOf(input));
  shape[axis] = channels / groups;
  shape.insert(shape.begin() + axis, groups);
  Value grouped = reshape(b, input, shape);
  SmallVector<int64_t> reduced = llvm::to_vector(
      llvm::make_filter_range(llvm::seq<int64_t>(1, rankOf(grouped)),
                              [&](int64_t a) { return a != axis; }));
  NormAxes axes = splitAxes(reduced, grouped);
  Value mean = meanOver(b, grouped, axes);
  Value inverse = inverseDeviation(b, grouped, mean, axes, op.getEpsilon());
  SmallVector<Placed> operands = {
      {grouped, allAxes(grouped)}, {mean, axes.kept}, {inverse, axes.kept}};
  for (auto [has, name] :
       {std::pair(op.getScale(), "gamma"), std::pair(op.getCenter(), "beta")})
    if (has)
      operands.push_back(
          {reshape(b, weight(b, op, name), {groups, channels / groups}),
           {axis, axis + 1}});
  bool hasGamma = op.getScale(), hasBeta = op.getCenter();
  auto normalize = [&](LocBuilder &at, ValueRange x) -> Value {
    Value y = arith::SubFOp::create(at, x[0], x[1]);
    y = arith::MulFOp::create(at, y, x[2]);
    if (hasGamma)
      y = arith::MulFOp::create(at, y, x[3]);
    if (hasBeta)
      y = arith::AddFOp::create(at, y, x.back());
    return y;
  };
  Value result = elementwise(b, shape, operands, normalize);
  return SmallVector<Value>{reshape(b, result, shapeOf(input))};
}

//===----------------------------------------------------------------------===//
// RMSNormalization and UnitNormalization
//===----------------------------------------------------------------------===//

static Value squares(LocBuilder &b, Value input) {
  return map(b, input, [](LocBuilder &at, ValueRange x) {
    return arith::MulFOp::create(at, x[0], x[0]);
  });
}

static Value inverseRoot(LocBuilder &b, Value x) {
  Value one = scalar(b, 1.0, x.getType());
  Value root = math::SqrtOp::create(b, x);
  return arith::DivFOp::create(b, one, root);
}

static Lowered lowerRMSNormalization(nn::RMSNormalizationOp op,
                                     LayerBuilder &b) {
  Value input = op.getInputs()[0];
  NormAxes axes = splitAxes(op.getAxis(), input);
  double epsilon = op.getEpsilon();
  Value inverse =
      map(b, meanOver(b, squares(b, input), axes),
          [&](LocBuilder &at, ValueRange x) {
            Value least = scalar(at, epsilon, x[0].getType());
            return inverseRoot(at, arith::AddFOp::create(at, x[0], least));
          });
  Value scale = weight(b, op, "scale");
  SmallVector<int64_t> last = llvm::to_vector(
      llvm::seq<int64_t>(rankOf(input) - rankOf(scale), rankOf(input)));
  Placed operands[] = {
      {input, allAxes(input)}, {inverse, axes.kept}, {scale, last}};
  return SmallVector<Value>{elementwise(
      b, shapeOf(input), operands, [](LocBuilder &at, ValueRange x) -> Value {
        Value y = arith::MulFOp::create(at, x[0], x[1]);
        return arith::MulFOp::create(at, y, x[2]);
      })};
}

static Lowered lowerUnitNormalization(nn::UnitNormalizationOp op,
                                      LayerBuilder &b) {
  Value input = op.getInputs()[0];
  NormAxes axes = splitAxes(op.getAxis(), input);
  Value sum = reduceSum(b, squares(b, input), axes.reduced);
  Value inverse = map(b, sum, [](LocBuilder &at, ValueRange x) {
    Value least = scalar(at, 1e-12, x[0].getType());
    return inverseRoot(at, arith::MaximumFOp::create(at, x[0], least));
  });
  Placed operands[] = {{input, allAxes(input)}, {inverse, axes.kept}};
  return SmallVector<Value>{elementwise(
      b, shapeOf(input), operands, [](LocBuilder &at, ValueRange x) {
        return arith::MulFOp::create(at, x[0], x[1]);
      })};
}

void nnc::populateNormPatterns(RewritePatternSet &patterns,
                               LoweringReport &report) {
  addLayer<nn::BatchNormalizationOp>(patterns, report, lowerBatchNormalization);
  addLayer<nn::GroupNormalizationOp>(patterns, report, lowerGroupNormalization);
  addLayer<nn::LayerNormalizationOp>(patterns, report, lowerLayerNormalization);
  addLayer<nn::RMSNormalizationOp>(patterns, report, lowerRMSNormalization);
  addLayer<nn::UnitNormalizationOp>(patterns, report, lowerUnitNormalization);
}
