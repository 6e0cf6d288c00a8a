//===- FuseMultiplyAdd.cpp - explicit fused multiply-adds -----------------===//
//
// Twice the arithmetic per instruction where the target has FMA. It is done
// here, in the IR, for the one pattern `acc + a * b` of a contraction, so that
// every body rounds alike; LLVM is never given the freedom to contract on its
// own. Nothing happens outside reductions, to products with other uses, or to
// sums in which the product is not added to the accumulator.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace nnc {
#define GEN_PASS_DEF_FUSEMULTIPLYADDPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {

/// Whether the value is the accumulator of a reduction's body.
static bool isAccumulator(Value value) {
  auto argument = dyn_cast<BlockArgument>(value);
  if (!argument)
    return false;
  auto op = dyn_cast<linalg::GenericOp>(argument.getOwner()->getParentOp());
  return op && op.getNumReductionLoops() != 0 &&
         argument.getArgNumber() >= op.getNumDpsInputs();
}

/// Whether the results of the reduction are single values, not rows of them.
static bool makesSingles(Operation *inBody) {
  auto op = cast<linalg::GenericOp>(inBody->getParentOp());
  auto type = cast<ShapedType>(op.getDpsInits().front().getType());
  return type.getRank() == 0 || type.getShape().back() == 1;
}

namespace {

struct FuseMultiplyAdd : OpRewritePattern<arith::AddFOp> {
  FuseMultiplyAdd(MLIRContext *context, bool onlyRows)
      : OpRewritePattern(context), onlyRows(onlyRows) {}

  LogicalResult matchAndRewrite(arith::AddFOp op,
                                PatternRewriter &rewriter) const override {
    Value accumulator = op.getLhs();
    Value product = op.getRhs();
    if (!isAccumulator(accumulator))
      std::swap(accumulator, product);
    if (!isAccumulator(accumulator))
      return rewriter.notifyMatchFailure(op, "adds to no accumulator");
    if (onlyRows && makesSingles(op))
      return rewriter.notifyMatchFailure(op, "a vector may be of samples");
    auto multiply = product.getDefiningOp<arith::MulFOp>();
    if (!multiply || !multiply->hasOneUse())
      return rewriter.notifyMatchFailure(op, "adds no product of its own");
    rewriter.replaceOpWithNewOp<math::FmaOp>(op, multiply.getLhs(),
                                             multiply.getRhs(), accumulator);
    rewriter.eraseOp(multiply);
    return success();
  }

  bool onlyRows;
};

struct FuseMultiplyAddPass
    : impl::FuseMultiplyAddPassBase<FuseMultiplyAddPass> {
  using Base::Base;

  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<FuseMultiplyAdd>(&getContext(), onlyRows);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace
} // namespace nnc
