//===- KerasOpsIndexPatterns.cpp - functions by index and in order --------===//
//
// Elements at indices, the other way round (one-hot), and sorted ones. Indices
// that are known only at run time are checked: one outside its axis makes the
// call fail and is never read. Sorting is a network over places, each compared
// by its element and then by itself, which keeps equal ones in their order.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/IndexCheck.h"
#include "compiler/lowering/KerasOpsUtils.h"
#include "dialect/NNKerasShapeOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
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
    nn::emitLayerError(op) << "expects integers as indices [N306]";
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
      nn::emitLayerError(op) << "index " << place << " is outside an axis of "
                             << extent << " [N317]";
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

namespace {

/// What take and take_along_axis read from.
struct Taken {
  Value tensor; ///< flat without an axis
  int64_t axis;
  Value indices; ///< places along the axis
};

} // namespace

template <typename OpTy>
static FailureOr<Taken> getTaken(OpTy op, LayerBuilder &b) {
  auto arguments = llvm::cantFail(nn::bindArguments(op, op.getInputs().size()));
  Value tensor = argumentTensor(b, op, arguments[0], resultElement(op));
  if (!op.getAxis())
    tensor = flatten(b, tensor);
  int64_t axis = fromStart(op.getAxis().value_or(0), rankOf(tensor));
  Value indices = getPlaces(op, arguments[1], b, shapeOf(tensor)[axis]);
  if (!indices)
    return failure();
  return Taken{tensor, axis, indices};
}

static Lowered lowerTake(nn::OpsTakeOp op, LayerBuilder &b) {
  FailureOr<Taken> taken = getTaken(op, b);
  if (failed(taken))
    return failure();
  int64_t rank = rankOf(taken->indices);
  Placed places[] = {{taken->indices, axesFrom(taken->axis, rank)}};
  return oneResult(elementwise(
      b, resultShape(op), places,
      [&](LocBuilder &at, ValueRange x) {
        return readAt(at, taken->tensor, taken->axis, x[0], rank - 1);
      },
      resultElement(op)));
}

static Lowered lowerTakeAlongAxis(nn::OpsTakeAlongAxisOp op, LayerBuilder &b) {
  FailureOr<Taken> taken = getTaken(op, b);
  if (failed(taken))
    return failure();
  int64_t axis = taken->axis;
  Value indices = taken->indices;
  if (!op.getAxis())
    indices = flatten(b, indices);
  // The other axes repeat where they are 1.
  Shape shape(resultShape(op)), wide(shape);
  wide[axis] = shapeOf(taken->tensor)[axis];
  Value tensor = broadcastTo(b, taken->tensor, wide);
  return oneResult(elementwise(
      b, shape, ValueRange(indices),
      [&](LocBuilder &at, ValueRange x) {
        return readAt(at, tensor, axis, x[0], /*shift=*/0);
      },
      resultElement(op)));
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

/// The steps of a bitonic sort of 2^n elements: in each, element i meets
/// element i xor `distance`, in rising order where i has no bit of `block`.
static std::pair<SmallVector<int32_t>, SmallVector<int32_t>>
listSteps(int64_t count) {
  SmallVector<int32_t> blocks, distances;
  for (int64_t block = 2; block <= count; block *= 2)
    for (int64_t distance = block / 2; distance > 0; distance /= 2) {
      blocks.push_back(int32_t(block));
      distances.push_back(int32_t(distance));
    }
  return {blocks, distances};
}

/// The number of a step that is known at run time only.
static Value lookUp(LocBuilder &b, ArrayRef<int32_t> numbers, Value step) {
  auto type = RankedTensorType::get({int64_t(numbers.size())}, b.getI32Type());
  Value table = arith::ConstantOp::create(
      b, DenseElementsAttr::get(type, ArrayRef<int32_t>(numbers)));
  return tensor::ExtractOp::create(b, table, step);
}

namespace {
/// Elements in order along the last axis of a tensor.
struct Order {
  Value tensor;
  int64_t last, count;
  bool descending;

  /// `of` at the loop's place, but `place`, an i32, along the last axis.
  Value read(LocBuilder &b, Value of, Value place) const {
    SmallVector<Value> indices;
    for (int64_t i = 0; i < last; ++i)
      indices.push_back(linalg::IndexOp::create(b, i));
    indices.push_back(arith::IndexCastOp::create(b, b.getIndexType(), place));
    return tensor::ExtractOp::create(b, of, indices);
  }

  /// Whether the element at place x comes first: equal ones by their place, and
  /// places that no element has behind all others.
  Value isFirst(LocBuilder &b, Value x, Value y) const {
    ScalarMath m{b};
    Value end = m.like(double(count), x), top = m.like(double(count - 1), x);
    Value left = read(b, tensor, m.min(x, top));
    Value right = read(b, tensor, m.min(y, top));
    Value before = standsBefore(m, left, right, descending);
    Value behind = standsBefore(m, right, left, descending);
    Value earlier = m.less(x, y);
    Value both = m.land(m.less(x, end), m.less(y, end));
    Value inOrder = m.lor(before, m.land(m.lnot(behind), earlier));
    return m.select(both, inOrder, earlier);
  }
};
} // namespace

/// What a step leaves of `places`; the first finds each in its own place.
static Value exchange(LocBuilder &b, const Order &order, Value places,
                      Value step) {
  auto [blocks, distances] = listSteps(shapeOf(places).back());
  Value block = lookUp(b, blocks, step), distance = lookUp(b, distances, step);
  Value isStart = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, step,
                                        arith::ConstantIndexOp::create(b, 0));
  return elementwise(
      b, shapeOf(places), ValueRange(places),
      [&](LocBuilder &at, ValueRange x) -> Value {
        ScalarMath m{at};
        Value zero = scalar(at, 0, at.getI32Type());
        Value here = indexAlong(at, order.last);
        auto hasBit = [&](Value bit) {
          Value both = arith::AndIOp::create(at, here, bit);
          return m.notEqual(both, zero);
        };
        Value there = arith::XOrIOp::create(at, here, distance);
        Value own = m.select(isStart, here, x[0]);
        Value other = m.select(isStart, there, order.read(at, places, there));
        Value takesFirst = m.equal(hasBit(distance), hasBit(block));
        Value isFirst = order.isFirst(at, own, other);
        return m.select(m.equal(takesFirst, isFirst), own, other);
      });
}

/// The places along the last axis in the order of their elements, NaN and equal
/// ones as numpy has them, filled up to a power of two. The network does n ·
/// log²(n) comparisons whatever the elements are. It begins with any numbers:
/// loops that began with one tensor of all places would share its buffer.
static Value sortPlaces(LocBuilder &b, const Order &order) {
  Shape shape(shapeOf(order.tensor));
  shape.back() = int64_t(llvm::PowerOf2Ceil(uint64_t(order.count)));
  auto type = RankedTensorType::get(shape, b.getI32Type());
  if (order.count == 1)
    return fill(b, type, 0);
  Value first = arith::ConstantIndexOp::create(b, 0);
  Value one = arith::ConstantIndexOp::create(b, 1);
  Value end = arith::ConstantIndexOp::create(
      b, int64_t(listSteps(shape.back()).first.size()));
  auto loop = scf::ForOp::create(b, first, end, one, empty(b, type));
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  Value carried = loop.getRegionIterArg(0);
  Value next = exchange(b, order, carried, loop.getInductionVar());
  Value kept = bufferization::MaterializeInDestinationOp::create(
                   b, carried.getType(), next, carried)
                   .getResult();
  scf::YieldOp::create(b, kept);
  return loop.getResult(0);
}

/// The first `size` elements of an axis in order, and their places.
static Lowered sortAlong(nn::LayerOpInterface op, LayerBuilder &b, int64_t axis,
                         bool descending, int64_t size) {
  Value input = op->getOperand(0);
  int64_t rank = rankOf(input), count = shapeOf(input)[axis];
  if (count > nn::kMaxTable)
    return nn::emitLayerError(op)
           << "sorts an axis of more than 2^24 elements [N312]";
  auto turn = llvm::to_vector(llvm::seq<int64_t>(0, rank));
  std::swap(turn[axis], turn.back());
  Order order = {transpose(b, input, turn), rank - 1, count, descending};
  Value places = sliceAxis(b, sortPlaces(b, order), rank - 1, 0, size);
  Value sorted = elementwise(
      b, shapeOf(places), ValueRange(places),
      [&](LocBuilder &at, ValueRange x) {
        return order.read(at, order.tensor, x[0]);
      },
      elementOf(input));
  return SmallVector<Value>{transpose(b, sorted, turn),
                            transpose(b, places, turn)};
}

/// The elements of an axis, or their places, in rising order.
template <typename Op, unsigned result>
static Lowered lowerSort(Op op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  int64_t axis = fromStart(op.getAxis(), rankOf(input));
  Lowered both =
      sortAlong(op, b, axis, /*descending=*/false, shapeOf(input)[axis]);
  if (failed(both))
    return failure();
  return oneResult((*both)[result]);
}

static Lowered lowerTopK(nn::OpsTopKOp op, LayerBuilder &b) {
  return sortAlong(op, b, rankOf(op.getInputs()[0]) - 1, /*descending=*/true,
                   op.getK());
}

void nnc::populateKerasOpsIndexPatterns(RewritePatternSet &patterns,
                                        LoweringReport &report) {
  addLayer<nn::OpsTakeOp>(patterns, report, lowerTake);
  addLayer<nn::OpsTakeAlongAxisOp>(patterns, report, lowerTakeAlongAxis);
  addLayer<nn::OpsOneHotOp>(patterns, report, lowerOneHot);
  addLayer<nn::OpsMultiHotOp>(patterns, report, lowerMultiHot);
  addLayer<nn::OpsSortOp>(patterns, report, lowerSort<nn::OpsSortOp, 0>);
  addLayer<nn::OpsArgsortOp>(patterns, report, lowerSort<nn::OpsArgsortOp, 1>);
  addLayer<nn::OpsTopKOp>(patterns, report, lowerTopK);
}
