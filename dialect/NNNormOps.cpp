//===- NNNormOps.cpp - normalization --------------------------------------===//
//
// Shapes and weights of the normalization layers. Absent weights (center or
// scale false) are skipped, so that positions in weights files agree.
//
//===----------------------------------------------------------------------===//

#include "dialect/NNNormOps.h"
#include "dialect/WeightSpecs.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;
using llvm::Expected;

/// The extent of the layer's axis.
template <typename OpTy> static Shape getChannels(OpTy op) {
  Shape input = inputShape(op);
  return {input[llvm::cantFail(
      normalizeAxis(op.getAxis(), int64_t(input.size())))]};
}

/// gamma and beta, as far as the layer has them.
template <typename OpTy>
static SmallVector<WeightSpec> getScaleAndShift(OpTy op, ShapeRef shape) {
  SmallVector<WeightSpec> specs;
  if (op.getScale())
    specs.push_back(
        trained(op, "gamma", shape, op.getGammaInitializer(), "ones"));
  if (op.getCenter())
    specs.push_back(
        trained(op, "beta", shape, op.getBetaInitializer(), "zeros"));
  return specs;
}

Expected<SmallVector<Shape>>
BatchNormalizationOp::inferShapes(ArrayRef<Shape> inputs) {
  auto axis = normalizeAxis(getAxis(), int64_t(inputs[0].size()));
  if (!axis)
    return axis.takeError();
  if (inputs[0][*axis] == kDynamic)
    return shapeError("needs the extent of axis " + Twine(getAxis()) +
                      ", but got " + toString(inputs[0]) + " [N303]");
  return single(inputs[0]);
}

SmallVector<WeightSpec> BatchNormalizationOp::getWeightSpecs() {
  Shape shape = getChannels(*this);
  SmallVector<WeightSpec> specs = getScaleAndShift(*this, shape);
  specs.push_back(
      fixed(*this, "moving_mean", shape, getMovingMeanInitializer(), "zeros"));
  specs.push_back(fixed(*this, "moving_variance", shape,
                        getMovingVarianceInitializer(), "ones"));
  return specs;
}

Expected<SmallVector<Shape>>
LayerNormalizationOp::inferShapes(ArrayRef<Shape> inputs) {
  if (getAxis().empty())
    return shapeError("axis names no axis [N309]");
  auto axes = normalizeAxes(getAxis(), int64_t(inputs[0].size()));
  if (!axes)
    return axes.takeError();
  for (int64_t axis : *axes)
    if (inputs[0][axis] == kDynamic)
      return shapeError("needs the extent of axis " + Twine(axis) +
                        ", but got " + toString(inputs[0]) + " [N303]");
  return single(inputs[0]);
}

SmallVector<WeightSpec> LayerNormalizationOp::getWeightSpecs() {
  Shape input = inputShape(*this);
  Shape shape;
  for (int64_t axis : getAxis())
    shape.push_back(
        input[llvm::cantFail(normalizeAxis(axis, int64_t(input.size())))]);
  SmallVector<WeightSpec> specs;
  if (getScale() || getRmsScaling())
    specs.push_back(
        trained(*this, "gamma", shape, getGammaInitializer(), "ones"));
  if (getCenter() && !getRmsScaling())
    specs.push_back(
        trained(*this, "beta", shape, getBetaInitializer(), "zeros"));
  return specs;
}

Expected<SmallVector<Shape>>
GroupNormalizationOp::inferShapes(ArrayRef<Shape> inputs) {
  auto axis = normalizeAxis(getAxis(), int64_t(inputs[0].size()));
  if (!axis)
    return axis.takeError();
  int64_t channels = inputs[0][*axis];
  if (channels == kDynamic)
    return shapeError("needs the extent of axis " + Twine(getAxis()) +
                      ", but got " + toString(inputs[0]) + " [N303]");
  if (getGroups() == -1 || (getGroups() > 0 && channels % getGroups() == 0))
    return single(inputs[0]);
  return shapeError("groups must be -1 or divide the " + Twine(channels) +
                    " channels, but is " + Twine(getGroups()) + " [N302]");
}

SmallVector<WeightSpec> GroupNormalizationOp::getWeightSpecs() {
  return getScaleAndShift(*this, getChannels(*this));
}

/// The extents of `axis`, sorted as Keras sorts them: negative ones first.
static Shape getScaleShape(RMSNormalizationOp op, ShapeRef input) {
  SmallVector<int64_t> axes(op.getAxis());
  llvm::sort(axes);
  return llvm::map_to_vector<6>(axes, [&](int64_t axis) {
    return input[axis < 0 ? axis + int64_t(input.size()) : axis];
  });
}

/// The axes that a norm runs over, which must be given and not the batch.
static llvm::Error checkAxes(ArrayRef<int64_t> axis, ShapeRef input) {
  if (axis.empty())
    return shapeError("axis names no axis [N309]");
  return normalizeAxes(axis, int64_t(input.size())).takeError();
}

Expected<SmallVector<Shape>>
RMSNormalizationOp::inferShapes(ArrayRef<Shape> inputs) {
  ShapeRef input = inputs[0];
  if (llvm::Error error = checkAxes(getAxis(), input))
    return error;
  // Keras multiplies by the scale as it is, so that it lies along the last
  // axes whichever `axis` names.
  Shape scale = getScaleShape(*this, input);
  for (auto [extent, along] :
       llvm::zip_equal(scale, input.take_back(scale.size())))
    if (extent == kDynamic || (extent != 1 && extent != along))
      return shapeError("its scale " + toString(scale) +
                        " does not lie along the last axes of " +
                        toString(input) + " [N302]");
  return single(inputs[0]);
}

SmallVector<WeightSpec> RMSNormalizationOp::getWeightSpecs() {
  return {trained(*this, "scale", getScaleShape(*this, inputShape(*this)), {},
                  "ones")};
}

Expected<SmallVector<Shape>>
UnitNormalizationOp::inferShapes(ArrayRef<Shape> inputs) {
  if (llvm::Error error = checkAxes(getAxis(), inputs[0]))
    return error;
  return single(inputs[0]);
}

//===----------------------------------------------------------------------===//
// Generated definitions
//===----------------------------------------------------------------------===//

void NNDialect::addNormOps() {
  addOperations<
#define GET_OP_LIST
#include "dialect/NNNormOps.cpp.inc"
      >();
}

#define GET_OP_CLASSES
#include "dialect/NNNormOps.cpp.inc"
