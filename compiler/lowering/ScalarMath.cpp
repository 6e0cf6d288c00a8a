//===- ScalarMath.cpp - arithmetic on scalars of any type -----------------===//
//
// See the header. Truth values have and, or and their order, not the arithmetic
// of one-bit integers.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/ScalarMath.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include <cmath>

using namespace mlir;
using namespace nnc;

static bool isFloat(Value x) { return isa<FloatType>(x.getType()); }
static bool isBool(Value x) { return x.getType().isInteger(1); }

/// One of two operations, for floats and for integers.
template <typename FloatOp, typename IntegerOp>
static Value either(LocBuilder &b, Value x, Value y) {
  if (isFloat(x))
    return FloatOp::create(b, x, y);
  return IntegerOp::create(b, x, y);
}

Value ScalarMath::add(Value x, Value y) {
  if (isBool(x))
    return lor(x, y);
  return either<arith::AddFOp, arith::AddIOp>(b, x, y);
}

Value ScalarMath::sub(Value x, Value y) {
  return either<arith::SubFOp, arith::SubIOp>(b, x, y);
}

Value ScalarMath::mul(Value x, Value y) {
  if (isBool(x))
    return land(x, y);
  return either<arith::MulFOp, arith::MulIOp>(b, x, y);
}

Value ScalarMath::div(Value x, Value y) {
  return arith::DivFOp::create(b, x, y);
}

Value ScalarMath::max(Value x, Value y) {
  if (isBool(x))
    return lor(x, y);
  return either<arith::MaximumFOp, arith::MaxSIOp>(b, x, y);
}

Value ScalarMath::min(Value x, Value y) {
  if (isBool(x))
    return land(x, y);
  return either<arith::MinimumFOp, arith::MinSIOp>(b, x, y);
}

Value ScalarMath::neg(Value x) {
  if (isFloat(x))
    return arith::NegFOp::create(b, x);
  return sub(like(0, x), x);
}

Value ScalarMath::abs(Value x) {
  if (isFloat(x))
    return math::AbsFOp::create(b, x);
  return isBool(x) ? x : max(x, neg(x));
}

Value ScalarMath::sign(Value x) {
  Value negative = select(less(x, like(0, x)), like(-1, x), x);
  return select(less(like(0, x), x), like(1, x), negative);
}

/// x / y rounded towards zero, x where y is 0 and where the quotient does not
/// fit, as that of the least integer and -1.
Value ScalarMath::divideSafely(Value x, Value y, Value &isZero) {
  isZero = equal(y, like(0, y));
  Value isMinusOne = equal(y, like(-1, y));
  Value divisor = select(lor(isZero, isMinusOne), like(1, y), y);
  Value quotient = arith::DivSIOp::create(b, x, divisor);
  return select(isMinusOne, neg(x), quotient);
}

Value ScalarMath::floorDivide(Value x, Value y) {
  if (isFloat(x))
    return math::FloorOp::create(b, div(x, y));
  Value isZero;
  Value quotient = divideSafely(x, y, isZero);
  Value rest = sub(x, mul(quotient, y));
  // Rounded up where what is left and the divisor differ in sign.
  Value differ = less(arith::XOrIOp::create(b, rest, y), like(0, x));
  Value roundedUp = land(notEqual(rest, like(0, x)), differ);
  Value floor = select(roundedUp, sub(quotient, like(1, x)), quotient);
  return select(isZero, like(0, x), floor);
}

/// r - y · trunc(r / y) for r, y >= 0; exact where both products are.
static Value reduceOnce(ScalarMath m, Value r, Value y) {
  Value count = math::TruncOp::create(m.b, m.div(r, y));
  Value rest = math::FmaOp::create(m.b, m.neg(count), y, r);
  // A quotient just below an integer has been rounded up to it.
  return m.select(m.less(rest, m.like(0, r)), m.add(rest, y), rest);
}

/// What is left of x / y, with the sign of x. That of two f32 is exact: in f64,
/// 2^28 times a number of 24 bits is, so that multiples of y which lie so far
/// apart are taken away one after the other, the largest first.
static Value floatRemainder(ScalarMath m, Value x, Value y) {
  Type type = x.getType();
  Value r = m.abs(x), divisor = m.abs(y);
  if (type.isF64()) {
    r = reduceOnce(m, r, divisor);
  } else {
    Type wide = m.b.getF64Type();
    r = castScalar(m.b, r, wide);
    divisor = castScalar(m.b, divisor, wide);
    for (int exponent = 252; exponent >= 0; exponent -= 28)
      r = reduceOnce(m, r,
                     m.mul(divisor, m.c(std::ldexp(1.0, exponent), wide)));
    r = castScalar(m.b, r, type);
  }
  return math::CopySignOp::create(m.b, r, x);
}

Value ScalarMath::mod(Value x, Value y) {
  Value zero = like(0, x);
  Value rest;
  if (isFloat(x)) {
    rest = floatRemainder(*this, x, y);
  } else {
    Value isZero;
    Value quotient = divideSafely(x, y, isZero);
    rest = select(isZero, zero, sub(x, mul(quotient, y)));
  }
  // The divisor's sign.
  Value differ = lxor(less(rest, zero), less(y, zero));
  Value moved = select(differ, add(rest, y), rest);
  return select(equal(rest, zero), rest, moved);
}

/// By squaring. 1 / x^-y is no integer unless x is 1 or -1: it counts as 0.
Value ScalarMath::powInteger(Value x, Value y) {
  Value one = like(1, x), zero = like(0, x), result = one, base = x;
  unsigned bits = x.getType().getIntOrFloatBitWidth() - 1;
  for (unsigned bit = 0; bit < bits; ++bit) {
    Value shift = arith::ShRUIOp::create(b, y, like(bit, y));
    Value isSet = notEqual(arith::AndIOp::create(b, shift, one), zero);
    result = select(isSet, mul(result, base), result);
    base = mul(base, base);
  }
  Value isOne = equal(abs(x), one);
  Value odd = notEqual(arith::AndIOp::create(b, y, one), zero);
  Value inverse = select(isOne, select(odd, x, one), zero);
  return select(less(y, zero), inverse, result);
}

Value ScalarMath::pow(Value x, Value y) {
  if (isFloat(x))
    return math::PowFOp::create(b, x, y);
  return powInteger(x, y);
}

Value ScalarMath::land(Value x, Value y) {
  return arith::AndIOp::create(b, x, y);
}
Value ScalarMath::lor(Value x, Value y) {
  return arith::OrIOp::create(b, x, y);
}
Value ScalarMath::lxor(Value x, Value y) {
  return arith::XOrIOp::create(b, x, y);
}
Value ScalarMath::lnot(Value x) { return lxor(x, scalar(b, 1, b.getI1Type())); }

static Value compare(LocBuilder &b, arith::CmpFPredicate floats,
                     arith::CmpIPredicate integers, Value x, Value y) {
  if (isFloat(x))
    return arith::CmpFOp::create(b, floats, x, y);
  // A truth value is 0 or 1, not 0 or -1.
  if (isBool(x) && integers == arith::CmpIPredicate::slt)
    integers = arith::CmpIPredicate::ult;
  if (isBool(x) && integers == arith::CmpIPredicate::sle)
    integers = arith::CmpIPredicate::ule;
  return arith::CmpIOp::create(b, integers, x, y);
}

Value ScalarMath::equal(Value x, Value y) {
  return compare(b, arith::CmpFPredicate::OEQ, arith::CmpIPredicate::eq, x, y);
}
Value ScalarMath::notEqual(Value x, Value y) {
  return compare(b, arith::CmpFPredicate::UNE, arith::CmpIPredicate::ne, x, y);
}
Value ScalarMath::less(Value x, Value y) {
  return compare(b, arith::CmpFPredicate::OLT, arith::CmpIPredicate::slt, x, y);
}
Value ScalarMath::lessEqual(Value x, Value y) {
  return compare(b, arith::CmpFPredicate::OLE, arith::CmpIPredicate::sle, x, y);
}

Value ScalarMath::select(Value condition, Value x, Value y) {
  return arith::SelectOp::create(b, condition, x, y);
}
