//===- ExpandWrappers.cpp - wrappers as plain layers ----------------------===//
//
// Each wrapper is replaced by layers that do the same: Bidirectional by both of
// its layers and a merge, TimeDistributed by what it holds between merge_time
// and split_time, RNN by one recurrent layer for each of its cells. Weights are
// bound already and keep their symbols. Later passes and lowering see no
// wrapper. Models without any stay as they are.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/ExpandWrappers.h"

#include "compiler/graph/BatchedTypes.h"
#include "compiler/graph/Passes.h"
#include "dialect/NNMergeOps.h"
#include "dialect/NNRecurrentOps.h"
#include "dialect/NNWrapperOps.h"
#include "dialect/Wrappers.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"

namespace nnc {
#define GEN_PASS_DEF_EXPANDWRAPPERSPASS
#include "compiler/graph/Passes.h.inc"
} // namespace nnc

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

using ValuesOr = FailureOr<SmallVector<Value>>;

//===----------------------------------------------------------------------===//
// Building layers
//===----------------------------------------------------------------------===//

static bool isTrue(Operation *layer, StringRef key) {
  auto value = layer->getAttrOfType<BoolAttr>(key);
  return value && value.getValue();
}

/// Infers the types of a new layer; what does not fit is reported.
static ValuesOr finish(Operation *op) {
  auto layer = cast<LayerOpInterface>(op);
  if (llvm::Error error = inferTypes(layer))
    return emitLayerError(layer) << llvm::toString(std::move(error));
  return SmallVector<Value>(op->getResults());
}

/// A layer of one result that goes by the wrapper's name.
template <typename LayerOp>
static FailureOr<Value> makeLayer(OpBuilder &builder, LayerOpInterface wrapper,
                                  ValueRange operands,
                                  ArrayRef<NamedAttribute> keys = {}) {
  SmallVector<NamedAttribute> all(keys);
  all.push_back(builder.getNamedAttr(
      "name", builder.getStringAttr(wrapper.getLayerName())));
  Type unknown = UnknownType::get(builder.getContext());
  auto op = LayerOp::create(builder, wrapper.getLoc(), TypeRange(unknown),
                            operands, all);
  ValuesOr results = finish(op);
  if (failed(results))
    return failure();
  return results->front();
}

/// Clones of what region `index` holds, on other inputs.
static SmallVector<Value> cloneWrapped(OpBuilder &builder, Operation *wrapper,
                                       unsigned index, ValueRange inputs) {
  Block &block = wrapper->getRegion(index).front();
  IRMapping mapping;
  mapping.map(block.getArguments(), inputs.take_front(block.getNumArguments()));
  for (Operation &op : llvm::drop_end(block))
    builder.clone(op, mapping);
  SmallVector<Value> results;
  for (Value output : block.back().getOperands())
    results.push_back(mapping.lookup(output));
  return results;
}

/// A recurrent layer, or an nn.rnn, with its operands: nn.<mnemonic> with the
/// keys of `like` and those of `keys`.
static ValuesOr makeRecurrent(OpBuilder &builder, StringRef mnemonic,
                              Operation *like, const NamedAttrList &keys,
                              unsigned results, Value input,
                              ValueRange initialState, Value mask) {
  OperationState state(like->getLoc(), ("nn." + mnemonic).str());
  state.addOperands(input);
  state.addOperands(initialState);
  if (mask)
    state.addOperands(mask);
  NamedAttrList all(like->getAttrs());
  for (NamedAttribute key : keys)
    all.set(key.getName(), key.getValue());
  all.set("operandSegmentSizes",
          builder.getDenseI32ArrayAttr(
              {1, int32_t(initialState.size()), mask ? 1 : 0}));
  state.addAttributes(all);
  state.addTypes(
      SmallVector<Type>(results, UnknownType::get(builder.getContext())));
  for (Region &region : like->getRegions()) {
    IRMapping mapping;
    region.cloneInto(state.addRegion(), mapping);
  }
  return finish(builder.create(state));
}

//===----------------------------------------------------------------------===//
// Bidirectional
//===----------------------------------------------------------------------===//

/// One direction. Keras zeroes the outputs of masked steps where all outputs
/// are returned, and only there.
static ValuesOr runDirection(OpBuilder &builder, BidirectionalOp op,
                             unsigned index, ValueRange initialState) {
  LayerOpInterface layer = getWrappedLayer(op, index);
  NamedAttrList keys;
  keys.set("zero_output_for_mask",
           builder.getBoolAttr(isTrue(layer, "return_sequences")));
  return makeRecurrent(builder, layer->getName().stripDialect(), layer, keys,
                       layer->getNumResults(), op.getInputs().front(),
                       initialState, op.getMask());
}

static FailureOr<Value> mergeOutputs(OpBuilder &builder, BidirectionalOp op,
                                     ValueRange both) {
  StringRef mode = op.getMergeMode();
  LayerOpInterface layer = op;
  if (mode == "sum")
    return makeLayer<AddOp>(builder, layer, both);
  if (mode == "mul")
    return makeLayer<MultiplyOp>(builder, layer, both);
  if (mode == "ave")
    return makeLayer<AverageOp>(builder, layer, both);
  return makeLayer<ConcatenateOp>(builder, layer, both);
}

static ValuesOr expandBidirectional(BidirectionalOp op, OpBuilder &builder) {
  SmallVector<Value> states(op.getInitialState());
  size_t half = states.size() / 2;
  ValuesOr forward =
      runDirection(builder, op, 0, ArrayRef(states).take_front(half));
  ValuesOr backward =
      runDirection(builder, op, 1, ArrayRef(states).drop_front(half));
  if (failed(forward) || failed(backward))
    return failure();
  SmallVector<Value> both = {forward->front(), backward->front()};
  if (isTrue(getWrappedLayer(op, 0), "return_sequences")) {
    FailureOr<Value> reversed =
        makeLayer<ReverseTimeOp>(builder, op, both.back());
    if (failed(reversed))
      return failure();
    both.back() = *reversed;
  }
  SmallVector<Value> results;
  if (op.getMergeMode() == "none") {
    results = both;
  } else {
    FailureOr<Value> merged = mergeOutputs(builder, op, both);
    if (failed(merged))
      return failure();
    results.push_back(*merged);
  }
  llvm::append_range(results, llvm::drop_begin(*forward));
  llvm::append_range(results, llvm::drop_begin(*backward));
  return results;
}

//===----------------------------------------------------------------------===//
// TimeDistributed
//===----------------------------------------------------------------------===//

/// Keras calls the layer anew for each step; nnc runs the steps side by side.
static LogicalResult checkStateless(TimeDistributedOp op) {
  bool ok = true;
  op.walk([&](LayerOpInterface inner) {
    if (isTrue(inner, "stateful")) {
      ok = false;
      emitLayerError(inner) << "stateful = true cannot be compiled in a "
                               "TimeDistributed [N503]";
    }
  });
  return success(ok);
}

static ValuesOr expandTimeDistributed(TimeDistributedOp op,
                                      OpBuilder &builder) {
  if (failed(checkStateless(op)))
    return failure();
  // The mask goes in where its steps are used there.
  SmallVector<Value> inputs(op.getInputs());
  if (op->getRegion(0).getNumArguments() > inputs.size())
    inputs.push_back(op.getMask());
  SmallVector<Value> merged;
  for (Value input : inputs) {
    FailureOr<Value> value = makeLayer<MergeTimeOp>(builder, op, input);
    if (failed(value))
      return failure();
    merged.push_back(*value);
  }
  SmallVector<Value> results = cloneWrapped(builder, op, 0, merged);
  auto type = cast<RankedTensorType>(inputs.front().getType());
  NamedAttribute steps = builder.getNamedAttr(
      "steps", builder.getI64IntegerAttr(type.getDimSize(1)));
  FailureOr<Value> split =
      makeLayer<SplitTimeOp>(builder, op, results.front(), steps);
  if (failed(split))
    return failure();
  return SmallVector<Value>{*split};
}

//===----------------------------------------------------------------------===//
// RNN
//===----------------------------------------------------------------------===//

/// The cells in an nn.rnn or in stacked cells, in order.
static void collectCells(Operation *wrapper, SmallVector<Operation *> &cells) {
  for (auto layer : wrapper->getRegion(0).getOps<LayerOpInterface>()) {
    if (isa<StackedRNNCellsOp>(*layer))
      collectCells(layer, cells);
    else
      cells.push_back(layer);
  }
}

/// The layer that runs cells of this kind.
static StringRef getLayerOf(Operation *cell) {
  StringRef mnemonic = cell->getName().stripDialect();
  mnemonic.consume_back("_cell");
  return mnemonic;
}

/// How the layer of one cell runs: all but the last give sequences, and all but
/// the first take one that is in their order already.
static NamedAttrList getSequenceKeys(RNNOp op, bool first, bool last,
                                     OpBuilder &builder) {
  NamedAttrList keys;
  keys.set("name", op.getNameAttr());
  keys.set("return_sequences",
           builder.getBoolAttr(!last || op.getReturnSequences()));
  keys.set("return_state", builder.getBoolAttr(op.getReturnState()));
  keys.set("go_backwards", builder.getBoolAttr(first && op.getGoBackwards()));
  keys.set("stateful", builder.getBoolAttr(op.getStateful()));
  keys.set("zero_output_for_mask",
           builder.getBoolAttr(last && op.getZeroOutputForMask()));
  return keys;
}

static ValuesOr expandRNN(RNNOp op, OpBuilder &builder) {
  SmallVector<Operation *> cells;
  collectCells(op, cells);
  Value sequence = op.getInputs().front(), mask = op.getMask();
  SmallVector<Value> given(op.getInitialState()), states;
  for (auto [i, cell] : llvm::enumerate(cells)) {
    bool first = i == 0, last = i + 1 == cells.size();
    unsigned count = isa<LSTMCellOp>(cell) ? 2 : 1;
    SmallVector<Value> initial(ArrayRef<Value>(given).take_front(count));
    given.erase(given.begin(), given.begin() + initial.size());
    ValuesOr results = makeRecurrent(builder, getLayerOf(cell), cell,
                                     getSequenceKeys(op, first, last, builder),
                                     op.getReturnState() ? 1 + count : 1,
                                     sequence, initial, mask);
    if (failed(results))
      return failure();
    sequence = results->front();
    llvm::append_range(states, llvm::drop_begin(*results));
    if (first && !last && mask && op.getGoBackwards()) {
      FailureOr<Value> reversed = makeLayer<ReverseTimeOp>(builder, op, mask);
      if (failed(reversed))
        return failure();
      mask = *reversed;
    }
  }
  SmallVector<Value> all = {sequence};
  llvm::append_range(all, states);
  return all;
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// Calls `expand` on wrappers until none is left that it takes; what comes out
/// of one may hold others.
template <typename... WrapperOps, typename Function>
static LogicalResult expandAll(ModelOp model, Function expand) {
  while (true) {
    SmallVector<Operation *> wrappers;
    // Outermost ones only: others move when those are expanded.
    model.walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (!isa<WrapperOps...>(op))
        return WalkResult::advance();
      wrappers.push_back(op);
      return WalkResult::skip();
    });
    if (wrappers.empty())
      return success();
    bool ok = true;
    for (Operation *wrapper : wrappers) {
      OpBuilder builder(wrapper);
      ValuesOr results = expand(wrapper, builder);
      ok &= succeeded(results);
      if (failed(results))
        continue;
      wrapper->replaceAllUsesWith(*results);
      wrapper->erase();
    }
    if (!ok)
      return failure();
  }
}

void nnc::expandPlainWrappers(ModelOp model) {
  (void)expandAll<PipelineOp, SpectralNormalizationOp>(
      model, [](Operation *op, OpBuilder &builder) -> ValuesOr {
        return cloneWrapped(builder, op, 0,
                            getPositionalInputs(cast<LayerOpInterface>(op)));
      });
}

namespace {

struct ExpandWrappersPass
    : public nnc::impl::ExpandWrappersPassBase<ExpandWrappersPass> {
  void runOnOperation() override {
    ModelOp model = getLinkedModel(getOperation());
    if (!model || isSpecialized(getOperation()))
      return;
    expandPlainWrappers(model);
    LogicalResult done = expandAll<BidirectionalOp, TimeDistributedOp, RNNOp>(
        model, [](Operation *op, OpBuilder &builder) -> ValuesOr {
          if (auto bidirectional = dyn_cast<BidirectionalOp>(op))
            return expandBidirectional(bidirectional, builder);
          if (auto distributed = dyn_cast<TimeDistributedOp>(op))
            return expandTimeDistributed(distributed, builder);
          return expandRNN(cast<RNNOp>(op), builder);
        });
    if (failed(done))
      signalPassFailure();
  }
};

} // namespace
