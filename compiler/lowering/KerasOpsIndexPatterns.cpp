//===- KerasOpsIndexPatterns.cpp - functions by index and in order --------===//
//
// Elements at indices, the other way round (one-hot), and sorted ones. Indices
// that are known only at run time are checked: one outside its axis makes the
// call fail and is never read. Sorting counts for each element how many stand
// before it, which needs no control flow and keeps equal ones in their order.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/IndexCheck.h"
#include "compiler/lowering/KerasOpsUtils.h"
#include "dialect/NNKerasShapeOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace nnc;

//===----------------------------------------------------------------------===//
// Indices
//===----------------------------------------------------------------------===//

/// Negative indices counted from the end of `extent` elements.
static Value wrapIndices(LocBuilder &b, Value indices, int64_t extent) {
  return map(b, indices, [&](LocBuilder &at, ValueRange x) {
    ScalarMath m{at};
    Value fromEnd = m.add(x[0], m.like(double(extent), x[0]));
    return m.select(m.less(x[0], m.like(0, x[0])), fromEnd, x[0]);
  });
}

static Value isInside(LocBuilder &b, Value index, int64_t extent) {
  ScalarMath m{b};
  return m.land(m.lessEqual(m.like(0, index), index),
                m.less(index, m.like(double(extent), index)));
}

/// The indices of a layer as places within `extent` elements; those outside
/// are reported to the caller at run time and are 0. Null: reported here.
static Value getPlaces(nn::LayerOpInterface op, const nn::Argument &argument,
                       LayerBuilder &b, int64_t extent) {
  Type element = argument.constant
                     ? nn::getConstantType(argument.constant).type
                     : elementOf(op->getOperand(argument.operand));
  if (!isa<IntegerType>(element)) {
    nn::emitLayerError(op) << "expects integers as indices";
    return {};
  }
  // Of 64 bits, so that no sum with an extent overflows.
  Value indices =
      wrapIndices(b, argumentTensor(b, op, argument, b.getI64Type()), extent);
  if (argument.constant) {
    for (APInt index : nn::convertConstant(argument.constant, b.getI64Type())
                           .getValues<APInt>()) {
      int64_t place = index.getSExtValue();
      if (place >= -extent && place < extent)
        continue;
      nn::emitLayerError(op)
          << "index " << place << " is outside an axis of " << extent;
      return {};
    }
    return indices;
  }
  b.addStatus(checkAll(b, indices, [&](LocBuilder &at, Value index) {
    return isInside(at, index, extent);
  }));
  return map(b, indices, [&](LocBuilder &at, ValueRange x) {
    return ScalarMath{at}.select(isInside(at, x[0], extent), x[0],
                                 scalar(at, 0, x[0].getType()));
  });
}

static SmallVector<int64_t> axesFrom(int64_t first, int64_t count) {
  return llvm::to_vector(llvm::seq<int64_t>(first, first + count));
}

/// Reads `tensor` at the loop's place, but along `axis` at the index given.
/// The tensor's axes behind `axis` are `shift` places further on in the loop.
static Value readAt(LocBuilder &b, Value tensor, int64_t axis, Value index,
                    int64_t shift) {
  SmallVector<Value> place;
  for (int64_t i = 0, rank = rankOf(tensor); i < rank; ++i) {
    if (i == axis)
      place.push_back(arith::IndexCastOp::create(b, b.getIndexType(), index));
    else
      place.push_back(linalg::IndexOp::create(b, i < axis ? i : i + shift));
  }
  return tensor::ExtractOp::create(b, tensor, place);
}

static Lowered lowerTake(nn::OpsTakeOp op, LayerBuilder &b) {
  auto arguments = llvm::cantFail(nn::bindArguments(op, op.getInputs().size()));
  Type element = resultElement(op);
  Value tensor = argumentTensor(b, op, arguments[0], element);
  if (!op.getAxis())
    tensor = flatten(b, tensor);
  int64_t axis = fromStart(op.getAxis().value_or(0), rankOf(tensor));
  Value indices = getPlaces(op, arguments[1], b, shapeOf(tensor)[axis]);
  if (!indices)
    return failure();
  int64_t rank = rankOf(indices);
  Placed places[] = {{indices, axesFrom(axis, rank)}};
  return oneResult(elementwise(
      b, resultShape(op), places,
      [&](LocBuilder &at, ValueRange x) {
        return readAt(at, tensor, axis, x[0], rank - 1);
      },
      element));
}

static Lowered lowerTakeAlongAxis(nn::OpsTakeAlongAxisOp op, LayerBuilder &b) {
  auto arguments = llvm::cantFail(nn::bindArguments(op, op.getInputs().size()));
  Type element = resultElement(op);
  Value tensor = argumentTensor(b, op, arguments[0], element);
  if (!op.getAxis())
    tensor = flatten(b, tensor);
  int64_t axis = fromStart(op.getAxis().value_or(0), rankOf(tensor));
  Value indices = getPlaces(op, arguments[1], b, shapeOf(tensor)[axis]);
  if (!indices)
    return failure();
  if (!op.getAxis())
    indices = flatten(b, indices);
  // The other axes repeat where they are 1.
  Shape shape(resultShape(op)), wide(shape);
  wide[axis] = shapeOf(tensor)[axis];
  tensor = broadcastTo(b, tensor, wide);
  return oneResult(elementwise(
      b, shape, ValueRange(indices),
      [&](LocBuilder &at, ValueRange x) {
        return readAt(at, tensor, axis, x[0], /*shift=*/0);
      },
      element));
}

//===----------------------------------------------------------------------===//
// One-hot
//===----------------------------------------------------------------------===//

/// 1 where the index is that of the place along a new axis; indices outside
/// give zeros only.
static Value oneHot(LocBuilder &b, Value indices, int64_t classes, int64_t axis,
                    Type element) {
  indices = castTensor(b, indices, b.getI32Type());
  Shape shape(shapeOf(indices));
  shape.insert(shape.begin() + axis, classes);
  Placed places{indices, {}};
  for (int64_t i = 0, rank = rankOf(indices); i < rank; ++i)
    places.axes.push_back(i < axis ? i : i + 1);
  return elementwise(
      b, shape, places,
      [&](LocBuilder &at, ValueRange x) {
        ScalarMath m{at};
        return m.select(m.equal(x[0], indexAlong(at, axis)),
                        scalar(at, 1, element), scalar(at, 0, element));
      },
      element);
}

static Lowered lowerOneHot(nn::OpsOneHotOp op, LayerBuilder &b) {
  Value indices = op.getInputs()[0];
  int64_t axis = fromStart(op.getAxis(), rankOf(indices) + 1);
  return oneResult(
      oneHot(b, indices, op.getNumClasses(), axis, resultElement(op)));
}

static Lowered lowerMultiHot(nn::OpsMultiHotOp op, LayerBuilder &b) {
  Value indices = op.getInputs()[0];
  int64_t axis = fromStart(op.getAxis(), rankOf(indices) + 1);
  Value rows = oneHot(b, indices, op.getNumClasses(), axis, resultElement(op));
  return oneResult(reduce(b, rows, {rankOf(rows) > 2 ? 1 : 0}, 0,
                          [](LocBuilder &at, ValueRange x) {
                            return ScalarMath{at}.max(x[1], x[0]);
                          }));
}

//===----------------------------------------------------------------------===//
// In order
//===----------------------------------------------------------------------===//

/// Whether x stands before y: it is less (more, `descending`), or y is NaN and
/// x is not.
static Value standsBefore(ScalarMath m, Value x, Value y, bool descending) {
  Value before = descending ? m.less(y, x) : m.less(x, y);
  if (!isa<FloatType>(x.getType()))
    return before;
  // numpy's order has NaN behind everything, so the largest come after it.
  Value xIsNaN = m.isNaN(x), yIsNaN = m.isNaN(y);
  Value nan = descending ? m.land(xIsNaN, m.lnot(yIsNaN))
                         : m.land(yIsNaN, m.lnot(xIsNaN));
  return m.lor(before, nan);
}

/// Loops over all places of `tensor` and, innermost, over another place along
/// `axis`: maps of an element here, one there.
static std::pair<AffineMap, AffineMap> pairsAlong(LocBuilder &b, int64_t rank,
                                                  int64_t axis) {
  SmallVector<AffineExpr> exprs;
  for (int64_t i = 0; i < rank; ++i)
    exprs.push_back(b.getAffineDimExpr(unsigned(i)));
  unsigned loops = unsigned(rank) + 1;
  AffineMap here = AffineMap::get(loops, 0, exprs, b.getContext());
  exprs[axis] = b.getAffineDimExpr(unsigned(rank));
  return {here, AffineMap::get(loops, 0, exprs, b.getContext())};
}

/// A reduction over pairs of places along one axis; the result, of the type of
/// the first input, has one element for each place here.
static Value overPairs(LocBuilder &b, ValueRange inputs,
                       ArrayRef<AffineMap> maps, ShapeRef shape,
                       ScalarBody body) {
  SmallVector<bool> reductions(shape.size(), false);
  reductions.push_back(true);
  return accumulate(b, inputs, shape, 0.0, maps, reductions, body);
}

/// The place of each element in the order: how many stand before it, earlier
/// ones first among equals.
static Value rankAlong(LocBuilder &b, Value tensor, int64_t axis,
                       bool descending) {
  int64_t rank = rankOf(tensor);
  auto [here, there] = pairsAlong(b, rank, axis);
  // The first input gives the type of what is counted.
  auto type = RankedTensorType::get(shapeOf(tensor), b.getI32Type());
  Value counted = fill(b, type, 0);
  return overPairs(
      b, {counted, tensor, tensor}, {here, here, there, here}, shapeOf(tensor),
      [&](LocBuilder &at, ValueRange x) {
        ScalarMath m{at};
        Value earlier = m.less(indexAlong(at, rank), indexAlong(at, axis));
        Value before = standsBefore(m, x[2], x[1], descending);
        Value behind = standsBefore(m, x[1], x[2], descending);
        Value counts = m.lor(before, m.land(m.lnot(behind), earlier));
        return m.add(x[3], castScalar(at, counts, at.getI32Type()));
      });
}

/// Element r along `axis` is that of `values` (null: its place) whose rank is
/// r; the first `count` of them.
static Value pickByRank(LocBuilder &b, Value values, Value ranks, int64_t axis,
                        int64_t count) {
  int64_t rank = rankOf(ranks);
  auto [here, there] = pairsAlong(b, rank, axis);
  Shape shape(shapeOf(ranks));
  shape[axis] = count;
  bool isPlace = !values;
  return overPairs(b, {isPlace ? ranks : values, ranks}, {there, there, here},
                   shape, [&](LocBuilder &at, ValueRange x) {
                     ScalarMath m{at};
                     Value here = indexAlong(at, axis);
                     Value value = isPlace ? indexAlong(at, rank) : x[0];
                     return m.select(m.equal(x[1], here), value, x[2]);
                   });
}

static Lowered lowerSort(nn::OpsSortOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  int64_t axis = fromStart(op.getAxis(), rankOf(input));
  Value ranks = rankAlong(b, input, axis, /*descending=*/false);
  return oneResult(pickByRank(b, input, ranks, axis, shapeOf(input)[axis]));
}

static Lowered lowerArgsort(nn::OpsArgsortOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  int64_t axis = fromStart(op.getAxis(), rankOf(input));
  Value ranks = rankAlong(b, input, axis, /*descending=*/false);
  return oneResult(pickByRank(b, Value(), ranks, axis, shapeOf(input)[axis]));
}

static Lowered lowerTopK(nn::OpsTopKOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  int64_t axis = rankOf(input) - 1;
  Value ranks = rankAlong(b, input, axis, /*descending=*/true);
  return SmallVector<Value>{pickByRank(b, input, ranks, axis, op.getK()),
                            pickByRank(b, Value(), ranks, axis, op.getK())};
}

void nnc::populateKerasOpsIndexPatterns(RewritePatternSet &patterns,
                                        LoweringReport &report) {
  addLayer<nn::OpsTakeOp>(patterns, report, lowerTake);
  addLayer<nn::OpsTakeAlongAxisOp>(patterns, report, lowerTakeAlongAxis);
  addLayer<nn::OpsOneHotOp>(patterns, report, lowerOneHot);
  addLayer<nn::OpsMultiHotOp>(patterns, report, lowerMultiHot);
  addLayer<nn::OpsSortOp>(patterns, report, lowerSort);
  addLayer<nn::OpsArgsortOp>(patterns, report, lowerArgsort);
  addLayer<nn::OpsTopKOp>(patterns, report, lowerTopK);
}
