//===- TimeLoop.cpp - layers that run over time ---------------------------===//
//
// The loop carries the states and, for return_sequences, the sequence of
// outputs. Each iteration ends by writing the new states over the old ones, so
// that the loop carries fixed buffers. A masked step keeps a sample's states
// and gives the old output again, or zeros where the layer says so.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/TimeLoop.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace nnc;

/// Where step `index` is in a sequence of (batch, steps, …).
namespace {
struct StepSlice {
  StepSlice(LocBuilder &b, ShapeRef step, Value index) {
    int64_t rank = int64_t(step.size()) + 1;
    offsets.assign(rank, b.getIndexAttr(0));
    strides.assign(rank, b.getIndexAttr(1));
    offsets[1] = index;
    for (int64_t extent : step)
      sizes.push_back(b.getIndexAttr(extent));
    sizes.insert(sizes.begin() + 1, b.getIndexAttr(1));
  }
  SmallVector<OpFoldResult> offsets, sizes, strides;
};
} // namespace

/// What the step at `index` of `sequence` holds: [batch, time, …] → [batch, …].
static Value readStep(LocBuilder &b, Value sequence, Value index) {
  Shape shape(shapeOf(sequence));
  shape.erase(shape.begin() + 1);
  StepSlice slice(b, shape, index);
  auto type = RankedTensorType::get(shape, typeOf(sequence).getElementType());
  return tensor::ExtractSliceOp::create(b, type, sequence, slice.offsets,
                                        slice.sizes, slice.strides);
}

/// `sequence` with `step` as its step `index`.
static Value writeStep(LocBuilder &b, Value step, Value sequence, Value index) {
  StepSlice slice(b, shapeOf(step), index);
  return tensor::InsertSliceOp::create(b, step, sequence, slice.offsets,
                                       slice.sizes, slice.strides);
}

/// A mask as numbers, 1 where a step counts: its rows are read in the loop.
static Value maskAsNumbers(LocBuilder &b, Value mask, Type type) {
  return elementwise(
      b, shapeOf(mask), ValueRange(mask),
      [&](LocBuilder &at, ValueRange x) -> Value {
        return arith::UIToFPOp::create(at, type, x[0]);
      },
      type);
}

/// `value` for the samples whose step counts, `otherwise` for the rest; zeros
/// where that is null.
static Value selectCounting(LocBuilder &b, Value counts, Value value,
                            Value otherwise) {
  SmallVector<int64_t> axes =
      llvm::to_vector(llvm::seq<int64_t>(0, rankOf(value)));
  SmallVector<Placed> operands = {{counts, {0}}, {value, axes}};
  if (otherwise)
    operands.push_back({otherwise, axes});
  Type type = typeOf(value).getElementType();
  return elementwise(
      b, shapeOf(value), operands,
      [&](LocBuilder &at, ValueRange x) -> Value {
        Value zero = scalar(at, 0.0, type);
        Value isOn =
            arith::CmpFOp::create(at, arith::CmpFPredicate::OGT, x[0], zero);
        return arith::SelectOp::create(at, isOn, x[1],
                                       x.size() > 2 ? x[2] : zero);
      },
      type);
}

namespace {

/// Builds one loop. It carries the states; behind them the sequence of outputs,
/// or the last output where that is no state.
class LoopBuilder {
public:
  LoopBuilder(LocBuilder &b, const TimeLoop &loop, Value sequence,
              ShapeRef state, int64_t stateCount)
      : b(b), loop(loop), sequence(sequence), stateCount(stateCount),
        steps(shapeOf(sequence)[1]),
        type(RankedTensorType::get(state, typeOf(sequence).getElementType())) {
    if (loop.mask)
      counts = maskAsNumbers(b, loop.mask, type.getElementType());
  }

  SmallVector<Value> build(StepBody step);

private:
  SmallVector<Value> getInitial();
  SmallVector<Value> iterate(Value time, ValueRange carried, StepBody step);
  /// Whether an output can differ from the first state.
  bool hasOwnOutput() const { return loop.mask && loop.zeroOutputForMask; }

  LocBuilder &b;
  const TimeLoop &loop;
  Value sequence, counts, last;
  int64_t stateCount, steps;
  RankedTensorType type;
};

} // namespace

SmallVector<Value> LoopBuilder::getInitial() {
  SmallVector<Value> carried(loop.initialState);
  while (int64_t(carried.size()) < stateCount)
    carried.push_back(fill(b, type, 0.0));
  if (loop.returnSequences) {
    Shape all(type.getShape());
    all.insert(all.begin() + 1, steps);
    carried.push_back(
        empty(b, RankedTensorType::get(all, type.getElementType())));
  } else if (hasOwnOutput()) {
    carried.push_back(fill(b, type, 0.0));
  }
  return carried;
}

/// What one iteration yields.
SmallVector<Value> LoopBuilder::iterate(Value time, ValueRange carried,
                                        StepBody step) {
  Value index = time;
  if (loop.goBackwards)
    index = arith::SubIOp::create(b, last, time);
  ValueRange states = carried.take_front(stateCount);
  SmallVector<Value> next = step(b, readStep(b, sequence, index), states);
  Value output = next.front();
  if (counts) {
    Value now = readStep(b, counts, index);
    for (auto [state, old] : llvm::zip_equal(next, states))
      state = selectCounting(b, now, state, old);
    output =
        hasOwnOutput() ? selectCounting(b, now, output, Value()) : next.front();
  }
  auto overwrite = [&](Value value, Value old) -> Value {
    return bufferization::MaterializeInDestinationOp::create(b, old.getType(),
                                                             value, old)
        .getResult();
  };
  SmallVector<Value> yielded;
  for (auto [state, old] : llvm::zip_equal(next, states))
    yielded.push_back(overwrite(state, old));
  if (!hasOwnOutput())
    output = yielded.front();
  if (loop.returnSequences)
    yielded.push_back(writeStep(b, output, carried.back(), time));
  else if (hasOwnOutput())
    yielded.push_back(overwrite(output, carried.back()));
  return yielded;
}

SmallVector<Value> LoopBuilder::build(StepBody step) {
  SmallVector<Value> initial = getInitial();
  Value first = arith::ConstantIndexOp::create(b, 0);
  last = arith::ConstantIndexOp::create(b, steps - 1);
  Value end = arith::ConstantIndexOp::create(b, steps);
  Value one = arith::ConstantIndexOp::create(b, 1);
  auto over = scf::ForOp::create(b, first, end, one, initial);
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(over.getBody());
    scf::YieldOp::create(
        b, iterate(over.getInductionVar(), over.getRegionIterArgs(), step));
  }
  bool own = loop.returnSequences || hasOwnOutput();
  SmallVector<Value> results = {own ? over.getResults().back()
                                    : over.getResults().front()};
  if (loop.returnState)
    llvm::append_range(results, over.getResults().take_front(stateCount));
  return results;
}

SmallVector<Value> nnc::runOverTime(LocBuilder &b, const TimeLoop &loop,
                                    Value sequence, ShapeRef state,
                                    int64_t stateCount, StepBody step) {
  return LoopBuilder(b, loop, sequence, state, stateCount).build(step);
}

Value nnc::multiply(LocBuilder &b, Value lhs, Value rhs) {
  return elementwise(b, shapeOf(lhs), {lhs, rhs},
                     [](LocBuilder &at, ValueRange x) -> Value {
                       return arith::MulFOp::create(at, x[0], x[1]);
                     });
}

Value nnc::updateCarry(LocBuilder &b, Value forget, Value carry, Value input,
                       Value candidate) {
  return elementwise(b, shapeOf(carry), {forget, carry, input, candidate},
                     [](LocBuilder &at, ValueRange x) -> Value {
                       Value kept = arith::MulFOp::create(at, x[0], x[1]);
                       Value added = arith::MulFOp::create(at, x[2], x[3]);
                       return arith::AddFOp::create(at, kept, added);
                     });
}
