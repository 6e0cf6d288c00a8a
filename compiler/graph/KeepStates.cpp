//===- KeepStates.cpp - recurrent layers that go on where they stopped ----===//
//
// Keras trains most recurrent layers on whole sequences and forgets their state
// after each call. Whoever feeds one long sequence in parts (`--stateful`)
// wants it kept: every layer that has the key gets `stateful = true`, inside
// wrappers, too. Layers inside time_distributed see a sequence of their own at
// each step and stay as they are.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/BatchedTypes.h"
#include "compiler/graph/Passes.h"

#include "mlir/IR/Builders.h"

namespace nnc {
#define GEN_PASS_DEF_KEEPSTATESPASS
#include "compiler/graph/Passes.h.inc"
} // namespace nnc

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

static bool hasStatefulKey(Operation *op) {
  return llvm::is_contained(op->getName().getAttributeNames(), "stateful");
}

namespace {

struct KeepStatesPass : public nnc::impl::KeepStatesPassBase<KeepStatesPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    if (isSpecialized(module)) {
      mlir::emitError(getLinkedModel(module).getLoc())
          << "the model has been compiled already; its states are as they are "
             "[N504]";
      return signalPassFailure();
    }
    auto keep = [](Operation *op) {
      if (op->getName().stripDialect() == "time_distributed")
        return WalkResult::skip();
      if (hasStatefulKey(op))
        op->setAttr("stateful", BoolAttr::get(op->getContext(), true));
      return WalkResult::advance();
    };
    for (ModelOp model : getLinkedModels(module))
      model.walk<WalkOrder::PreOrder>(keep);
  }
};

} // namespace
