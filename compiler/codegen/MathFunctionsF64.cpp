//===- MathFunctionsF64.cpp - sin, cos and pow of f32 ---------------------===//
//
// These need more than 24 bits on the way: the remainder of a large angle and
// the logarithm that pow multiplies. Every target of ours has f64 arithmetic,
// so they go through it, which is simpler than pairs of f32 and exact enough
// to round once at the end.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/MathFunctions.h"

#include <limits>

using namespace mlir;

namespace nnc {

static constexpr double kInf = std::numeric_limits<double>::infinity();
static constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Adding it to |x| < 2^51 leaves x rounded to an integer in the low bits.
static constexpr double kRoundingShift = 0x1.8p52;
static constexpr int64_t kRoundingShiftBits = 0x4338000000000000;
static constexpr int64_t kOneBits = 0x3FF0000000000000;

namespace {
/// |x| = q pi/2 + r with |r| <= pi/4; the low two bits of q count (i64).
struct Angle {
  Value quadrant;
  Value r;
};
} // namespace

/// value rounded, as a float and as an integer.
static std::pair<Value, Value> roundToInt(MathBuilder &b, Value value) {
  Value shifted = b.add(value, kRoundingShift);
  return {b.sub(shifted, kRoundingShift),
          b.subInt(b.bits(shifted), b.integer(kRoundingShiftBits))};
}

/// Below 2^30 the quotient has so few bits that its products with 23-bit
/// parts of pi/2 are exact.
static Angle reduceModerate(MathBuilder &b, Value x) {
  auto [n, quadrant] = roundToInt(b, b.mul(x, 0.6366197723675814));
  Value r = x;
  for (double part :
       {0x1.921fb4p+0, 0x1.4442dp-24, 0x1.846988p-48, 0x1.8cc51701b839ap-72})
    r = b.sub(r, b.mul(n, part));
  return {quadrant, r};
}

/// 32 bits of 2/pi from bit 32 * word + shift on; `word` is 0 … 3.
static Value twoOverPi(MathBuilder &b, Value word, Value shift, int offset) {
  static constexpr int64_t kWords[] = {0xA2F9836E, 0x4E441529, 0xFC2757D1,
                                       0xF534DDC0, 0xDB629599, 0x3C439041,
                                       0xFE5163AB};
  auto pick = [&](int at) {
    Value picked = b.integer(kWords[at]);
    for (int i = 1; i < 4; ++i)
      picked = b.select(b.equalInt(word, i), b.integer(kWords[at + i]), picked);
    return picked;
  };
  Value pair = b.bitOr(b.shiftLeft(pick(offset), 32), pick(offset + 1));
  Value shifted = b.shiftRightUnsigned(pair, b.subInt(b.integer(32), shift));
  return b.bitAnd(shifted, b.integer(0xFFFFFFFF));
}

/// From 2^30 on: x = m * 2^e with an integer m of 24 bits. Multiples of 4 of
/// x * 2/pi do not matter, so 96 bits of 2/pi from where they begin to matter
/// give the quadrant (2 bits) and 62 bits of the fraction.
static Angle reduceLarge(MathBuilder &narrow, MathBuilder &b, Value floatBits) {
  Value one = b.integer(1 << 23);
  Value m = b.bitOr(b.bitAnd(floatBits, b.integer((1 << 23) - 1)), one);
  Value e = b.subInt(b.shiftRight(floatBits, 23), b.integer(150));
  // Other x come here too and are dropped afterwards; keep shifts in range.
  Value start = b.subInt(e, b.integer(2));
  start = b.select(b.lessInt(start, 0), b.integer(0), start);
  Value word = b.shiftRight(start, 5);
  Value shift = b.bitAnd(start, b.integer(31));

  Value low = b.mulInt(m, twoOverPi(b, word, shift, 2));
  Value middle = b.addInt(b.mulInt(m, twoOverPi(b, word, shift, 1)),
                          b.shiftRight(low, 32));
  Value high = b.addInt(b.mulInt(m, twoOverPi(b, word, shift, 0)),
                        b.shiftRight(middle, 32));
  Value turns =
      b.bitOr(b.shiftLeft(high, 32), b.bitAnd(middle, b.integer(0xFFFFFFFF)));
  Value quadrant =
      b.shiftRight(b.addInt(turns, b.integer(int64_t(1) << 61)), 62);
  Value fraction = b.subInt(turns, b.shiftLeft(quadrant, 62));
  // In halves: 32-bit ARM calls a library to convert 64-bit integers.
  Value upper = b.toFloat(narrow.convertInt(b.shiftRight(fraction, 32)));
  Value lower = b.unsignedToFloat(narrow.convertInt(fraction));
  Value whole = b.add(b.mul(upper, 0x1p32), lower);
  return {quadrant, b.mul(whole, 1.5707963267948966 * 0x1p-62)};
}

static Angle reduceAngle(MathBuilder &b, MathBuilder &wide, Value magnitude) {
  Angle moderate = reduceModerate(wide, wide.convertFloat(magnitude));
  Angle large = reduceLarge(b, wide, wide.convertInt(b.bits(magnitude)));
  Value isLarge = b.greater(magnitude, 0x1p30);
  return {wide.select(isLarge, large.quadrant, moderate.quadrant),
          wide.select(isLarge, large.r, moderate.r)};
}

/// The sine of r in an even quadrant, the cosine in an odd one; negative in
/// the upper two of four.
static Value sineOfQuadrant(MathBuilder &b, MathBuilder &wide, Value r,
                            Value quadrant) {
  Value square = wide.mul(r, r);
  Value sine = wide.polynomial(
      square, {-0.16666666641528716, 0.00833332937428299,
               -0.00019839331038167205, 2.7182748006135063e-06});
  sine = wide.mulAdd(wide.mul(r, square), sine, r);
  Value cosine =
      wide.polynomial(square, {-0.5, 0.04166666662266552, -0.001388888373891132,
                               2.479951608327372e-05, -2.7209906695744254e-07});
  cosine = wide.mulAdd(square, cosine, wide.number(1.0));
  Value even = wide.equalInt(wide.bitAnd(quadrant, wide.integer(1)), 0);
  Value result = wide.select(even, sine, cosine);
  Value lower = wide.equalInt(wide.bitAnd(quadrant, wide.integer(2)), 0);
  result = wide.select(lower, result, wide.neg(result));
  return b.convertFloat(result);
}

Value expandSin(MathBuilder &b, Value x) {
  MathBuilder wide(b.builder, b.loc, x, b.fma, /*wide=*/true);
  Value magnitude = b.abs(x);
  Angle angle = reduceAngle(b, wide, magnitude);
  Value result = sineOfQuadrant(b, wide, angle.r, angle.quadrant);
  // sin(-x) = -sin(x); tiny x are their own sine, with their sign.
  Value sign = b.copySign(b.number(1.0), x);
  result = b.select(b.less(magnitude, 0x1p-12), x, b.mul(result, sign));
  return b.select(b.less(magnitude, kInf), result, kNaN);
}

Value expandCos(MathBuilder &b, Value x) {
  MathBuilder wide(b.builder, b.loc, x, b.fma, /*wide=*/true);
  Value magnitude = b.abs(x);
  Angle angle = reduceAngle(b, wide, magnitude);
  Value next = wide.addInt(angle.quadrant, wide.integer(1));
  Value result = sineOfQuadrant(b, wide, angle.r, next);
  return b.select(b.less(magnitude, kInf), result, kNaN);
}

/// log2 of a positive, finite f64 that was an f32.
static Value log2OfPositive(MathBuilder &narrow, MathBuilder &b, Value x) {
  Value bits = b.bits(x);
  Value n = b.shiftRight(b.subInt(bits, b.integer(0x3FE6A09E667F3BCD)), 52);
  Value m = b.fromBits(b.subInt(bits, b.shiftLeft(n, 52)));
  // log((1 + s) / (1 - s)) = 2 (s + s^3/3 + s^5/5 + …) with |s| < 0.172.
  Value s = b.div(b.sub(m, 1.0), b.add(m, 1.0));
  constexpr double kTwoOverLn2 = 2.8853900817779268;
  Value series = b.polynomial(
      b.mul(s, s),
      {kTwoOverLn2, kTwoOverLn2 / 3, kTwoOverLn2 / 5, kTwoOverLn2 / 7,
       kTwoOverLn2 / 9, kTwoOverLn2 / 11, kTwoOverLn2 / 13, kTwoOverLn2 / 15});
  return b.mulAdd(s, series, b.toFloat(narrow.convertInt(n)));
}

/// 2^t, zero or infinite once it leaves the range of f32.
static Value exp2Wide(MathBuilder &b, Value t) {
  auto [n, asInt] = roundToInt(b, b.clamp(t, -200.0, 200.0));
  Value r = b.mul(b.sub(b.clamp(t, -200.0, 200.0), n), 0.6931471805599453);
  Value value = b.polynomial(r, {1.0, 1.0, 1.0 / 2, 1.0 / 6, 1.0 / 24,
                                 1.0 / 120, 1.0 / 720, 1.0 / 5040, 1.0 / 40320,
                                 1.0 / 362880, 1.0 / 3628800});
  Value power =
      b.fromBits(b.addInt(b.shiftLeft(asInt, 52), b.integer(kOneBits)));
  return b.mul(value, power);
}

/// The sign of x^y and where it is undefined, for x < 0: y must be an integer,
/// and an odd one makes the result negative. From 2^24 on all y are even.
static Value applySign(MathBuilder &b, Value x, Value y, Value result) {
  Value hasFraction = b.less(b.abs(y), 0x1p24);
  Value asInt = b.truncateToInt(b.select(hasFraction, y, b.number(0.0)));
  Value whole = b.toFloat(asInt);
  Value isOdd =
      b.bitAnd(hasFraction, b.equalInt(b.bitAnd(asInt, b.integer(1)), 1));
  Value isFraction = b.bitAnd(hasFraction, b.notEqual(whole, y));

  // An odd quotient truncated from a fraction is no odd exponent.
  Value negates = b.select(isFraction, b.no(), isOdd);
  negates = b.bitAnd(negates, b.lessInt(b.bits(x), 0));
  result = b.select(negates, b.neg(result), result);
  Value undefined = b.bitAnd(isFraction, b.less(x, 0.0));
  undefined = b.bitAnd(undefined, b.greater(x, -kInf));
  return b.select(undefined, kNaN, result);
}

Value expandPow(MathBuilder &b, Value x, Value y) {
  MathBuilder wide(b.builder, b.loc, x, b.fma, /*wide=*/true);
  Value magnitude = wide.convertFloat(b.abs(x));
  Value log = log2OfPositive(b, wide, magnitude);
  log = wide.select(wide.equal(magnitude, 0.0), -kInf, log);
  log = wide.select(wide.less(magnitude, kInf), log, magnitude);
  Value product = wide.mul(wide.convertFloat(y), log);
  Value result = b.convertFloat(exp2Wide(wide, product));
  result = applySign(b, x, y, result);
  // 1^y and x^0 are 1 for every y and x, NaN included; (-1)^inf is 1 too.
  Value infiniteY = b.equal(b.abs(y), kInf);
  Value unit = b.bitAnd(infiniteY, b.equal(b.abs(x), 1.0));
  result = b.select(unit, 1.0, result);
  result = b.select(b.equal(x, 1.0), 1.0, result);
  return b.select(b.equal(y, 0.0), 1.0, result);
}

} // namespace nnc
