//===- Link.cpp - one named and connected model ---------------------------===//
//
// Sequential models become graphs, unnamed layers get Keras's names, and calls
// of other models are replaced by what those models do. What is left is one
// nn.model, topologically sorted and marked `linked`: from here on layers have
// no effects and the usual clean-ups may work on them. A module that is linked
// already is only sorted, and its layers' locations get their names again.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/BatchedTypes.h"
#include "compiler/graph/ConnectWrappers.h"
#include "compiler/graph/LayerNames.h"
#include "compiler/graph/Passes.h"

#include "dialect/NNOps.h"
#include "mlir/Analysis/TopologicalSortUtils.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/StringExtras.h"

namespace nnc {
#define GEN_PASS_DEF_LINKPASS
#include "compiler/graph/Passes.h.inc"
} // namespace nnc

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

//===----------------------------------------------------------------------===//
// nn.sequential → nn.model
//===----------------------------------------------------------------------===//

/// Gives each layer the one above as its input.
static ModelOp connectSequential(SequentialOp sequential) {
  OpBuilder builder(sequential);
  auto model = ModelOp::create(
      builder, sequential.getLoc(), sequential.getSymNameAttr(),
      /*linked=*/UnitAttr(), /*sequential=*/builder.getUnitAttr(),
      /*stream=*/DenseBoolArrayAttr(), /*batch=*/IntegerAttr());
  model->setDiscardableAttrs(sequential->getDiscardableAttrDictionary());
  model.getBody().takeBody(sequential.getBody());
  Value above;
  for (Operation &op : llvm::make_early_inc_range(model.getBody().front())) {
    if (above) {
      op.setOperands({above});
      // The only positional input is the first segment.
      if (auto segments =
              op.getAttrOfType<DenseI32ArrayAttr>("operandSegmentSizes")) {
        SmallVector<int32_t> sizes(segments.size(), 0);
        sizes[0] = 1;
        op.setAttr("operandSegmentSizes", builder.getDenseI32ArrayAttr(sizes));
      }
    }
    above = op.getResult(0);
  }
  builder.setInsertionPointToEnd(&model.getBody().front());
  OutputOp::create(builder, sequential.getLoc(), ValueRange{above},
                   /*names=*/ArrayAttr());
  sequential.erase();
  return model;
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// Names what the author left unnamed, over all models in their order, as Keras
/// does within one program.
static void nameLayers(ModuleOp module) {
  LayerNamer namer;
  module.walk([&](Operation *op) {
    if (auto name = op->getAttrOfType<StringAttr>("name"))
      namer.take(name);
  });
  module.walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (op->hasAttr("name"))
      return;
    std::string name;
    if (auto layer = dyn_cast<LayerOpInterface>(op))
      name = namer.next(layer.getShownClass());
    else if (isa<InputOp>(op))
      name = namer.next("InputLayer");
    else if (auto call = dyn_cast<CallOp>(op))
      name = call.getCallee().str(); // a model is a layer called by its name
    else
      return;
    op->setAttr("name", StringAttr::get(op->getContext(), name));
  });
}

/// Every layer's location carries its name, for diagnostics and debug info.
static void nameLocations(ModelOp model) {
  model.getBody().walk([](Operation *op) {
    if (auto name = op->getAttrOfType<StringAttr>("name");
        name && !isa<NameLoc>(op->getLoc()))
      op->setLoc(NameLoc::get(name, op->getLoc()));
  });
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

/// The scope of what is inlined below `outer`: names of calls joined by '/'.
static StringAttr extendScope(StringAttr outer, Operation *inner) {
  auto own = inner->getAttrOfType<StringAttr>("scope");
  if (!own)
    return outer;
  return StringAttr::get(inner->getContext(),
                         outer.getValue() + "/" + own.getValue());
}

/// Puts the callee's layers in the call's place. They keep the callee as their
/// owner, so that all calls of a model share its weights.
static void inlineCall(CallOp call, ModelOp callee) {
  OpBuilder builder(call);
  IRMapping mapping;
  Block &body = callee.getBody().front();
  unsigned input = 0;
  for (InputOp op : body.getOps<InputOp>())
    mapping.map(op.getOutput(), call.getInputs()[input++]);
  SmallVector<Operation *> clones;
  for (Operation &op : body) {
    if (isa<InputOp, OutputOp>(op))
      continue;
    Operation *clone = builder.clone(op, mapping);
    if (!clone->hasAttr("owner"))
      clone->setAttr("owner", callee.getSymNameAttr());
    clone->setAttr("scope", extendScope(call.getNameAttr(), &op));
    clones.push_back(clone);
  }
  // The body is a graph: an operand may be defined further down.
  for (Operation *clone : clones)
    for (OpOperand &operand : clone->getOpOperands())
      operand.set(mapping.lookupOrDefault(operand.get()));
  auto output = *body.getOps<OutputOp>().begin();
  for (auto [result, value] :
       llvm::zip_equal(call.getOutputs(), output.getInputs()))
    result.replaceAllUsesWith(mapping.lookupOrDefault(value));
  call.erase();
}

/// Inlines callees before their callers; CheckModel has excluded recursion.
static void inlineCalls(ModelOp model, ModuleOp module,
                        llvm::DenseSet<Operation *> &done) {
  if (!done.insert(model).second)
    return;
  SmallVector<CallOp> calls;
  model.walk([&](CallOp call) { calls.push_back(call); });
  for (CallOp call : calls) {
    auto callee = module.lookupSymbol<ModelOp>(call.getCallee());
    inlineCalls(callee, module, done);
    inlineCall(call, callee);
  }
}

/// The Keras class of each model that the entry calls, by the call's name: the
/// summary shows such a model as one layer.
static DictionaryAttr classifyCalls(ModelOp entry, ModuleOp module) {
  NamedAttrList classes;
  for (CallOp call : entry.getBody().getOps<CallOp>()) {
    auto callee = module.lookupSymbol<ModelOp>(call.getCallee());
    classes.set(call.getNameAttr(),
                StringAttr::get(entry.getContext(), callee.getSequential()
                                                        ? "Sequential"
                                                        : "Functional"));
  }
  return classes.getDictionary(entry.getContext());
}

//===----------------------------------------------------------------------===//
// The entry
//===----------------------------------------------------------------------===//

/// The model that nothing calls, or the one asked for; null after an error.
static ModelOp findEntry(ModuleOp module, StringRef asked) {
  llvm::DenseSet<StringRef> called;
  module.walk([&](CallOp call) { called.insert(call.getCallee()); });
  SmallVector<ModelOp> entries;
  SmallVector<std::string> names;
  for (ModelOp model : module.getOps<ModelOp>()) {
    if (asked.empty() ? called.contains(model.getSymName())
                      : model.getSymName() != asked)
      continue;
    entries.push_back(model);
    names.push_back("'" + model.getSymName().str() + "'");
  }
  if (entries.size() == 1)
    return entries.front();
  if (!asked.empty())
    module.emitError() << "there is no model '" << asked << "' [N216]";
  else
    module.emitError() << "there are several models to compile, "
                       << llvm::join(names, ", ")
                       << "; choose one with --model [N216]";
  return {};
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// Layers behind those that they take, in wrappers, too.
static void sortAll(ModelOp model) {
  sortTopologically(&model.getBody().front());
  model.walk([](WrapperOpInterface wrapper) {
    for (Region &region : wrapper->getRegions()) {
      // nn.output stays the last one.
      Operation *output = &region.front().back();
      sortTopologically(&region.front());
      output->moveBefore(&region.front(), region.front().end());
    }
  });
}

namespace {

struct LinkPass : public nnc::impl::LinkPassBase<LinkPass> {
  using Base::Base;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    SmallVector<ModelOp> linked = getLinkedModels(module);
    for (ModelOp model : linked) {
      sortAll(model);
      nameLocations(model);
    }
    if (!linked.empty())
      return;
    for (auto sequential : llvm::to_vector(module.getOps<SequentialOp>()))
      connectSequential(sequential);
    ModelOp entry = findEntry(module, model);
    if (!entry)
      return signalPassFailure();
    nameLayers(module);
    for (ModelOp model : module.getOps<ModelOp>())
      connectWrappers(model);
    if (DictionaryAttr calls = classifyCalls(entry, module); !calls.empty())
      entry->setDiscardableAttr(kCallsAttr, calls);
    llvm::DenseSet<Operation *> done;
    inlineCalls(entry, module, done);
    for (auto other : llvm::to_vector(module.getOps<ModelOp>()))
      if (other != entry)
        other.erase();
    sortAll(entry);
    nameLocations(entry);
    entry.setLinked(true);
  }
};

} // namespace
