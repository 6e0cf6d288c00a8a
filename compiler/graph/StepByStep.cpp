//===- StepByStep.cpp - a model over time takes one step at a time --------===//
//
// For --stream. A model that was trained on windows of a sequence becomes the
// model of one step, which remembers what it needs of the steps before, so that
// a caller may feed a sequence in pieces of any length. Axis 1 of every input
// is time; it is cut to one step, recurrent layers become stateful, and causal
// convolutions get the steps that they look back at from an nn.history. Layers
// that do not act step by step are refused, all at once. Types are removed:
// infer-shapes runs again. Does nothing to a model that is a stream already.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/BatchedTypes.h"
#include "compiler/graph/Passes.h"
#include "compiler/graph/StepRules.h"
#include "dialect/NNConvOps.h"

#include "mlir/IR/Builders.h"

namespace nnc {
#define GEN_PASS_DEF_STEPBYSTEPPASS
#include "compiler/graph/Passes.h.inc"
} // namespace nnc

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

namespace {

/// The values of one model that have an axis of time.
class Streams {
public:
  explicit Streams(ModelOp model) : model(model) {}

  /// Reports what keeps the model from being fed step by step.
  LogicalResult find();
  /// Cuts time to one step.
  void rewrite();

private:
  LogicalResult addInput(InputOp input);
  LogicalResult addLayer(LayerOpInterface layer);
  bool contains(Value value) const { return streams.contains(value); }
  void rewriteLayer(LayerOpInterface layer);

  ModelOp model;
  llvm::DenseSet<Value> streams;
  SmallVector<LayerOpInterface> layers; ///< whose input is a stream
};

} // namespace

LogicalResult Streams::addInput(InputOp input) {
  if (input.getShape().empty())
    return mlir::emitError(input.getLoc())
           << "input '" << input.getName().value_or("")
           << "': has no axis of time to stream along [N502]";
  streams.insert(input.getOutput());
  return success();
}

LogicalResult Streams::addLayer(LayerOpInterface layer) {
  auto isStream = [&](Value value) { return contains(value); };
  if (llvm::none_of(layer->getOperands(), isStream)) {
    auto stateful = layer->getAttrOfType<BoolAttr>("stateful");
    if (stateful && stateful.getValue())
      return emitLayerError(layer)
             << "is stateful, but sees the last step of a "
                "call only, however long the call is [N502]";
    return success();
  }
  layers.push_back(layer);
  if (givesStream(layer))
    streams.insert(layer->getResult(0));
  std::string reason = whyNotStepwise(layer);
  if (reason.empty() && !llvm::all_of(layer->getOperands(), isStream))
    reason = "mixes a stream with the value of the last step";
  if (reason.empty())
    return success();
  return emitLayerError(layer)
         << reason << ", so that --stream cannot feed it [N502]";
}

LogicalResult Streams::find() {
  bool ok = true;
  for (Operation &op : model.getBody().front()) {
    if (auto input = dyn_cast<InputOp>(op))
      ok &= succeeded(addInput(input));
    else if (auto layer = dyn_cast<LayerOpInterface>(op))
      ok &= succeeded(addLayer(layer));
  }
  return success(ok);
}

/// Steps before the current one that a causal convolution looks at.
static int64_t countPastSteps(Conv1DOp conv) {
  return (conv.getKernelSize().front() - 1) * conv.getDilationRate().front();
}

void Streams::rewriteLayer(LayerOpInterface layer) {
  if (isRecurrent(layer))
    layer->setAttr("stateful", BoolAttr::get(layer.getContext(), true));
  auto conv = dyn_cast<Conv1DOp>(*layer);
  if (!conv || conv.getPadding() != "causal")
    return;
  conv.setPadding("valid");
  if (countPastSteps(conv) == 0)
    return;
  OpBuilder builder(conv);
  Value input = layer->getOperand(0);
  layer->setOperand(0,
                    HistoryOp::create(builder, conv.getLoc(), input.getType(),
                                      input, countPastSteps(conv),
                                      conv.getNameAttr().getValue()));
}

void Streams::rewrite() {
  SmallVector<bool> stepped;
  for (Value output : getOutput(model).getInputs())
    stepped.push_back(contains(output));
  model.setStream(stepped);
  for (LayerOpInterface layer : layers)
    rewriteLayer(layer);
  for (InputOp input : model.getBody().getOps<InputOp>()) {
    SmallVector<int64_t> shape(input.getShape());
    shape.front() = 1;
    input.setShape(shape);
  }
  Type unknown = UnknownType::get(model.getContext());
  for (Operation &op : model.getBody().front())
    for (Value result : op.getResults())
      result.setType(unknown);
}

namespace {

struct StepByStepPass : public nnc::impl::StepByStepPassBase<StepByStepPass> {
  void runOnOperation() override {
    for (ModelOp model : getLinkedModels(getOperation())) {
      if (model.getStream())
        continue;
      if (model.getBatch()) {
        mlir::emitError(model.getLoc())
            << "the model has been compiled without --stream already [N504]";
        return signalPassFailure();
      }
      Streams streams(model);
      if (failed(streams.find()))
        return signalPassFailure();
      streams.rewrite();
    }
  }
};

} // namespace
