//===- NNNormOps.cpp - normalization --------------------------------------===//
//
// Shapes and weights of the normalization layers. Absent weights (center or
// scale false) are skipped, so that positions in weights files agree.
//
//===----------------------------------------------------------------------===//

#include "dialect/NNOps.h"
#include "dialect/WeightSpecs.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;
using llvm::Expected;

Expected<SmallVector<Shape>>
BatchNormalizationOp::inferShapes(ArrayRef<Shape> inputs) {
  auto axis = normalizeAxis(getAxis(), int64_t(inputs[0].size()));
  if (!axis)
    return axis.takeError();
  if (inputs[0][*axis] == kDynamic)
    return shapeError("needs the extent of axis " + Twine(getAxis()) +
                      ", but got " + toString(inputs[0]));
  return single(inputs[0]);
}

SmallVector<WeightSpec> BatchNormalizationOp::getWeightSpecs() {
  Shape input = inputShape(*this);
  Shape shape = {
      input[llvm::cantFail(normalizeAxis(getAxis(), int64_t(input.size())))]};
  SmallVector<WeightSpec> specs;
  if (getScale())
    specs.push_back(
        trained(*this, "gamma", shape, getGammaInitializer(), "ones"));
  if (getCenter())
    specs.push_back(
        trained(*this, "beta", shape, getBetaInitializer(), "zeros"));
  specs.push_back(
      fixed(*this, "moving_mean", shape, getMovingMeanInitializer(), "zeros"));
  specs.push_back(fixed(*this, "moving_variance", shape,
                        getMovingVarianceInitializer(), "ones"));
  return specs;
}

Expected<SmallVector<Shape>>
LayerNormalizationOp::inferShapes(ArrayRef<Shape> inputs) {
  if (getAxis().empty())
    return shapeError("axis names no axis");
  auto axes = normalizeAxes(getAxis(), int64_t(inputs[0].size()));
  if (!axes)
    return axes.takeError();
  for (int64_t axis : *axes)
    if (inputs[0][axis] == kDynamic)
      return shapeError("needs the extent of axis " + Twine(axis) +
                        ", but got " + toString(inputs[0]));
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
