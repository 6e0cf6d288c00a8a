//===- NNTrainingOps.cpp - layers that pass their input through -----------===//
//
// The dropout and noise layers: at inference their output is their input.
//
//===----------------------------------------------------------------------===//

#include "dialect/NNOps.h"
#include "dialect/WeightSpecs.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;
using llvm::Error;
using llvm::Expected;

bool DropoutOp::acceptsIntegers() { return true; }
Expected<SmallVector<Shape>> DropoutOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inputs[0]);
}

bool AlphaDropoutOp::acceptsIntegers() { return true; }
Expected<SmallVector<Shape>>
AlphaDropoutOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inputs[0]);
}

bool GaussianDropoutOp::acceptsIntegers() { return true; }
Expected<SmallVector<Shape>>
GaussianDropoutOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inputs[0]);
}

bool SpatialDropout1DOp::acceptsIntegers() { return true; }
Expected<SmallVector<Shape>>
SpatialDropout1DOp::inferShapes(ArrayRef<Shape> inputs) {
  static constexpr StringRef axes[] = {"steps", "channels"};
  if (Error error = expectRank(inputs[0], axes))
    return error;
  return single(inputs[0]);
}

bool SpatialDropout2DOp::acceptsIntegers() { return true; }
Expected<SmallVector<Shape>>
SpatialDropout2DOp::inferShapes(ArrayRef<Shape> inputs) {
  if (Error error = expectRank(
          inputs[0], axisNames(2, getDataFormat() == "channels_first")))
    return error;
  return single(inputs[0]);
}

bool SpatialDropout3DOp::acceptsIntegers() { return true; }
Expected<SmallVector<Shape>>
SpatialDropout3DOp::inferShapes(ArrayRef<Shape> inputs) {
  if (Error error = expectRank(
          inputs[0], axisNames(3, getDataFormat() == "channels_first")))
    return error;
  return single(inputs[0]);
}

bool GaussianNoiseOp::acceptsIntegers() { return true; }
Expected<SmallVector<Shape>>
GaussianNoiseOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inputs[0]);
}

bool ActivityRegularizationOp::acceptsIntegers() { return true; }
Expected<SmallVector<Shape>>
ActivityRegularizationOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inputs[0]);
}
