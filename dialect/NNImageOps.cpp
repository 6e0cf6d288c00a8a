//===- NNImageOps.cpp - images: resizing, cropping, contrast --------------===//
//
// Shapes of the layers on images, of which a batch is (batch, height, width,
// channels) or (batch, channels, height, width). Most of them only augment the
// data in training and pass the image through.
//
//===----------------------------------------------------------------------===//

#include "dialect/NNImageOps.h"
#include "dialect/WeightSpecs.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;
using llvm::Error;
using llvm::Expected;

template <typename OpTy> static bool isChannelsFirst(OpTy op) {
  return op.getDataFormat() == "channels_first";
}

Expected<SmallVector<Shape>> ResizingOp::inferShapes(ArrayRef<Shape> inputs) {
  if (getCropToAspectRatio() && getPadToAspectRatio())
    return shapeError("crop_to_aspect_ratio and pad_to_aspect_ratio exclude "
                      "each other [N305]");
  return single(
      inferResize(inputs[0], getHeight(), getWidth(), isChannelsFirst(*this)));
}

Expected<SmallVector<Shape>> CenterCropOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(
      inferResize(inputs[0], getHeight(), getWidth(), isChannelsFirst(*this)));
}

/// An image as it is, of which `range` is two numbers or absent.
static Expected<SmallVector<Shape>>
inferContrast(ShapeRef input, bool channelsFirst,
              std::optional<Attribute> range) {
  if (Error error = expectRank(input, axisNames(2, channelsFirst)))
    return error;
  if (range && getNumbers(*range)->shape != SmallVector<int64_t>{2})
    return shapeError("value_range expects a list of 2 numbers [N304]");
  return single(Shape(input));
}

Expected<SmallVector<Shape>>
AutoContrastOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferContrast(inputs[0], isChannelsFirst(*this), getValueRange());
}

Expected<SmallVector<Shape>>
ContrastLimitedAdaptiveHistogramEqualizationOp::inferShapes(
    ArrayRef<Shape> inputs) {
  auto shapes =
      inferContrast(inputs[0], isChannelsFirst(*this), getValueRange());
  if (!shapes)
    return shapes.takeError();
  AxisLayout layout{isChannelsFirst(*this), 4};
  ArrayRef<int64_t> grid = getTileGridSize();
  for (int64_t i = 0; i < 2; ++i) {
    int64_t extent = inputs[0][layout.spatialAxis(i)];
    if (extent == kDynamic)
      continue;
    if (Error error = checkTableAxis(std::max(extent, grid[i])))
      return error;
    // The image is mirrored once at most to fill the last tiles.
    int64_t tile = (extent + grid[i] - 1) / grid[i];
    if (tile * grid[i] > 2 * extent)
      return shapeError("tile_grid_size " + toString(grid) +
                        " is too fine for the input " + toString(inputs[0]) +
                        " [N307]");
  }
  return shapes;
}

Expected<SmallVector<Shape>> RandomCropOp::inferShapes(ArrayRef<Shape> inputs) {
  if (Error error = expectRank(inputs[0], axisNames(2, isChannelsFirst(*this))))
    return error;
  return single(inputs[0]);
}

#define NN_SAME(Op)                                                            \
  Expected<SmallVector<Shape>> Op::inferShapes(ArrayRef<Shape> inputs) {       \
    return single(inputs[0]);                                                  \
  }
NN_SAME(MaxNumBoundingBoxesOp)
NN_SAME(AugMixOp)
NN_SAME(CutMixOp)
NN_SAME(MixUpOp)
NN_SAME(RandAugmentOp)
NN_SAME(EqualizationOp)
NN_SAME(SolarizationOp)
NN_SAME(RandomBrightnessOp)
NN_SAME(RandomColorDegenerationOp)
NN_SAME(RandomColorJitterOp)
NN_SAME(RandomContrastOp)
NN_SAME(RandomElasticTransformOp)
NN_SAME(RandomErasingOp)
NN_SAME(RandomFlipOp)
NN_SAME(RandomGaussianBlurOp)
NN_SAME(RandomGrayscaleOp)
NN_SAME(RandomHueOp)
NN_SAME(RandomInvertOp)
NN_SAME(RandomPerspectiveOp)
NN_SAME(RandomPosterizationOp)
NN_SAME(RandomRotationOp)
NN_SAME(RandomSaturationOp)
NN_SAME(RandomSharpnessOp)
NN_SAME(RandomShearOp)
NN_SAME(RandomTranslationOp)
NN_SAME(RandomZoomOp)
#undef NN_SAME

//===----------------------------------------------------------------------===//
// Generated definitions
//===----------------------------------------------------------------------===//

void NNDialect::addImageOps() {
  addOperations<
#define GET_OP_LIST
#include "dialect/NNImageOps.cpp.inc"
      >();
}

#define GET_OP_CLASSES
#include "dialect/NNImageOps.cpp.inc"
