//===- CheckCalls.cpp - calls of one model from another -------------------===//
//
// Calls are replaced by what the called model does, so a short text can stand
// for a model without end: models that call themselves, chains of calls, and
// models that call another twice, which calls another twice. All of these are
// found here, before anything is inlined, in time that the text's size bounds.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/CheckCalls.h"

#include "dialect/NNOps.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/DenseMap.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

/// Models that call one another deeper than this are nobody's.
static constexpr unsigned kMaxDepth = 64;
/// Layers of a model with those of the models it calls.
static constexpr size_t kMaxLayers = 100000;

/// Inputs and outputs that a call of `model` has to have.
static std::pair<size_t, size_t> getSignature(Operation *model) {
  Block &body = model->getRegion(0).front();
  if (isa<SequentialOp>(model))
    return {1, 1};
  auto outputs = body.getOps<OutputOp>();
  return {size_t(llvm::range_size(body.getOps<InputOp>())),
          outputs.empty() ? 0 : (*outputs.begin()).getInputs().size()};
}

static InFlightDiagnostic emitCallError(CallOp call) {
  return mlir::emitError(call.getLoc())
         << "call of @" << call.getCallee() << ": ";
}

/// The values that a call is given: one in nn.sequential, and in a wrapper what
/// that takes.
static size_t countGiven(CallOp call) {
  Operation *parent = call->getParentOp();
  if (isa<SequentialOp>(parent))
    return 1;
  if (isa<WrapperOpInterface>(parent) && call.getInputs().empty())
    return call->getPrevNode()
               ? 1
               : std::max<size_t>(
                     getPositionalInputs(cast<LayerOpInterface>(parent)).size(),
                     1);
  return call.getInputs().size();
}

static void checkCall(CallOp call, Operation *callee) {
  if (!callee) {
    emitCallError(call) << "there is no such model [N214]";
    return;
  }
  auto [inputs, outputs] = getSignature(callee);
  size_t given = countGiven(call);
  if (given != inputs)
    emitCallError(call) << "expects " << inputs
                        << (inputs == 1 ? " input" : " inputs") << ", but got "
                        << given << " [N214]";
  size_t named = call.getOutputs().size();
  if (named != outputs)
    emitCallError(call) << "gives " << outputs
                        << (outputs == 1 ? " result" : " results") << ", but "
                        << named << (named == 1 ? " is" : " are")
                        << " named [N214]";
}

namespace {

/// Visits models in the order of their calls, each once.
class CallGraph {
public:
  explicit CallGraph(ModuleOp module) : symbols(module) {}

  /// Visits `model` and what it calls, unless it was visited before.
  void check(Operation *model, unsigned depth = 0);

private:
  struct Node {
    bool open = true;    ///< on the path from the root
    unsigned height = 0; ///< calls below it, one in another
    size_t layers = 0;   ///< with those of the models it calls
  };

  Operation *lookUp(CallOp call) {
    Operation *callee = symbols.lookup(call.getCallee());
    return isa_and_present<ModelOp, SequentialOp>(callee) ? callee : nullptr;
  }
  void follow(CallOp call, Node &caller, unsigned depth);

  SymbolTable symbols;
  llvm::DenseMap<Operation *, Node> nodes;
};

} // namespace

void CallGraph::follow(CallOp call, Node &caller, unsigned depth) {
  Operation *callee = lookUp(call);
  checkCall(call, callee);
  if (!callee)
    return;
  if (depth < kMaxDepth && !nodes.contains(callee))
    check(callee, depth + 1);
  auto node = nodes.find(callee);
  if (node == nodes.end() || node->second.height >= kMaxDepth) {
    emitCallError(call) << "calls nest deeper than " << kMaxDepth << " [N214]";
    return;
  }
  if (node->second.open) {
    emitCallError(call) << "a model cannot call itself [N214]";
    return;
  }
  caller.height = std::max(caller.height, node->second.height + 1);
  caller.layers = std::min(caller.layers + node->second.layers, kMaxLayers + 1);
}

void CallGraph::check(Operation *model, unsigned depth) {
  if (!nodes.try_emplace(model).second)
    return;
  Node node;
  model->getRegion(0).walk([&](Operation *op) {
    if (auto call = dyn_cast<CallOp>(op))
      follow(call, node, depth);
    else
      ++node.layers;
  });
  if (node.layers > kMaxLayers) {
    mlir::emitError(model->getLoc())
        << "model '" << SymbolTable::getSymbolName(model).getValue()
        << "': has more than " << kMaxLayers
        << " layers, those of the models it calls included [N214]";
    node.layers = 0; // callers would only repeat it
  }
  node.open = false;
  nodes[model] = node;
}

void nnc::checkCalls(ModuleOp module) {
  CallGraph graph(module);
  for (Operation &op : *module.getBody())
    if (isa<ModelOp, SequentialOp>(op))
      graph.check(&op);
}
