//===- NNShapeOps.cpp - reshaping, padding, cropping, upsampling ----------===//
//
// Shapes of the layers that only move elements (and of interpolation).
//
//===----------------------------------------------------------------------===//

#include "dialect/NNOps.h"
#include "dialect/WeightSpecs.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;
using llvm::Error;
using llvm::Expected;

template <typename OpTy> static bool isChannelsFirst(OpTy op) {
  return op.getDataFormat() == "channels_first";
}

bool FlattenOp::acceptsIntegers() { return true; }
Expected<SmallVector<Shape>> FlattenOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inferFlatten(inputs[0]));
}

bool ReshapeOp::acceptsIntegers() { return true; }
Expected<SmallVector<Shape>> ReshapeOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inferReshape(inputs[0], getTargetShape()));
}

bool PermuteOp::acceptsIntegers() { return true; }
Expected<SmallVector<Shape>> PermuteOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inferPermute(inputs[0], getDims()));
}

bool RepeatVectorOp::acceptsIntegers() { return true; }
Expected<SmallVector<Shape>>
RepeatVectorOp::inferShapes(ArrayRef<Shape> inputs) {
  static constexpr StringRef axes[] = {"features"};
  if (Error error = expectRank(inputs[0], axes))
    return error;
  return single(Shape{inputs[0][0], getN(), inputs[0][1]});
}

bool ZeroPadding1DOp::acceptsIntegers() { return true; }
Expected<SmallVector<Shape>>
ZeroPadding1DOp::inferShapes(ArrayRef<Shape> inputs) {
  ArrayRef<int64_t> sides = getPadding();
  return single(
      inferBorder(inputs[0], {{sides[0], sides[1]}}, isChannelsFirst(*this)));
}

bool ZeroPadding2DOp::acceptsIntegers() { return true; }
Expected<SmallVector<Shape>>
ZeroPadding2DOp::inferShapes(ArrayRef<Shape> inputs) {
  auto [top, bottom, left, right] =
      getBorder2D(getPadding().value_or(ArrayAttr()), 1);
  return single(inferBorder(inputs[0], {{top, bottom}, {left, right}},
                            isChannelsFirst(*this)));
}

bool Cropping1DOp::acceptsIntegers() { return true; }
Expected<SmallVector<Shape>> Cropping1DOp::inferShapes(ArrayRef<Shape> inputs) {
  ArrayRef<int64_t> sides = getCropping();
  return single(inferBorder(inputs[0], {{-sides[0], -sides[1]}}, false));
}

bool Cropping2DOp::acceptsIntegers() { return true; }
Expected<SmallVector<Shape>> Cropping2DOp::inferShapes(ArrayRef<Shape> inputs) {
  auto [top, bottom, left, right] =
      getBorder2D(getCropping().value_or(ArrayAttr()), 0);
  return single(inferBorder(inputs[0], {{-top, -bottom}, {-left, -right}},
                            isChannelsFirst(*this)));
}

bool UpSampling1DOp::acceptsIntegers() { return true; }
Expected<SmallVector<Shape>>
UpSampling1DOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inferUpSampling(inputs[0], {getSize()}, false));
}

Expected<SmallVector<Shape>>
UpSampling2DOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inferUpSampling(inputs[0], getSize(), isChannelsFirst(*this)));
}
