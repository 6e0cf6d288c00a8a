//===- ReuseInputs.cpp - compute elementwise results in place -------------===//
//
// An elementwise operation whose input is read by nobody else may write its
// result over that input: one buffer less in the arena and one less stream
// through the cache. The input becomes the operation's init, which is how
// linalg says "in place". Nothing happens where shapes or index maps differ,
// where the input was not computed in the same block, or is read elsewhere.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/Passes.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Transforms/WalkPatternRewriteDriver.h"

namespace nnc {
#define GEN_PASS_DEF_REUSEINPUTSPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {

/// The input that may be overwritten with the only result, or null.
static OpOperand *findDyingInput(linalg::GenericOp op) {
  AffineMap resultMap = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  if (!resultMap.isPermutation())
    return nullptr;
  for (OpOperand *input : op.getDpsInputOperands()) {
    Operation *producer = input->get().getDefiningOp();
    if (isa_and_present<linalg::LinalgOp>(producer) &&
        producer->getBlock() == op->getBlock() && input->get().hasOneUse() &&
        input->get().getType() == op.getResult(0).getType() &&
        op.getMatchingIndexingMap(input) == resultMap)
      return input;
  }
  return nullptr;
}

namespace {

struct ReuseInput : OpRewritePattern<linalg::GenericOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(linalg::GenericOp op,
                                PatternRewriter &rewriter) const override {
    if (!op.hasPureTensorSemantics() || op.getNumDpsInits() != 1 ||
        op.getNumParallelLoops() != op.getNumLoops())
      return rewriter.notifyMatchFailure(op, "not elementwise");
    if (!op.getDpsInits()[0].getDefiningOp<tensor::EmptyOp>() ||
        op.payloadUsesValueFromOperand(op.getDpsInitOperand(0)))
      return rewriter.notifyMatchFailure(op, "already has an init");
    OpOperand *input = findDyingInput(op);
    if (!input)
      return rewriter.notifyMatchFailure(op, "no input dies here");

    unsigned index = input->getOperandNumber();
    SmallVector<Value> inputs(op.getDpsInputs());
    SmallVector<AffineMap> maps = op.getIndexingMapsArray();
    inputs.erase(inputs.begin() + index);
    maps.erase(maps.begin() + index);
    auto reusing = linalg::GenericOp::create(
        rewriter, op.getLoc(), op.getResultTypes(), inputs,
        ValueRange{input->get()}, maps, op.getIteratorTypesArray());
    reusing->setDiscardableAttrs(op->getDiscardableAttrDictionary());

    Block *body = op.getBody();
    body->getArguments().back().replaceAllUsesWith(body->getArgument(index));
    rewriter.inlineRegionBefore(op.getRegion(), reusing.getRegion(),
                                reusing.getRegion().end());
    BlockArgument last = body->getArguments().back();
    body->getArgument(index).replaceAllUsesWith(last);
    body->eraseArgument(index);
    rewriter.replaceOp(op, reusing);
    return success();
  }
};

struct ReuseInputsPass : impl::ReuseInputsPassBase<ReuseInputsPass> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<ReuseInput>(&getContext());
    walkAndApplyPatterns(getOperation(), std::move(patterns));
  }
};

} // namespace
} // namespace nnc
