//===- FuseActivations.cpp - an activation into the layer before ----------===//
//
// A convolution or dense layer without an activation of its own takes over that
// of the activation layer behind it, when nobody else sees the result between.
// The epilogue then runs on values still in registers. Activations that need a
// whole row (softmax and its kind) stay layers.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/Passes.h"
#include "dialect/NNConvOps.h"
#include "dialect/NNCoreOps.h"

#include "llvm/ADT/TypeSwitch.h"

namespace nnc {
#define GEN_PASS_DEF_FUSEACTIVATIONSPASS
#include "compiler/graph/Passes.h.inc"
} // namespace nnc

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

/// The named activation that `op` computes element by element; empty if it
/// cannot be said by a name alone.
static StringRef getElementwiseName(Operation *op) {
  return llvm::TypeSwitch<Operation *, StringRef>(op)
      .Case([](ActivationOp op) -> StringRef {
        static constexpr llvm::StringLiteral others[] = {
            "softmax", "log_softmax", "sparsemax", "glu", "threshold"};
        StringRef name = op.getActivation();
        return llvm::is_contained(others, name) ? StringRef() : name;
      })
      .Case([](ReLUOp op) -> StringRef {
        if (op.getNegativeSlope() != 0.0 || op.getThreshold() != 0.0)
          return {};
        if (!op.getMaxValue())
          return "relu";
        return *op.getMaxValue() == 6.0 ? "relu6" : "";
      })
      .Case([](LeakyReLUOp op) -> StringRef {
        return op.getNegativeSlope() == 0.2 ? "leaky_relu" : "";
      })
      .Case([](ELUOp op) -> StringRef {
        return op.getAlpha() == 1.0 ? "elu" : "";
      })
      .Default(StringRef());
}

/// Can `op` take over an activation?
static bool hasFreeEpilogue(Operation *op) {
  if (!isa<DenseOp, Conv1DOp, Conv2DOp, Conv3DOp, Conv1DTransposeOp,
           Conv2DTransposeOp, Conv3DTransposeOp, DepthwiseConv1DOp,
           DepthwiseConv2DOp, SeparableConv1DOp, SeparableConv2DOp>(op))
    return false;
  auto activation = op->getAttrOfType<StringAttr>("activation");
  return !activation || activation == "linear";
}

namespace {

struct FuseActivationsPass
    : public nnc::impl::FuseActivationsPassBase<FuseActivationsPass> {
  void runOnOperation() override {
    SmallVector<LayerOpInterface> layers;
    getOperation().walk([&](LayerOpInterface layer) {
      if (!getElementwiseName(layer).empty())
        layers.push_back(layer);
    });
    for (LayerOpInterface layer : layers) {
      Operation *producer = layer->getOperand(0).getDefiningOp();
      if (!producer || !hasFreeEpilogue(producer) ||
          !producer->getResult(0).hasOneUse())
        continue;
      producer->setAttr(
          "activation",
          StringAttr::get(&getContext(), getElementwiseName(layer)));
      layer->getResult(0).replaceAllUsesWith(producer->getResult(0));
      layer->erase();
    }
  }
};

} // namespace
