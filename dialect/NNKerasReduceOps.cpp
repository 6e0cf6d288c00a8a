//===- NNKerasReduceOps.cpp - functions of keras.ops along axes -----------===//
//
// Shapes of reductions and running sums.
//
//===----------------------------------------------------------------------===//

#include "dialect/NNKerasReduceOps.h"
#include "dialect/KerasOps.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

namespace nnc::nn {
namespace {

template <typename Op> bool keepsDims(Op op) { return op.getKeepdims(); }
bool keepsDims(OpsCountNonzeroOp) { return false; }

template <typename Op>
ShapesOr inferReducedShape(Op op, ArrayRef<Shape> inputs) {
  return one(numpyReduce(inputs[0], op.getAxis(), keepsDims(op)));
}

/// The key is one axis.
template <typename Op>
ShapesOr inferReducedAxisShape(Op op, ArrayRef<Shape> inputs) {
  std::optional<int64_t> axis = op.getAxis();
  std::optional<ArrayRef<int64_t>> axes;
  if (axis)
    axes = ArrayRef(*axis);
  return one(numpyReduce(inputs[0], axes, op.getKeepdims()));
}

template <typename Op> bool mixesByReduction(Op op, ArrayRef<Shape> inputs) {
  return hasFirstAxis(op.getAxis(), inputs[0]);
}

template <typename Op>
ShapesOr inferCumulativeShape(Op op, ArrayRef<Shape> inputs) {
  std::optional<int64_t> axis = op.getAxis();
  if (!axis) {
    auto count = countAll(inputs[0]);
    if (!count)
      return count.takeError();
    return one(Shape{*count});
  }
  auto axes = numpyAxes(ArrayRef(*axis), int64_t(inputs[0].size()));
  if (!axes)
    return axes.takeError();
  return one(inputs[0]);
}

} // namespace
} // namespace nnc::nn

//===----------------------------------------------------------------------===//
// Generated definitions
//===----------------------------------------------------------------------===//

void NNDialect::addKerasReduceOps() {
  addOperations<
#define GET_OP_LIST
#include "dialect/NNKerasReduceOps.cpp.inc"
      >();
}

#define GET_OP_CLASSES
#include "dialect/NNKerasReduceOps.cpp.inc"
