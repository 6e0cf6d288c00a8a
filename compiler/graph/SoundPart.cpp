//===- SoundPart.cpp - models without what is wrong in them ---------------===//
//
// keepSoundPart of Graph.h. Layers of nn.sequential take the one above without
// naming it, so that a wrong one ends the model there.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/Graph.h"
#include "dialect/NNOps.h"

using namespace mlir;

namespace nnc {

using Operations = llvm::SetVector<Operation *>;

static bool holdsWrong(Operation &op,
                       llvm::function_ref<bool(Operation *)> isWrong) {
  WalkResult walk = op.walk([&](Operation *inner) {
    return isWrong(inner) ? WalkResult::interrupt() : WalkResult::advance();
  });
  return walk.wasInterrupted();
}

/// What is wrong in the body and what depends on it. The output goes as well,
/// for another one takes its place.
static Operations findUnsound(Block &body, bool isChain,
                              llvm::function_ref<bool(Operation *)> isWrong) {
  Operations unsound;
  for (Operation &op : body)
    if ((isChain && !unsound.empty()) || holdsWrong(op, isWrong))
      unsound.insert(&op);
  for (size_t i = 0; i != unsound.size(); ++i)
    for (Operation *user : unsound[i]->getUsers())
      unsound.insert(body.findAncestorOpInBlock(*user));
  if (!unsound.empty())
    for (Operation &op : body)
      if (isa<nn::OutputOp>(op))
        unsound.insert(&op);
  return unsound;
}

static void addOutput(Block &body, Location loc) {
  SmallVector<Value> unused;
  for (Operation &op : body)
    for (Value result : op.getResults())
      if (result.use_empty())
        unused.push_back(result);
  if (unused.empty())
    return;
  OpBuilder builder = OpBuilder::atBlockEnd(&body);
  nn::OutputOp::create(builder, loc, unused, /*names=*/ArrayAttr());
}

void keepSoundPart(ModuleOp module,
                   llvm::function_ref<bool(Operation *)> isWrong) {
  for (Operation &model : *module.getBody()) {
    bool isChain = isa<nn::SequentialOp>(model);
    if (!isChain && !isa<nn::ModelOp>(model))
      continue;
    Block &body = model.getRegion(0).front();
    Operations unsound = findUnsound(body, isChain, isWrong);
    for (Operation *op : unsound)
      op->dropAllUses();
    for (Operation *op : unsound)
      op->erase();
    if (!unsound.empty() && !isChain)
      addOutput(body, model.getLoc());
  }
}

} // namespace nnc
