//===- MathFunctions.cpp - functions of f32 as arithmetic -----------------===//
//
// The usual recipe: reduce the argument to a small interval where a short
// polynomial is accurate, and put the result together from exact steps. The
// coefficients are minimax fits on these intervals. Values that a step would
// make undefined (an infinity turned into an integer) are clamped before or
// replaced by a select after it. Where the target does not fuse, products
// with the two halves of a constant stay exact because the upper half has
// trailing zeros.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/MathFunctions.h"

#include <limits>

using namespace mlir;

namespace nnc {

static constexpr float kInf = std::numeric_limits<float>::infinity();
static constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

/// ln 2 in two parts; the first has 9 significant bits.
static constexpr float kLn2High = 0.693359375f;
static constexpr float kLn2Low = -2.12194440e-4f;
static constexpr float kLog2E = 1.44269504f;

/// Adding it to |x| < 2^22 leaves x rounded to an integer in the low bits.
static constexpr float kRoundingShift = 12582912.0f; // 1.5 * 2^23
static constexpr int32_t kRoundingShiftBits = 0x4B400000;
static constexpr int32_t kOneBits = 0x3F800000;

/// From here on every float is an integer.
static constexpr float kTwo23 = 8388608.0f;

namespace {
/// x = n ln 2 + r with |r| <= ln 2 / 2; n as an integer.
struct Reduced {
  Value n;
  Value r;
};
} // namespace

/// n = x * scale rounded, as a float and as an integer.
static std::pair<Value, Value> roundedProduct(MathBuilder &b, Value x,
                                              float scale) {
  Value shifted = b.mulAdd(x, scale, b.number(kRoundingShift));
  Value asFloat = b.sub(shifted, kRoundingShift);
  Value asInt = b.subInt(b.bits(shifted), b.integer(kRoundingShiftBits));
  return {asFloat, asInt};
}

static Reduced reduceByLn2(MathBuilder &b, Value x) {
  auto [n, asInt] = roundedProduct(b, x, kLog2E);
  Value r = b.mulAdd(n, -kLn2High, x);
  return {asInt, b.mulAdd(n, -kLn2Low, r)};
}

/// e^r - 1 for |r| <= ln 2 / 2.
static Value expM1Polynomial(MathBuilder &b, Value r) {
  Value tail =
      b.polynomial(r, {5.000000000e-01f, 1.666666716e-01f, 4.166635498e-02f,
                       8.333274163e-03f, 1.394098392e-03f, 1.991354366e-04f});
  return b.mulAdd(b.mul(r, r), tail, r);
}

/// 2^n as a float, -126 <= n <= 127.
static Value powerOfTwo(MathBuilder &b, Value n) {
  return b.fromBits(b.addInt(b.shiftLeft(n, 23), b.integer(kOneBits)));
}

/// value * 2^n in two steps, so that results may overflow or be denormal.
static Value scale(MathBuilder &b, Value value, Value n) {
  Value half = b.shiftRight(n, 1);
  Value rest = b.subInt(n, half);
  return b.mul(b.mul(value, powerOfTwo(b, half)), powerOfTwo(b, rest));
}

Value expandExp(MathBuilder &b, Value x) {
  Reduced reduced = reduceByLn2(b, b.clamp(x, -104.0f, 89.0f));
  Value value = b.add(expM1Polynomial(b, reduced.r), 1.0f);
  return scale(b, value, reduced.n);
}

/// e^x for -87 < x < 88, where the result is a normal number.
static Value normalExp(MathBuilder &b, Value x) {
  Reduced reduced = reduceByLn2(b, x);
  Value value = b.add(expM1Polynomial(b, reduced.r), 1.0f);
  return b.mul(value, powerOfTwo(b, reduced.n));
}

/// 1 + 2 (2^(n-1) e^r), halved so that n = 128 has a power of two. Below the
/// smallest argument e^x is lost in the sum.
Value expandOnePlusExp(MathBuilder &b, Value x) {
  Reduced reduced = reduceByLn2(b, b.clamp(x, -80.0f, 89.0f));
  Value halfPower = powerOfTwo(b, b.subInt(reduced.n, b.integer(1)));
  Value value = b.add(expM1Polynomial(b, reduced.r), 1.0f);
  return b.mulAdd(b.mul(value, halfPower), 2.0f, b.number(1.0f));
}

Value expandExp2(MathBuilder &b, Value x) {
  Value clamped = b.clamp(x, -151.0f, 129.0f);
  auto [n, asInt] = roundedProduct(b, clamped, 1.0f);
  Value r = b.mul(b.sub(clamped, n), 0.693147181f);
  return scale(b, b.add(expM1Polynomial(b, r), 1.0f), asInt);
}

/// e^x - 1 = 2 (2^(n-1) (e^r - 1) + (2^(n-1) - 1/2)); halved so that n = 128
/// has a power of two. Tiny x are their own result, which keeps the sign of
/// zero and denormals.
Value expandExpM1(MathBuilder &b, Value x) {
  Reduced reduced = reduceByLn2(b, b.clamp(x, -18.0f, 89.0f));
  Value halfPower = powerOfTwo(b, b.subInt(reduced.n, b.integer(1)));
  Value half = b.mulAdd(halfPower, expM1Polynomial(b, reduced.r),
                        b.sub(halfPower, 0.5f));
  Value result = b.add(half, half);
  return b.select(b.less(b.abs(x), 0x1p-25f), x, result);
}

/// log(1 + f) - f for 1 + f in [sqrt(1/2), sqrt(2)].
static Value logTail(MathBuilder &b, Value f) {
  Value square = b.mul(f, f);
  Value tail =
      b.polynomial(f, {3.333331048e-01f, -2.499998659e-01f, 2.000222355e-01f,
                       -1.666925550e-01f, 1.421868652e-01f, -1.238424107e-01f,
                       1.187280566e-01f, -1.179060563e-01f, 6.916625053e-02f});
  return b.mulAdd(square, -0.5f, b.mul(b.mul(f, square), tail));
}

/// log of a positive, finite x, plus `correction`, which is added where it
/// loses nothing.
static Value logOfPositive(MathBuilder &b, Value x, Value correction) {
  Value denormal = b.less(x, 0x1p-126f);
  x = b.select(denormal, b.mul(x, 0x1p23f), x);
  Value exponentOffset = b.select(denormal, b.integer(-23), b.integer(0));

  Value bits = b.bits(x);
  Value n = b.shiftRight(b.subInt(bits, b.integer(0x3F3504F3)), 23);
  Value f = b.sub(b.fromBits(b.subInt(bits, b.shiftLeft(n, 23))), 1.0f);
  Value e = b.toFloat(b.addInt(n, exponentOffset));
  Value low = b.mulAdd(e, kLn2Low, b.add(logTail(b, f), correction));
  return b.mulAdd(e, kLn2High, b.add(f, low));
}

/// What a logarithm returns where its argument is not positive and finite.
static Value logEdges(MathBuilder &b, Value x, Value result) {
  result = b.select(b.equal(x, 0.0f), -kInf, result);
  result = b.select(b.less(x, 0.0f), kNaN, result);
  // Greater than the largest number or NaN: the argument itself.
  Value finite = b.less(x, kInf);
  return b.select(finite, result, x);
}

Value expandLog(MathBuilder &b, Value x) {
  return logEdges(b, x, logOfPositive(b, x, b.number(0.0f)));
}

/// log(u) with u = 1 + x rounded, plus the rounding error divided by u.
Value expandLog1p(MathBuilder &b, Value x) {
  Value u = b.add(x, 1.0f);
  Value rounded = b.sub(u, 1.0f);
  Value lost = b.add(b.sub(1.0f, b.sub(u, rounded)), b.sub(x, rounded));
  Value result = logOfPositive(b, u, b.div(lost, u));
  result = logEdges(b, u, result);
  return b.select(b.less(b.abs(x), 0x1p-25f), x, result);
}

/// tanh y = u / (u + 2) with u = e^2y - 1, for y = |x|.
Value expandTanh(MathBuilder &b, Value x) {
  Value y = b.select(b.greater(b.abs(x), 10.0f), 10.0f, b.abs(x));
  Reduced reduced = reduceByLn2(b, b.add(y, y));
  Value power = powerOfTwo(b, reduced.n);
  Value u = b.mulAdd(power, expM1Polynomial(b, reduced.r), b.sub(power, 1.0f));
  return b.copySign(b.div(u, b.add(u, 2.0f)), x);
}

/// Below 0.9 an odd polynomial; from there 1 - e^p(y), where p approximates
/// the logarithm of 1 - erf.
Value expandErf(MathBuilder &b, Value x) {
  Value square = b.mul(x, x);
  Value factor = b.polynomial(square, {1.283791661e-01f, -3.761263490e-01f,
                                       1.128371954e-01f, -2.686075307e-02f,
                                       5.204435904e-03f, -8.181927260e-04f,
                                       8.538839029e-05f});
  Value small = b.mulAdd(x, factor, x);

  Value y = b.clamp(b.abs(x), 0.0f, 4.0f);
  Value exponent =
      b.polynomial(y, {-1.664390875e-04f, -1.127797246e+00f, -6.369760036e-01f,
                       -1.041137427e-01f, 2.231524885e-02f, -3.065499710e-03f,
                       1.982207032e-04f});
  Value large = b.copySign(b.sub(1.0f, normalExp(b, exponent)), x);
  return b.select(b.less(b.abs(x), 0.9f), small, large);
}

Value expandRsqrt(MathBuilder &b, Value x) {
  return b.div(b.number(1.0f), math::SqrtOp::create(b.builder, b.loc, x));
}

/// `rounded` where x has a fraction, else x; with the sign of x, so that
/// -0.3 becomes -0.
static Value whereFraction(MathBuilder &b, Value x, Value rounded) {
  return b.select(b.less(b.abs(x), kTwo23), b.copySign(rounded, x), x);
}

Value expandTrunc(MathBuilder &b, Value x) {
  return whereFraction(b, x, b.toFloat(b.truncateToInt(x)));
}

Value expandFloor(MathBuilder &b, Value x) {
  Value truncated = b.toFloat(b.truncateToInt(x));
  Value down =
      b.select(b.less(x, truncated), b.sub(truncated, 1.0f), truncated);
  return whereFraction(b, x, down);
}

Value expandCeil(MathBuilder &b, Value x) {
  Value truncated = b.toFloat(b.truncateToInt(x));
  Value up = b.select(b.less(truncated, x), b.add(truncated, 1.0f), truncated);
  return whereFraction(b, x, up);
}

Value expandRoundEven(MathBuilder &b, Value x) {
  Value shifted = b.add(b.abs(x), kTwo23);
  return whereFraction(b, x, b.sub(shifted, kTwo23));
}

Value expandRound(MathBuilder &b, Value x) {
  Value magnitude = b.abs(x);
  Value truncated = b.toFloat(b.truncateToInt(magnitude));
  Value below = b.less(b.sub(magnitude, truncated), 0.5f);
  return whereFraction(b, x,
                       b.select(below, truncated, b.add(truncated, 1.0f)));
}

} // namespace nnc
