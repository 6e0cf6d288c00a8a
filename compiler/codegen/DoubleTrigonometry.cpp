//===- DoubleTrigonometry.cpp - sin, cos, atan and their kin, of f64 ------===//
//
// Angles are reduced to |r| <= pi/4 and a quadrant: below 2^20 by products with
// parts of pi/2 of 33 bits (Cody and Waite), above by the bits of 2/pi that
// matter (Payne and Hanek), both for every x. Taylor series do the rest.
// Arctangents are reduced by the nearest of 0, 1/2, 1, 3/2 and infinity.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/DoubleFunctions.h"

#include "llvm/ADT/SmallVector.h"
#include <limits>

using namespace mlir;

namespace nnc::wide {

static constexpr double kInf = std::numeric_limits<double>::infinity();
static constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
static constexpr double kHalfPi = 0x1.921fb54442d18p+0;
static constexpr double kHalfPiLow = 0x1.1a62633145c07p-54;

static constexpr double kRoundingShift = 0x1.8p52;
static constexpr int64_t kRoundingShiftBits = 0x4338000000000000;
static constexpr int64_t kLow32 = 0xFFFFFFFF;

namespace {
/// |x| = q pi/2 + r with |r| <= pi/4; the low two bits of q count.
struct Angle {
  Value quadrant, r;
};
} // namespace

/// Below 2^20 the quotient has so few bits that its products with the parts are
/// exact.
static Angle reduceModerate(MathBuilder &b, Value x) {
  Value shifted = b.add(b.mul(x, 0x1.45f306dc9c883p-1), kRoundingShift);
  Value n = b.sub(shifted, kRoundingShift);
  Value r = x;
  for (double part : {0x1.921fb54400000p+0, 0x1.0b4611a600000p-34,
                      0x1.3198a2e000000p-69, 0x1.b839a252049c1p-104})
    r = b.sub(r, b.mul(n, part));
  return {b.subInt(b.bits(shifted), b.integer(kRoundingShiftBits)), r};
}

/// Seven words of 32 bits of 2/pi from word `index` on, each in an i64; two
/// words of zeros stand before the first.
static SmallVector<Value> wordsOfTwoOverPi(MathBuilder &b, Value index) {
  static constexpr int64_t kWords[] = {
      0,          0,          0xA2F9836E, 0x4E441529, 0xFC2757D1, 0xF534DDC0,
      0xDB629599, 0x3C439041, 0xFE5163AB, 0xDEBBC561, 0xB7246E3A, 0x424DD2E0,
      0x06492EEA, 0x09D1921C, 0xFE1DEB1C, 0xB129A73E, 0xE88235F5, 0x2EBB4484,
      0xE99C7026, 0xB45F7E41, 0x3991D639, 0x835339F4, 0x9C845F8B, 0xBDF9283B,
      0x1FF897FF, 0xDE05980F, 0xEF2F118B, 0x5A0A6D1F, 0x6D367ECF, 0x27CB09B7,
      0x4F463F66, 0x9E5FEA2D, 0x7527BAC7, 0xEBE5F17B, 0x3D0739F7, 0x8A5292EA,
      0x6BFB5FB1, 0x1F8D5D08, 0x56033046};
  SmallVector<Value> words;
  for (int64_t word : kWords)
    words.push_back(b.integer(word));
  // Each bit of the index moves the words that the lower bits may still need.
  for (size_t step = 32; step > 0; step /= 2) {
    Value still = b.equalInt(b.bitAnd(index, b.integer(int64_t(step))), 0);
    SmallVector<Value> moved;
    for (size_t i = 0; i < std::min<size_t>(words.size(), 6 + step); ++i) {
      Value later = i + step < words.size() ? words[i + step] : b.integer(0);
      moved.push_back(b.select(still, words[i], later));
    }
    words = std::move(moved);
  }
  return words;
}

/// m times six words, the highest first, modulo 2^192: three words of 64 bits.
static SmallVector<Value> multiply(MathBuilder &b, Value m,
                                   ArrayRef<Value> words) {
  Value mask = b.integer(kLow32), thirtyTwo = b.integer(32);
  Value low = b.bitAnd(m, mask), high = b.shiftRightUnsigned(m, thirtyTwo);
  SmallVector<Value> limbs;
  Value carry = b.integer(0);
  for (int i = 5; i >= 0; --i) {
    // Each product has 64 bits, so halves are added.
    Value first = b.mulInt(low, words[i]);
    Value total = b.addInt(b.bitAnd(first, mask), carry);
    carry = b.shiftRightUnsigned(first, thirtyTwo);
    if (i < 5) {
      Value second = b.mulInt(high, words[i + 1]);
      total = b.addInt(total, b.bitAnd(second, mask));
      carry = b.addInt(carry, b.shiftRightUnsigned(second, thirtyTwo));
    }
    carry = b.addInt(carry, b.shiftRightUnsigned(total, thirtyTwo));
    limbs.push_back(b.bitAnd(total, mask));
  }
  SmallVector<Value> result;
  for (int i = 4; i >= 0; i -= 2)
    result.push_back(b.bitOr(b.shiftLeft(limbs[i + 1], 32), limbs[i]));
  return result;
}

/// An unsigned i64 as a float, in halves that every target converts.
static Value unsignedToFloat(MathBuilder &b, Value word) {
  Value thirtyTwo = b.integer(32);
  Value upper = b.unsignedSmallToFloat(b.shiftRightUnsigned(word, thirtyTwo));
  return b.add(b.mul(upper, 0x1p32), b.unsignedSmallToFloat(word));
}

/// x = m 2^e with an integer m of 53 bits. Multiples of 4 of x 2/pi do not
/// matter, so 192 bits of 2/pi from where they begin to matter give the
/// quadrant and enough of the fraction, however close to 0 it is.
static Angle reduceLarge(MathBuilder &b, Value x) {
  Value bits = b.bits(x);
  Value fraction = b.bitAnd(bits, b.integer((int64_t(1) << 52) - 1));
  Value m = b.bitOr(fraction, b.integer(int64_t(1) << 52));
  Value e = b.subInt(b.shiftRight(bits, 52), b.integer(1075));
  // Smaller x come here, too, and are dropped afterwards.
  Value start = b.addInt(e, b.integer(64 - 2));
  start = b.select(b.lessInt(start, 0), b.integer(0), start);
  Value shift = b.bitAnd(start, b.integer(31));
  SmallVector<Value> words = wordsOfTwoOverPi(b, b.shiftRight(start, 5));
  Value back = b.subInt(b.integer(32), shift);
  for (int i = 0; i < 6; ++i) {
    Value pair = b.bitOr(b.shiftLeft(words[i], 32), words[i + 1]);
    words[i] = b.bitAnd(b.shiftRightUnsigned(pair, back), b.integer(kLow32));
  }
  SmallVector<Value> turns = multiply(b, m, words);
  Value quadrant =
      b.shiftRight(b.addInt(turns[0], b.integer(int64_t(1) << 61)), 62);
  Value whole = b.subInt(turns[0], b.shiftLeft(quadrant, 62));
  // Of a negative fraction the complement is converted, which cancels nothing.
  Value negative = b.lessInt(whole, 0);
  Value mask = b.shiftRight(whole, 63);
  Value upper = unsignedToFloat(b, b.bitXor(whole, mask));
  Value lower = unsignedToFloat(b, b.bitXor(turns[1], mask));
  Value r =
      b.add(b.mul(upper, kHalfPi * 0x1p-62), b.mul(lower, kHalfPi * 0x1p-126));
  return {quadrant, b.select(negative, b.neg(r), r)};
}

static Angle reduceAngle(MathBuilder &b, Value magnitude) {
  Angle moderate = reduceModerate(b, magnitude);
  Angle large = reduceLarge(b, magnitude);
  Value isLarge = b.greater(magnitude, 0x1p20);
  return {b.select(isLarge, large.quadrant, moderate.quadrant),
          b.select(isLarge, large.r, moderate.r)};
}

namespace {
struct SineAndCosine {
  Value sine, cosine;
};
} // namespace

/// Of |r| <= pi/4.
static SineAndCosine evaluate(MathBuilder &b, Value r) {
  Value square = b.mul(r, r);
  Value sine = b.polynomial(
      square, {-1.0 / 6, 1.0 / 120, -1.0 / 5040, 1.0 / 362880, -1.0 / 39916800,
               1.0 / 6227020800, -1.0 / 1307674368000, 1.0 / 355687428096000,
               -1.0 / 121645100408832000});
  sine = b.mulAdd(b.mul(r, square), sine, r);
  Value tail =
      b.polynomial(square, {1.0 / 24, -1.0 / 720, 1.0 / 40320, -1.0 / 3628800,
                            1.0 / 479001600, -1.0 / 87178291200,
                            1.0 / 20922789888000, -1.0 / 6402373705728000});
  // 1 - r²/2 rounds; what it loses is added to the small terms.
  Value half = b.mul(square, 0.5);
  Value main = b.sub(1.0, half);
  Value lost = b.sub(b.sub(1.0, main), half);
  tail = b.mulAdd(b.mul(square, square), tail, lost);
  return {sine, b.add(main, tail)};
}

/// The sine of r in an even quadrant, the cosine in an odd one; negative in the
/// upper two of four.
static Value sineOfQuadrant(MathBuilder &b, SineAndCosine of, Value quadrant) {
  Value even = b.equalInt(b.bitAnd(quadrant, b.integer(1)), 0);
  Value result = b.select(even, of.sine, of.cosine);
  Value lower = b.equalInt(b.bitAnd(quadrant, b.integer(2)), 0);
  return b.select(lower, result, b.neg(result));
}

Value sin(MathBuilder &b, Value x) {
  Value magnitude = b.abs(x);
  Angle angle = reduceAngle(b, magnitude);
  Value result = sineOfQuadrant(b, evaluate(b, angle.r), angle.quadrant);
  Value sign = b.copySign(b.number(1.0), x);
  result = b.select(b.less(magnitude, 0x1p-27), x, b.mul(result, sign));
  return b.select(b.less(magnitude, kInf), result, kNaN);
}

Value cos(MathBuilder &b, Value x) {
  Value magnitude = b.abs(x);
  Angle angle = reduceAngle(b, magnitude);
  Value next = b.addInt(angle.quadrant, b.integer(1));
  Value result = sineOfQuadrant(b, evaluate(b, angle.r), next);
  return b.select(b.less(magnitude, kInf), result, kNaN);
}

Value tan(MathBuilder &b, Value x) {
  Value magnitude = b.abs(x);
  Angle angle = reduceAngle(b, magnitude);
  SineAndCosine of = evaluate(b, angle.r);
  Value even = b.equalInt(b.bitAnd(angle.quadrant, b.integer(1)), 0);
  Value above = b.select(even, of.sine, b.neg(of.cosine));
  Value below = b.select(even, of.cosine, of.sine);
  Value sign = b.copySign(b.number(1.0), x);
  Value result = b.mul(b.div(above, below), sign);
  result = b.select(b.less(magnitude, 0x1p-27), x, result);
  return b.select(b.less(magnitude, kInf), result, kNaN);
}

//===----------------------------------------------------------------------===//
// Inverse functions
//===----------------------------------------------------------------------===//

/// atan above / below, both >= 0 and not both 0 or infinite. For the nearest c
/// of a few, atan(c) + atan((above - c below) / (below + c above)).
static Value atanOfQuotient(MathBuilder &b, Value above, Value below) {
  struct Centre {
    double until, c, high, low;
  };
  static constexpr Centre kCentres[] = {
      {7.0 / 16, 0.0, 0.0, 0.0},
      {11.0 / 16, 0.5, 0x1.dac670561bb4fp-2, 0x1.a2b7f222f65e2p-56},
      {19.0 / 16, 1.0, 0x1.921fb54442d18p-1, 0x1.1a62633145c07p-55},
      {39.0 / 16, 1.5, 0x1.f730bd281f69bp-1, 0x1.007887af0cbbdp-56}};
  // From the last one on: pi/2 - atan(below / above).
  Value top = b.neg(below), bottom = above;
  Value high = b.number(kHalfPi), low = b.number(kHalfPiLow);
  for (const Centre &centre : llvm::reverse(kCentres)) {
    Value here = b.less(above, b.mul(below, centre.until));
    top = b.select(here, b.sub(above, b.mul(below, centre.c)), top);
    bottom = b.select(here, b.add(below, b.mul(above, centre.c)), bottom);
    high = b.select(here, centre.high, high);
    low = b.select(here, centre.low, low);
  }
  Value t = b.div(top, bottom);
  Value square = b.mul(t, t);
  double coefficients[22];
  for (int k = 0; k < 22; ++k)
    coefficients[k] = (k % 2 ? 1.0 : -1.0) / (2 * k + 3);
  Value tail = b.mul(b.mul(t, square), b.polynomial(square, coefficients));
  return b.add(high, b.add(t, b.add(tail, low)));
}

Value atan(MathBuilder &b, Value x) {
  Value y = b.abs(x);
  Value finite = b.clamp(y, 0.0, 0x1p100);
  Value result = atanOfQuotient(b, finite, b.number(1.0));
  result = b.select(b.less(y, 0x1p-27), y, result);
  return b.copySign(result, x);
}

Value atan2(MathBuilder &b, Value y, Value x) {
  Value above = b.abs(y), below = b.abs(x);
  // Scaled so that no product above overflows and no quotient vanishes.
  Value large = b.select(b.less(above, below), below, above);
  Value factor = b.select(b.less(large, 1.0), 0x1p500, b.number(1.0));
  factor = b.select(b.greater(large, 0x1p900), 0x1p-100, factor);
  Value top = b.mul(above, factor), bottom = b.mul(below, factor);
  bottom = b.select(b.equal(large, 0.0), 1.0, bottom);
  // One infinity makes the other nothing; two are equal.
  Value topInfinite = b.equal(above, kInf),
        bottomInfinite = b.equal(below, kInf);
  Value ratio = b.select(bottomInfinite, 0.0, top);
  top = b.select(topInfinite, 1.0, ratio);
  ratio = b.select(topInfinite, 0.0, bottom);
  bottom = b.select(bottomInfinite, 1.0, ratio);
  Value result = atanOfQuotient(b, top, bottom);

  Value reflected = b.add(b.sub(2 * kHalfPi, result), 2 * kHalfPiLow);
  result = b.select(b.lessInt(b.bits(x), 0), reflected, result);
  Value anyNaN = b.bitOr(b.notEqual(x, x), b.notEqual(y, y));
  return b.select(anyNaN, b.add(x, y), b.copySign(result, y));
}

/// Of the angle whose sine is x, by way of its cosine.
Value asin(MathBuilder &b, Value x) {
  Value cosine = b.sqrt(b.mul(b.sub(1.0, x), b.add(x, 1.0)));
  return atan2(b, x, cosine);
}

/// Twice the angle whose tangent is sqrt((1 - x) / (1 + x)).
Value acos(MathBuilder &b, Value x) {
  Value half = atan2(b, b.sqrt(b.sub(1.0, x)), b.sqrt(b.add(x, 1.0)));
  return b.add(half, half);
}

} // namespace nnc::wide
