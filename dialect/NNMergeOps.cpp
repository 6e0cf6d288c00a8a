//===- NNMergeOps.cpp - layers of several inputs --------------------------===//
//
// Shapes of the merging layers.
//
//===----------------------------------------------------------------------===//

#include "dialect/NNMergeOps.h"
#include "dialect/WeightSpecs.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;
using llvm::Expected;

Expected<SmallVector<Shape>> AddOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inferBroadcast(inputs));
}

Expected<SmallVector<Shape>> SubtractOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inferBroadcast(inputs));
}

Expected<SmallVector<Shape>> MultiplyOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inferBroadcast(inputs));
}

Expected<SmallVector<Shape>> AverageOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inferBroadcast(inputs));
}

Expected<SmallVector<Shape>> MaximumOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inferBroadcast(inputs));
}

Expected<SmallVector<Shape>> MinimumOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inferBroadcast(inputs));
}

Expected<SmallVector<Shape>>
ConcatenateOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inferConcatenate(inputs, getAxis()));
}

Expected<SmallVector<Shape>> DotOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inferDot(inputs[0], inputs[1], getAxes()));
}

int64_t DotOp::getMacs() {
  Shape a = inputShape(*this, 0);
  int64_t axis =
      llvm::cantFail(normalizeAxis(getAxes().front(), int64_t(a.size())));
  if (a[axis] == kDynamic)
    return 0;
  auto result = cast<RankedTensorType>(getOutputs()[0].getType());
  return cappedProduct({sampleElements(result.getShape()), a[axis]});
}

//===----------------------------------------------------------------------===//
// Generated definitions
//===----------------------------------------------------------------------===//

void NNDialect::addMergeOps() {
  addOperations<
#define GET_OP_LIST
#include "dialect/NNMergeOps.cpp.inc"
      >();
}

#define GET_OP_CLASSES
#include "dialect/NNMergeOps.cpp.inc"
