//===- CheckModel.cpp - everything a user got wrong, at once --------------===//
//
// The parser accepts what fits the syntax. This pass says what is wrong with
// it: it goes on after an error, so that one run shows all independent faults.
// A model that was linked before has passed here and is only checked for what a
// hand could have changed since. Does nothing to the IR.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/CheckCalls.h"
#include "compiler/graph/CheckWrappers.h"
#include "compiler/graph/Passes.h"

#include "dialect/NNOps.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace nnc {
#define GEN_PASS_DEF_CHECKMODELPASS
#include "compiler/graph/Passes.h.inc"
} // namespace nnc

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

//===----------------------------------------------------------------------===//
// Layers that do not fit their declaration
//===----------------------------------------------------------------------===//

/// "layer 'conv1' (conv2d): ", with what of it the author gave.
static InFlightDiagnostic emitMalformed(MalformedOp op) {
  InFlightDiagnostic diagnostic = mlir::emitError(op.getLoc());
  diagnostic << "layer ";
  if (auto name = op.getConfig().getAs<StringAttr>("name"))
    diagnostic << '\'' << name.getValue() << "' ";
  OperationName known("nn." + op.getLayer().str(), op.getContext());
  auto *layer = known.getInterface<LayerOpInterface>();
  diagnostic << '(' << (layer ? layer->getKerasClass() : op.getLayer())
             << "): ";
  return diagnostic;
}

/// Names of all layers, for the message about an unknown one.
static std::string listLayers(MLIRContext *context) {
  SmallVector<StringRef> names;
  for (RegisteredOperationName op : context->getRegisteredOperations())
    if (op.hasInterface<LayerOpInterface>())
      names.push_back(op.stripDialect());
  llvm::sort(names);
  return llvm::join(names, ", ");
}

/// The layer that an unknown name may have meant.
static StringRef findSimilar(MLIRContext *context, StringRef name) {
  StringRef best;
  unsigned bestDistance = 3;
  for (RegisteredOperationName op : context->getRegisteredOperations()) {
    if (!op.hasInterface<LayerOpInterface>())
      continue;
    unsigned distance = op.stripDialect().edit_distance(
        name, /*AllowReplacements=*/true, bestDistance);
    if (distance < bestDistance) {
      best = op.stripDialect();
      bestDistance = distance;
    }
  }
  return best;
}

static void reportUnknownLayer(MalformedOp op) {
  InFlightDiagnostic diagnostic = emitMalformed(op);
  diagnostic << "no such layer; ";
  StringRef similar = findSimilar(op.getContext(), op.getLayer());
  if (similar.empty())
    diagnostic << "there are " << listLayers(op.getContext()) << " [N201]";
  else
    diagnostic << "did you mean '" << similar << "'? [N201]";
}

static std::string toText(Attribute value) {
  std::string text;
  llvm::raw_string_ostream os(text);
  printKeyValue(value, os);
  return text;
}

/// Each key of the layer that is unknown, missing or of the wrong kind; or what
/// the importer has found that no key says.
static void reportMalformed(MalformedOp op) {
  if (auto reasons = op.getConfig().getAs<ArrayAttr>(kRefusedKey)) {
    for (Attribute reason : reasons)
      if (auto text = dyn_cast<StringAttr>(reason))
        emitMalformed(op) << text.getValue();
    return;
  }
  OperationName name("nn." + op.getLayer().str(), op.getContext());
  auto *layer = name.getInterface<LayerOpInterface>();
  if (!name.isRegistered() || !layer)
    return reportUnknownLayer(op);
  bool reported = false;
  auto report = [&] {
    reported = true;
    return emitMalformed(op);
  };
  for (StringRef key : layer->getRequiredKeys())
    if (!op.getConfig().contains(key))
      report() << "needs the key '" << key << "' [N203]";
  for (NamedAttribute key : op.getConfig()) {
    if (llvm::is_contained(layer->getTrainingOnlyKeys(),
                           key.getName().getValue()))
      continue;
    std::string expected;
    if (fitKey(name, key.getName(), key.getValue(), expected))
      continue;
    if (expected.empty())
      report() << "no such key '" << key.getName().getValue() << "'; it has "
               << llvm::join(getAuthorKeys(name), ", ") << " [N202]";
    else
      report() << "'" << key.getName().getValue() << "' expects " << expected
               << ", but got " << toText(key.getValue()) << " [N204]";
  }
  if (!op.getWrapped().empty() && name.hasTrait<OpTrait::ZeroRegions>())
    report() << "wraps no other layer [N315]";
  if (!reported)
    report() << "is written as nn.malformed, but fits nn." << op.getLayer()
             << " [N218]";
}

//===----------------------------------------------------------------------===//
// One model
//===----------------------------------------------------------------------===//

namespace {

/// Checks one nn.sequential or nn.model; errors are counted, not returned.
class ModelChecker {
public:
  explicit ModelChecker(Operation *model)
      : model(model), body(model->getRegion(0).front()) {
    auto functional = dyn_cast<ModelOp>(model);
    isLinked = functional && functional.getLinked();
  }

  void check();

private:
  void checkLayer(LayerOpInterface layer);
  void checkOwnKeys(Operation &op);
  void checkNames();
  void checkLinkedNames();
  void checkSequential(bool hasMalformed);
  void checkFunctional(bool hasMalformed);
  void checkOutput(OutputOp output);
  void checkCycles();
  void checkReach(OutputOp output);
  void checkTypes();
  void checkStates();
  void checkStream();

  std::string describe(Operation *op);

  Operation *model;
  Block &body;
  bool isLinked;
};

} // namespace

/// The layer as a message names it; unnamed ones by their line of text.
std::string ModelChecker::describe(Operation *op) {
  std::string text;
  llvm::raw_string_ostream os(text);
  auto name = op->getAttrOfType<StringAttr>("name");
  if (isa<InputOp, StateOp, HistoryOp, UpdateStateOp>(op))
    os << op->getName().stripDialect();
  else if (isa<OutputOp>(op))
    os << "nn.output";
  else if (auto call = dyn_cast<CallOp>(op))
    os << "call of @" << call.getCallee();
  else
    os << "layer";
  if (name)
    os << " '" << name.getValue() << "'";
  if (auto layer = dyn_cast<LayerOpInterface>(op))
    os << " (" << layer.getKerasClass() << ")";
  return text;
}

void ModelChecker::checkLayer(LayerOpInterface layer) {
  bool sequential = isa<SequentialOp>(model);
  auto [least, most] = layer.getInputCount();
  int64_t inputs = int64_t(getPositionalInputs(layer).size());
  if (sequential && least > 1) {
    mlir::emitError(layer.getLoc())
        << describe(layer)
        << ": takes several inputs, which nn.sequential "
           "cannot give; write an nn.model [N210]";
  } else if (!sequential && (inputs < least || (most >= 0 && inputs > most))) {
    InFlightDiagnostic diagnostic = mlir::emitError(layer.getLoc());
    diagnostic << describe(layer) << ": expects ";
    if (most < 0)
      diagnostic << "at least ";
    diagnostic << least << (least == 1 ? " input" : " inputs") << ", but got "
               << inputs << " [N207]";
  }
  unsigned results = layer.getResultCount(), named = layer->getNumResults();
  if (!sequential && named != results)
    mlir::emitError(layer.getLoc())
        << describe(layer) << ": gives " << results
        << (results == 1 ? " result" : " results") << ", but " << named
        << (named == 1 ? " is" : " are") << " named [N207]";
  if (sequential && results != 1)
    mlir::emitError(layer.getLoc())
        << describe(layer)
        << ": gives several results, which nn.sequential cannot pass on; "
           "write an nn.model [N210]";
}

/// Keys that link and materialization write would mislead them in a text that
/// has not been through; nn.output and nn.call have few keys of their own.
void ModelChecker::checkOwnKeys(Operation &op) {
  for (StringRef key : {"owner", "scope"})
    if (isa<LayerOpInterface>(op) && !isLinked && op.hasAttr(key))
      mlir::emitError(op.getLoc()) << describe(&op) << ": no such key '" << key
                                   << "'; only the compiler writes it [N202]";
  if (isa<OutputOp, CallOp>(op))
    for (NamedAttribute key : op.getDiscardableAttrs())
      mlir::emitError(op.getLoc())
          << describe(&op) << ": no such key '" << key.getName().getValue()
          << "'; it has " << (isa<CallOp>(op) ? "name" : "names") << " [N202]";
}

/// Behind link everything has a name; a text that says it is linked must, too.
void ModelChecker::checkLinkedNames() {
  for (Operation &op : body) {
    if (isa<CallOp>(op))
      mlir::emitError(op.getLoc())
          << describe(&op) << ": a linked model has no calls [N218]";
    if (isa<InputOp, LayerOpInterface>(op) && !op.hasAttr("name"))
      mlir::emitError(op.getLoc())
          << describe(&op)
          << ": has no name, which a linked model's need [N218]";
  }
}

/// Keys that make two layers of one name one shared layer.
static DictionaryAttr getSharedKeys(Operation *op) {
  NamedAttrList keys(op->getAttrDictionary());
  keys.erase("operandSegmentSizes");
  keys.erase("name");
  if (auto layer = dyn_cast<LayerOpInterface>(op))
    for (StringRef key : layer.getCallKeys())
      keys.erase(key);
  return keys.getDictionary(op->getContext());
}

/// Do two operations of one kind hold the same layers?
static bool wrapSame(Operation *a, Operation *b) {
  return a->getNumRegions() == b->getNumRegions() &&
         llvm::all_of(llvm::zip(a->getRegions(), b->getRegions()),
                      [](auto regions) {
                        auto [x, y] = regions;
                        return OperationEquivalence::isRegionEquivalentTo(
                            &x, &y, OperationEquivalence::IgnoreLocations);
                      });
}

void ModelChecker::checkNames() {
  llvm::StringMap<Operation *> seen;
  for (Operation &op : body) {
    auto name = op.getAttrOfType<StringAttr>("name");
    // A call is named after the model unless it is given a name.
    if (auto call = dyn_cast<CallOp>(op); call && !name)
      name = call.getCalleeAttr().getAttr();
    if (!name || isa<MalformedOp>(op))
      continue;
    auto [it, fresh] = seen.try_emplace(name.getValue(), &op);
    if (fresh)
      continue;
    Operation *first = it->second;
    if (first->getName() != op.getName() || isa<InputOp>(op) ||
        getSharedKeys(first) != getSharedKeys(&op) || !wrapSame(first, &op))
      mlir::emitError(op.getLoc())
          << describe(&op) << ": the name is taken by " << describe(first)
          << " with other keys; equal keys would share the layer [N212]";
  }
}

void ModelChecker::checkSequential(bool hasMalformed) {
  SmallVector<Operation *> ops;
  for (Operation &op : body)
    ops.push_back(&op);
  StringRef name = SymbolTable::getSymbolName(model).getValue();
  if (ops.empty() || (!isa<InputOp>(ops.front()) && !hasMalformed))
    mlir::emitError(model->getLoc())
        << "model '" << name << "': needs an nn.input first [N209]";
  else if (ops.size() == 1)
    mlir::emitError(model->getLoc())
        << "model '" << name << "': has no layers [N209]";
  for (Operation *op : ops) {
    if (isa<OutputOp>(op))
      mlir::emitError(op->getLoc()) << "model '" << name
                                    << "': nn.sequential has no nn.output; its "
                                       "last layer is the output [N210]";
    else if (isa<InputOp>(op) && op != ops.front())
      mlir::emitError(op->getLoc())
          << "model '" << name << "': nn.sequential has one nn.input [N210]";
    if (op->getNumOperands() != 0)
      mlir::emitError(op->getLoc())
          << describe(op)
          << ": layers of nn.sequential take the one above "
             "and have no operands [N210]";
  }
}

void ModelChecker::checkOutput(OutputOp output) {
  if (output.getInputs().empty())
    mlir::emitError(output.getLoc()) << "nn.output: names no value [N211]";
  auto names = output.getNames();
  if (!names)
    return;
  if (names->size() != output.getInputs().size())
    mlir::emitError(output.getLoc())
        << "nn.output: has " << output.getInputs().size() << " values, but "
        << names->size() << " names [N211]";
  llvm::StringSet<> seen;
  for (StringRef name : names->getAsValueRange<StringAttr>()) {
    if (!isValidName(name))
      mlir::emitError(output.getLoc())
          << "nn.output: '" << name << "' is no name [N211]";
    if (!seen.insert(name).second)
      mlir::emitError(output.getLoc())
          << "nn.output: two outputs are named '" << name << "' [N211]";
  }
}

/// Depth-first search with an explicit stack: graphs may be very deep.
void ModelChecker::checkCycles() {
  enum class Mark { None, Open, Done };
  llvm::DenseMap<Operation *, Mark> marks;
  for (Operation &root : body) {
    SmallVector<std::pair<Operation *, unsigned>> stack;
    if (marks.lookup(&root) == Mark::None) {
      stack.push_back({&root, 0});
      marks[&root] = Mark::Open;
    }
    while (!stack.empty()) {
      auto &[op, next] = stack.back();
      if (next == op->getNumOperands()) {
        marks[op] = Mark::Done;
        stack.pop_back();
        continue;
      }
      Operation *producer = op->getOperand(next++).getDefiningOp();
      if (!producer || marks.lookup(producer) == Mark::Done)
        continue;
      if (marks.lookup(producer) == Mark::Open) {
        mlir::emitError(producer->getLoc())
            << describe(producer) << ": is part of a cycle with "
            << describe(op) << " [N213]";
        return;
      }
      marks[producer] = Mark::Open;
      stack.push_back({producer, 0});
    }
  }
}

/// Layers from which no output is reached are a slip of the author's.
void ModelChecker::checkReach(OutputOp output) {
  llvm::DenseSet<Operation *> reached;
  SmallVector<Operation *> worklist = {output};
  for (auto update : body.getOps<UpdateStateOp>())
    worklist.push_back(update);
  while (!worklist.empty())
    for (Value operand : worklist.pop_back_val()->getOperands())
      if (Operation *op = operand.getDefiningOp();
          op && reached.insert(op).second)
        worklist.push_back(op);
  for (Operation &op : body) {
    if (reached.contains(&op) || isa<OutputOp, InputOp, UpdateStateOp>(op))
      continue;
    bool usedElsewhere = llvm::any_of(
        op.getResults(), [](Value result) { return !result.use_empty(); });
    if (!usedElsewhere)
      mlir::emitError(op.getLoc())
          << describe(&op) << ": leads to no output [N215]";
  }
}

void ModelChecker::checkFunctional(bool hasMalformed) {
  StringRef name = SymbolTable::getSymbolName(model).getValue();
  auto outputs = llvm::to_vector(body.getOps<OutputOp>());
  if (outputs.size() != 1)
    mlir::emitError(model->getLoc())
        << "model '" << name << "': needs one nn.output, but has "
        << outputs.size() << " [N211]";
  // It may be the input that is malformed.
  if (body.getOps<InputOp>().empty() && !hasMalformed)
    mlir::emitError(model->getLoc())
        << "model '" << name << "': needs an nn.input [N209]";
  for (OutputOp output : outputs)
    checkOutput(output);
  checkCycles();
  if (outputs.size() == 1 && !hasMalformed)
    checkReach(outputs.front());
}

/// Every state has one update, and updates are of states.
void ModelChecker::checkStates() {
  for (auto update : body.getOps<UpdateStateOp>())
    if (!update.getState().getDefiningOp<StateOp>())
      mlir::emitError(update.getLoc())
          << "nn.update_state: its first operand is no nn.state [N218]";
  for (auto state : body.getOps<StateOp>()) {
    size_t updates = llvm::count_if(state->getUses(), [](OpOperand &use) {
      return isa<UpdateStateOp>(use.getOwner()) && use.getOperandNumber() == 0;
    });
    if (updates != 1)
      mlir::emitError(state.getLoc())
          << describe(state) << ": needs one nn.update_state, but has "
          << updates << " [N218]";
  }
}

/// A stream's inputs are one step of it; each output is one or the last value.
void ModelChecker::checkStream() {
  auto functional = dyn_cast<ModelOp>(model);
  if (!functional || !functional.getStream())
    return;
  for (auto input : body.getOps<InputOp>())
    if (input.getShape().empty() || input.getShape().front() != 1)
      mlir::emitError(input.getLoc())
          << describe(input)
          << ": a stream's input starts with one step [N218]";
  for (auto output : body.getOps<OutputOp>())
    if (output.getInputs().size() != functional.getStream()->size())
      mlir::emitError(output.getLoc())
          << "nn.output: has " << output.getInputs().size()
          << " values, but 'stream' is of " << functional.getStream()->size()
          << " [N218]";
}

/// Types are given for all values of a model or for none.
void ModelChecker::checkTypes() {
  Operation *typed = nullptr, *untyped = nullptr;
  for (Operation &op : body)
    for (Type type : op.getResultTypes())
      (isa<UnknownType>(type) ? untyped : typed) = &op;
  if (typed && untyped)
    mlir::emitError(untyped->getLoc())
        << describe(untyped) << ": has no type, but " << describe(typed)
        << " has; give the types of a whole model or none "
           "(nnc --strip-types removes them) [N107]";
}

void ModelChecker::check() {
  bool hasMalformed = false;
  for (Operation &op : body) {
    if (auto malformed = dyn_cast<MalformedOp>(op)) {
      reportMalformed(malformed);
      hasMalformed = true;
    } else if (auto layer = dyn_cast<LayerOpInterface>(op)) {
      checkLayer(layer);
      for (Region &region : op.getRegions())
        region.walk([&](Operation *inner) {
          if (auto malformed = dyn_cast<MalformedOp>(inner))
            reportMalformed(malformed);
          checkOwnKeys(*inner);
        });
      if (auto wrapper = dyn_cast<WrapperOpInterface>(op))
        checkWrapper(wrapper, isLinked);
      if (op.hasTrait<Cell>())
        mlir::emitError(op.getLoc())
            << describe(&op) << ": is a cell; it is run by nn.rnn [N315]";
    } else if (isa<StateOp, UpdateStateOp, HistoryOp>(op)) {
      if (!isLinked)
        mlir::emitError(op.getLoc()) << describe(&op)
                                     << ": is no layer; only "
                                        "the compiler writes it [N218]";
    } else if (!isa<InputOp, OutputOp, CallOp>(op)) {
      mlir::emitError(op.getLoc())
          << "'" << op.getName()
          << "' is no layer; a model holds nn layers [N216]";
    }
    checkOwnKeys(op);
  }
  if (body.getNumArguments() != 0)
    mlir::emitError(model->getLoc())
        << "model '" << SymbolTable::getSymbolName(model).getValue()
        << "': inputs are written as nn.input, not as block arguments [N209]";
  // Behind link weights are shared by symbol, whatever the names.
  if (isLinked)
    checkLinkedNames();
  else
    checkNames();
  checkTypes();
  checkStates();
  checkStream();
  if (isa<SequentialOp>(model))
    checkSequential(hasMalformed);
  else
    checkFunctional(hasMalformed);
}

//===----------------------------------------------------------------------===//
// All models together
//===----------------------------------------------------------------------===//

/// What stands beside models and weights would be compiled unseen.
static void checkModuleBody(ModuleOp module) {
  bool any = false;
  for (Operation &op : *module.getBody()) {
    any |= isa<ModelOp, SequentialOp>(op);
    if (!isa<ModelOp, SequentialOp, WeightOp>(op))
      mlir::emitError(op.getLoc())
          << "'" << op.getName() << "' is no part of a model [N216]";
  }
  if (!any)
    mlir::emitError(module.getLoc()) << "there is no nn.model or "
                                        "nn.sequential [N216]";
}

/// A module is linked as a whole: one model, or its bodies for several batches.
static void checkLinked(ModuleOp module) {
  auto isLinked = [](Operation &op) {
    auto model = dyn_cast<ModelOp>(op);
    return model && model.getLinked();
  };
  if (llvm::none_of(*module.getBody(), isLinked))
    return;
  llvm::DenseSet<int64_t> batches;
  for (Operation &op : *module.getBody()) {
    if (isLinked(op)) {
      if (!batches.insert(cast<ModelOp>(op).getBatch().value_or(0)).second)
        mlir::emitError(op.getLoc())
            << "model '" << SymbolTable::getSymbolName(&op).getValue()
            << "': there is another linked model of this batch [N218]";
    } else if (isa<ModelOp, SequentialOp>(op)) {
      mlir::emitError(op.getLoc())
          << "model '" << SymbolTable::getSymbolName(&op).getValue()
          << "': is not linked, but others of the module are [N218]";
    }
  }
  if (batches.size() > 1 && batches.contains(0))
    mlir::emitError(module.getLoc())
        << "some of the linked models have no batch [N218]";
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {

struct CheckModelPass : public nnc::impl::CheckModelPassBase<CheckModelPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    bool failed = false;
    ScopedDiagnosticHandler handler(&getContext(), [&](Diagnostic &diagnostic) {
      failed |= diagnostic.getSeverity() == DiagnosticSeverity::Error;
      return failure(); // the next handler prints it
    });
    checkModuleBody(module);
    for (Operation &op : *module.getBody())
      if (isa<ModelOp, SequentialOp>(op))
        ModelChecker(&op).check();
    checkCalls(module);
    checkLinked(module);
    if (failed)
      signalPassFailure();
    markAllAnalysesPreserved();
  }
};

} // namespace
