//===- NNTrainingOps.cpp - layers that pass their input through -----------===//
//
// The dropout and noise layers: at inference their output is their input.
//
//===----------------------------------------------------------------------===//

#include "dialect/NNTrainingOps.h"
#include "dialect/WeightSpecs.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;
using llvm::Error;
using llvm::Expected;

Expected<SmallVector<Shape>> DropoutOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inputs[0]);
}

Expected<SmallVector<Shape>>
AlphaDropoutOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inputs[0]);
}

Expected<SmallVector<Shape>>
GaussianDropoutOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inputs[0]);
}

Expected<SmallVector<Shape>>
SpatialDropout1DOp::inferShapes(ArrayRef<Shape> inputs) {
  static constexpr StringRef axes[] = {"steps", "channels"};
  if (Error error = expectRank(inputs[0], axes))
    return error;
  return single(inputs[0]);
}

Expected<SmallVector<Shape>>
SpatialDropout2DOp::inferShapes(ArrayRef<Shape> inputs) {
  if (Error error = expectRank(
          inputs[0], axisNames(2, getDataFormat() == "channels_first")))
    return error;
  return single(inputs[0]);
}

Expected<SmallVector<Shape>>
SpatialDropout3DOp::inferShapes(ArrayRef<Shape> inputs) {
  if (Error error = expectRank(
          inputs[0], axisNames(3, getDataFormat() == "channels_first")))
    return error;
  return single(inputs[0]);
}

Expected<SmallVector<Shape>>
GaussianNoiseOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inputs[0]);
}

Expected<SmallVector<Shape>>
ActivityRegularizationOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inputs[0]);
}

Expected<SmallVector<Shape>>
StochasticDepthOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inputs[0]);
}

//===----------------------------------------------------------------------===//
// Generated definitions
//===----------------------------------------------------------------------===//

void NNDialect::addTrainingOps() {
  addOperations<
#define GET_OP_LIST
#include "dialect/NNTrainingOps.cpp.inc"
      >();
}

#define GET_OP_CLASSES
#include "dialect/NNTrainingOps.cpp.inc"
