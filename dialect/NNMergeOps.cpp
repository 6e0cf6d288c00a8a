//===- NNMergeOps.cpp - layers of several inputs --------------------------===//
//
// Shapes of the merging layers. Keras wants at least two inputs, Subtract and
// Dot exactly two.
//
//===----------------------------------------------------------------------===//

#include "dialect/NNOps.h"
#include "dialect/WeightSpecs.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;
using llvm::Expected;

static constexpr std::pair<int64_t, int64_t> kAtLeastTwo = {2, -1};
static constexpr std::pair<int64_t, int64_t> kTwo = {2, 2};

std::pair<int64_t, int64_t> AddOp::getInputCount() { return kAtLeastTwo; }
Expected<SmallVector<Shape>> AddOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inferBroadcast(inputs));
}

std::pair<int64_t, int64_t> SubtractOp::getInputCount() { return kTwo; }
Expected<SmallVector<Shape>> SubtractOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inferBroadcast(inputs));
}

std::pair<int64_t, int64_t> MultiplyOp::getInputCount() { return kAtLeastTwo; }
Expected<SmallVector<Shape>> MultiplyOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inferBroadcast(inputs));
}

std::pair<int64_t, int64_t> AverageOp::getInputCount() { return kAtLeastTwo; }
Expected<SmallVector<Shape>> AverageOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inferBroadcast(inputs));
}

std::pair<int64_t, int64_t> MaximumOp::getInputCount() { return kAtLeastTwo; }
Expected<SmallVector<Shape>> MaximumOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inferBroadcast(inputs));
}

std::pair<int64_t, int64_t> MinimumOp::getInputCount() { return kAtLeastTwo; }
Expected<SmallVector<Shape>> MinimumOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inferBroadcast(inputs));
}

std::pair<int64_t, int64_t> ConcatenateOp::getInputCount() {
  return {1, -1};
}
bool ConcatenateOp::acceptsIntegers() { return true; }
Expected<SmallVector<Shape>>
ConcatenateOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inferConcatenate(inputs, getAxis()));
}

std::pair<int64_t, int64_t> DotOp::getInputCount() { return kTwo; }
Expected<SmallVector<Shape>> DotOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inferDot(inputs[0], inputs[1], getAxes()));
}

int64_t DotOp::getMacs() {
  Shape a = inputShape(*this, 0);
  auto axis = normalizeAxis(getAxes().front(), int64_t(a.size()));
  auto result = cast<RankedTensorType>(getOutputs()[0].getType());
  return sampleElements(result.getShape()) * a[llvm::cantFail(std::move(axis))];
}
