//===- MaterializeWeights.cpp - bind weights to layers --------------------===//
//
// Finds the value of every weight of every layer: written in the text under its
// symbol, read from a file, or made by Keras's initializer when a seed is
// given. Afterwards each layer refers to its weights by symbol, all weights
// have the type and the shape that the layer says, and none is left over.
// Shared layers share their weights. What is bound already stays as it is.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/BatchedTypes.h"
#include "compiler/graph/Passes.h"
#include "compiler/graph/WeightBinding.h"
#include "compiler/graph/WeightValues.h"
#include "dialect/WeightTypes.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace nnc {
#define GEN_PASS_DEF_MATERIALIZEWEIGHTSPASS
#include "compiler/graph/Passes.h.inc"
} // namespace nnc

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

namespace {

/// A weight of zeros, which gets its values when all others are known to fit:
/// there may be too many of them for that.
struct Untrained {
  LayerOpInterface layer;
  WeightSpec spec;
  WeightOp weight;
};

/// Binds the weights of one module.
class Binder {
public:
  Binder(ModuleOp module, ArrayRef<ModelOp> models,
         std::optional<uint64_t> seed);

  /// Reports every weight that is missing, misshapen or left over.
  LogicalResult bind();

private:
  LogicalResult bindLayer(LayerOpInterface layer);
  WeightOp findOrMake(LayerOpInterface layer, ArrayRef<WeightSpec> specs,
                      size_t position, StringRef symbol);
  WeightOp findInFile(LayerOpInterface layer, ArrayRef<WeightSpec> specs,
                      size_t position);
  bool countMade(LayerOpInterface layer, const WeightSpec &spec);
  WeightOp initialize(LayerOpInterface layer, const WeightSpec &spec,
                      StringRef symbol);
  LogicalResult fill(const Untrained &made);
  LogicalResult fit(LayerOpInterface layer, const WeightSpec &spec,
                    WeightOp weight);
  LogicalResult checkAllUsed();

  ModuleOp module;
  SmallVector<ModelOp> models;
  std::optional<uint64_t> seed;
  OpBuilder builder;
  llvm::StringMap<WeightOp> bySymbol, byPath;
  /// Layers of one name that different models own have different prefixes.
  llvm::StringMap<std::string> prefixes;
  llvm::StringSet<> ambiguous;
  llvm::DenseSet<Operation *> used;
  SmallVector<WeightOp> copies; ///< of weights that files hold twice
  SmallVector<Untrained> untrained;
  int64_t made = 0; ///< elements that neither file nor text gives one by one
  bool initialized = false;
};

} // namespace

Binder::Binder(ModuleOp module, ArrayRef<ModelOp> models,
               std::optional<uint64_t> seed)
    : module(module), models(models), seed(seed), builder(module.getContext()) {
  builder.setInsertionPoint(models.front());
  for (WeightOp weight : module.getOps<WeightOp>()) {
    bySymbol[weight.getSymName()] = weight;
    if (weight.getFromFile())
      byPath[normalizeFilePath(weight.getSymName())] = weight;
  }
  for (auto layer : this->models.front().getOps<LayerOpInterface>()) {
    std::string prefix = getWeightPrefix(layer);
    auto [it, fresh] = prefixes.try_emplace(layer.getLayerName(), prefix);
    if (!fresh && it->second != prefix)
      ambiguous.insert(layer.getLayerName());
  }
}

static std::string getString(Operation *op, StringRef key) {
  auto value = op->getAttrOfType<StringAttr>(key);
  return value ? value.str() : std::string();
}

/// The ways in which files call a layer of a wrapper, within the wrapper.
static std::vector<std::string> getWaysInside(LayerOpInterface layer) {
  std::string role = getWrappedRole(layer), name = layer.getLayerName().str();
  // A called model's layers: the wrapper holds the model.
  if (!layer->hasAttr("owner"))
    return {role, name, ""};
  std::string scope = getString(layer, "scope");
  StringRef below = StringRef(scope).split('/').second;
  std::string path = below.empty() ? name : (below + "/" + name).str();
  return {role + "/" + path, scope + "/" + name, path, name};
}

/// The layer as files call it.
static VariableName nameLayer(LayerOpInterface layer) {
  VariableName name;
  name.className = layer.getShownClass().str();
  Operation *outer = layer;
  while (isa<WrapperOpInterface>(outer->getParentOp())) {
    name.inside.insert(name.inside.begin(),
                       getWaysInside(cast<LayerOpInterface>(outer)));
    outer = outer->getParentOp();
  }
  name.entry = layer->getParentOfType<ModelOp>().getSymName().str();
  name.owner = getString(outer, "owner");
  name.scope = getString(outer, "scope");
  name.layer = getString(outer, "name");
  return name;
}

/// "query_dense" of "query_dense/kernel".
static StringRef getObject(const WeightSpec &spec) {
  return StringRef(spec.name).rsplit('/').second.empty()
             ? StringRef()
             : StringRef(spec.name).rsplit('/').first;
}

WeightOp Binder::findInFile(LayerOpInterface layer, ArrayRef<WeightSpec> specs,
                            size_t position) {
  VariableName name = nameLayer(layer);
  name.variable = specs[position].name;
  name.position = position;
  name.inObject = size_t(
      llvm::count_if(specs.take_front(position), [&](const WeightSpec &other) {
        return getObject(other) == getObject(specs[position]);
      }));
  name.ambiguous = ambiguous.contains(name.layer);
  for (const std::string &path : getFilePaths(name))
    if (WeightOp weight = byPath.lookup(path); weight && !used.contains(weight))
      return weight;
  return {};
}

/// A short text must not ask for memory without end: false after an error.
bool Binder::countMade(LayerOpInterface layer, const WeightSpec &spec) {
  constexpr int64_t limit = int64_t(1) << 30;
  made += std::min(llvm::cantFail(checkedProduct(spec.shape)), limit + 1);
  if (made <= limit)
    return true;
  emitLayerError(layer)
      << "weight '" << spec.name << "' " << toString(spec.shape)
      << ": more than 2^30 elements would be made up in all [N406]";
  made = 0;
  return false;
}

WeightOp Binder::initialize(LayerOpInterface layer, const WeightSpec &spec,
                            StringRef symbol) {
  if (!countMade(layer, spec))
    return {};
  auto type = RankedTensorType::get(spec.shape, getWeightType(layer, spec));
  auto weight = WeightOp::create(builder, layer.getLoc(), symbol,
                                 cast<ElementsAttr>(builder.getZeroAttr(type)),
                                 /*from_file=*/false,
                                 /*initializer=*/StringAttr());
  initialized = true;
  // Quantized weights start as zeros.
  if (isa<FloatType>(type.getElementType()))
    untrained.push_back({layer, spec, weight});
  return weight;
}

LogicalResult Binder::fill(const Untrained &made) {
  WeightOp weight = made.weight;
  // Not by the entry's own name: one network written twice has equal weights.
  StringRef symbol = weight.getSymName(), stream = symbol;
  LayerOpInterface layer = made.layer;
  auto entry = layer->getParentOfType<ModelOp>();
  stream.consume_front((entry.getSymName() + ".").str());
  auto values = initializeWeight(made.spec, stream, *seed);
  if (!values)
    return emitLayerError(layer) << "weight '" << made.spec.name
                                 << "': " << llvm::toString(values.takeError());
  auto type = cast<RankedTensorType>(weight.getValue().getShapedType());
  weight.setValueAttr(
      makeFloats(symbol, type, [&](size_t i) { return (*values)[i]; }));
  return success();
}

/// Checks the weight's shape and gives it its type.
LogicalResult Binder::fit(LayerOpInterface layer, const WeightSpec &spec,
                          WeightOp weight) {
  ArrayRef<int64_t> shape = weight.getValue().getShapedType().getShape();
  if (shape != ArrayRef<int64_t>(spec.shape))
    return emitLayerError(layer)
           << "weight '" << spec.name << "' expects " << toString(spec.shape)
           << ", but got " << toString(shape) << " [N402]";
  auto dense = dyn_cast<DenseElementsAttr>(weight.getValue());
  if (dense && dense.isSplat() && !countMade(layer, spec))
    return failure();
  auto value = toElementType(weight.getValue(), getWeightType(layer, spec),
                             weight.getSymName());
  if (!value)
    return emitLayerError(layer) << "weight '" << spec.name
                                 << "': " << llvm::toString(value.takeError());
  weight.setValueAttr(*value);
  return success();
}

/// The op that holds the weight under its own symbol; null after an error.
WeightOp Binder::findOrMake(LayerOpInterface layer, ArrayRef<WeightSpec> specs,
                            size_t position, StringRef symbol) {
  const WeightSpec &spec = specs[position];
  WeightOp weight = bySymbol.lookup(symbol);
  if (weight && used.contains(weight))
    return weight; // a shared layer, bound before
  if (!weight)
    weight = findInFile(layer, specs, position);
  if (!weight && seed) {
    weight = initialize(layer, spec, symbol);
    if (!weight)
      return {};
    used.insert(weight);
    bySymbol[symbol] = weight;
    return weight;
  }
  if (!weight) {
    emitLayerError(layer) << "weight '" << spec.name << "' "
                          << toString(spec.shape)
                          << " is missing; give --weights FILE, or --seed N "
                             "for an untrained model [N401]";
    return {};
  }
  used.insert(weight);
  // In the order of the layers, whatever that of the file: equal weights make
  // equal objects.
  weight->moveBefore(models.front());
  if (failed(fit(layer, spec, weight)))
    return {};
  weight.setSymName(symbol);
  weight.removeFromFileAttr();
  bySymbol[symbol] = weight;
  return weight;
}

LogicalResult Binder::bindLayer(LayerOpInterface layer) {
  NamedAttrList weights;
  bool ok = true;
  std::string prefix = getWeightPrefix(layer);
  SmallVector<WeightSpec> specs = layer.getWeightSpecs();
  for (auto [position, spec] : llvm::enumerate(specs)) {
    if (spec.repeated) {
      // Equal to the one that is bound; the file's copy is of no more use.
      if (WeightOp copy = findInFile(layer, specs, position)) {
        used.insert(copy);
        copies.push_back(copy);
      }
      continue;
    }
    if (FlatSymbolRefAttr bound = getWeightRef(layer, spec.name)) {
      WeightOp weight = bySymbol.lookup(bound.getValue());
      if (!weight) {
        ok = false;
        emitLayerError(layer) << "weight '" << spec.name << "': there is no @"
                              << bound.getValue() << " [N403]";
        continue;
      }
      used.insert(weight);
      ok &= succeeded(fit(layer, spec, weight));
      weights.append(spec.name, bound);
      continue;
    }
    WeightOp weight =
        findOrMake(layer, specs, position, prefix + "." + spec.name);
    if (weight)
      weights.append(spec.name, FlatSymbolRefAttr::get(weight));
    ok &= bool(weight);
  }
  if (auto given = layer->getAttrOfType<DictionaryAttr>("weights"))
    for (NamedAttribute ref : given)
      if (ok && !weights.get(ref.getName())) {
        ok = false;
        emitLayerError(layer) << "has no weight '" << ref.getName().getValue()
                              << "' to bind to " << ref.getValue() << " [N403]";
      }
  if (!weights.empty())
    layer->setAttr("weights", weights.getDictionary(module.getContext()));
  return success(ok);
}

LogicalResult Binder::checkAllUsed() {
  bool ok = true;
  for (WeightOp weight : module.getOps<WeightOp>()) {
    if (used.contains(weight))
      continue;
    ok = false;
    mlir::emitError(weight.getLoc())
        << "weight '" << weight.getSymName() << "' "
        << toString(weight.getValue().getShapedType().getShape())
        << " belongs to no layer of the model [N403]";
  }
  return success(ok);
}

LogicalResult Binder::bind() {
  bool ok = true;
  for (ModelOp model : models)
    model.walk<WalkOrder::PreOrder>(
        [&](LayerOpInterface layer) { ok &= succeeded(bindLayer(layer)); });
  // A layer that misses its weight would only make the rest look unused.
  if (ok)
    ok = succeeded(checkAllUsed());
  if (ok)
    for (const Untrained &weight : untrained)
      ok &= succeeded(fill(weight));
  for (WeightOp copy : copies)
    copy.erase();
  if (ok && initialized)
    mlir::emitRemark(models.front().getLoc())
        << "weights are initialized with seed " << *seed
        << ": the model is untrained [N407]";
  return success(ok);
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {

struct MaterializeWeightsPass
    : public nnc::impl::MaterializeWeightsPassBase<MaterializeWeightsPass> {
  using Base::Base;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    SmallVector<ModelOp> models = getLinkedModels(module);
    if (models.empty())
      return;
    std::optional<uint64_t> given;
    if (initialize)
      given = uint64_t(int64_t(seed));
    if (failed(Binder(module, models, given).bind()))
      signalPassFailure();
  }
};

} // namespace
