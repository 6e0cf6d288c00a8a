//===- DoublePowers.cpp - powers, erf and rounding of f64 -----------------===//
//
// pow multiplies a logarithm by up to 2^10 before it is a power again, so the
// logarithm needs 64 bits: its leading terms are pairs of doubles. erf is its
// Taylor series below 1 and 1 - erfc above; erfc is a polynomial fitted to
// (1 + 2x) e^(x²) erfc(x) in (x - 3) / (x + 3), after Shepherd and Laframboise
// (Mathematics of Computation 36, 1981), times the rest.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/DoubleFunctions.h"

#include <limits>

using namespace mlir;

namespace nnc::wide {

static constexpr double kInf = std::numeric_limits<double>::infinity();
static constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// From here on every double is an integer.
static constexpr double kTwo52 = 0x1p52;

//===----------------------------------------------------------------------===//
// Rounding
//===----------------------------------------------------------------------===//

/// `rounded` where x has a fraction, else x; with the sign of x.
static Value whereFraction(MathBuilder &b, Value x, Value rounded) {
  return b.select(b.less(b.abs(x), kTwo52), b.copySign(rounded, x), x);
}

Value roundEven(MathBuilder &b, Value x) {
  Value shifted = b.add(b.abs(x), kTwo52);
  return whereFraction(b, x, b.sub(shifted, kTwo52));
}

/// |x| without its fraction, where it has one.
static Value truncMagnitude(MathBuilder &b, Value x) {
  Value y = b.abs(x);
  Value rounded = b.sub(b.add(y, kTwo52), kTwo52);
  return b.select(b.less(y, rounded), b.sub(rounded, 1.0), rounded);
}

Value trunc(MathBuilder &b, Value x) {
  return whereFraction(b, x, truncMagnitude(b, x));
}

Value floor(MathBuilder &b, Value x) {
  Value rounded = roundEven(b, x);
  Value down = b.select(b.less(x, rounded), b.sub(rounded, 1.0), rounded);
  return whereFraction(b, x, down);
}

Value ceil(MathBuilder &b, Value x) {
  Value rounded = roundEven(b, x);
  Value up = b.select(b.less(rounded, x), b.add(rounded, 1.0), rounded);
  return whereFraction(b, x, up);
}

Value round(MathBuilder &b, Value x) {
  Value whole = truncMagnitude(b, x);
  Value below = b.less(b.sub(b.abs(x), whole), 0.5);
  return whereFraction(b, x, b.select(below, whole, b.add(whole, 1.0)));
}

//===----------------------------------------------------------------------===//
// Powers
//===----------------------------------------------------------------------===//

namespace {
/// The unevaluated sum of two doubles, the second below the first's last bit.
struct Pair {
  Value high, low;
};
} // namespace

/// a + b for |a| >= |b|.
static Pair fastSum(MathBuilder &b, Value x, Value y) {
  Value sum = b.add(x, y);
  return {sum, b.sub(y, b.sub(sum, x))};
}

static Pair sum(MathBuilder &b, Value x, Value y) {
  Value total = b.add(x, y);
  Value ofY = b.sub(total, x);
  Value lost = b.add(b.sub(x, b.sub(total, ofY)), b.sub(y, ofY));
  return {total, lost};
}

/// The upper 26 bits of x.
static Value upperHalf(MathBuilder &b, Value x) {
  return b.fromBits(b.bitAnd(b.bits(x), b.integer(-(int64_t(1) << 27))));
}

static Pair product(MathBuilder &b, Value x, Value y) {
  Value rounded = b.mul(x, y);
  if (b.fma)
    return {rounded, b.mulAdd(x, y, b.neg(rounded))};
  Value xHigh = upperHalf(b, x), yHigh = upperHalf(b, y);
  Value xLow = b.sub(x, xHigh), yLow = b.sub(y, yHigh);
  Value lost = b.sub(b.mul(xHigh, yHigh), rounded);
  lost = b.add(b.add(lost, b.mul(xHigh, yLow)), b.mul(xLow, yHigh));
  return {rounded, b.add(lost, b.mul(xLow, yLow))};
}

static Pair product(MathBuilder &b, Pair x, Pair y) {
  Pair result = product(b, x.high, y.high);
  Value cross = b.add(b.mul(x.high, y.low), b.mul(x.low, y.high));
  return fastSum(b, result.high, b.add(result.low, cross));
}

static Pair sum(MathBuilder &b, Pair x, Pair y) {
  Pair result = sum(b, x.high, y.high);
  return fastSum(b, result.high, b.add(result.low, b.add(x.low, y.low)));
}

/// log x of a positive, finite x: 2 s + 2/3 s³ in pairs, where 1 + f = x / 2^e
/// and s = f / (2 + f), the rest of the series, and e ln 2.
static Pair logPair(MathBuilder &b, Value x) {
  Value denormal = b.less(x, 0x1p-1022);
  x = b.select(denormal, b.mul(x, 0x1p54), x);
  Value offset = b.select(denormal, b.integer(-54), b.integer(0));
  Value bits = b.bits(x);
  Value n = b.shiftRight(b.subInt(bits, b.integer(0x3FE6A09E667F3BCD)), 52);
  Value m = b.fromBits(b.subInt(bits, b.shiftLeft(n, 52)));
  Value e = b.smallToFloat(b.addInt(n, offset));

  Value f = b.sub(m, 1.0);
  Pair divisor = sum(b, m, b.number(1.0));
  Value quotient = b.div(f, divisor.high);
  Pair back = product(b, quotient, divisor.high);
  Value rest = b.sub(b.sub(f, back.high), back.low);
  rest = b.sub(rest, b.mul(quotient, divisor.low));
  Pair s = fastSum(b, quotient, b.div(rest, divisor.high));

  Pair square = product(b, s, s);
  Pair cube = product(b, square, s);
  Pair twoThirds = {b.number(0x1.5555555555555p-1),
                    b.number(0x1.5555555555555p-55)};
  Value series = b.polynomial(square.high, {2.0 / 5, 2.0 / 7, 2.0 / 9, 2.0 / 11,
                                            2.0 / 13, 2.0 / 15, 2.0 / 17,
                                            2.0 / 19, 2.0 / 21, 2.0 / 23});
  Pair tail = product(b, cube, twoThirds);
  tail.low = b.add(tail.low, b.mul(b.mul(cube.high, square.high), series));
  Pair twice = {b.add(s.high, s.high), b.add(s.low, s.low)};
  Pair result = sum(b, twice, tail);
  // e times the upper part of ln 2 is exact.
  Pair exponent = {b.mul(e, 0x1.62e42fee00000p-1),
                   b.mul(e, 0x1.a39ef35793c76p-33)};
  exponent = fastSum(b, exponent.high, exponent.low);
  return sum(b, exponent, result);
}

/// The sign of x^y and where it is undefined, for x < 0: y must be an integer,
/// and an odd one makes the result negative. From 2^53 on all y are even.
static Value applySign(MathBuilder &b, Value x, Value y, Value result) {
  Value isWhole = b.equal(b.sub(trunc(b, y), y), 0.0);
  Value half = b.mul(y, 0.5);
  Value isOdd = b.bitAnd(isWhole, b.notEqual(trunc(b, half), half));
  isOdd = b.bitAnd(isOdd, b.less(b.abs(y), 0x1p53));
  Value negates = b.bitAnd(isOdd, b.lessInt(b.bits(x), 0));
  result = b.select(negates, b.neg(result), result);

  Value isFraction =
      b.bitAnd(b.less(b.abs(y), kInf), b.notEqual(trunc(b, y), y));
  Value undefined = b.bitAnd(isFraction, b.less(x, 0.0));
  undefined = b.bitAnd(undefined, b.greater(x, -kInf));
  return b.select(undefined, kNaN, result);
}

Value pow(MathBuilder &b, Value x, Value y) {
  Value magnitude = b.abs(x);
  Pair log = logPair(b, magnitude);
  Value high = b.select(b.equal(magnitude, 0.0), -kInf, log.high);
  high = b.select(b.less(magnitude, kInf), high, magnitude);
  // Beyond that everything but 1 is 0 or infinite.
  Value bounded = b.clamp(y, -0x1p100, 0x1p100);
  Pair exponent = product(b, bounded, high);
  Value low = b.add(exponent.low, b.mul(bounded, log.low));
  low = b.select(b.less(b.abs(exponent.high), 1000.0), low, b.number(0.0));
  Value result = exp(b, exponent.high);
  // An infinite power times 1 + low is no longer one where low is negative.
  result =
      b.select(b.less(result, kInf), b.mulAdd(result, low, result), result);
  result = applySign(b, x, y, result);
  // 1^y and x^0 are 1 for every y and x, NaN included; (-1)^inf is 1 too.
  Value infiniteY = b.equal(b.abs(y), kInf);
  Value unit = b.bitAnd(infiniteY, b.equal(magnitude, 1.0));
  result = b.select(unit, 1.0, result);
  result = b.select(b.equal(x, 1.0), 1.0, result);
  return b.select(b.equal(y, 0.0), 1.0, result);
}

/// e^(log x / 3), made better by one step of Newton's.
Value cbrt(MathBuilder &b, Value x) {
  Value y = b.abs(x);
  Value denormal = b.less(y, 0x1p-1000);
  Value scaled = b.select(denormal, b.mul(y, 0x1p90), y);
  Value root = exp(b, b.div(log(b, scaled), b.number(3.0)));
  Value quotient = b.div(scaled, b.mul(root, root));
  root = b.add(root, b.div(b.sub(quotient, root), b.number(3.0)));
  root = b.select(denormal, b.mul(root, 0x1p-30), root);
  Value finite = b.bitAnd(b.less(y, kInf), b.greater(y, 0.0));
  return b.select(finite, b.copySign(root, x), x);
}

Value rsqrt(MathBuilder &b, Value x) { return b.div(b.number(1.0), b.sqrt(x)); }

//===----------------------------------------------------------------------===//
// The error function
//===----------------------------------------------------------------------===//

/// erf x for |x| <= 1: 2/sqrt(pi) (-1)^k x^(2k+1) / (k! (2k+1)).
static Value erfSeries(MathBuilder &b, Value x) {
  constexpr int kTerms = 20;
  double coefficients[kTerms];
  double factor = 0x1.20dd750429b6dp+0; // 2 / sqrt(pi)
  for (int k = 0; k < kTerms; ++k) {
    coefficients[k] = factor / (2 * k + 1);
    factor = -factor / (k + 1);
  }
  return b.mul(x, b.polynomial(b.mul(x, x), coefficients));
}

/// erfc y for y >= 1/2.
static Value erfcTail(MathBuilder &b, Value y) {
  y = b.clamp(y, 0.5, 28.0);
  Value t = b.div(b.sub(y, 3.0), b.add(y, 3.0));
  Value factor = b.polynomial(
      t,
      {1.2530080582697296,      -0.1356211061245812,     -0.0475622943534507,
       0.12964515870276203,     -0.11927366341531179,    0.06830802734394434,
       -0.02377051491853638,    0.002529391816335117,    0.0018886903564002055,
       -0.0007798322714918795,  -0.00010515976008945177, 0.00012509932758636072,
       4.9491714476033325e-06,  -2.0100376113106087e-05, -7.300550882569987e-07,
       3.471616676593574e-06,   3.52693258412998e-07,    -6.146346341425417e-07,
       -1.3432312409451292e-07, 9.877438074940672e-08,   3.42329907978226e-08,
       -1.0659628807393203e-08, -4.325370719107278e-09});
  // e^(-y²) from a part of y whose square is exact and the rest.
  Value part = upperHalf(b, y);
  Value rest = b.mul(b.sub(part, y), b.add(part, y));
  Value power = exp(b, b.neg(b.mul(part, part)));
  power = b.mulAdd(power, expM1(b, rest), power);
  return b.div(b.mul(power, factor), b.add(b.add(y, y), 1.0));
}

Value erf(MathBuilder &b, Value x) {
  Value y = b.abs(x);
  Value large = b.copySign(b.sub(1.0, erfcTail(b, y)), x);
  return b.select(b.less(y, 1.0), erfSeries(b, x), large);
}

Value erfc(MathBuilder &b, Value x) {
  Value tail = erfcTail(b, b.abs(x));
  tail = b.select(b.less(x, 0.0), b.sub(2.0, tail), tail);
  return b.select(b.less(b.abs(x), 0.5), b.sub(1.0, erfSeries(b, x)), tail);
}

/// The `chosen` one of two numbers, or of equal ones, which may be zeros of
/// both signs, the bits `equal`.
static Value extremum(MathBuilder &b, Value x, Value y, Value chosen,
                      Value equal) {
  Value result = b.select(b.notEqual(x, y), chosen, b.fromBits(equal));
  result = b.select(b.notEqual(x, x), x, result);
  return b.select(b.notEqual(y, y), y, result);
}

Value maximum(MathBuilder &b, Value x, Value y) {
  Value larger = b.select(b.less(x, y), y, x);
  return extremum(b, x, y, larger, b.bitAnd(b.bits(x), b.bits(y)));
}

Value minimum(MathBuilder &b, Value x, Value y) {
  Value smaller = b.select(b.less(y, x), y, x);
  return extremum(b, x, y, smaller, b.bitOr(b.bits(x), b.bits(y)));
}

} // namespace nnc::wide
