//===- NNKerasShapeOps.cpp - functions of keras.ops that move elements ----===//
//
// Shapes, and where an element of a sample may leave its place: whatever moves
// or joins the first axis mixes samples.
//
//===----------------------------------------------------------------------===//

#include "dialect/NNKerasShapeOps.h"
#include "dialect/IndexKey.h"
#include "dialect/KerasOps.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;
using llvm::Expected;
using llvm::Twine;

namespace nnc::nn {
namespace {

using Inputs = ArrayRef<Shape>;

//===----------------------------------------------------------------------===//
// The same elements
//===----------------------------------------------------------------------===//

ShapesOr inferReshapeShape(OpsReshapeOp op, Inputs inputs) {
  return one(numpyReshape(inputs[0], op.getNewshape()));
}

/// Samples stay apart where all axes but the first hold as much as before.
bool mixesReshape(OpsReshapeOp op, Inputs inputs) {
  ShapeRef target = op.getNewshape(), shape = inputs[0];
  if (shape.empty() || target.empty() || target.front() != -1 ||
      llvm::is_contained(shape.drop_front(), kDynamic))
    return true;
  return llvm::cantFail(checkedProduct(target.drop_front())) !=
         llvm::cantFail(checkedProduct(shape.drop_front()));
}

ShapesOr inferRavelShape(OpsRavelOp, Inputs inputs) {
  return one(numpyReshape(inputs[0], {-1}));
}
bool mixesRavel(OpsRavelOp, Inputs inputs) { return inputs[0].size() != 1; }

ShapesOr permute(ShapeRef shape, Expected<SmallVector<int64_t>> order) {
  if (!order)
    return order.takeError();
  Shape result;
  for (int64_t axis : *order)
    result.push_back(shape[axis]);
  return one(result);
}

ShapesOr inferTransposeShape(OpsTransposeOp op, Inputs inputs) {
  return permute(inputs[0],
                 numpyTranspose(op.getAxes(), int64_t(inputs[0].size())));
}
bool mixesTranspose(OpsTransposeOp op, Inputs inputs) {
  auto order =
      llvm::cantFail(numpyTranspose(op.getAxes(), int64_t(inputs[0].size())));
  return !order.empty() && order.front() != 0;
}

ShapesOr inferMoveaxisShape(OpsMoveaxisOp op, Inputs inputs) {
  return permute(inputs[0], numpyMoveAxes(op.getSource(), op.getDestination(),
                                          int64_t(inputs[0].size())));
}
bool mixesMoveaxis(OpsMoveaxisOp op, Inputs inputs) {
  auto order = llvm::cantFail(numpyMoveAxes(op.getSource(), op.getDestination(),
                                            int64_t(inputs[0].size())));
  return !order.empty() && order.front() != 0;
}

ShapesOr inferSwapaxesShape(OpsSwapaxesOp op, Inputs inputs) {
  Shape shape = inputs[0];
  for (int64_t axis : {op.getAxis1(), op.getAxis2()})
    if (auto axes = numpyAxes(ArrayRef(axis), int64_t(shape.size())); !axes)
      return axes.takeError();
  auto at = [&](int64_t axis) -> int64_t & {
    return shape[axis < 0 ? axis + int64_t(shape.size()) : axis];
  };
  std::swap(at(op.getAxis1()), at(op.getAxis2()));
  return one(shape);
}
bool mixesSwapaxes(OpsSwapaxesOp op, Inputs inputs) {
  int64_t rank = int64_t(inputs[0].size());
  return isFirstAxis(op.getAxis1(), rank) != isFirstAxis(op.getAxis2(), rank);
}

ShapesOr inferExpandDimsShape(OpsExpandDimsOp op, Inputs inputs) {
  return one(numpyExpandDims(inputs[0], op.getAxis()));
}
bool mixesExpandDims(OpsExpandDimsOp op, Inputs inputs) {
  return llvm::cantFail(numpyExpandDims(inputs[0], op.getAxis())).front() !=
         kDynamic;
}

ShapesOr inferSqueezeShape(OpsSqueezeOp op, Inputs inputs) {
  return one(numpySqueeze(inputs[0], op.getAxis()));
}
bool mixesSqueeze(OpsSqueezeOp op, Inputs inputs) {
  return op.getAxis() && hasFirstAxis(op.getAxis(), inputs[0]);
}

//===----------------------------------------------------------------------===//
// Repeated and around
//===----------------------------------------------------------------------===//

ShapesOr inferBroadcastToShape(OpsBroadcastToOp op, Inputs inputs) {
  return one(numpyBroadcastTo(inputs[0], op.getShape()));
}
bool mixesBroadcastTo(OpsBroadcastToOp op, Inputs inputs) {
  return op.getShape().size() != inputs[0].size() ||
         op.getShape().front() != -1;
}

ShapesOr inferTileShape(OpsTileOp op, Inputs inputs) {
  Shape shape = inputs[0], repeats(op.getRepeats());
  if (shape.size() < repeats.size())
    shape.insert(shape.begin(), repeats.size() - shape.size(), 1);
  repeats.insert(repeats.begin(), shape.size() - repeats.size(), 1);
  for (auto [extent, count] : llvm::zip_equal(shape, repeats)) {
    if (count < 1)
      return shapeError("repeats expects positive integers [N304]");
    auto product = multiplyExtent(extent, count);
    if (!product)
      return product.takeError();
    extent = *product;
  }
  return one(shape);
}
bool mixesTile(OpsTileOp op, Inputs inputs) {
  size_t rank = inputs[0].size(), count = op.getRepeats().size();
  return count > rank || (count == rank && op.getRepeats().front() != 1);
}

ShapesOr inferRepeatShape(OpsRepeatOp op, Inputs inputs) {
  ArrayRef<int64_t> repeats = op.getRepeats();
  Shape shape = inputs[0];
  if (!op.getAxis()) {
    auto count = countAll(shape);
    if (!count)
      return count.takeError();
    shape = {*count};
  }
  auto axis = normalizeAxis(op.getAxis().value_or(0), int64_t(shape.size()),
                            /*allowBatch=*/true);
  if (!axis)
    return axis.takeError();
  int64_t &extent = shape[*axis], sum = 0;
  for (int64_t count : repeats)
    if (count < 0 || llvm::AddOverflow(sum, count, sum))
      return shapeError("repeats expects integers of at least 0 [N304]");
  if (repeats.size() != 1 && int64_t(repeats.size()) != extent)
    return shapeError("repeats expects one integer or one for each of " +
                      toString({extent}) + " elements [N304]");
  auto total = repeats.size() == 1 ? multiplyExtent(extent, sum)
                                   : Expected<int64_t>(sum);
  if (!total)
    return total.takeError();
  if (*total == 0)
    return shapeError("repeats leave no elements [N307]");
  extent = *total;
  return one(shape);
}
bool mixesRepeat(OpsRepeatOp op, Inputs inputs) {
  return mixesAlongOptionalAxis(op, inputs);
}

ShapesOr inferPadShape(OpsPadOp op, Inputs inputs) {
  Shape shape = inputs[0];
  auto widths = numpyPadWidths(op.getPadWidth(), int64_t(shape.size()));
  if (!widths)
    return widths.takeError();
  if (op.getConstantValues() && op.getMode() != "constant")
    return shapeError(
        "constant_values goes with mode \"constant\" only [N305]");
  if (op.getConstantValues() &&
      !getConstantShape(*op.getConstantValues()).empty())
    return shapeError("constant_values expects one number [N304]");
  for (auto [extent, width] : llvm::zip_equal(shape, *widths)) {
    auto [low, high] = width;
    if ((low == 0 && high == 0) || extent == kDynamic)
      continue;
    int64_t most = op.getMode() == "reflect" ? extent - 1 : extent;
    if (op.getMode() != "constant" && op.getMode() != "edge" &&
        std::max(low, high) > most)
      return shapeError("mode \"" + op.getMode() + "\" pads an axis of " +
                        Twine(extent) + " by at most " + Twine(most) +
                        " [N307]");
    extent += low + high;
  }
  return one(shape);
}
bool mixesPad(OpsPadOp op, Inputs inputs) {
  auto widths = llvm::cantFail(
      numpyPadWidths(op.getPadWidth(), int64_t(inputs[0].size())));
  return widths.front() != std::pair<int64_t, int64_t>(0, 0);
}

/// Zeros beside a diagonal; a matrix whose rows are samples depends on their
/// places.
template <typename Op> ShapesOr inferTriangleShape(Op, Inputs inputs) {
  if (inputs[0].size() < 2)
    return shapeError("expects at least two axes, but got " +
                      toString(inputs[0]) + " [N301]");
  return one(inputs[0]);
}
template <typename Op> bool mixesTriangle(Op, Inputs inputs) {
  return inputs[0].size() == 2;
}

//===----------------------------------------------------------------------===//
// Parts
//===----------------------------------------------------------------------===//

Expected<Indexing> indexInto(OpsGetItemOp op, ShapeRef shape) {
  auto key = parseIndexKey(op.getKey());
  if (!key)
    return key.takeError();
  return resolveIndex(*key, shape);
}

ShapesOr inferGetItemShape(OpsGetItemOp op, Inputs inputs) {
  auto indexing = indexInto(op, inputs[0]);
  if (!indexing)
    return indexing.takeError();
  return one(indexing->result);
}
bool mixesGetItem(OpsGetItemOp op, Inputs inputs) {
  return llvm::cantFail(indexInto(op, inputs[0])).movesFirstAxis;
}

ShapesOr inferSliceShape(OpsSliceOp op, Inputs inputs) {
  Shape shape = inputs[0];
  if (op.getStartIndices().size() != shape.size() ||
      op.getShape().size() != shape.size())
    return shapeError("start_indices and shape need an integer for each axis "
                      "of " +
                      toString(shape) + " [N304]");
  for (auto [extent, start, size] :
       llvm::zip_equal(shape, op.getStartIndices(), op.getShape())) {
    if (start < 0 || size == 0 || size < -1)
      return shapeError(
          "start_indices are at least 0, extents positive or -1 [N304]");
    int64_t rest = extent == kDynamic ? kDynamic : extent - start;
    if (rest != kDynamic && (rest < 1 || size > rest))
      return shapeError("takes elements outside of " + toString(inputs[0]) +
                        " [N307]");
    extent = size == -1 ? rest : size;
  }
  return one(shape);
}
bool mixesSlice(OpsSliceOp op, Inputs) {
  return op.getStartIndices().front() != 0 || op.getShape().front() != -1;
}

ShapesOr inferSplitShape(OpsSplitOp op, Inputs inputs) {
  auto axis = normalizeAxis(op.getAxis(), int64_t(inputs[0].size()),
                            /*allowBatch=*/true);
  if (!axis)
    return axis.takeError();
  auto sizes = numpySplit(op.getIndicesOrSections(), inputs[0][*axis]);
  if (!sizes)
    return sizes.takeError();
  SmallVector<Shape> parts;
  for (int64_t size : *sizes) {
    parts.push_back(inputs[0]);
    parts.back()[*axis] = size;
  }
  return parts;
}
bool mixesSplit(OpsSplitOp op, Inputs inputs) {
  return mixesAlongAxis(op, inputs);
}

ShapesOr inferUnstackShape(OpsUnstackOp op, Inputs inputs) {
  Shape shape = inputs[0];
  auto axis = normalizeAxis(op.getAxis(), int64_t(shape.size()),
                            /*allowBatch=*/true);
  if (!axis)
    return axis.takeError();
  int64_t results = op->getNumResults();
  if ((shape[*axis] != kDynamic && shape[*axis] != results) ||
      results != op.getNum().value_or(results))
    return shapeError("gives " + Twine(results) + " results, but axis " +
                      Twine(op.getAxis()) + " of " + toString(shape) +
                      " has another extent [N307]");
  shape.erase(shape.begin() + *axis);
  return SmallVector<Shape>(size_t(results), shape);
}
bool mixesUnstack(OpsUnstackOp op, Inputs inputs) {
  return mixesAlongAxis(op, inputs);
}

//===----------------------------------------------------------------------===//
// Several tensors
//===----------------------------------------------------------------------===//

ShapesOr inferConcatenateShape(OpsConcatenateOp op, Inputs inputs) {
  return one(numpyConcatenate(inputs, op.getAxis()));
}
bool mixesConcatenate(OpsConcatenateOp op, Inputs inputs) {
  return mixesAlongAxis(op, inputs);
}

ShapesOr inferStackShape(OpsStackOp op, Inputs inputs) {
  Shape shape = inputs[0];
  for (const Shape &input : inputs)
    if (input != shape)
      return shapeError("expects inputs of one shape, but got " +
                        toString(shape) + " and " + toString(input) +
                        " [N308]");
  auto axis = normalizeAxis(op.getAxis(), int64_t(shape.size()) + 1,
                            /*allowBatch=*/true);
  if (!axis)
    return axis.takeError();
  shape.insert(shape.begin() + *axis, int64_t(inputs.size()));
  return one(shape);
}
bool mixesStack(OpsStackOp op, Inputs inputs) {
  return isFirstAxis(op.getAxis(), int64_t(inputs[0].size()) + 1);
}

ShapesOr inferAppendShape(OpsAppendOp op, Inputs inputs) {
  auto shapes = getArgumentShapes(op, inputs);
  if (!shapes)
    return shapes.takeError();
  if (!op.getAxis())
    for (Shape &shape : *shapes) {
      auto count = countAll(shape);
      if (!count)
        return count.takeError();
      shape = {*count};
    }
  return one(numpyConcatenate(*shapes, op.getAxis().value_or(0)));
}
bool mixesAppend(OpsAppendOp op, Inputs inputs) {
  return mixesAlongOptionalAxis(op, inputs) || inputs.size() != 2;
}

//===----------------------------------------------------------------------===//
// By index
//===----------------------------------------------------------------------===//

ShapesOr inferTakeShape(OpsTakeOp op, Inputs inputs) {
  auto shapes = getArgumentShapes(op, inputs);
  if (!shapes)
    return shapes.takeError();
  const Shape &shape = (*shapes)[0], &indices = (*shapes)[1];
  if (!op.getAxis())
    return one(indices);
  auto axis = normalizeAxis(*op.getAxis(), int64_t(shape.size()),
                            /*allowBatch=*/true);
  if (!axis)
    return axis.takeError();
  Shape result(ShapeRef(shape).take_front(*axis));
  llvm::append_range(result, indices);
  llvm::append_range(result, ShapeRef(shape).drop_front(*axis + 1));
  return one(result);
}
bool mixesTake(OpsTakeOp op, Inputs inputs) {
  if (inputs.size() != 1)
    return true;
  if (op.getX()) // a table: the indices' batch stays first
    return op.getAxis() &&
           !isFirstAxis(*op.getAxis(),
                        int64_t(getConstantShape(*op.getX()).size()));
  return mixesAlongOptionalAxis(op, inputs);
}

ShapesOr inferTakeAlongAxisShape(OpsTakeAlongAxisOp op, Inputs inputs) {
  auto shapes = getArgumentShapes(op, inputs);
  if (!shapes)
    return shapes.takeError();
  Shape shape = (*shapes)[0], indices = (*shapes)[1];
  if (!op.getAxis()) {
    auto count = countAll(indices);
    if (!count)
      return count.takeError();
    return one(Shape{*count});
  }
  auto axis = normalizeAxis(*op.getAxis(), int64_t(shape.size()),
                            /*allowBatch=*/true);
  if (!axis)
    return axis.takeError();
  if (shape.size() != indices.size())
    return shapeError("expects x and indices of one rank, but got " +
                      toString(shape) + " and " + toString(indices) +
                      " [N301]");
  shape[*axis] = indices[*axis];
  return one(numpyBroadcast({shape, indices}));
}
bool mixesTakeAlongAxis(OpsTakeAlongAxisOp op, Inputs inputs) {
  auto shapes = llvm::cantFail(inferTakeAlongAxisShape(op, inputs));
  return mixesAlongOptionalAxis(op, inputs) || shapes[0].front() != kDynamic;
}

ShapesOr inferOneHotShape(OpsOneHotOp op, Inputs inputs) {
  if (op.getSparse())
    return shapeError("sparse = true cannot be compiled [N208]");
  return one([&]() -> ShapeOr {
    Shape shape = inputs[0];
    auto axis = normalizeAxis(op.getAxis(), int64_t(shape.size()) + 1,
                              /*allowBatch=*/true);
    if (!axis)
      return axis.takeError();
    shape.insert(shape.begin() + *axis, op.getNumClasses());
    return shape;
  }());
}
bool mixesOneHot(OpsOneHotOp op, Inputs inputs) {
  return isFirstAxis(op.getAxis(), int64_t(inputs[0].size()) + 1);
}

/// One-hot rows of which axis 1 (0 of one axis) is then left out.
ShapesOr inferMultiHotShape(OpsMultiHotOp op, Inputs inputs) {
  if (op.getSparse())
    return shapeError("sparse = true cannot be compiled [N208]");
  Shape shape = inputs[0];
  auto axis = normalizeAxis(op.getAxis(), int64_t(shape.size()) + 1,
                            /*allowBatch=*/true);
  if (!axis)
    return axis.takeError();
  shape.insert(shape.begin() + *axis, op.getNumClasses());
  if (shape.size() < 2)
    return shapeError("expects at least one axis [N301]");
  shape.erase(shape.begin() + (shape.size() > 2 ? 1 : 0));
  return one(shape);
}
bool mixesMultiHot(OpsMultiHotOp op, Inputs inputs) {
  size_t rank = inputs[0].size();
  return rank == 1 || isFirstAxis(op.getAxis(), int64_t(rank) + 1);
}

ShapesOr inferTopKShape(OpsTopKOp op, Inputs inputs) {
  Shape shape = inputs[0];
  if (shape.empty() || shape.back() == kDynamic || shape.back() < op.getK())
    return shapeError(
        "expects a last axis of at least k = " + Twine(op.getK()) +
        ", but got " + toString(shape) + " [N307]");
  shape.back() = op.getK();
  return SmallVector<Shape>{shape, shape};
}
bool mixesTopK(OpsTopKOp, Inputs inputs) { return inputs[0].size() == 1; }

} // namespace

unsigned OpsSplitOp::getResultCount() {
  return unsigned(countParts(getIndicesOrSections()));
}
/// Keras may leave it to the shape, which the results must then fit.
unsigned OpsUnstackOp::getResultCount() {
  return unsigned(getNum().value_or((*this)->getNumResults()));
}
unsigned OpsTopKOp::getResultCount() { return 2; }

} // namespace nnc::nn

//===----------------------------------------------------------------------===//
// Generated definitions
//===----------------------------------------------------------------------===//

void NNDialect::addKerasShapeOps() {
  addOperations<
#define GET_OP_LIST
#include "dialect/NNKerasShapeOps.cpp.inc"
      >();
}

#define GET_OP_CLASSES
#include "dialect/NNKerasShapeOps.cpp.inc"
