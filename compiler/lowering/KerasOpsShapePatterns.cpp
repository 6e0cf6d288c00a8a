//===- KerasOpsShapePatterns.cpp - functions that move elements -----------===//
//
// Views where the order of the elements stays, slices and concatenations where
// parts move, and loops that copy where axes are exchanged, reversed or
// repeated. Every element type passes.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/KerasOpsUtils.h"
#include "dialect/IndexKey.h"
#include "dialect/NNKerasShapeOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

using namespace mlir;
using namespace nnc;

template <typename Op> static Value inputOf(Op op) {
  return op.getInputs().front();
}

/// The same elements in the result's shape.
template <typename Op> static Lowered lowerView(Op op, LayerBuilder &b) {
  return oneResult(reshape(b, inputOf(op), resultShape(op)));
}

//===----------------------------------------------------------------------===//
// Axes in another order
//===----------------------------------------------------------------------===//

static Lowered lowerTranspose(nn::OpsTransposeOp op, LayerBuilder &b) {
  Value input = inputOf(op);
  return oneResult(transpose(
      b, input,
      llvm::cantFail(nn::numpyTranspose(op.getAxes(), rankOf(input)))));
}

static Lowered lowerMoveaxis(nn::OpsMoveaxisOp op, LayerBuilder &b) {
  Value input = inputOf(op);
  return oneResult(
      transpose(b, input,
                llvm::cantFail(nn::numpyMoveAxes(
                    op.getSource(), op.getDestination(), rankOf(input)))));
}

static Lowered lowerSwapaxes(nn::OpsSwapaxesOp op, LayerBuilder &b) {
  Value input = inputOf(op);
  int64_t rank = rankOf(input);
  auto order = llvm::to_vector(llvm::seq<int64_t>(0, rank));
  std::swap(order[fromStart(op.getAxis1(), rank)],
            order[fromStart(op.getAxis2(), rank)]);
  return oneResult(transpose(b, input, order));
}

static Lowered lowerFlip(nn::OpsFlipOp op, LayerBuilder &b) {
  Value result = inputOf(op);
  for (int64_t axis :
       llvm::cantFail(nn::numpyAxes(op.getAxis(), rankOf(result))))
    result = reverseAxis(b, result, axis);
  return oneResult(result);
}

/// The last `shift` elements come first.
static Value rollAxis(LocBuilder &b, Value input, int64_t axis, int64_t shift) {
  int64_t extent = shapeOf(input)[axis];
  int64_t moved = ((shift % extent) + extent) % extent;
  if (moved == 0)
    return input;
  Value last = sliceAxis(b, input, axis, extent - moved, moved);
  Value rest = sliceAxis(b, input, axis, 0, extent - moved);
  return concat(b, {last, rest}, axis);
}

static Lowered lowerRoll(nn::OpsRollOp op, LayerBuilder &b) {
  Value input = inputOf(op);
  ArrayRef<int64_t> shifts = op.getShift();
  if (!op.getAxis()) {
    int64_t total = 0;
    for (int64_t shift : shifts)
      total = (total + shift) % typeOf(input).getNumElements();
    Value rolled = rollAxis(b, flatten(b, input), 0, total);
    return oneResult(reshape(b, rolled, shapeOf(input)));
  }
  if (shifts.size() != 1 && shifts.size() != op.getAxis()->size())
    return nn::emitLayerError(op)
           << "'shift' expects one integer or one for each axis [N304]";
  Value result = input;
  for (auto [i, axis] : llvm::enumerate(*op.getAxis()))
    result = rollAxis(b, result, fromStart(axis, rankOf(input)),
                      shifts[shifts.size() == 1 ? 0 : i]);
  return oneResult(result);
}

//===----------------------------------------------------------------------===//
// Repeated
//===----------------------------------------------------------------------===//

static Lowered lowerBroadcastTo(nn::OpsBroadcastToOp op, LayerBuilder &b) {
  return oneResult(broadcastTo(b, inputOf(op), resultShape(op)));
}

/// Axis `axis` behind (`inner`) or before a new one of `count`, merged with it:
/// each element repeated, or the whole axis.
static Value repeatAxis(LocBuilder &b, Value input, int64_t axis, int64_t count,
                        bool inner) {
  if (count == 1)
    return input;
  Shape source(shapeOf(input)), wide(source), merged(source);
  int64_t place = axis + (inner ? 1 : 0);
  source.insert(source.begin() + place, 1);
  wide.insert(wide.begin() + place, count);
  merged[axis] *= count;
  Value repeated = broadcastTo(b, reshape(b, input, source), wide);
  return reshape(b, repeated, merged);
}

static Lowered lowerTile(nn::OpsTileOp op, LayerBuilder &b) {
  Value result = inputOf(op);
  Shape shape(shapeOf(result)), repeats(op.getRepeats());
  if (shape.size() < repeats.size())
    shape.insert(shape.begin(), repeats.size() - shape.size(), 1);
  repeats.insert(repeats.begin(), shape.size() - repeats.size(), 1);
  result = reshape(b, result, shape);
  for (auto [axis, count] : llvm::enumerate(repeats))
    result = repeatAxis(b, result, int64_t(axis), count, /*inner=*/false);
  return oneResult(result);
}

static Lowered lowerRepeat(nn::OpsRepeatOp op, LayerBuilder &b) {
  Value input = inputOf(op);
  if (!op.getAxis())
    input = flatten(b, input);
  int64_t axis = fromStart(op.getAxis().value_or(0), rankOf(input));
  ArrayRef<int64_t> repeats = op.getRepeats();
  if (repeats.size() == 1)
    return oneResult(repeatAxis(b, input, axis, repeats[0], /*inner=*/true));
  SmallVector<Value> parts;
  for (auto [place, count] : llvm::enumerate(repeats))
    if (count > 0)
      parts.push_back(repeatAxis(b,
                                 sliceAxis(b, input, axis, int64_t(place), 1),
                                 axis, count, /*inner=*/true));
  return oneResult(concat(b, parts, axis));
}

//===----------------------------------------------------------------------===//
// Pad
//===----------------------------------------------------------------------===//

/// `low` and `high` elements around `axis`: those at the border repeated, or
/// the ones next to it mirrored, the border's own (`symmetric`) or without it.
static Value padAxis(LocBuilder &b, Value input, int64_t axis, int64_t low,
                     int64_t high, StringRef mode) {
  int64_t extent = shapeOf(input)[axis];
  int64_t skip = mode == "reflect" ? 1 : 0;
  auto side = [&](int64_t count, bool atStart) {
    if (mode == "edge")
      return repeatAxis(b,
                        sliceAxis(b, input, axis, atStart ? 0 : extent - 1, 1),
                        axis, count, /*inner=*/true);
    int64_t start = atStart ? skip : extent - skip - count;
    return reverseAxis(b, sliceAxis(b, input, axis, start, count), axis);
  };
  SmallVector<Value> parts;
  if (low > 0)
    parts.push_back(side(low, /*atStart=*/true));
  parts.push_back(input);
  if (high > 0)
    parts.push_back(side(high, /*atStart=*/false));
  return concat(b, parts, axis);
}

/// `constant_values` rounded to the input's type is what lies around.
static Value padConstant(LocBuilder &b, Value input, ArrayRef<int64_t> low,
                         ArrayRef<int64_t> high, Attribute value) {
  Type element = elementOf(input);
  Attribute number = b.getZeroAttr(element);
  if (value)
    number = nn::convertConstant(value, element).getSplatValue<Attribute>();
  if (auto real = dyn_cast<FloatAttr>(number))
    return pad(b, input, low, high, real.getValueAsDouble());
  return pad(b, input, low, high,
             double(cast<IntegerAttr>(number).getValue().getSExtValue()));
}

static Lowered lowerPad(nn::OpsPadOp op, LayerBuilder &b) {
  Value input = inputOf(op);
  auto widths =
      llvm::cantFail(nn::numpyPadWidths(op.getPadWidth(), rankOf(input)));
  SmallVector<int64_t> low, high;
  for (auto [before, after] : widths) {
    low.push_back(before);
    high.push_back(after);
  }
  if (op.getMode() == "constant")
    return oneResult(padConstant(b, input, low, high,
                                 op.getConstantValues().value_or(Attribute())));
  for (auto [axis, width] : llvm::enumerate(widths))
    input = padAxis(b, input, int64_t(axis), width.first, width.second,
                    op.getMode());
  return oneResult(input);
}

//===----------------------------------------------------------------------===//
// Parts
//===----------------------------------------------------------------------===//

/// Element d of an axis is element start + step · d of the input's.
static Value takeSteps(LocBuilder &b, Value input,
                       ArrayRef<nn::AxisIndex> axes) {
  SmallVector<AffineExpr> places;
  Shape sizes;
  for (auto [i, axis] : llvm::enumerate(axes)) {
    places.push_back(b.getAffineDimExpr(unsigned(i)) * axis.step + axis.start);
    sizes.push_back(axis.size);
  }
  unsigned rank = unsigned(axes.size());
  AffineMap maps[] = {AffineMap::get(rank, 0, places, b.getContext()),
                      b.getMultiDimIdentityMap(rank)};
  auto type = RankedTensorType::get(sizes, elementOf(input));
  SmallVector<utils::IteratorType> iterators(rank,
                                             utils::IteratorType::parallel);
  auto op = linalg::GenericOp::create(
      b, TypeRange(type), ValueRange(input), ValueRange(empty(b, type)), maps,
      iterators, [](OpBuilder &inner, Location loc, ValueRange x) {
        linalg::YieldOp::create(inner, loc, x[0]);
      });
  return op.getResult(0);
}

static Lowered lowerGetItem(nn::OpsGetItemOp op, LayerBuilder &b) {
  Value input = inputOf(op);
  auto key = llvm::cantFail(nn::parseIndexKey(op.getKey()));
  auto indexing = llvm::cantFail(nn::resolveIndex(key, shapeOf(input)));
  bool contiguous = llvm::all_of(
      indexing.axes, [](const nn::AxisIndex &axis) { return axis.step == 1; });
  SmallVector<int64_t> offsets;
  Shape sizes;
  for (const nn::AxisIndex &axis : indexing.axes) {
    offsets.push_back(axis.start);
    sizes.push_back(axis.size);
  }
  Value taken = contiguous ? slice(b, input, offsets, sizes)
                           : takeSteps(b, input, indexing.axes);
  return oneResult(reshape(b, taken, resultShape(op)));
}

static Lowered lowerSlice(nn::OpsSliceOp op, LayerBuilder &b) {
  return oneResult(
      slice(b, inputOf(op), op.getStartIndices(), resultShape(op)));
}

static Lowered lowerSplit(nn::OpsSplitOp op, LayerBuilder &b) {
  Value input = inputOf(op);
  int64_t axis = fromStart(op.getAxis(), rankOf(input)), start = 0;
  SmallVector<Value> parts;
  for (int64_t size : llvm::cantFail(
           nn::numpySplit(op.getIndicesOrSections(), shapeOf(input)[axis]))) {
    parts.push_back(sliceAxis(b, input, axis, start, size));
    start += size;
  }
  return parts;
}

static Lowered lowerUnstack(nn::OpsUnstackOp op, LayerBuilder &b) {
  Value input = inputOf(op);
  int64_t axis = fromStart(op.getAxis(), rankOf(input));
  SmallVector<Value> parts;
  for (int64_t i = 0; i < int64_t(op->getNumResults()); ++i)
    parts.push_back(
        reshape(b, sliceAxis(b, input, axis, i, 1), resultShape(op)));
  return parts;
}

/// Zero where the column is before (`upper`) or behind diagonal k.
template <typename Op, bool upper>
static Lowered lowerTriangle(Op op, LayerBuilder &b) {
  Value input = inputOf(op);
  int64_t rank = rankOf(input);
  int64_t limit =
      std::clamp<int64_t>(op.getK(), -(int64_t(1) << 30), int64_t(1) << 30);
  return oneResult(map(b, input, [&](LocBuilder &at, ValueRange x) {
    ScalarMath m{at};
    Value distance = m.sub(indexAlong(at, rank - 1), indexAlong(at, rank - 2));
    Value k = m.like(double(limit), distance);
    Value inside = upper ? m.lessEqual(k, distance) : m.lessEqual(distance, k);
    return m.select(inside, x[0], m.like(0, x[0]));
  }));
}

//===----------------------------------------------------------------------===//
// Several tensors
//===----------------------------------------------------------------------===//

static Lowered lowerConcatenate(nn::OpsConcatenateOp op, LayerBuilder &b) {
  SmallVector<Value> parts;
  for (Value input : op.getInputs())
    parts.push_back(castTensor(b, input, resultElement(op)));
  return oneResult(concat(b, parts, fromStart(op.getAxis(), rankOf(parts[0]))));
}

static Lowered lowerStack(nn::OpsStackOp op, LayerBuilder &b) {
  Shape shape(resultShape(op));
  int64_t axis = fromStart(op.getAxis(), int64_t(shape.size()));
  shape[axis] = 1;
  SmallVector<Value> parts;
  for (Value input : op.getInputs())
    parts.push_back(reshape(b, castTensor(b, input, resultElement(op)), shape));
  return oneResult(concat(b, parts, axis));
}

static Lowered lowerAppend(nn::OpsAppendOp op, LayerBuilder &b) {
  SmallVector<Value> parts;
  for (const nn::Argument &argument :
       llvm::cantFail(nn::bindArguments(op, op.getInputs().size()))) {
    Value part = argumentTensor(b, op, argument, resultElement(op));
    parts.push_back(op.getAxis() ? part : flatten(b, part));
  }
  int64_t axis = fromStart(op.getAxis().value_or(0), rankOf(parts[0]));
  return oneResult(concat(b, parts, axis));
}

void nnc::populateKerasOpsShapePatterns(RewritePatternSet &patterns,
                                        LoweringReport &report) {
  addLayer<nn::OpsReshapeOp>(patterns, report, lowerView);
  addLayer<nn::OpsRavelOp>(patterns, report, lowerView);
  addLayer<nn::OpsExpandDimsOp>(patterns, report, lowerView);
  addLayer<nn::OpsSqueezeOp>(patterns, report, lowerView);
  addLayer<nn::OpsTransposeOp>(patterns, report, lowerTranspose);
  addLayer<nn::OpsMoveaxisOp>(patterns, report, lowerMoveaxis);
  addLayer<nn::OpsSwapaxesOp>(patterns, report, lowerSwapaxes);
  addLayer<nn::OpsFlipOp>(patterns, report, lowerFlip);
  addLayer<nn::OpsRollOp>(patterns, report, lowerRoll);
  addLayer<nn::OpsBroadcastToOp>(patterns, report, lowerBroadcastTo);
  addLayer<nn::OpsTileOp>(patterns, report, lowerTile);
  addLayer<nn::OpsRepeatOp>(patterns, report, lowerRepeat);
  addLayer<nn::OpsPadOp>(patterns, report, lowerPad);
  addLayer<nn::OpsGetItemOp>(patterns, report, lowerGetItem);
  addLayer<nn::OpsSliceOp>(patterns, report, lowerSlice);
  addLayer<nn::OpsSplitOp>(patterns, report, lowerSplit);
  addLayer<nn::OpsUnstackOp>(patterns, report, lowerUnstack);
  addLayer<nn::OpsTriuOp>(patterns, report, lowerTriangle<nn::OpsTriuOp, true>);
  addLayer<nn::OpsTrilOp>(patterns, report,
                          lowerTriangle<nn::OpsTrilOp, false>);
  addLayer<nn::OpsConcatenateOp>(patterns, report, lowerConcatenate);
  addLayer<nn::OpsStackOp>(patterns, report, lowerStack);
  addLayer<nn::OpsAppendOp>(patterns, report, lowerAppend);
}
