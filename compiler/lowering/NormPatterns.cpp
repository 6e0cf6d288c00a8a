//===- NormPatterns.cpp - lowering of the normalization layers ------------===//
//
// BatchNormalization at inference is x · scale + shift with constants that are
// computed here, in double; the others look at each sample. Functions of
// keras.ops are as the layers are, with tensors and constants for weights.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/KerasOpsUtils.h"
#include "compiler/lowering/Patterns.h"
#include "dialect/NNKerasReduceOps.h"
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

/// The mean of each group, and the inverse of its deviation.
struct Moments {
  Value mean, inverse;
};

/// What a normalized element is multiplied by, and what is added to it.
struct Affine {
  std::optional<Placed> gamma, beta;
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

static Moments momentsOver(LocBuilder &b, Value input, const NormAxes &axes,
                           double epsilon) {
  Value mean = meanOver(b, input, axes);
  return {mean, inverseDeviation(b, input, mean, axes, epsilon)};
}

/// (x - mean) / deviation, and what follows. With `rms` x is scaled by the
/// deviation, but not centred.
static Value normalizeBy(LocBuilder &b, Value input, const NormAxes &axes,
                         const Moments &moments, bool rms,
                         const Affine &affine) {
  SmallVector<Placed> operands = {{input, allAxes(input)},
                                  {moments.mean, axes.kept},
                                  {moments.inverse, axes.kept}};
  for (const std::optional<Placed> &factor : {affine.gamma, affine.beta})
    if (factor)
      operands.push_back(*factor);
  auto normalize = [&](LocBuilder &at, ValueRange x) -> Value {
    Value y = rms ? x[0] : arith::SubFOp::create(at, x[0], x[1]).getResult();
    y = arith::MulFOp::create(at, y, x[2]);
    if (affine.gamma)
      y = arith::MulFOp::create(at, y, x[3]);
    if (affine.beta)
      y = arith::AddFOp::create(at, y, x.back());
    return y;
  };
  return elementwise(b, shapeOf(input), operands, normalize);
}

/// A factor that is one number or has the extents of the axes in the order of
/// the key; Keras reshapes it to the axes in the input's order.
static Placed placeFactor(LocBuilder &b, Value factor, Value input,
                          const NormAxes &axes) {
  if (rankOf(factor) == 0)
    return {factor, {}};
  Shape shape;
  for (int64_t axis : axes.reduced)
    shape.push_back(shapeOf(input)[axis]);
  return {reshape(b, factor, shape), axes.reduced};
}

static Lowered lowerLayerNormalization(nn::LayerNormalizationOp op,
                                       LayerBuilder &b) {
  Value input = op.getInputs()[0];
  NormAxes axes = splitAxes(op.getAxis(), input);
  Moments moments = momentsOver(b, input, axes, op.getEpsilon());
  bool rms = op.getRmsScaling();
  Affine affine;
  if (op.getScale() || rms)
    affine.gamma = placeFactor(b, weight(b, op, "gamma"), input, axes);
  if (op.getCenter() && !rms)
    affine.beta = placeFactor(b, weight(b, op, "beta"), input, axes);
  return oneResult(normalizeBy(b, input, axes, moments, rms, affine));
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
  Moments moments = momentsOver(b, grouped, axes, op.getEpsilon());
  auto place = [&](StringRef name) -> Placed {
    return {reshape(b, weight(b, op, name), {groups, channels / groups}),
            {axis, axis + 1}};
  };
  Affine affine;
  if (op.getScale())
    affine.gamma = place("gamma");
  if (op.getCenter())
    affine.beta = place("beta");
  Value result = normalizeBy(b, grouped, axes, moments,
                             /*rms=*/false, affine);
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

/// x / sqrt(mean(x²) + epsilon) · scale, which lies along the last axes.
static Value normalizeByRoot(LocBuilder &b, Value input, const NormAxes &axes,
                             double epsilon, Value scale) {
  Value inverse =
      map(b, meanOver(b, squares(b, input), axes),
          [&](LocBuilder &at, ValueRange x) {
            Value least = scalar(at, epsilon, x[0].getType());
            return inverseRoot(at, arith::AddFOp::create(at, x[0], least));
          });
  SmallVector<Placed> operands = {{input, allAxes(input)},
                                  {inverse, axes.kept}};
  if (scale)
    operands.push_back(
        {scale, llvm::to_vector(llvm::seq<int64_t>(
                    rankOf(input) - rankOf(scale), rankOf(input)))});
  return elementwise(
      b, shapeOf(input), operands, [&](LocBuilder &at, ValueRange x) -> Value {
        Value y = arith::MulFOp::create(at, x[0], x[1]);
        return scale ? arith::MulFOp::create(at, y, x[2]).getResult() : y;
      });
}

static Lowered lowerRMSNormalization(nn::RMSNormalizationOp op,
                                     LayerBuilder &b) {
  Value input = op.getInputs()[0];
  return oneResult(normalizeByRoot(b, input, splitAxes(op.getAxis(), input),
                                   op.getEpsilon(), weight(b, op, "scale")));
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

//===----------------------------------------------------------------------===//
// Functions of keras.ops
//===----------------------------------------------------------------------===//

static Lowered lowerLayerNorm(nn::OpsLayerNormOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  NormAxes axes = splitAxes(op.getAxis(), input);
  Moments moments = momentsOver(b, input, axes, op.getEpsilon());
  bool rms = op.getRmsScaling();
  auto place = [&](std::optional<Attribute> constant) -> std::optional<Placed> {
    if (!constant)
      return std::nullopt;
    Value factor = constantTensor(b, *constant, elementOf(input));
    return placeFactor(b, factor, input, axes);
  };
  Affine affine = {place(op.getGamma()), {}};
  if (!rms)
    affine.beta = place(op.getBeta());
  return oneResult(normalizeBy(b, input, axes, moments, rms, affine));
}

static Lowered lowerRMSNorm(nn::OpsRMSNormOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0], scale;
  if (op.getScale())
    scale = constantTensor(b, *op.getScale(), elementOf(input));
  return oneResult(normalizeByRoot(b, input, splitAxes(op.getAxis(), input),
                                   op.getEpsilon(), scale));
}

/// The factor of each channel first, so that each element is multiplied and
/// added to once.
static Lowered lowerBatchNorm(nn::OpsBatchNormOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  Type type = elementOf(input);
  int64_t axis = fromStart(op.getAxis(), rankOf(input));
  Shape channels = {shapeOf(input)[axis]};
  auto arguments = llvm::cantFail(nn::bindArguments(op, op->getNumOperands()));
  SmallVector<Value> tensors;
  for (const nn::Argument &argument : llvm::drop_begin(arguments))
    tensors.push_back(argumentTensor(b, op, argument, type));
  Value mean = tensors[0], offset = tensors[2];
  double epsilon = op.getEpsilon();
  Value scale = elementwise(
      b, channels, ValueRange{tensors[1], tensors[3]},
      [&](LocBuilder &at, ValueRange x) -> Value {
        Value least =
            arith::AddFOp::create(at, x[0], scalar(at, epsilon, type));
        return arith::MulFOp::create(at, inverseRoot(at, least), x[1]);
      });
  Value shift = elementwise(b, channels, ValueRange{offset, mean, scale},
                            [](LocBuilder &at, ValueRange x) -> Value {
                              Value product =
                                  arith::MulFOp::create(at, x[1], x[2]);
                              return arith::SubFOp::create(at, x[0], product);
                            });
  Placed operands[] = {
      {input, allAxes(input)}, {scale, {axis}}, {shift, {axis}}};
  return oneResult(elementwise(b, shapeOf(input), operands, scaleAndShift));
}

void nnc::populateNormPatterns(RewritePatternSet &patterns,
                               LoweringReport &report) {
  addLayer<nn::BatchNormalizationOp>(patterns, report, lowerBatchNormalization);
  addLayer<nn::GroupNormalizationOp>(patterns, report, lowerGroupNormalization);
  addLayer<nn::LayerNormalizationOp>(patterns, report, lowerLayerNormalization);
  addLayer<nn::OpsBatchNormOp>(patterns, report, lowerBatchNorm);
  addLayer<nn::OpsLayerNormOp>(patterns, report, lowerLayerNorm);
  addLayer<nn::OpsRMSNormOp>(patterns, report, lowerRMSNorm);
  addLayer<nn::RMSNormalizationOp>(patterns, report, lowerRMSNormalization);
  addLayer<nn::UnitNormalizationOp>(patterns, report, lowerUnitNormalization);
}
