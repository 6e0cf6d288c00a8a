//===- DropTrainingLayers.cpp - remove dropout and its relatives ----------===//
//
// Layers with the TrainingOnly trait pass their input through at inference, and
// so does the activation `linear`: their users take the input instead. Does
// nothing else.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/Passes.h"
#include "dialect/NNCoreOps.h"

namespace nnc {
#define GEN_PASS_DEF_DROPTRAININGLAYERSPASS
#include "compiler/graph/Passes.h.inc"
} // namespace nnc

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

static bool passesThrough(Operation *op) {
  if (auto activation = dyn_cast<ActivationOp>(op))
    return activation.getActivation() == "linear";
  return op->hasTrait<TrainingOnly>();
}

namespace {

struct DropTrainingLayersPass
    : public nnc::impl::DropTrainingLayersPassBase<DropTrainingLayersPass> {
  void runOnOperation() override {
    SmallVector<Operation *> dropped;
    getOperation().walk([&](LayerOpInterface layer) {
      if (passesThrough(layer))
        dropped.push_back(layer);
    });
    for (Operation *op : dropped) {
      op->getResult(0).replaceAllUsesWith(op->getOperand(0));
      op->erase();
    }
  }
};

} // namespace
