//===- KerasBuilder.cpp - a plain Keras model to nn operations ------------===//
//
// A model for each of Keras's, those that are called before those that call
// them. Layers that lead to no output, such as masks that nobody reads, are
// left out. Nothing is optimised.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/KerasBuilder.h"

#include "compiler/import/KerasCalls.h"
#include "compiler/import/KerasLayers.h"
#include "compiler/import/WeightFormats.h"
#include "dialect/ModelAttrs.h"
#include "dialect/NNOps.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

namespace {

/// Builds one module.
class ModuleBuilder {
public:
  ModuleBuilder(ModuleOp module, const KerasBuildOptions &options)
      : builder(module.getBodyRegion()),
        factory(builder, options.file, options.keepInitializers,
                [this](KerasModel &model) { return getSymbol(model); }) {}

  llvm::Error build(KerasModel &model);

private:
  StringRef getSymbol(KerasModel &model);
  void buildSequential(KerasModel &model);
  llvm::Error buildFunctional(KerasModel &model);

  OpBuilder builder;
  LayerFactory factory;
  llvm::StringSet<> symbols;
  Operation *current = nullptr; ///< the model that is being built
  std::string failure;          ///< of a model that was called
};

/// Builds the graph of a functional model: first what a call needs, then it.
class GraphBuilder {
public:
  GraphBuilder(KerasModel &model, OpBuilder &builder, LayerFactory &factory)
      : model(model), builder(builder), factory(factory) {}

  llvm::Error build();

private:
  struct Call {
    KerasLayer *layer = nullptr;
    size_t number = 0;
    unsigned results = 1; ///< that others refer to
    enum { Unreached, Waiting, Open, Done } state = Unreached;
    SmallVector<Value> values;
  };

  llvm::Error buildInputs();
  void listCalls();
  Call &find(const KerasTensor &tensor) {
    return calls[first[tensor.layer] + size_t(tensor.call)];
  }
  template <typename Function>
  void forEachTensor(const Call &call, Function function);
  void markReached();
  llvm::Error buildCall(Call &root);
  void create(Call &call);

  KerasModel &model;
  OpBuilder &builder;
  LayerFactory &factory;
  std::vector<Call> calls;       ///< of all layers, in the file's order
  llvm::StringMap<size_t> first; ///< a layer's first call
};

} // namespace

//===----------------------------------------------------------------------===//
// The graph of a functional model
//===----------------------------------------------------------------------===//

void GraphBuilder::listCalls() {
  for (KerasLayer &layer : model.layers) {
    first[layer.name] = calls.size();
    size_t count = layer.isInput() ? 1 : layer.calls.size();
    for (size_t number = 0; number < count; ++number) {
      calls.emplace_back();
      calls.back().layer = &layer;
      calls.back().number = number;
    }
  }
}

llvm::Error GraphBuilder::buildInputs() {
  for (auto [i, tensor] : llvm::enumerate(model.inputs)) {
    Call &call = find(tensor);
    if (!call.layer->isInput() || call.state == Call::Done)
      return weightsError(
          "the model '" + model.name + "': its input " +
          quotedName(tensor.layer) +
          " is no InputLayer, or one that is there twice [N105]");
    StringRef name = call.layer->name;
    // The key of a dict is what users know the input by.
    if (!model.inputNames.empty() &&
        (model.inputNames[i] == name || !first.contains(model.inputNames[i])))
      name = model.inputNames[i];
    call.values = {factory.createInput(*call.layer, name)};
    call.state = Call::Done;
  }
  return llvm::Error::success();
}

template <typename Function>
void GraphBuilder::forEachTensor(const Call &call, Function function) {
  if (call.layer->isInput())
    return;
  const KerasCall &keras = call.layer->calls[call.number];
  auto visit = [&](const KerasArgument &argument) {
    for (const KerasTensor &tensor : argument.tensors)
      if (!tensor.layer.empty())
        function(tensor);
  };
  for (const KerasArgument &argument : keras.positional)
    visit(argument);
  for (const auto &[keyword, argument] : keras.keywords)
    if (!isUnusedArgument(call.layer->className, keyword))
      visit(argument);
}

/// Finds what the outputs need.
void GraphBuilder::markReached() {
  std::vector<Call *> worklist;
  auto reach = [&](const KerasTensor &tensor) {
    Call &call = find(tensor);
    // Nobody can refer to more results than this of one call.
    constexpr int64_t limit = 1 << 16;
    call.results = std::max(
        call.results, unsigned(std::min<int64_t>(tensor.index, limit) + 1));
    if (call.state == Call::Unreached) {
      call.state = Call::Waiting;
      worklist.push_back(&call);
    }
  };
  for (const KerasTensor &tensor : model.outputs)
    reach(tensor);
  while (!worklist.empty()) {
    Call *call = worklist.back();
    worklist.pop_back();
    forEachTensor(*call, reach);
  }
}

void GraphBuilder::create(Call &call) {
  auto getValue = [&](const KerasTensor &tensor) {
    Call &producer = find(tensor);
    return uint64_t(tensor.index) < producer.values.size()
               ? producer.values[size_t(tensor.index)]
               : Value();
  };
  call.values = llvm::to_vector(factory.create(
      *call.layer, &call.layer->calls[call.number], getValue, call.results));
  call.state = Call::Done;
}

/// Depth first with a stack of its own: graphs may be very deep.
llvm::Error GraphBuilder::buildCall(Call &root) {
  std::vector<Call *> stack = {&root};
  while (!stack.empty()) {
    Call &call = *stack.back();
    if (call.state == Call::Done) {
      stack.pop_back();
      continue;
    }
    if (call.layer->isInput())
      return weightsError("the model '" + model.name + "': the InputLayer " +
                          quotedName(call.layer->name) +
                          " is none of its inputs [N105]");
    if (call.state == Call::Open) {
      create(call);
      stack.pop_back();
      continue;
    }
    call.state = Call::Open;
    bool cycle = false;
    forEachTensor(call, [&](const KerasTensor &tensor) {
      Call &needed = find(tensor);
      cycle |= needed.state == Call::Open;
      if (needed.state == Call::Waiting)
        stack.push_back(&needed);
    });
    if (cycle)
      return weightsError("the model '" + model.name + "': layer " +
                          quotedName(call.layer->name) +
                          " is part of a cycle [N105]");
  }
  return llvm::Error::success();
}

llvm::Error GraphBuilder::build() {
  listCalls();
  if (llvm::Error error = buildInputs())
    return error;
  markReached();
  for (Call &call : calls)
    if (call.state == Call::Waiting)
      if (llvm::Error error = buildCall(call))
        return error;
  SmallVector<Value> outputs;
  for (const KerasTensor &tensor : model.outputs) {
    Call &call = find(tensor);
    if (uint64_t(tensor.index) >= call.values.size())
      return weightsError("the model '" + model.name + "': layer " +
                          quotedName(tensor.layer) + " has no output " +
                          Twine(tensor.index) + " [N105]");
    outputs.push_back(call.values[size_t(tensor.index)]);
  }
  ArrayAttr names;
  if (!model.outputNames.empty())
    names = builder.getStrArrayAttr(SmallVector<StringRef>(
        model.outputNames.begin(), model.outputNames.end()));
  OutputOp::create(builder, factory.locate(""), outputs, names);
  return llvm::Error::success();
}

//===----------------------------------------------------------------------===//
// Models
//===----------------------------------------------------------------------===//

/// The symbol of a model that is called, which is built before its caller.
StringRef ModuleBuilder::getSymbol(KerasModel &model) {
  if (!model.symbol.empty())
    return model.symbol;
  OpBuilder::InsertionGuard guard(builder);
  Operation *caller = current;
  builder.setInsertionPoint(caller);
  if (llvm::Error error = build(model))
    failure = llvm::toString(std::move(error));
  current = caller;
  return model.symbol;
}

void ModuleBuilder::buildSequential(KerasModel &model) {
  auto op = SequentialOp::create(builder, factory.locate(""), model.symbol);
  current = op;
  builder.setInsertionPointToStart(&op.getBody().emplaceBlock());
  for (KerasLayer &layer : model.layers) {
    if (layer.isInput())
      factory.createInput(layer, layer.name);
    else
      factory.create(
          layer, nullptr, [](const KerasTensor &) { return Value(); },
          /*results=*/1);
  }
}

llvm::Error ModuleBuilder::buildFunctional(KerasModel &model) {
  auto op = ModelOp::create(builder, factory.locate(""), model.symbol,
                            /*linked=*/false, /*sequential=*/false,
                            /*stream=*/DenseBoolArrayAttr(),
                            /*batch=*/IntegerAttr());
  current = op;
  builder.setInsertionPointToStart(&op.getBody().emplaceBlock());
  return GraphBuilder(model, builder, factory).build();
}

llvm::Error ModuleBuilder::build(KerasModel &model) {
  std::string base = model.name.empty() ? "model" : model.name;
  model.symbol = base;
  for (unsigned i = 1; !symbols.insert(model.symbol).second; ++i)
    model.symbol = base + "_" + std::to_string(i);
  OpBuilder::InsertionGuard guard(builder);
  if (model.sequential)
    buildSequential(model);
  else if (llvm::Error error = buildFunctional(model))
    return error;
  return failure.empty() ? llvm::Error::success() : weightsError(failure);
}

/// Does a layer of the module make a mask without being told so?
static bool makesMasks(ModuleOp module) {
  return module
      ->walk([](Operation *op) {
        auto maskZero = op->getAttrOfType<BoolAttr>("mask_zero");
        bool makes = (maskZero && maskZero.getValue()) ||
                     op->getName().getStringRef() == "nn.masking";
        return makes ? WalkResult::interrupt() : WalkResult::advance();
      })
      .wasInterrupted();
}

llvm::Expected<OwningOpRef<ModuleOp>>
nnc::buildKerasModel(MLIRContext &context, KerasModel &model,
                     const KerasBuildOptions &options) {
  context.loadDialect<NNDialect>();
  OwningOpRef<ModuleOp> module =
      ModuleOp::create(FileLineColLoc::get(&context, options.file, 0, 0));
  if (llvm::Error error = ModuleBuilder(*module, options).build(model))
    return error;
  if (options.version.major < 3 && makesMasks(*module))
    module->lookupSymbol(model.symbol)
        ->setDiscardableAttr(kKeras2MasksAttr, UnitAttr::get(&context));
  return module;
}
