//===- CollectModelInfo.cpp - what a user reads of a model ----------------===//
//
// Records names, shapes, parameters and costs on the module while the graph is
// still the author's: later passes drop, fold and fuse layers. The C names are
// decided here, once. Where the attribute is there already, it is only compared
// with the model, since anybody may have written it.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/BatchedTypes.h"
#include "compiler/graph/LayerCosts.h"
#include "compiler/graph/Passes.h"
#include "dialect/WeightTypes.h"

#include "compiler/model/CNames.h"
#include "compiler/model/ModelInfo.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace nnc {
#define GEN_PASS_DEF_COLLECTMODELINFOPASS
#include "compiler/graph/Passes.h.inc"
} // namespace nnc

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

/// A type's whole shape, -1 for the batch and other open extents.
static std::vector<int64_t> getShape(Type type) {
  std::vector<int64_t> shape(cast<RankedTensorType>(type).getShape());
  for (int64_t &extent : shape)
    extent = extent == kDynamic ? -1 : extent;
  return shape;
}

/// `sample`: the tensor's shape without the batch. `stepped`: its first axis is
/// one step of a stream, and no part of the shape.
static TensorInfo describeTensor(StringRef kerasName, StringRef name, Type type,
                                 std::vector<int64_t> sample, bool stepped) {
  TensorInfo info;
  info.name = name.str();
  info.kerasName = kerasName.str();
  info.dtype =
      getDTypeName(cast<RankedTensorType>(type).getElementType()).str();
  info.shape = std::move(sample);
  info.stepped = stepped;
  if (stepped)
    info.shape.erase(info.shape.begin());
  return info;
}

namespace {

/// Builds the summary's rows. A layer that is used twice, and a nested model,
/// are one row each.
class RowBuilder {
public:
  RowBuilder(ModelInfo &info, DictionaryAttr calls)
      : info(info), calls(calls) {}

  void add(InputOp input);
  void add(LayerOpInterface layer);
  /// What a history gives comes from where its input does.
  void pass(HistoryOp history) {
    origins[history.getOutput()] = origins.lookup(history.getInput());
  }

private:
  LayerInfo &getRow(StringRef name, StringRef className);
  unsigned countNode(const LayerInfo &row, Operation *op);
  void connect(LayerInfo &row, Operation *op);
  void countWeights(LayerInfo &row, LayerOpInterface layer);

  ModelInfo &info;
  DictionaryAttr calls; ///< Keras classes of called models; may be null
  llvm::StringMap<size_t> rows;
  llvm::StringMap<unsigned> nodes; ///< uses of a layer so far
  llvm::StringSet<> counted;       ///< weights, by symbol prefix
  llvm::DenseMap<Value, std::string> origins;
};

} // namespace

/// The row a layer belongs to: its own, or that of the outermost call.
static StringRef getRowName(LayerOpInterface layer) {
  if (auto scope = layer->getAttrOfType<StringAttr>("scope"))
    return scope.getValue().split('/').first;
  return layer.getLayerName();
}

LayerInfo &RowBuilder::getRow(StringRef name, StringRef className) {
  auto [it, fresh] = rows.try_emplace(name, info.layers.size());
  if (fresh) {
    LayerInfo row;
    row.name = name.str();
    row.className = className.str();
    info.layers.push_back(std::move(row));
  }
  return info.layers[it->second];
}

/// Which use of its layer `op` is. A Functional model has a node of its own, so
/// that Keras counts its calls from 1.
unsigned RowBuilder::countNode(const LayerInfo &row, Operation *op) {
  if (!op->hasAttr("scope"))
    return nodes[row.name]++;
  std::string inner = getWeightPrefix(cast<LayerOpInterface>(op));
  return nodes[row.name + "/" + inner]++ + (row.className == "Functional");
}

/// Adds where the inputs of `op` come from, and names its own results.
void RowBuilder::connect(LayerInfo &row, Operation *op) {
  for (Value operand : op->getOperands()) {
    std::string origin = origins.lookup(operand);
    // Inside one row there is nothing to connect.
    if (!StringRef(origin).starts_with(row.name + "["))
      row.connectedTo.push_back(origin);
  }
  unsigned node = countNode(row, op);
  row.outputShapes.clear();
  for (auto [i, result] : llvm::enumerate(op->getResults())) {
    row.outputShapes.push_back(getShape(result.getType()));
    origins[result] =
        row.name + "[" + std::to_string(node) + "][" + std::to_string(i) + "]";
  }
}

/// Is the layer in a wrapper that is not to be trained?
static bool isFrozen(Operation *layer) {
  Operation *parent = layer->getParentOp();
  for (; isa<WrapperOpInterface>(parent); parent = parent->getParentOp()) {
    auto trainable = parent->getAttrOfType<BoolAttr>("trainable");
    if (trainable && !trainable.getValue())
      return true;
  }
  return false;
}

void RowBuilder::countWeights(LayerInfo &row, LayerOpInterface layer) {
  for (Region &region : layer->getRegions())
    for (auto inner : region.getOps<LayerOpInterface>())
      countWeights(row, inner);
  if (!counted.insert(getWeightPrefix(layer)).second)
    return;
  for (const WeightSpec &spec : layer.getWeightSpecs()) {
    if (spec.repeated)
      continue;
    int64_t count = llvm::cantFail(checkedProduct(spec.shape));
    int64_t bytes =
        count * ((getWeightType(layer, spec).getIntOrFloatBitWidth() + 7) / 8);
    row.params += count;
    row.paramBytes += bytes;
    if (!spec.trainable || isFrozen(layer)) {
      row.nonTrainableParams += count;
      row.nonTrainableBytes += bytes;
    }
  }
}

void RowBuilder::add(InputOp input) {
  LayerInfo &row = getRow(*input.getName(), "InputLayer");
  connect(row, input);
}

void RowBuilder::add(LayerOpInterface layer) {
  StringRef name = getRowName(layer);
  auto called = calls ? calls.getAs<StringAttr>(name) : StringAttr();
  LayerInfo &row =
      getRow(name, layer->hasAttr("scope") && called ? called.getValue()
                                                     : layer.getShownClass());
  connect(row, layer);
  countWeights(row, layer);
  if (layer->hasAttr("scope"))
    row.parts.push_back(layer.getLayerName().str());
  for (Region &region : layer->getRegions())
    region.walk([&](LayerOpInterface inner) {
      row.parts.push_back(inner.getLayerName().str());
    });
  row.macs = addCapped(row.macs, layer.getMacs());
  row.flops = addCapped(row.flops, countFlops(layer));
}

/// A straight line of layers, none used twice: Keras's summary then leaves out
/// the column of connections, as for a Sequential model.
static bool isStraightLine(ModelOp model) {
  Value above;
  llvm::StringSet<> names;
  for (Operation &op : model.getBody().front()) {
    if (auto history = dyn_cast<HistoryOp>(op);
        history && history.getInput() == above) {
      above = history.getOutput();
      continue;
    }
    if (isa<OutputOp>(op))
      return op.getNumOperands() == 1 && op.getOperand(0) == above;
    auto layer = dyn_cast<LayerOpInterface>(op);
    bool follows = above ? layer && op.getNumOperands() == 1 &&
                               op.getOperand(0) == above &&
                               !op.hasAttr("scope") &&
                               names.insert(layer.getLayerName()).second
                         : isa<InputOp>(op);
    if (!follows || op.getNumResults() != 1)
      return false;
    above = op.getResult(0);
  }
  return false;
}

/// The shapes of the outputs for exactly `batch` samples, which a model that
/// mixes samples need not have on their first axis. Layers that cannot have
/// that batch are reported when it is set.
static SmallVector<Shape> inferOutputs(ModelOp model, int64_t batch) {
  llvm::DenseMap<Value, Shape> shapes;
  for (Operation &op : model.getBody().front()) {
    SmallVector<Shape> results;
    for (Type type : op.getResultTypes())
      results.emplace_back(cast<RankedTensorType>(type).getShape());
    if (auto layer = dyn_cast<LayerOpInterface>(op)) {
      SmallVector<Shape> inputs;
      for (Value operand : op.getOperands())
        inputs.push_back(shapes.lookup(operand));
      if (auto inferred = layer.inferShapes(inputs))
        results = *inferred;
      else
        llvm::consumeError(inferred.takeError());
    }
    // What a wrapper gives has the open batch of the layers within.
    for (auto [result, shape] : llvm::zip(op.getResults(), results)) {
      if (!shape.empty() && shape.front() == kDynamic)
        shape.front() = batch;
      shapes[result] = shape;
    }
  }
  return llvm::map_to_vector(getOutput(model).getInputs(),
                             [&](Value value) { return shapes.lookup(value); });
}

/// What of `shape` one of `batch` samples has; nothing where it has no batch.
/// All there is counts as that of a single sample.
static std::optional<std::vector<int64_t>> getSample(ShapeRef shape,
                                                     int64_t batch) {
  if (!shape.empty() && shape.front() == batch)
    shape = shape.drop_front();
  else if (batch != 1)
    return std::nullopt;
  std::vector<int64_t> sample(shape);
  for (int64_t &extent : sample)
    extent = extent == kDynamic ? -1 : extent;
  return sample;
}

/// Names of inputs and outputs, in Keras and in C. An output without a batch is
/// reported.
static LogicalResult collectSignature(ModelOp model, int64_t batch,
                                      ModelInfo &info) {
  std::vector<TensorName> inputs, outputs;
  SmallVector<Type> inputTypes, outputTypes;
  for (InputOp input : model.getBody().getOps<InputOp>()) {
    inputs.push_back({*input.getName(), "InputLayer"});
    inputTypes.push_back(input.getOutput().getType());
  }
  OutputOp output = getOutput(model);
  auto names = output.getNames();
  info.namedOutputs = names.has_value();
  for (auto [i, value] : llvm::enumerate(output.getInputs())) {
    auto layer = dyn_cast<LayerOpInterface>(value.getDefiningOp());
    if (names)
      outputs.push_back({cast<StringAttr>((*names)[i]).getValue(), ""});
    else if (layer)
      outputs.push_back({layer.getLayerName(), layer.getShownClass()});
    else
      outputs.push_back(
          {*cast<InputOp>(value.getDefiningOp()).getName(), "InputLayer"});
    outputTypes.push_back(value.getType());
  }
  MemberNames members = makeMemberNames(info.symbol, inputs, outputs);
  for (auto [name, type, member] :
       llvm::zip_equal(inputs, inputTypes, members.inputs))
    info.inputs.push_back(
        describeTensor(name.name, member, type,
                       *getSample(cast<RankedTensorType>(type).getShape(),
                                  cast<RankedTensorType>(type).getDimSize(0)),
                       model.getStream().has_value()));
  bool ok = true;
  int64_t rows = batch == 0 ? kDynamic : batch;
  for (auto [i, name, type, member, shape] : llvm::enumerate(
           outputs, outputTypes, members.outputs, inferOutputs(model, rows))) {
    auto sample = getSample(shape, rows);
    // Without --batch the layer that mixes samples is reported later.
    if (!sample && batch != 0) {
      ok = false;
      mlir::emitError(output.getLoc())
          << "output '" << name.name << "' is " << toString(shape)
          << ", which has no batch of " << batch
          << " first; such an output needs --batch 1 [N501]";
    }
    info.outputs.push_back(describeTensor(
        name.name, member, type, sample.value_or(std::vector<int64_t>()),
        sample && model.getStream() && (*model.getStream())[i]));
  }
  return success(ok);
}

/// Inputs whose extents are not all known cannot be compiled; the message
/// carries the option to paste.
static LogicalResult checkClosed(ModelOp model, const ModelInfo &info) {
  bool ok = true;
  auto inputs = llvm::to_vector(model.getBody().getOps<InputOp>());
  for (auto [input, described] : llvm::zip_equal(inputs, info.inputs)) {
    StringRef member = described.name;
    auto type = cast<RankedTensorType>(input.getOutput().getType());
    ArrayRef<int64_t> extents = type.getShape().drop_front();
    if (!llvm::is_contained(extents, kDynamic))
      continue;
    std::string option;
    for (int64_t extent : extents)
      option += (option.empty() ? "" : "x") +
                (extent == kDynamic ? "N" : std::to_string(extent));
    if (inputs.size() > 1)
      option = input.getName()->str() + "=" + option;
    std::string shape = toString(type.getShape());
    ok = false;
    InFlightDiagnostic diagnostic = mlir::emitError(input.getLoc());
    diagnostic << "input '" << member << "'";
    if (member != *input.getName())
      diagnostic << " (" << *input.getName() << ")";
    diagnostic << " has an open dimension: (batch" << shape.substr(5)
               << "; fix it with --shape '" << option << "'";
    if (extents.front() == kDynamic &&
        !llvm::is_contained(extents.drop_front(), kDynamic))
      diagnostic << ", or --stream to feed it step by step";
    diagnostic << " [N319]";
  }
  return success(ok);
}

static bool sameTensors(ArrayRef<TensorInfo> a, ArrayRef<TensorInfo> b) {
  return a.size() == b.size() && llvm::all_of(llvm::zip(a, b), [](auto pair) {
           auto &[x, y] = pair;
           return x.dtype == y.dtype && x.shape == y.shape &&
                  x.stepped == y.stepped;
         });
}

/// Does the attribute that the module has describe its models?
static LogicalResult checkInfo(ModuleOp module, ArrayRef<ModelOp> models) {
  auto refuse = [&](const Twine &reason) {
    return mlir::emitError(module.getLoc())
           << "'" << kModelInfoAttr << "' " << reason;
  };
  auto text = module->getAttrOfType<StringAttr>(kModelInfoAttr);
  if (!text)
    return refuse("is no string [N218]");
  auto info = ModelInfo::fromJSON(text.getValue());
  if (!info)
    return refuse("cannot be read: " + llvm::toString(info.takeError()));
  bool hasBatch = false;
  for (ModelOp model : models) {
    ModelInfo found;
    found.symbol = info->symbol;
    if (failed(collectSignature(model, model.getBatch().value_or(0), found)) ||
        !sameTensors(info->inputs, found.inputs) ||
        !sameTensors(info->outputs, found.outputs))
      return refuse("has other inputs or outputs than model '" +
                    model.getSymName() + "' [N218]");
    if (info->stateBytes != countStateBytes(model))
      return refuse("has another state than model '" + model.getSymName() +
                    "' [N218]");
    int64_t batch = model.getBatch().value_or(0);
    int64_t expected =
        model.getStream() ? 1 : std::max<int64_t>(info->batch, 1);
    hasBatch |= batch == 0 || batch == expected;
  }
  if (!hasBatch || (info->batch != 0 && models.size() != 1))
    return refuse("has another batch than the module's models [N218]");
  return success();
}

namespace {

struct CollectModelInfoPass
    : public nnc::impl::CollectModelInfoPassBase<CollectModelInfoPass> {
  using Base::Base;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    ModelOp model = getLinkedModel(module);
    if (!model)
      return;
    if (module->hasAttr(kModelInfoAttr)) {
      if (failed(checkInfo(module, getLinkedModels(module))))
        signalPassFailure();
      return;
    }
    if (isSpecialized(module)) {
      mlir::emitError(model.getLoc()) << "model '" << model.getSymName()
                                      << "': has a batch, but there is no '"
                                      << kModelInfoAttr << "' [N218]";
      return signalPassFailure();
    }
    if (batch < 0) {
      module.emitError() << "--batch expects a positive number [N002]";
      return signalPassFailure();
    }
    ModelInfo info;
    info.kerasName = model.getSymName().str();
    info.symbol = makeCPrefix(symbol, model.getSymName(), "");
    info.sequential = model.getSequential() || isStraightLine(model);
    info.batch = batch;
    if (failed(collectSignature(model, batch, info)) ||
        failed(checkClosed(model, info)))
      return signalPassFailure();
    RowBuilder rows(info, model->getAttrOfType<DictionaryAttr>(kCallsAttr));
    for (Operation &op : model.getBody().front()) {
      auto input = dyn_cast<InputOp>(op);
      if (input)
        rows.add(input);
      else if (auto layer = dyn_cast<LayerOpInterface>(op))
        rows.add(layer);
      else if (auto history = dyn_cast<HistoryOp>(op))
        rows.pass(history);
    }
    if (model.getSequential()) // Keras does not show a Sequential's input
      info.layers.erase(info.layers.begin());
    module->setAttr(kModelInfoAttr,
                    StringAttr::get(&getContext(), info.toJSON()));
  }
};

} // namespace
