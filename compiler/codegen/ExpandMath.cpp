//===- ExpandMath.cpp - math functions without a math library -------------===//
//
// A compiled model calls nothing, and a call per element would be slow, so
// functions become arithmetic here. What every target has as an instruction
// (sqrt, abs, copysign) stays; fused multiply-add and rounding stay where the
// options say that the target has them, and so do extrema. Conversions
// of 16-bit floats are written out as well, since few targets have them. Rare
// functions of f32 are computed in f64. Types other than these two are left
// alone; VerifyMath reports what remains.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/DoubleFunctions.h"
#include "compiler/codegen/HalfFloats.h"
#include "compiler/codegen/MathFunctions.h"
#include "compiler/codegen/Passes.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Matchers.h"
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
using Expansion2 = Value (*)(MathBuilder &, Value, Value);

/// How a function is computed on f32 and on f64. One without a way of its own
/// on f32 goes by way of f64, which rounds once at the end.
template <typename Function> struct Expansions {
  Function narrow;
  Function wide;
};

/// The result of `call(builder, operands…)` on f32 or f64.
template <typename Function, typename... Operands>
Value expandCall(PatternRewriter &rewriter, Location loc, bool fma,
                 Expansions<Function> expand, Value first, Operands... rest) {
  MathBuilder narrow(rewriter, loc, first, fma);
  MathBuilder wide(rewriter, loc, first, fma, /*wide=*/true);
  if (getElementTypeOrSelf(first.getType()).isF64())
    return expand.wide(wide, first, rest...);
  if (expand.narrow)
    return expand.narrow(narrow, first, rest...);
  return narrow.convertFloat(
      expand.wide(wide, wide.convertFloat(first), wide.convertFloat(rest)...));
}

/// Whether the function is computed on this type.
bool isExpanded(Type type) {
  Type element = getElementTypeOrSelf(type);
  return element.isF32() || element.isF64();
}

/// A function of one argument.
template <typename Op> struct ExpandUnary : OpRewritePattern<Op> {
  ExpandUnary(MLIRContext *context, Expansions<Expansion> expand, bool fma)
      : OpRewritePattern<Op>(context), expand(expand), fma(fma) {}

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    if (!isExpanded(op.getType()))
      return rewriter.notifyMatchFailure(op, "only f32 and f64 are expanded");
    rewriter.replaceOp(
        op, expandCall(rewriter, op.getLoc(), fma, expand, op.getOperand()));
    return success();
  }

  Expansions<Expansion> expand;
  bool fma;
};

/// A function of two arguments.
template <typename Op> struct ExpandBinary : OpRewritePattern<Op> {
  ExpandBinary(MLIRContext *context, Expansions<Expansion2> expand, bool fma)
      : OpRewritePattern<Op>(context), expand(expand), fma(fma) {}

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    if (!isExpanded(op.getType()))
      return rewriter.notifyMatchFailure(op, "only f32 and f64 are expanded");
    rewriter.replaceOp(op, expandCall(rewriter, op.getLoc(), fma, expand,
                                      op.getLhs(), op.getRhs()));
    return success();
  }

  Expansions<Expansion2> expand;
  bool fma;
};

/// The denominator of a sigmoid. Before ExpandUnary takes its exponential.
struct ExpandOnePlusExp : OpRewritePattern<math::ExpOp> {
  ExpandOnePlusExp(MLIRContext *context, bool fma)
      : OpRewritePattern(context, /*benefit=*/2), fma(fma) {}

  LogicalResult matchAndRewrite(math::ExpOp op,
                                PatternRewriter &rewriter) const override {
    if (!op->hasOneUse() || !getElementTypeOrSelf(op.getType()).isF32())
      return rewriter.notifyMatchFailure(op, "needed for itself");
    auto sum = dyn_cast<arith::AddFOp>(*op->user_begin());
    if (!sum || !(matchPattern(sum.getLhs(), m_OneFloat()) ||
                  matchPattern(sum.getRhs(), m_OneFloat())))
      return rewriter.notifyMatchFailure(op, "not added to one");
    rewriter.setInsertionPoint(sum);
    MathBuilder builder(rewriter, op.getLoc(), op.getOperand(), fma);
    rewriter.replaceOp(sum, expandOnePlusExp(builder, op.getOperand()));
    rewriter.eraseOp(op);
    return success();
  }

  bool fma;
};

/// The larger or the smaller of two f64.
template <typename Op, Expansion2 expand>
struct ExpandExtremum : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    if (!getElementTypeOrSelf(op.getType()).isF64())
      return rewriter.notifyMatchFailure(op, "only f64 is expanded");
    MathBuilder builder(rewriter, op.getLoc(), op.getLhs(), /*fma=*/false,
                        /*wide=*/true);
    rewriter.replaceOp(op, expand(builder, op.getLhs(), op.getRhs()));
    return success();
  }
};

/// The larger or the smaller of a value and a constant that is a number, as a
/// comparison that is false for NaN, so that NaN stays. Of two zeros +0 is the
/// larger one: there the constant is also taken where both are equal.
template <typename Op, bool isMaximum>
struct ExpandExtremumOfConstant : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    Value x = op.getLhs(), constant = op.getRhs();
    APFloat bound(0.0);
    if (!matchPattern(constant, m_ConstantFloat(&bound)))
      std::swap(x, constant);
    if (!matchPattern(constant, m_ConstantFloat(&bound)) || bound.isNaN())
      return rewriter.notifyMatchFailure(op, "not of a constant number");
    bool takesEqual = bound.isZero() && bound.isNegative() != isMaximum;
    using Predicate = arith::CmpFPredicate;
    Predicate predicate = isMaximum
                              ? (takesEqual ? Predicate::OLE : Predicate::OLT)
                              : (takesEqual ? Predicate::OGE : Predicate::OGT);
    Value isBeyond =
        arith::CmpFOp::create(rewriter, op.getLoc(), predicate, x, constant);
    rewriter.replaceOpWithNewOp<arith::SelectOp>(op, isBeyond, constant, x);
    return success();
  }
};

/// A multiplication and an addition, or one instruction of WebAssembly's on
/// vectors. It is an intrinsic function of the target's, so that LLVM does not
/// make scalars of it, which would be rounded otherwise.
struct ExpandFma : OpRewritePattern<math::FmaOp> {
  ExpandFma(MLIRContext *context, bool relaxed)
      : OpRewritePattern(context), relaxed(relaxed) {}

  LogicalResult matchAndRewrite(math::FmaOp op,
                                PatternRewriter &rewriter) const override {
    if (std::optional<StringRef> name = findRelaxed(op.getType())) {
      rewriter.replaceOpWithNewOp<LLVM::CallIntrinsicOp>(
          op, op.getType(), rewriter.getStringAttr(*name), op->getOperands());
      return success();
    }
    Value product =
        arith::MulFOp::create(rewriter, op.getLoc(), op.getA(), op.getB());
    rewriter.replaceOpWithNewOp<arith::AddFOp>(op, product, op.getC());
    return success();
  }

private:
  std::optional<StringRef> findRelaxed(Type type) const {
    auto vector = dyn_cast<VectorType>(type);
    if (!relaxed || !vector || vector.getRank() != 1)
      return std::nullopt;
    if (vector.getElementType().isF32() && vector.getDimSize(0) == 4)
      return "llvm.wasm.relaxed.madd.v4f32";
    if (vector.getElementType().isF64() && vector.getDimSize(0) == 2)
      return "llvm.wasm.relaxed.madd.v2f64";
    return std::nullopt;
  }

  bool relaxed;
};

struct ExpandMathPass : impl::ExpandMathPassBase<ExpandMathPass> {
  using Base::Base;

  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    addFunctions(patterns);
    populateHalfFloats(patterns);
    if (!rounding)
      addRounding(patterns);
    if (!wideExtrema)
      patterns.add<ExpandExtremum<arith::MaximumFOp, wide::maximum>,
                   ExpandExtremum<arith::MinimumFOp, wide::minimum>>(
          &getContext());
    if (!extrema)
      patterns.add<ExpandExtremumOfConstant<arith::MaximumFOp, true>,
                   ExpandExtremumOfConstant<arith::MinimumFOp, false>>(
          &getContext(), /*benefit=*/2);
    if (!fma)
      patterns.add<ExpandFma>(&getContext(), relaxedFma);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }

private:
  template <typename Op>
  void add(RewritePatternSet &patterns, Expansion narrow, Expansion wide) {
    patterns.add<ExpandUnary<Op>>(&getContext(),
                                  Expansions<Expansion>{narrow, wide}, fma);
  }
  template <typename Op>
  void add(RewritePatternSet &patterns, Expansion2 narrow, Expansion2 wide) {
    patterns.add<ExpandBinary<Op>>(&getContext(),
                                   Expansions<Expansion2>{narrow, wide}, fma);
  }
  /// Functions that f32 computes in f64.
  template <typename Op> void add(RewritePatternSet &patterns, Expansion wide) {
    add<Op>(patterns, nullptr, wide);
  }

  void addFunctions(RewritePatternSet &patterns) {
    patterns.add<ExpandOnePlusExp>(&getContext(), fma);
    add<math::ExpOp>(patterns, expandExp, wide::exp);
    add<math::Exp2Op>(patterns, expandExp2, wide::exp2);
    add<math::ExpM1Op>(patterns, expandExpM1, wide::expM1);
    add<math::LogOp>(patterns, expandLog, wide::log);
    add<math::Log1pOp>(patterns, expandLog1p, wide::log1p);
    add<math::TanhOp>(patterns, expandTanh, wide::tanh);
    add<math::ErfOp>(patterns, expandErf, wide::erf);
    add<math::RsqrtOp>(patterns, expandRsqrt, wide::rsqrt);
    add<math::RoundOp>(patterns, expandRound, wide::round);
    add<math::SinOp>(patterns, expandSin, wide::sin);
    add<math::CosOp>(patterns, expandCos, wide::cos);
    add<math::PowFOp>(patterns, expandPow, wide::pow);
    add<math::Log2Op>(patterns, wide::log2);
    add<math::Log10Op>(patterns, wide::log10);
    add<math::SinhOp>(patterns, wide::sinh);
    add<math::CoshOp>(patterns, wide::cosh);
    add<math::AsinhOp>(patterns, wide::asinh);
    add<math::AcoshOp>(patterns, wide::acosh);
    add<math::AtanhOp>(patterns, wide::atanh);
    add<math::TanOp>(patterns, wide::tan);
    add<math::AtanOp>(patterns, wide::atan);
    add<math::AsinOp>(patterns, wide::asin);
    add<math::AcosOp>(patterns, wide::acos);
    add<math::ErfcOp>(patterns, wide::erfc);
    add<math::CbrtOp>(patterns, wide::cbrt);
    add<math::Atan2Op>(patterns, nullptr, wide::atan2);
  }

  void addRounding(RewritePatternSet &patterns) {
    add<math::TruncOp>(patterns, expandTrunc, wide::trunc);
    add<math::FloorOp>(patterns, expandFloor, wide::floor);
    add<math::CeilOp>(patterns, expandCeil, wide::ceil);
    add<math::RoundEvenOp>(patterns, expandRoundEven, wide::roundEven);
  }
};

} // namespace
} // namespace nnc
