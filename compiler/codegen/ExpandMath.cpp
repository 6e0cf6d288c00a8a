//===- ExpandMath.cpp - math functions without a math library -------------===//
//
// A compiled model calls nothing, and a call per element would be slow, so
// functions become arithmetic here. What every target has as an instruction
// (sqrt, abs, copysign) stays; fused multiply-add and rounding stay where the
// options say that the target has them. Element types other than f32 are left
// alone; VerifyMath reports what remains.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/MathFunctions.h"
#include "compiler/codegen/Passes.h"

#include "mlir/IR/TypeUtilities.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace nnc {
#define GEN_PASS_DEF_EXPANDMATHPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {
namespace {

using Expansion = Value (*)(MathBuilder &, Value);

/// A function of one f32 argument.
template <typename Op> struct ExpandUnary : OpRewritePattern<Op> {
  ExpandUnary(MLIRContext *context, Expansion expand, bool fma)
      : OpRewritePattern<Op>(context), expand(expand), fma(fma) {}

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    Value x = op.getOperand();
    if (!getElementTypeOrSelf(x.getType()).isF32())
      return rewriter.notifyMatchFailure(op, "only f32 is expanded");
    MathBuilder b(rewriter, op.getLoc(), x, fma);
    rewriter.replaceOp(op, expand(b, x));
    return success();
  }

  Expansion expand;
  bool fma;
};

struct ExpandPow : OpRewritePattern<math::PowFOp> {
  ExpandPow(MLIRContext *context, bool fma)
      : OpRewritePattern(context), fma(fma) {}

  LogicalResult matchAndRewrite(math::PowFOp op,
                                PatternRewriter &rewriter) const override {
    if (!getElementTypeOrSelf(op.getType()).isF32())
      return rewriter.notifyMatchFailure(op, "only f32 is expanded");
    MathBuilder b(rewriter, op.getLoc(), op.getLhs(), fma);
    rewriter.replaceOp(op, expandPow(b, op.getLhs(), op.getRhs()));
    return success();
  }

  bool fma;
};

struct ExpandFma : OpRewritePattern<math::FmaOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(math::FmaOp op,
                                PatternRewriter &rewriter) const override {
    Value product =
        arith::MulFOp::create(rewriter, op.getLoc(), op.getA(), op.getB());
    rewriter.replaceOpWithNewOp<arith::AddFOp>(op, product, op.getC());
    return success();
  }
};

struct ExpandMathPass : impl::ExpandMathPassBase<ExpandMathPass> {
  using Base::Base;

  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    addFunctions(patterns);
    if (!rounding)
      addRounding(patterns);
    if (!fma)
      patterns.add<ExpandFma>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }

private:
  template <typename Op>
  void add(RewritePatternSet &patterns, Expansion expand) {
    patterns.add<ExpandUnary<Op>>(&getContext(), expand, fma);
  }

  void addFunctions(RewritePatternSet &patterns) {
    add<math::ExpOp>(patterns, expandExp);
    add<math::Exp2Op>(patterns, expandExp2);
    add<math::ExpM1Op>(patterns, expandExpM1);
    add<math::LogOp>(patterns, expandLog);
    add<math::Log1pOp>(patterns, expandLog1p);
    add<math::TanhOp>(patterns, expandTanh);
    add<math::ErfOp>(patterns, expandErf);
    add<math::RsqrtOp>(patterns, expandRsqrt);
    add<math::RoundOp>(patterns, expandRound);
    add<math::SinOp>(patterns, expandSin);
    add<math::CosOp>(patterns, expandCos);
    patterns.add<ExpandPow>(&getContext(), fma);
  }

  void addRounding(RewritePatternSet &patterns) {
    add<math::TruncOp>(patterns, expandTrunc);
    add<math::FloorOp>(patterns, expandFloor);
    add<math::CeilOp>(patterns, expandCeil);
    add<math::RoundEvenOp>(patterns, expandRoundEven);
  }
};

} // namespace
} // namespace nnc
