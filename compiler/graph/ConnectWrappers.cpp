//===- ConnectWrappers.cpp - operands for what wrappers hold --------------===//
//
// A part of link. As written, a wrapper's region lists layers; connected, it
// takes the wrapper's inputs as arguments, each layer takes the one above, and
// nn.output names what the last one gives. A Bidirectional of one layer gets
// the other that Keras makes of it.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/ConnectWrappers.h"

#include "dialect/NNWrapperOps.h"
#include "dialect/Wrappers.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

/// "backward_lstm" of "lstm" and "forward_lstm".
static StringAttr getPrefixedName(LayerOpInterface layer, StringRef prefix) {
  StringRef name = layer.getLayerName();
  name.consume_front("forward_");
  return StringAttr::get(layer.getContext(), prefix + name);
}

/// `op` with other results and regions, in its place.
static Operation *rebuild(Operation *op, unsigned results, unsigned regions) {
  OpBuilder builder(op);
  OperationState state(op->getLoc(), op->getName());
  state.addOperands(op->getOperands());
  state.addAttributes(op->getAttrs());
  state.addTypes(
      SmallVector<Type>(results, UnknownType::get(op->getContext())));
  for (unsigned i = 0; i < regions; ++i)
    state.addRegion();
  Operation *copy = builder.create(state);
  for (auto [to, from] : llvm::zip(copy->getRegions(), op->getRegions()))
    to.takeBody(from);
  for (auto [to, from] : llvm::zip(copy->getResults(), op->getResults()))
    from.replaceAllUsesWith(to);
  op->erase();
  return copy;
}

/// Keras names the forward layer after the one given, and makes the backward
/// one of it unless there is one.
static Operation *addBackwardLayer(BidirectionalOp op) {
  LayerOpInterface given = getWrappedLayer(op, 0);
  StringAttr backwardName = getPrefixedName(given, "backward_");
  given->setAttr("name", getPrefixedName(given, "forward_"));
  if (op->getNumRegions() == 2)
    return op;
  Operation *both = rebuild(op, op->getNumResults(), 2);
  IRMapping mapping;
  both->getRegion(0).cloneInto(&both->getRegion(1), mapping);
  LayerOpInterface backward = getWrappedLayer(both, 1);
  backward->setAttr("name", backwardName);
  backward->setAttr("go_backwards", BoolAttr::get(op->getContext(), true));
  return both;
}

/// Makes `values` the operands of `op`, all of them positional.
static void connect(Operation *op, ValueRange values) {
  op->setOperands(values);
  auto segments = op->getAttrOfType<DenseI32ArrayAttr>("operandSegmentSizes");
  if (!segments)
    return;
  SmallVector<int32_t> sizes(segments.size(), 0);
  sizes[0] = int32_t(values.size());
  op->setAttr("operandSegmentSizes",
              DenseI32ArrayAttr::get(op->getContext(), sizes));
}

static void connectBlock(Block &block, size_t inputs, Location loc) {
  Type unknown = UnknownType::get(loc.getContext());
  for (size_t i = 0; i < inputs; ++i)
    block.addArgument(unknown, loc);
  SmallVector<Value> values(block.getArguments());
  for (Operation &written : llvm::make_early_inc_range(block)) {
    Operation *op = &written;
    connect(op, values);
    // In a region nothing says how many results are wanted.
    auto layer = dyn_cast<LayerOpInterface>(op);
    if (layer && layer.getResultCount() != op->getNumResults())
      op = rebuild(op, layer.getResultCount(), op->getNumRegions());
    values.assign(op->result_begin(), op->result_end());
  }
  auto builder = OpBuilder::atBlockEnd(&block);
  OutputOp::create(builder, loc, values, /*names=*/ArrayAttr());
}

/// Outer wrappers first: inner ones then have their inputs.
static void connectAll(Block &block) {
  for (Operation &written : llvm::make_early_inc_range(block)) {
    Operation *op = &written;
    if (!isa<WrapperOpInterface>(op))
      continue;
    if (getWrappedOutput(op, 0) == nullptr)
      if (auto bidirectional = dyn_cast<BidirectionalOp>(op))
        op = addBackwardLayer(bidirectional);
    size_t inputs = getPositionalInputs(cast<LayerOpInterface>(op)).size();
    for (Region &region : op->getRegions()) {
      Block &inner = region.front();
      if (!isa<OutputOp>(inner.back()))
        connectBlock(inner, inputs, op->getLoc());
      connectAll(inner);
    }
  }
}

void nnc::connectWrappers(ModelOp model) {
  connectAll(model.getBody().front());
}
