//===- HalfFloats.cpp - conversions of 16-bit floats as arithmetic --------===//
//
// Few targets have instructions for float16 and bfloat16, and the others would
// call a library. Both are bits that integer arithmetic makes and reads: to
// nearest, ties to even, with infinities, NaN and denormals, the same on every
// target. A double goes to a half by way of a float that is rounded to odd,
// which keeps what the second rounding needs to know. Nothing else may compute
// on halves; VerifyMath reports what remains.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/HalfFloats.h"

#include "compiler/codegen/MathBuilder.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;

namespace nnc {
namespace {

bool isHalf(Type type) {
  Type element = getElementTypeOrSelf(type);
  return element.isF16() || element.isBF16();
}

/// Bits that a half and a float have.
constexpr int64_t kHalfInfinity = 0x7C00;
constexpr int64_t kHalfNaN = 0x7E00;
constexpr int64_t kInfinity = 0x7F800000;
/// What separates the exponents of the two, in a float's place.
constexpr int64_t kExponentShift = int64_t(127 - 15) << 23;

/// The float of a float16's bits, which are in the low half of `bits`.
Value floatOfHalf(MathBuilder &b, Value bits) {
  Value magnitude = b.bitAnd(bits, b.integer(0x7FFF));
  Value sign = b.shiftLeft(b.bitAnd(bits, b.integer(0x8000)), 16);
  Value moved = b.shiftLeft(magnitude, 13);
  Value normal = b.addInt(moved, b.integer(kExponentShift));
  Value special = b.bitOr(moved, b.integer(kInfinity));
  // A denormal is an integer times 2^-24.
  Value denormal = b.bits(b.mul(b.toFloat(magnitude), 0x1p-24));
  Value result = b.select(b.lessInt(magnitude, 0x400), denormal, normal);
  result = b.select(b.lessInt(magnitude, kHalfInfinity), result, special);
  return b.fromBits(b.bitOr(result, sign));
}

Value floatOfBrain(MathBuilder &b, Value bits) {
  return b.fromBits(b.shiftLeft(bits, 16));
}

/// `bits` without their low `count`, rounded to nearest, ties to even.
Value dropBits(MathBuilder &b, Value bits, int64_t count) {
  Value odd = b.bitAnd(b.shiftRight(bits, count), b.integer(1));
  Value up = b.addInt(odd, b.integer((int64_t(1) << (count - 1)) - 1));
  return b.shiftRightUnsigned(b.addInt(bits, up), b.integer(count));
}

Value halfOfFloat(MathBuilder &b, Value x) {
  Value bits = b.bits(x);
  Value sign = b.bitAnd(b.shiftRight(bits, 16), b.integer(0x8000));
  Value magnitude = b.bitAnd(bits, b.integer(0x7FFFFFFF));
  Value shifted = b.subInt(magnitude, b.integer(kExponentShift));
  Value normal = dropBits(b, shifted, 13);
  // The smallest step of a float just above 1/2 is a float16's smallest.
  Value raised = b.bits(b.add(b.abs(x), 0.5));
  Value denormal = b.subInt(raised, b.bits(b.number(0.5)));
  Value result =
      b.select(b.lessInt(magnitude, int64_t(113) << 23), denormal, normal);
  result = b.select(b.lessInt(magnitude, int64_t(143) << 23), result,
                    b.integer(kHalfInfinity));
  result = b.select(b.lessInt(magnitude, kInfinity + 1), result,
                    b.integer(kHalfNaN));
  return b.bitOr(result, sign);
}

Value brainOfFloat(MathBuilder &b, Value x) {
  Value bits = b.bits(x);
  Value quiet = b.bitOr(b.shiftRight(bits, 16), b.integer(0x40));
  return b.select(b.notEqual(x, x), quiet, dropBits(b, bits, 16));
}

/// A double as a float: to the neighbour whose last bit is 1 where it is
/// between two, so that a rounding to fewer bits sees on which side it was.
Value roundToOdd(MathBuilder &b, MathBuilder &wide, Value x) {
  Value nearest = b.convertFloat(x);
  Value back = wide.convertFloat(nearest);
  Value bits = b.bits(nearest);
  Value inward = b.select(wide.less(wide.abs(x), wide.abs(back)),
                          b.subInt(bits, b.integer(1)), bits);
  Value odd = b.fromBits(b.bitOr(inward, b.integer(1)));
  Value differs = wide.bitOr(wide.less(x, back), wide.less(back, x));
  return b.select(differs, odd, nearest);
}

/// The type of `like`, a scalar or a vector, with other elements.
Type withElement(Value like, Type element) {
  if (auto shaped = dyn_cast<ShapedType>(like.getType()))
    return shaped.clone(element);
  return element;
}

/// The float of a half.
Value extend(PatternRewriter &rewriter, Location loc, Value x) {
  MathBuilder b(rewriter, loc, x, /*fma=*/false);
  Value narrow = arith::BitcastOp::create(
      rewriter, loc, withElement(x, rewriter.getI16Type()), x);
  Value bits = arith::ExtUIOp::create(
      rewriter, loc, withElement(x, rewriter.getI32Type()), narrow);
  return getElementTypeOrSelf(x.getType()).isF16() ? floatOfHalf(b, bits)
                                                   : floatOfBrain(b, bits);
}

/// The half, of type `type`, of a float or a double.
Value truncate(PatternRewriter &rewriter, Location loc, Value x, Type type) {
  MathBuilder b(rewriter, loc, x, /*fma=*/false);
  if (getElementTypeOrSelf(x.getType()).isF64()) {
    MathBuilder wide(rewriter, loc, x, /*fma=*/false, /*wide=*/true);
    x = roundToOdd(b, wide, x);
  }
  Value bits = getElementTypeOrSelf(type).isF16() ? halfOfFloat(b, x)
                                                  : brainOfFloat(b, x);
  Value narrow = arith::TruncIOp::create(
      rewriter, loc, withElement(x, rewriter.getI16Type()), bits);
  return arith::BitcastOp::create(rewriter, loc, type, narrow);
}

struct ExpandExtend : OpRewritePattern<arith::ExtFOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(arith::ExtFOp op,
                                PatternRewriter &rewriter) const override {
    if (!isHalf(op.getIn().getType()))
      return rewriter.notifyMatchFailure(op, "extends no half");
    Value result = extend(rewriter, op.getLoc(), op.getIn());
    if (result.getType() != op.getType())
      result =
          arith::ExtFOp::create(rewriter, op.getLoc(), op.getType(), result);
    rewriter.replaceOp(op, result);
    return success();
  }
};

struct ExpandTruncate : OpRewritePattern<arith::TruncFOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(arith::TruncFOp op,
                                PatternRewriter &rewriter) const override {
    if (!isHalf(op.getType()))
      return rewriter.notifyMatchFailure(op, "truncates to no half");
    rewriter.replaceOp(
        op, truncate(rewriter, op.getLoc(), op.getIn(), op.getType()));
    return success();
  }
};

/// Integers to halves by way of a float; MLIR folds the two steps to one.
template <typename ConvertOp>
struct ExpandFromInteger : OpRewritePattern<ConvertOp> {
  using OpRewritePattern<ConvertOp>::OpRewritePattern;

  LogicalResult matchAndRewrite(ConvertOp op,
                                PatternRewriter &rewriter) const override {
    if (!isHalf(op.getType()))
      return rewriter.notifyMatchFailure(op, "converts to no half");
    Value single = ConvertOp::create(
        rewriter, op.getLoc(), withElement(op.getIn(), rewriter.getF32Type()),
        op.getIn());
    rewriter.replaceOp(op,
                       truncate(rewriter, op.getLoc(), single, op.getType()));
    return success();
  }
};

/// Halves compare as the floats that they are.
struct ExpandCompare : OpRewritePattern<arith::CmpFOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(arith::CmpFOp op,
                                PatternRewriter &rewriter) const override {
    if (!isHalf(op.getLhs().getType()))
      return rewriter.notifyMatchFailure(op, "compares no halves");
    Value a = extend(rewriter, op.getLoc(), op.getLhs());
    Value b = extend(rewriter, op.getLoc(), op.getRhs());
    rewriter.replaceOpWithNewOp<arith::CmpFOp>(op, op.getPredicate(), a, b);
    return success();
  }
};

} // namespace

void populateHalfFloats(RewritePatternSet &patterns) {
  patterns.add<ExpandExtend, ExpandTruncate, ExpandCompare,
               ExpandFromInteger<arith::SIToFPOp>,
               ExpandFromInteger<arith::UIToFPOp>>(patterns.getContext());
}

} // namespace nnc
