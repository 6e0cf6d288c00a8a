//===- FuseElementwise.cpp - one pass over memory for elementwise ops -----===//
//
// A chain of activations, scalings and additions reads and writes memory once
// instead of once per step. A producer is fused only where its consumer reads
// each of its elements once, so that no `exp` is ever computed twice; what
// only moves or repeats values (broadcasts, fills) is always fused. Nothing
// happens to producers with several readers, nor to the next step where a loop
// has hundreds of them already.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace nnc {
#define GEN_PASS_DEF_FUSEELEMENTWISEPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {

/// Steps of one loop. Each fusion copies them all, so that a chain without end
/// would take the square of its length.
static constexpr size_t kMaxSteps = 256;

static size_t countSteps(linalg::GenericOp op) {
  return op.getBody()->getOperations().size();
}

/// Whether the producer only passes a value on.
static bool onlyMovesValues(linalg::GenericOp producer) {
  return llvm::hasSingleElement(*producer.getBody());
}

/// Whether the consumer's loops read each element of the operand once.
static bool readsOnce(linalg::GenericOp consumer, OpOperand &operand) {
  auto type = cast<RankedTensorType>(operand.get().getType());
  SmallVector<int64_t> ranges = consumer.getStaticLoopRanges();
  if (!type.hasStaticShape() || llvm::any_of(ranges, ShapedType::isDynamic))
    return false;
  int64_t reads = 1;
  for (int64_t range : ranges)
    if (llvm::MulOverflow(reads, range, reads))
      return false;
  return reads <= type.getNumElements();
}

static bool shouldFuse(OpOperand *operand) {
  auto producer = operand->get().getDefiningOp<linalg::GenericOp>();
  auto consumer = dyn_cast<linalg::GenericOp>(operand->getOwner());
  if (!producer || !consumer)
    return false;
  if (onlyMovesValues(producer))
    return true;
  return producer->hasOneUse() && readsOnce(consumer, *operand) &&
         countSteps(producer) + countSteps(consumer) <= kMaxSteps;
}

namespace {

/// Named structured operations become linalg.generic, the form that fusion
/// and the sum order work on.
struct Generalize : OpInterfaceRewritePattern<linalg::LinalgOp> {
  using OpInterfaceRewritePattern::OpInterfaceRewritePattern;

  LogicalResult matchAndRewrite(linalg::LinalgOp op,
                                PatternRewriter &rewriter) const override {
    if (isa<linalg::GenericOp, linalg::FillOp, linalg::CopyOp>(op))
      return rewriter.notifyMatchFailure(op, "keeps its form");
    return linalg::generalizeNamedOp(rewriter, op);
  }
};

struct FuseElementwisePass
    : impl::FuseElementwisePassBase<FuseElementwisePass> {
  void runOnOperation() override {
    MLIRContext *context = &getContext();
    RewritePatternSet patterns(context);
    patterns.add<Generalize>(context);
    linalg::populateElementwiseOpsFusionPatterns(patterns, shouldFuse);
    linalg::FillOp::getCanonicalizationPatterns(patterns, context);
    linalg::GenericOp::getCanonicalizationPatterns(patterns, context);
    GreedyRewriteConfig config;
    config.setUseTopDownTraversal();
    if (failed(
            applyPatternsGreedily(getOperation(), std::move(patterns), config)))
      signalPassFailure();
  }
};

} // namespace
} // namespace nnc
