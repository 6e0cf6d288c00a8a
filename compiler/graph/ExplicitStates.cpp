//===- ExplicitStates.cpp - what layers remember becomes values -----------===//
//
// A layer with `stateful = true` starts from what its last call left. Here this
// is made visible: the layer takes its initial state from an nn.state and gives
// its last one to an nn.update_state, and is stateful no more, so that all
// later stages see states only as values that enter and leave the model.
// nn.history, the memory of a causal convolution, becomes the same. The bytes
// of one sample's state are recorded. A layer that is given its initial state
// by the model does not look at its old one, as in Keras. Does nothing to a
// model without states.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/BatchedTypes.h"
#include "compiler/graph/Passes.h"

#include "compiler/model/ModelInfo.h"
#include "dialect/NNMergeOps.h"
#include "dialect/NNShapeOps.h"
#include "mlir/IR/Builders.h"

namespace nnc {
#define GEN_PASS_DEF_EXPLICITSTATESPASS
#include "compiler/graph/Passes.h.inc"
} // namespace nnc

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

static bool isStateful(LayerOpInterface layer) {
  auto stateful = layer->getAttrOfType<BoolAttr>("stateful");
  return stateful && stateful.getValue();
}

/// `loc`, a layer's, under the name of what is made for the layer.
static Location renamed(Location loc, const Twine &name) {
  if (auto named = dyn_cast<NameLoc>(loc))
    loc = named.getChildLoc();
  return NameLoc::get(StringAttr::get(loc.getContext(), name), loc);
}

/// An nn.state of that type, whose update is to follow.
static StateOp makeState(OpBuilder &builder, Location loc, const Twine &name,
                         RankedTensorType type) {
  StringRef dtype = getDTypeName(type.getElementType());
  return StateOp::create(builder, renamed(loc, name), type,
                         type.getShape().drop_front(), name.str(), dtype);
}

/// The types of the layer's states, which are what it gives beside its output
/// with return_state; an error where one has an open extent.
static FailureOr<SmallVector<RankedTensorType>>
getStateTypes(LayerOpInterface layer) {
  Attribute given = layer->getAttr("return_state");
  layer->setAttr("return_state", BoolAttr::get(layer.getContext(), true));
  SmallVector<Shape> inputs;
  for (Type type : layer->getOperandTypes())
    inputs.push_back(Shape(cast<RankedTensorType>(type).getShape()));
  auto shapes = layer.inferShapes(inputs);
  if (given)
    layer->setAttr("return_state", given);
  else
    layer->removeAttr("return_state");
  if (!shapes) {
    emitLayerError(layer) << llvm::toString(shapes.takeError());
    return failure();
  }
  Type element =
      cast<RankedTensorType>(layer->getResult(0).getType()).getElementType();
  SmallVector<RankedTensorType> types;
  for (const Shape &shape : ArrayRef(*shapes).drop_front()) {
    if (llvm::is_contained(ArrayRef(shape).drop_front(), kDynamic)) {
      emitLayerError(layer)
          << "its state has an open dimension: " << toString(shape)
          << " [N319]";
      return failure();
    }
    types.push_back(RankedTensorType::get(shape, element));
  }
  return types;
}

/// The operands of `layer` with `states` in their place, and how many there are
/// of each keyword.
static SmallVector<Value> addStates(LayerOpInterface layer,
                                    ArrayRef<Value> states,
                                    SmallVectorImpl<int32_t> &segments) {
  SmallVector<Value> operands(getPositionalInputs(layer));
  segments.push_back(int32_t(operands.size()));
  for (StringRef keyword : layer.getKeywords()) {
    SmallVector<Value> given(getKeywordOperands(layer, keyword));
    if (keyword == "initial_state")
      given.assign(states.begin(), states.end());
    segments.push_back(int32_t(given.size()));
    llvm::append_range(operands, given);
  }
  return operands;
}

/// The layer with its states as operands and results.
static LogicalResult makeExplicit(LayerOpInterface layer) {
  auto types = getStateTypes(layer);
  if (failed(types))
    return failure();
  OpBuilder builder(layer);
  SmallVector<Value> states;
  for (auto [i, type] : llvm::enumerate(*types))
    states.push_back(makeState(builder, layer.getLoc(),
                               layer.getLayerName() + "." + Twine(i), type));
  OperationState whole(layer.getLoc(), layer->getName());
  SmallVector<int32_t> segments;
  whole.addOperands(addStates(layer, states, segments));
  whole.addTypes(layer->getResult(0).getType());
  whole.addTypes(SmallVector<Type>(types->begin(), types->end()));
  NamedAttrList keys(layer->getAttrs());
  keys.set("operandSegmentSizes", builder.getDenseI32ArrayAttr(segments));
  keys.set("return_state", builder.getBoolAttr(true));
  keys.erase("stateful");
  whole.addAttributes(keys);
  Operation *op = builder.create(whole);
  for (auto [i, state] : llvm::enumerate(states))
    UpdateStateOp::create(builder, layer.getLoc(), state, op->getResult(1 + i));
  layer->replaceAllUsesWith(
      op->getResults().take_front(layer->getNumResults()));
  layer->erase();
  return success();
}

/// The state's steps in front of the new one; the state is then all of these
/// but the oldest.
static void expandHistory(HistoryOp history) {
  OpBuilder builder(history);
  Location loc = history.getLoc();
  auto step = cast<RankedTensorType>(history.getInput().getType());
  Shape past(step.getShape());
  past[1] = history.getSteps();
  auto pastType = RankedTensorType::get(past, step.getElementType());
  auto make = [&](StringRef name) {
    return builder.getNamedAttr("name", builder.getStringAttr(name));
  };
  std::string allName = (history.getName() + ".past").str();
  std::string nextName = (history.getName() + ".next").str();
  StateOp state = makeState(builder, loc, history.getName(), pastType);
  auto all = ConcatenateOp::create(
      builder, renamed(loc, allName), TypeRange{history.getOutput().getType()},
      ValueRange{state, history.getInput()},
      {make(allName),
       builder.getNamedAttr("axis", builder.getI64IntegerAttr(1))});
  auto next = Cropping1DOp::create(
      builder, renamed(loc, nextName), TypeRange{pastType}, all->getResults(),
      {make(nextName),
       builder.getNamedAttr("cropping", builder.getDenseI64ArrayAttr({1, 0}))});
  UpdateStateOp::create(builder, loc, state, next->getResult(0));
  history.replaceAllUsesWith(all->getResult(0));
  history.erase();
}

/// Two uses of one layer would have to agree on the order in which they change
/// its state. A layer is known by its weights, or else by its name.
static LogicalResult checkSingleUse(LayerOpInterface layer,
                                    llvm::DenseSet<Attribute> &seen) {
  Attribute identity = layer->getAttr("weights");
  if (!identity)
    identity = StringAttr::get(layer.getContext(), getWeightPrefix(layer));
  if (seen.insert(identity).second)
    return success();
  return emitLayerError(layer)
         << "is stateful and used twice, so that the order of the uses would "
            "matter; give each use a layer of its own [N503]";
}

static LogicalResult makeStatesExplicit(ModelOp model) {
  bool ok = true;
  llvm::DenseSet<Attribute> seen;
  for (auto layer :
       llvm::to_vector(model.getBody().getOps<LayerOpInterface>())) {
    if (!isStateful(layer))
      continue;
    if (getKeywordOperands(layer, "initial_state").empty())
      ok &= succeeded(checkSingleUse(layer, seen)) &&
            succeeded(makeExplicit(layer));
    else
      layer->removeAttr("stateful");
  }
  for (auto history : llvm::to_vector(model.getBody().getOps<HistoryOp>()))
    expandHistory(history);
  return success(ok);
}

namespace {

struct ExplicitStatesPass
    : public nnc::impl::ExplicitStatesPassBase<ExplicitStatesPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    ModelOp model = getLinkedModel(module);
    if (!model || isSpecialized(module))
      return;
    if (failed(makeStatesExplicit(model)))
      return signalPassFailure();
    auto text = module->getAttrOfType<StringAttr>(kModelInfoAttr);
    if (!text)
      return;
    llvm::Expected<ModelInfo> info = ModelInfo::fromJSON(text.getValue());
    if (!info) {
      mlir::emitError(module.getLoc()) << llvm::toString(info.takeError());
      return signalPassFailure();
    }
    info->stateBytes = countStateBytes(model);
    module->setAttr(kModelInfoAttr,
                    StringAttr::get(&getContext(), info->toJSON()));
  }
};

} // namespace
