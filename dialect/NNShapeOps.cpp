//===- NNShapeOps.cpp - reshaping, padding, cropping, upsampling ----------===//
//
// Shapes of the layers that only move elements (and of interpolation).
//
//===----------------------------------------------------------------------===//

#include "dialect/NNShapeOps.h"
#include "dialect/WeightSpecs.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;
using llvm::Error;
using llvm::Expected;

template <typename OpTy> static bool isChannelsFirst(OpTy op) {
  return op.getDataFormat() == "channels_first";
}

Expected<SmallVector<Shape>> FlattenOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inferFlatten(inputs[0]));
}

Expected<SmallVector<Shape>> ReshapeOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inferReshape(inputs[0], getTargetShape()));
}

Expected<SmallVector<Shape>> PermuteOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inferPermute(inputs[0], getDims()));
}

Expected<SmallVector<Shape>>
RepeatVectorOp::inferShapes(ArrayRef<Shape> inputs) {
  static constexpr StringRef axes[] = {"features"};
  if (Error error = expectRank(inputs[0], axes))
    return error;
  return single(Shape{inputs[0][0], getN(), inputs[0][1]});
}

/// The input grown by `sign` times the sides {low, high, low, high, …}.
static Expected<SmallVector<Shape>> inferBordered(ShapeRef input,
                                                  ArrayRef<int64_t> sides,
                                                  int64_t sign,
                                                  bool channelsFirst) {
  SmallVector<std::pair<int64_t, int64_t>> border;
  for (size_t i = 0; i + 1 < sides.size(); i += 2)
    border.push_back({sign * sides[i], sign * sides[i + 1]});
  return single(inferBorder(input, border, channelsFirst));
}

Expected<SmallVector<Shape>>
ZeroPadding1DOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferBordered(inputs[0], getPadding(), 1, isChannelsFirst(*this));
}

Expected<SmallVector<Shape>>
ZeroPadding2DOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferBordered(inputs[0], getBorder(getPaddingAttr(), 2, 1), 1,
                       isChannelsFirst(*this));
}

Expected<SmallVector<Shape>>
ZeroPadding3DOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferBordered(inputs[0], getBorder(getPaddingAttr(), 3, 1), 1,
                       isChannelsFirst(*this));
}

Expected<SmallVector<Shape>> Cropping1DOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferBordered(inputs[0], getCropping(), -1, false);
}

Expected<SmallVector<Shape>> Cropping2DOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferBordered(inputs[0], getBorder(getCroppingAttr(), 2, 0), -1,
                       isChannelsFirst(*this));
}

Expected<SmallVector<Shape>> Cropping3DOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferBordered(inputs[0], getBorder(getCroppingAttr(), 3, 1), -1,
                       isChannelsFirst(*this));
}

Expected<SmallVector<Shape>>
UpSampling1DOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inferUpSampling(inputs[0], {getSize()}, false));
}

Expected<SmallVector<Shape>>
UpSampling2DOp::inferShapes(ArrayRef<Shape> inputs) {
  bool channelsFirst = isChannelsFirst(*this);
  auto result = inferUpSampling(inputs[0], getSize(), channelsFirst);
  if (!result || getInterpolation() == "nearest")
    return single(std::move(result));
  AxisLayout layout{channelsFirst, 4};
  for (int64_t i = 0; i < 2; ++i)
    if (Error error = checkTableAxis((*result)[layout.spatialAxis(i)]))
      return error;
  return single(std::move(result));
}

Expected<SmallVector<Shape>>
UpSampling3DOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inferUpSampling(inputs[0], getSize(), isChannelsFirst(*this)));
}

//===----------------------------------------------------------------------===//
// Generated definitions
//===----------------------------------------------------------------------===//

void NNDialect::addShapeOps() {
  addOperations<
#define GET_OP_LIST
#include "dialect/NNShapeOps.cpp.inc"
      >();
}

#define GET_OP_CLASSES
#include "dialect/NNShapeOps.cpp.inc"
