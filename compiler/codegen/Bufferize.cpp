//===- Bufferize.cpp - tensors become buffers -----------------------------===//
//
// One-shot bufferization of the bodies. Their signatures are memrefs already,
// so nothing crosses a function boundary; inputs and weights are read-only to
// the analysis because they come in without `writable`. Empty tensors that end
// in an output are replaced by that output first, which saves the final copy.
// Copies that remain are memref.copy; LowerToLoops makes loops of the strided
// ones.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/Passes.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Bufferization/Transforms/OneShotAnalysis.h"
#include "mlir/Dialect/Bufferization/Transforms/Transforms.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

namespace nnc {
#define GEN_PASS_DEF_BUFFERIZEPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {

/// Writes what a loop yields into what it carries, so that a state has one
/// buffer for all iterations, which bufferization insists on. Where the new
/// state was computed there already, this is a copy of a buffer to itself and
/// folds away. A state that becomes another one is copied before any of them
/// is written.
static void keepStatesInPlace(scf::ForOp loop) {
  Operation *yield = loop.getBody()->getTerminator();
  OpBuilder builder(yield);
  SmallVector<std::pair<OpOperand *, Value>> states;
  for (auto [state, next] :
       llvm::zip_equal(loop.getRegionIterArgs(), yield->getOpOperands()))
    if (isa<RankedTensorType>(state.getType()) && next.get() != state)
      states.push_back({&next, state});
  for (auto [next, state] : states) {
    auto argument = dyn_cast<BlockArgument>(next->get());
    if (!argument || argument.getOwner() != loop.getBody())
      continue;
    auto type = cast<RankedTensorType>(state.getType());
    next->set(bufferization::AllocTensorOp::create(
        builder, yield->getLoc(), type, ValueRange(), next->get()));
  }
  for (auto [next, state] : states)
    next->set(bufferization::MaterializeInDestinationOp::create(
                  builder, next->get().getLoc(), next->get(), state)
                  .getResult());
}

/// Takes back what was to be written over a loop's state where the loop, of one
/// turn, is gone: the old state may be an input, and nobody needs it there.
static void forgetStatesOfNoLoop(ModuleOp module) {
  module.walk([](bufferization::MaterializeInDestinationOp op) {
    if (op->getNumResults() == 0)
      return;
    auto state = dyn_cast<BlockArgument>(op.getDest());
    if (state && isa<scf::ForOp>(state.getOwner()->getParentOp()))
      return;
    op->getResult(0).replaceAllUsesWith(op.getSource());
    op.erase();
  });
}

/// Gives every use of an empty or filled tensor one of its own, right before
/// it. Equal ones have been merged, but a buffer can be the place of one result
/// only.
template <typename OpTy> static void splitUses(ModuleOp module) {
  module.walk([](OpTy op) {
    OpBuilder builder(op);
    for (OpOperand &use : llvm::make_early_inc_range(op->getUses())) {
      if (op->hasOneUse())
        return;
      builder.setInsertionPoint(
          op->getBlock()->findAncestorOpInBlock(*use.getOwner()));
      use.set(builder.clone(*op)->getResult(0));
    }
  });
}

namespace {

struct BufferizePass : impl::BufferizePassBase<BufferizePass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    forgetStatesOfNoLoop(module);
    module.walk([](scf::ForOp loop) { keepStatesInPlace(loop); });
    splitUses<linalg::FillOp>(module);
    splitUses<tensor::EmptyOp>(module);
    IRRewriter rewriter(&getContext());
    if (failed(bufferization::eliminateEmptyTensors(rewriter, module)))
      return signalPassFailure();
    bufferization::OneShotBufferizationOptions options;
    options.bufferAlignment = 64;
    bufferization::BufferizationState state;
    if (failed(bufferization::runOneShotBufferize(module, options, state)))
      signalPassFailure();
  }
};

} // namespace
} // namespace nnc
