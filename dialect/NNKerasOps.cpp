//===- NNKerasOps.cpp - functions of keras.ops, element by element --------===//
//
// Shapes of the functions that a functional model may call without a layer
// around them; most are those of their input.
//
//===----------------------------------------------------------------------===//

#include "dialect/NNKerasOps.h"
#include "dialect/KerasOps.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

namespace nnc::nn {
namespace {

/// Half as long along the key `axis`.
template <typename Op>
ShapesOr inferHalvedShape(Op op, ArrayRef<Shape> inputs) {
  Shape shape = inputs[0];
  auto axis = normalizeAxis(op.getAxis(), int64_t(shape.size()),
                            /*allowBatch=*/true);
  if (!axis)
    return axis.takeError();
  if (shape[*axis] == kDynamic || shape[*axis] % 2 != 0)
    return shapeError("needs an axis of even extent, but got axis " +
                      Twine(op.getAxis()) + " of " + toString(shape) +
                      " [N302]");
  shape[*axis] /= 2;
  return one(shape);
}

} // namespace
} // namespace nnc::nn

//===----------------------------------------------------------------------===//
// Generated definitions
//===----------------------------------------------------------------------===//

void NNDialect::addKerasOps() {
  addOperations<
#define GET_OP_LIST
#include "dialect/NNKerasOps.cpp.inc"
      >();
}

#define GET_OP_CLASSES
#include "dialect/NNKerasOps.cpp.inc"
