//===- DoubleExponentials.cpp - exp, log and the hyperbolic, of f64 -------===//
//
// Arguments are reduced by exact steps (Cody and Waite: ln 2 in two parts of
// which the first has trailing zeros), and short Taylor series do the rest:
// powers of r for exp, of s = f / (2 + f) for log(1 + f). The hyperbolic
// functions are made of e^x - 1 and log(1 + x), which lose nothing near 0.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/DoubleFunctions.h"

#include <limits>

using namespace mlir;

namespace nnc::wide {

static constexpr double kInf = std::numeric_limits<double>::infinity();
static constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

static constexpr double kLn2 = 0x1.62e42fefa39efp-1;
static constexpr double kLn2High = 0x1.62e42fee00000p-1;
static constexpr double kLn2Low = 0x1.a39ef35793c76p-33;
static constexpr double kLog2E = 0x1.71547652b82fep+0;

/// Adding it to |x| < 2^51 leaves x rounded to an integer in the low bits.
static constexpr double kRoundingShift = 0x1.8p52;
static constexpr int64_t kRoundingShiftBits = 0x4338000000000000;
static constexpr int64_t kOneBits = 0x3FF0000000000000;

namespace {
/// An integer, as one and as a float.
struct Rounded {
  Value asFloat, asInt;
};
} // namespace

static Rounded roundToInt(MathBuilder &b, Value value) {
  Value shifted = b.add(value, kRoundingShift);
  return {b.sub(shifted, kRoundingShift),
          b.subInt(b.bits(shifted), b.integer(kRoundingShiftBits))};
}

/// e^r - 1 for |r| <= ln 2 / 2: 1/k! to the 13th power.
static Value expM1Polynomial(MathBuilder &b, Value r) {
  Value tail =
      b.polynomial(r, {1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720,
                       1.0 / 5040, 1.0 / 40320, 1.0 / 362880, 1.0 / 3628800,
                       1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800});
  return b.mulAdd(b.mul(r, r), tail, r);
}

/// 2^n, -1022 <= n <= 1023.
static Value powerOfTwo(MathBuilder &b, Value n) {
  return b.fromBits(b.addInt(b.shiftLeft(n, 52), b.integer(kOneBits)));
}

/// value * 2^n in two steps, so that results may overflow or be denormal.
static Value scale(MathBuilder &b, Value value, Value n) {
  Value half = b.shiftRight(n, 1);
  Value rest = b.subInt(n, half);
  return b.mul(b.mul(value, powerOfTwo(b, half)), powerOfTwo(b, rest));
}

namespace {
/// x = n ln 2 + r with |r| <= ln 2 / 2.
struct Reduced {
  Value n, r;
};
} // namespace

static Reduced reduceByLn2(MathBuilder &b, Value x) {
  Rounded n = roundToInt(b, b.mul(x, kLog2E));
  Value r = b.mulAdd(n.asFloat, b.number(-kLn2High), x);
  return {n.asInt, b.mulAdd(n.asFloat, b.number(-kLn2Low), r)};
}

Value exp(MathBuilder &b, Value x) {
  Reduced reduced = reduceByLn2(b, b.clamp(x, -746.0, 710.0));
  return scale(b, b.add(expM1Polynomial(b, reduced.r), 1.0), reduced.n);
}

Value exp2(MathBuilder &b, Value x) {
  Value clamped = b.clamp(x, -1076.0, 1025.0);
  Rounded n = roundToInt(b, clamped);
  Value r = b.mul(b.sub(clamped, n.asFloat), kLn2);
  return scale(b, b.add(expM1Polynomial(b, r), 1.0), n.asInt);
}

/// 2 (2^(n-1) (e^r - 1) + (2^(n-1) - 1/2)), halved so that n = 1024 has a power
/// of two. Tiny x are their own result.
Value expM1(MathBuilder &b, Value x) {
  Reduced reduced = reduceByLn2(b, b.clamp(x, -40.0, 710.0));
  Value halfPower = powerOfTwo(b, b.subInt(reduced.n, b.integer(1)));
  Value half =
      b.mulAdd(halfPower, expM1Polynomial(b, reduced.r), b.sub(halfPower, 0.5));
  return b.select(b.less(b.abs(x), 0x1p-54), x, b.add(half, half));
}

//===----------------------------------------------------------------------===//
// Logarithms
//===----------------------------------------------------------------------===//

namespace {
/// x = 2^e (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)]; log(1 + f) = f - lost.
struct Logarithm {
  Value e, f, lost;
};
} // namespace

/// With s = f / (2 + f): log(1 + f) = 2 atanh(s) = f - (f²/2 - s (f²/2 + R))
/// where R = 2/3 s² + 2/5 s⁴ + …
static Logarithm splitLog(MathBuilder &b, Value x) {
  Value denormal = b.less(x, 0x1p-1022);
  x = b.select(denormal, b.mul(x, 0x1p54), x);
  Value offset = b.select(denormal, b.integer(-54), b.integer(0));
  Value bits = b.bits(x);
  Value n = b.shiftRight(b.subInt(bits, b.integer(0x3FE6A09E667F3BCD)), 52);
  Value f = b.sub(b.fromBits(b.subInt(bits, b.shiftLeft(n, 52))), 1.0);

  Value s = b.div(f, b.add(f, 2.0));
  Value square = b.mul(s, s);
  Value series = b.polynomial(square, {2.0 / 3, 2.0 / 5, 2.0 / 7, 2.0 / 9,
                                       2.0 / 11, 2.0 / 13, 2.0 / 15, 2.0 / 17,
                                       2.0 / 19, 2.0 / 21, 2.0 / 23});
  Value half = b.mul(b.mul(f, f), 0.5);
  Value inner = b.mul(s, b.add(half, b.mul(square, series)));
  return {b.smallToFloat(b.addInt(n, offset)), f, b.sub(half, inner)};
}

/// What a logarithm returns where its argument is not positive and finite.
static Value logEdges(MathBuilder &b, Value x, Value result) {
  result = b.select(b.equal(x, 0.0), -kInf, result);
  result = b.select(b.less(x, 0.0), kNaN, result);
  return b.select(b.less(x, kInf), result, x);
}

/// log x plus `correction`, which is small.
static Value logOfPositive(MathBuilder &b, Value x, Value correction) {
  Logarithm parts = splitLog(b, x);
  Value low = b.mulAdd(parts.e, b.number(kLn2Low), correction);
  Value rest = b.sub(b.sub(parts.lost, low), parts.f);
  return b.mulAdd(parts.e, b.number(kLn2High), b.neg(rest));
}

Value log(MathBuilder &b, Value x) {
  return logEdges(b, x, logOfPositive(b, x, b.number(0.0)));
}

/// e + log(1 + f) / ln 2, so that powers of two are exact.
Value log2(MathBuilder &b, Value x) {
  Logarithm parts = splitLog(b, x);
  Value log = b.mul(b.sub(parts.f, parts.lost), kLog2E);
  return logEdges(b, x, b.add(parts.e, log));
}

Value log10(MathBuilder &b, Value x) {
  Logarithm parts = splitLog(b, x);
  Value log = b.mul(b.sub(parts.f, parts.lost), 0x1.bcb7b1526e50ep-2);
  // log10(2) in two parts, the first with trailing zeros.
  log = b.mulAdd(parts.e, b.number(0x1.f79fef311f12bp-34), log);
  return logEdges(b, x, b.mulAdd(parts.e, b.number(0x1.3441350800000p-2), log));
}

/// log(u) with u = 1 + x rounded, plus the rounding error divided by u.
Value log1p(MathBuilder &b, Value x) {
  Value u = b.add(x, 1.0);
  Value rounded = b.sub(u, 1.0);
  Value lost = b.add(b.sub(1.0, b.sub(u, rounded)), b.sub(x, rounded));
  Value result = logOfPositive(b, u, b.div(lost, u));
  result = logEdges(b, u, result);
  return b.select(b.less(b.abs(x), 0x1p-54), x, result);
}

//===----------------------------------------------------------------------===//
// Hyperbolic
//===----------------------------------------------------------------------===//

/// e^y / 2 for large y, which may be finite where e^y is not.
static Value halfExp(MathBuilder &b, Value y) {
  Value root = exp(b, b.mul(y, 0.5));
  return b.mul(b.mul(root, 0.5), root);
}

Value sinh(MathBuilder &b, Value x) {
  Value y = b.abs(x);
  Value u = expM1(b, y);
  Value sum = b.add(u, b.div(u, b.add(u, 1.0)));
  Value result = b.select(b.less(y, 40.0), b.mul(sum, 0.5), halfExp(b, y));
  return b.copySign(result, x);
}

Value cosh(MathBuilder &b, Value x) {
  Value y = b.abs(x);
  Value power = exp(b, y);
  Value sum = b.mul(b.add(power, b.div(b.number(1.0), power)), 0.5);
  return b.select(b.less(y, 40.0), sum, halfExp(b, y));
}

/// u / (u + 2) with u = e^2y - 1.
Value tanh(MathBuilder &b, Value x) {
  Value y = b.clamp(b.abs(x), 0.0, 22.0);
  Value u = expM1(b, b.add(y, y));
  return b.copySign(b.div(u, b.add(u, 2.0)), x);
}

/// log(y) + ln 2, which stands for log of y + sqrt(y² ± 1) where 1 is nothing.
static Value logOfDouble(MathBuilder &b, Value y) {
  return b.add(log(b, y), kLn2);
}

Value asinh(MathBuilder &b, Value x) {
  Value y = b.abs(x);
  Value square = b.mul(y, y);
  Value root = b.sqrt(b.add(square, 1.0));
  Value inner = b.add(y, b.div(square, b.add(root, 1.0)));
  Value result =
      b.select(b.less(y, 0x1p28), log1p(b, inner), logOfDouble(b, y));
  return b.copySign(result, x);
}

Value acosh(MathBuilder &b, Value x) {
  Value t = b.sub(x, 1.0);
  Value root = b.sqrt(b.mul(t, b.add(t, 2.0)));
  Value result =
      b.select(b.less(x, 0x1p28), log1p(b, b.add(t, root)), logOfDouble(b, x));
  return b.select(b.less(x, 1.0), kNaN, result);
}

Value atanh(MathBuilder &b, Value x) {
  Value y = b.abs(x);
  Value quotient = b.div(b.add(y, y), b.sub(1.0, y));
  return b.copySign(b.mul(log1p(b, quotient), 0.5), x);
}

} // namespace nnc::wide
