//===- ExplicitMasks.cpp - masks as operands ------------------------------===//
//
// Keras lets a mask travel with a value, unseen: Embedding and Masking make
// one, many layers pass it on, and a layer whose call takes a mask and that is
// called with one tensor argument gets it. This pass does the same with
// operands, so that whatever follows reads operands only. Masks that the text
// gives stay as they are. Functions of keras.ops and all layers without Keras's
// supports_masking drop masks. Bodies of static batch have been through here.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/BatchedTypes.h"
#include "compiler/graph/ExpandWrappers.h"
#include "compiler/graph/Passes.h"

#include "dialect/ModelAttrs.h"
#include "dialect/NNWrapperOps.h"
#include "dialect/Wrappers.h"
#include "mlir/IR/Builders.h"

namespace nnc {
#define GEN_PASS_DEF_EXPLICITMASKSPASS
#include "compiler/graph/Passes.h.inc"
} // namespace nnc

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

namespace {

/// Follows the masks of one model.
class MaskTracker {
public:
  explicit MaskTracker(bool keras2) : keras2(keras2) {}

  LogicalResult visit(Block &block);

private:
  LogicalResult visit(LayerOpInterface layer);
  LogicalResult fillMask(LayerOpInterface layer, OpBuilder &builder,
                         MaskList &masks);
  void fillNamedMasks(LayerOpInterface layer, const MaskList &masks);
  LogicalResult enter(TimeDistributedOp wrapper);

  bool keras2;
  llvm::DenseMap<Value, Value> masks;
};

} // namespace

/// Whether Keras passes the mask of `layer`'s input unasked: not where another
/// tensor is an argument by keyword. Keras 2 looked at the first input alone.
static bool takesOneTensor(LayerOpInterface layer, bool keras2) {
  return keras2 || llvm::all_of(layer.getKeywords(), [&](StringRef keyword) {
           return getKeywordOperands(layer, keyword).empty();
         });
}

/// The operand `mask`: what was given, or else the first input's.
LogicalResult MaskTracker::fillMask(LayerOpInterface layer, OpBuilder &builder,
                                    MaskList &masks) {
  if (!llvm::is_contained(layer.getKeywords(), "mask"))
    return success();
  OperandRange given = getKeywordOperands(layer, "mask");
  if (given.empty()) {
    if (masks[0] && takesOneTensor(layer, keras2))
      setKeywordOperand(layer, "mask", masks[0]);
    return success();
  }
  builder.setInsertionPoint(layer);
  FailureOr<Value> mask = makeBoolMask(layer, builder, given.front());
  if (failed(mask))
    return failure();
  setKeywordOperand(layer, "mask", *mask);
  masks[0] = *mask;
  return success();
}

/// Operands `query_mask`, `value_mask`, `key_mask`: those of the arguments
/// called so, which come in this order or by keyword.
void MaskTracker::fillNamedMasks(LayerOpInterface layer,
                                 const MaskList &inputMasks) {
  static constexpr StringRef arguments[] = {"query", "value", "key"};
  for (auto [position, argument] : llvm::enumerate(arguments)) {
    std::string keyword = (argument + "_mask").str();
    if (!llvm::is_contained(layer.getKeywords(), keyword) ||
        !getKeywordOperands(layer, keyword).empty())
      continue;
    OperandRange given = getKeywordOperands(layer, argument);
    Value mask;
    if (position < inputMasks.size())
      mask = inputMasks[position];
    else if (!given.empty())
      mask = masks.lookup(given.front());
    if (mask)
      setKeywordOperand(layer, keyword, mask);
  }
}

/// What is distributed over time gets the mask's step, if masks have steps of
/// steps; values within it have masks of their own.
LogicalResult MaskTracker::enter(TimeDistributedOp wrapper) {
  Block &block = wrapper->getRegion(0).front();
  Value mask = wrapper.getMask();
  BlockArgument step;
  if (mask) {
    RankedTensorType type = getStepType(cast<RankedTensorType>(mask.getType()));
    if (!type)
      return emitLayerError(wrapper) << "mask expects (batch, steps, …) [N313]";
    step = block.addArgument(type, wrapper.getLoc());
    masks[block.getArgument(0)] = step;
  }
  if (failed(visit(block)))
    return failure();
  if (step && step.use_empty())
    block.eraseArgument(step.getArgNumber());
  return success();
}

LogicalResult MaskTracker::visit(LayerOpInterface layer) {
  MaskList inputMasks;
  for (Value input : getPositionalInputs(layer))
    inputMasks.push_back(masks.lookup(input));
  OpBuilder builder(layer.getContext());
  if (failed(fillMask(layer, builder, inputMasks)))
    return failure();
  fillNamedMasks(layer, inputMasks);
  if (auto wrapper = dyn_cast<TimeDistributedOp>(*layer))
    if (failed(enter(wrapper)))
      return failure();
  // Shapes are checked again now that masks are among the operands.
  if (llvm::Error error = inferTypes(layer))
    return emitLayerError(layer) << llvm::toString(std::move(error));
  builder.setInsertionPointAfter(layer);
  MasksOr results = layer.makeMasks(builder, inputMasks);
  if (failed(results))
    return failure();
  for (auto [result, mask] : llvm::zip_equal(layer->getResults(), *results))
    if (mask)
      masks[result] = mask;
  return success();
}

LogicalResult MaskTracker::visit(Block &block) {
  bool ok = true;
  llvm::DenseSet<Operation *> before;
  for (Operation &op : block)
    before.insert(&op);
  for (Operation &op : llvm::make_early_inc_range(block))
    if (auto layer = dyn_cast<LayerOpInterface>(op))
      ok &= succeeded(visit(layer));
  // Masks that nobody has taken.
  for (Operation &op :
       llvm::make_early_inc_range(llvm::reverse(block.getOperations())))
    if (!before.contains(&op) && op.use_empty())
      op.erase();
  return success(ok);
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {

struct ExplicitMasksPass
    : public nnc::impl::ExplicitMasksPassBase<ExplicitMasksPass> {
  void runOnOperation() override {
    ModelOp model = getLinkedModel(getOperation());
    if (!model || isSpecialized(getOperation()))
      return;
    expandPlainWrappers(model);
    MaskTracker tracker(model->hasAttr(kKeras2MasksAttr));
    if (failed(tracker.visit(model.getBody().front())))
      signalPassFailure();
  }
};

} // namespace
