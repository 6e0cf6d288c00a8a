//===- NNKerasReduceOps.cpp - functions of keras.ops along axes -----------===//
//
// Shapes of reductions, running sums, normalization and pooling.
//
//===----------------------------------------------------------------------===//

#include "dialect/NNKerasReduceOps.h"
#include "dialect/KerasWindows.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;
using llvm::Twine;

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

ShapesOr inferMomentsShapes(OpsMomentsOp op, ArrayRef<Shape> inputs) {
  auto shape = numpyReduce(inputs[0], op.getAxes(), op.getKeepdims());
  if (!shape)
    return shape.takeError();
  return SmallVector<Shape>(2, *shape);
}
bool mixesMoments(OpsMomentsOp op, ArrayRef<Shape> inputs) {
  return hasFirstAxis(op.getAxes(), inputs[0]);
}

//===----------------------------------------------------------------------===//
// Normalization
//===----------------------------------------------------------------------===//

/// A constant that is one number or has the extents `wanted`.
llvm::Error checkFactor(StringRef key, std::optional<Attribute> constant,
                        ShapeRef wanted) {
  Shape shape = constant ? getConstantShape(*constant) : Shape();
  if (shape.empty() || ShapeRef(shape) == wanted)
    return llvm::Error::success();
  return shapeError("'" + key + "' expects a number or the shape " +
                    toString(wanted) + ", but has " + toString(shape) +
                    " [N302]");
}

ShapesOr inferLayerNormShape(OpsLayerNormOp op, ArrayRef<Shape> inputs) {
  auto axes = numpyAxes(op.getAxis(), int64_t(inputs[0].size()));
  if (!axes)
    return axes.takeError();
  Shape extents;
  for (int64_t axis : *axes)
    extents.push_back(inputs[0][axis]);
  if (llvm::Error error = checkFactor("gamma", op.getGamma(), extents))
    return error;
  if (llvm::Error error = checkFactor("beta", op.getBeta(), extents))
    return error;
  return one(inputs[0]);
}

/// Keras multiplies by the scale as it is, whichever axes are named.
ShapesOr inferRMSNormShape(OpsRMSNormOp op, ArrayRef<Shape> inputs) {
  if (!op.getScale())
    return inferShapeAlongAxes(op, inputs);
  Shape scale = getConstantShape(*op.getScale());
  auto result = numpyBroadcast({inputs[0], scale});
  if (!result)
    return result.takeError();
  if (*result != inputs[0])
    return shapeError("'scale' of shape " + toString(scale) +
                      " does not broadcast to " + toString(inputs[0]) +
                      " [N308]");
  return inferShapeAlongAxes(op, inputs);
}

ShapesOr inferBatchNormShape(OpsBatchNormOp op, ArrayRef<Shape> inputs) {
  auto shapes = getArgumentShapes(op, inputs);
  if (!shapes)
    return shapes.takeError();
  auto axis = normalizeAxis(op.getAxis(), int64_t(inputs[0].size()),
                            /*allowBatch=*/true);
  if (!axis)
    return axis.takeError();
  Shape wanted = {inputs[0][*axis]};
  if (wanted.front() == kDynamic)
    return shapeError("needs the extent of axis " + Twine(op.getAxis()) +
                      ", but got " + toString(inputs[0]) + " [N303]");
  for (auto [name, shape] :
       llvm::drop_begin(llvm::zip(op.getParameters(), *shapes)))
    if (!shape.empty() && shape != wanted)
      return shapeError("'" + name + "' expects the shape " + toString(wanted) +
                        ", but has " + toString(shape) + " [N302]");
  return one(inputs[0]);
}

//===----------------------------------------------------------------------===//
// Pooling
//===----------------------------------------------------------------------===//

/// How many axes are between batch and channels.
int64_t countSpatial(ArrayRef<Shape> inputs) {
  return int64_t(inputs[0].size()) - 2;
}

template <typename Op>
ShapesOr inferPooledShape(Op op, ArrayRef<Shape> inputs) {
  int64_t spatial = countSpatial(inputs);
  auto size = spreadOverAxes("pool_size", op.getPoolSize(), spatial);
  if (!size)
    return size.takeError();
  auto strides = op.getStrides()
                     ? spreadOverAxes("strides", *op.getStrides(), spatial)
                     : *size;
  if (!strides)
    return strides.takeError();
  PoolSpec spec;
  spec.size = *size;
  spec.strides = *strides;
  spec.padding = parsePadding(op.getPadding());
  spec.channelsFirst = op.getDataFormat() == "channels_first";
  return one(inferPool(inputs[0], spec));
}

template <typename Op>
ShapesOr inferAdaptiveShape(Op op, ArrayRef<Shape> inputs) {
  auto size =
      spreadOverAxes("output_size", op.getOutputSize(), countSpatial(inputs));
  if (!size)
    return size.takeError();
  return one(inferAdaptivePool(inputs[0], *size,
                               op.getDataFormat() == "channels_first"));
}

} // namespace

unsigned OpsMomentsOp::getResultCount() { return 2; }

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
