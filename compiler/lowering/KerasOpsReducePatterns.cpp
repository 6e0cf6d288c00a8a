//===- KerasOpsReducePatterns.cpp - functions of keras.ops along axes -----===//
//
// Elements are first converted to the type of the result, then accumulated;
// means, deviations and logarithms of sums are made of several such loops.
// Running sums go step by step along their axis.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/Activations.h"
#include "compiler/lowering/KerasOpsUtils.h"
#include "dialect/NNKerasReduceOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace nnc;

namespace {
/// How two elements become one.
using Combine = Value (ScalarMath::*)(Value, Value);
} // namespace

/// The key `axis` counted from 0, all axes without it.
static SmallVector<int64_t> axesOf(Operation *op, int64_t rank) {
  std::optional<ArrayRef<int64_t>> axes;
  auto list = op->getAttrOfType<DenseI64ArrayAttr>("axis");
  if (list)
    axes = list.asArrayRef();
  return llvm::cantFail(nn::numpyAxes(axes, rank));
}

static Value accumulate(LocBuilder &b, Value input, ArrayRef<int64_t> axes,
                        double init, Combine combine) {
  return reduce(b, input, axes, init, [&](LocBuilder &at, ValueRange x) {
    ScalarMath m{at};
    return (m.*combine)(x[1], x[0]);
  });
}

/// The result in the shape that keepdims says.
static Lowered shaped(Operation *op, LocBuilder &b, Value reduced) {
  return oneResult(reshape(b, reduced, resultShape(op)));
}

//===----------------------------------------------------------------------===//
// Sums, products, any and all
//===----------------------------------------------------------------------===//

template <Combine combine, int neutral>
static Lowered lowerFold(nn::LayerOpInterface op, LayerBuilder &b) {
  Value input = castTensor(b, op->getOperand(0), resultElement(op));
  Value folded =
      accumulate(b, input, axesOf(op, rankOf(input)), neutral, combine);
  return shaped(op, b, folded);
}

static Lowered lowerCountNonzero(nn::LayerOpInterface op, LayerBuilder &b) {
  Value truth = castTensor(b, op->getOperand(0), b.getI1Type());
  Value ones = castTensor(b, truth, resultElement(op));
  return shaped(
      op, b,
      accumulate(b, ones, axesOf(op, rankOf(ones)), 0, &ScalarMath::add));
}

//===----------------------------------------------------------------------===//
// Extremes
//===----------------------------------------------------------------------===//

/// -x for floats and ~x for integers: what is largest becomes smallest, and
/// back again.
static Value mirror(LocBuilder &b, Value tensor) {
  return map(b, tensor, [](LocBuilder &at, ValueRange x) -> Value {
    if (isa<FloatType>(x[0].getType()))
      return arith::NegFOp::create(at, x[0]);
    Value ones = scalar(at, -1.0, x[0].getType());
    return arith::XOrIOp::create(at, x[0], ones);
  });
}

/// The largest element; NaN if one is NaN.
static Value largest(LocBuilder &b, Value input, ArrayRef<int64_t> axes) {
  Type type = elementOf(input);
  double least = -std::numeric_limits<double>::infinity();
  if (auto integer = dyn_cast<IntegerType>(type))
    least = integer.getWidth() == 1 ? 0.0
                                    : -std::ldexp(1.0, integer.getWidth() - 1);
  return accumulate(b, input, axes, least, &ScalarMath::max);
}

static Value extreme(LocBuilder &b, Value input, ArrayRef<int64_t> axes,
                     bool isMax) {
  if (isMax)
    return largest(b, input, axes);
  return mirror(b, largest(b, mirror(b, input), axes));
}

template <bool isMax>
static Lowered lowerExtreme(nn::LayerOpInterface op, LayerBuilder &b) {
  Value input = op->getOperand(0);
  Value result = extreme(b, input, axesOf(op, rankOf(input)), isMax);
  if (Attribute initial = op->getAttr("initial")) {
    if (!nn::getConstantShape(initial).empty())
      return nn::emitLayerError(op) << "'initial' expects one number [N304]";
    Value bound = constantTensor(b, initial, elementOf(result));
    result = elementwise(b, shapeOf(result), ValueRange{result, bound},
                         [](LocBuilder &at, ValueRange x) {
                           ScalarMath m{at};
                           return isMax ? m.max(x[0], x[1]) : m.min(x[0], x[1]);
                         });
  }
  return shaped(op, b, result);
}

/// The first place along `axis` that holds the extreme, or a NaN.
static Value placeOfExtreme(LocBuilder &b, Value input, int64_t axis,
                            bool isMax) {
  Value best = extreme(b, input, {axis}, isMax);
  SmallVector<int64_t> all, kept;
  for (int64_t i = 0, rank = rankOf(input); i < rank; ++i) {
    all.push_back(i);
    if (i != axis)
      kept.push_back(i);
  }
  Placed operands[] = {{input, all}, {best, kept}};
  int64_t extent = shapeOf(input)[axis];
  Type i32 = b.getI32Type();
  Value places = elementwise(
      b, shapeOf(input), operands,
      [&](LocBuilder &at, ValueRange x) {
        ScalarMath m{at};
        Value found = m.lor(m.equal(x[0], x[1]), m.notEqual(x[0], x[0]));
        return m.select(found, indexAlong(at, axis),
                        scalar(at, double(extent - 1), i32));
      },
      i32);
  return accumulate(b, places, {axis}, double(extent - 1), &ScalarMath::min);
}

template <bool isMax>
static Lowered lowerPlace(nn::LayerOpInterface op, LayerBuilder &b) {
  Value input = op->getOperand(0);
  auto axis = op->getAttrOfType<IntegerAttr>("axis");
  if (!axis)
    input = flatten(b, input);
  int64_t place = axis ? fromStart(axis.getInt(), rankOf(input)) : 0;
  return shaped(op, b, placeOfExtreme(b, input, place, isMax));
}

//===----------------------------------------------------------------------===//
// Means
//===----------------------------------------------------------------------===//

static int64_t countAlong(Value tensor, ArrayRef<int64_t> axes) {
  int64_t count = 1;
  for (int64_t axis : axes)
    count *= shapeOf(tensor)[axis];
  return count;
}

static Value meanOf(LocBuilder &b, Value input, ArrayRef<int64_t> axes) {
  double count = double(countAlong(input, axes));
  Value sum = accumulate(b, input, axes, 0, &ScalarMath::add);
  return map(b, sum, [&](LocBuilder &at, ValueRange x) {
    ScalarMath m{at};
    return m.div(x[0], m.like(count, x[0]));
  });
}

static Lowered lowerMean(nn::LayerOpInterface op, LayerBuilder &b) {
  Value input = castTensor(b, op->getOperand(0), resultElement(op));
  return shaped(op, b, meanOf(b, input, axesOf(op, rankOf(input))));
}

static Value varianceOf(LocBuilder &b, Value input, Value mean,
                        ArrayRef<int64_t> axes) {
  Value squares =
      withReduced(b, input, mean, axes, [](LocBuilder &at, ValueRange x) {
        ScalarMath m{at};
        Value distance = m.sub(x[0], x[1]);
        return m.mul(distance, distance);
      });
  return meanOf(b, squares, axes);
}

template <bool root>
static Lowered lowerVariance(nn::LayerOpInterface op, LayerBuilder &b) {
  Value input = castTensor(b, op->getOperand(0), resultElement(op));
  SmallVector<int64_t> axes = axesOf(op, rankOf(input));
  Value result = varianceOf(b, input, meanOf(b, input, axes), axes);
  if (root)
    result = map(b, result, [](LocBuilder &at, ValueRange x) -> Value {
      return math::SqrtOp::create(at, x[0]);
    });
  return shaped(op, b, result);
}

static Lowered lowerMoments(nn::OpsMomentsOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  auto axes = llvm::cantFail(nn::numpyAxes(op.getAxes(), rankOf(input)));
  Value mean = meanOf(b, input, axes);
  Value variance = varianceOf(b, input, mean, axes);
  ShapeRef shape = resultShape(op);
  return SmallVector<Value>{reshape(b, mean, shape),
                            reshape(b, variance, shape)};
}

/// The largest element is taken out, so that no power overflows; one that is
/// infinite is left in.
static Lowered lowerLogsumexp(nn::LayerOpInterface op, LayerBuilder &b) {
  Value input = op->getOperand(0);
  SmallVector<int64_t> axes = axesOf(op, rankOf(input));
  Value shift =
      map(b, largest(b, input, axes), [](LocBuilder &at, ValueRange x) {
        ScalarMath m{at};
        return m.select(m.isFinite(x[0]), x[0], m.like(0, x[0]));
      });
  Value powers = withReduced(
      b, input, shift, axes, [](LocBuilder &at, ValueRange x) -> Value {
        return math::ExpOp::create(at, ScalarMath{at}.sub(x[0], x[1]));
      });
  Value sum = accumulate(b, powers, axes, 0, &ScalarMath::add);
  Value result = elementwise(b, shapeOf(sum), ValueRange{sum, shift},
                             [](LocBuilder &at, ValueRange x) {
                               Value log = math::LogOp::create(at, x[0]);
                               return ScalarMath{at}.add(log, x[1]);
                             });
  return shaped(op, b, result);
}

//===----------------------------------------------------------------------===//
// Running sums and products
//===----------------------------------------------------------------------===//

namespace {

/// One place along an axis of a tensor, at a time that is known at run time.
struct Step {
  SmallVector<OpFoldResult> offsets, sizes, strides;
  RankedTensorType type;

  Step(LocBuilder &b, Value tensor, int64_t axis, Value at) {
    Shape shape(shapeOf(tensor));
    shape[axis] = 1;
    type = RankedTensorType::get(shape, elementOf(tensor));
    offsets.assign(shape.size(), b.getIndexAttr(0));
    offsets[axis] = at;
    sizes = getAsIndexOpFoldResult(b.getContext(), shape);
    strides.assign(shape.size(), b.getIndexAttr(1));
  }
};

} // namespace

/// The running value, from `neutral` on, is kept apart from the results.
static Value runAlong(LocBuilder &b, Value input, int64_t axis, double neutral,
                      Combine combine) {
  Value first = arith::ConstantIndexOp::create(b, 0);
  Value one = arith::ConstantIndexOp::create(b, 1);
  Value end = arith::ConstantIndexOp::create(b, shapeOf(input)[axis]);
  RankedTensorType stepType = Step(b, input, axis, first).type;
  Value carried[] = {fill(b, stepType, neutral), empty(b, input.getType())};
  auto loop = scf::ForOp::create(b, first, end, one, carried);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  Value running = loop.getRegionIterArg(0), result = loop.getRegionIterArg(1);
  Step step(b, input, axis, loop.getInductionVar());
  Value slice = tensor::ExtractSliceOp::create(
      b, step.type, input, step.offsets, step.sizes, step.strides);
  Value next = elementwise(b, step.type.getShape(), ValueRange{running, slice},
                           [&](LocBuilder &at, ValueRange x) {
                             ScalarMath m{at};
                             return (m.*combine)(x[0], x[1]);
                           });
  Value kept = bufferization::MaterializeInDestinationOp::create(
                   b, running.getType(), next, running)
                   .getResult();
  Value written = tensor::InsertSliceOp::create(b, kept, result, step.offsets,
                                                step.sizes, step.strides);
  scf::YieldOp::create(b, ValueRange{kept, written});
  return loop.getResult(1);
}

template <Combine combine, int neutral>
static Lowered lowerCumulative(nn::LayerOpInterface op, LayerBuilder &b) {
  Value input = castTensor(b, op->getOperand(0), resultElement(op));
  auto axis = op->getAttrOfType<IntegerAttr>("axis");
  if (!axis)
    input = flatten(b, input);
  int64_t place = axis ? fromStart(axis.getInt(), rankOf(input)) : 0;
  return oneResult(runAlong(b, input, place, neutral, combine));
}

void nnc::populateKerasOpsReducePatterns(RewritePatternSet &patterns,
                                         LoweringReport &report) {
  auto add = [&](StringRef name, NamedLayerPattern::Function function) {
    addNamedLayer(patterns, report, ("nn.ops." + name).str(),
                  std::move(function));
  };
  add("any", lowerFold<&ScalarMath::lor, 0>);
  add("all", lowerFold<&ScalarMath::land, 1>);
  add("sum", lowerFold<&ScalarMath::add, 0>);
  add("prod", lowerFold<&ScalarMath::mul, 1>);
  add("count_nonzero", lowerCountNonzero);
  add("max", lowerExtreme<true>);
  add("amax", lowerExtreme<true>);
  add("min", lowerExtreme<false>);
  add("amin", lowerExtreme<false>);
  add("argmax", lowerPlace<true>);
  add("argmin", lowerPlace<false>);
  add("mean", lowerMean);
  add("var", lowerVariance<false>);
  add("std", lowerVariance<true>);
  addLayer<nn::OpsMomentsOp>(patterns, report, lowerMoments);
  add("logsumexp", lowerLogsumexp);
  add("cumsum", lowerCumulative<&ScalarMath::add, 0>);
  add("cumprod", lowerCumulative<&ScalarMath::mul, 1>);
}
