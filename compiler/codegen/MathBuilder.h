//===- MathBuilder.h - short names for arithmetic ---------------*- C++ -*-===//
//
// Writes arithmetic on f32 or f64 (and the integers that share its bits) so
// that the functions in MathFunctions.cpp read like formulas. Works on scalars
// and on vectors alike: constants take the shape of the value being expanded.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_MATHBUILDER_H
#define NNC_COMPILER_CODEGEN_MATHBUILDER_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

namespace nnc {

class MathBuilder {
public:
  /// `like` gives the shape; `fma` says whether the target fuses; `wide`
  /// computes on f64 and i64 instead of f32 and i32.
  MathBuilder(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value like,
              bool fma, bool wide = false)
      : builder(builder), loc(loc), fma(fma), like(like.getType()),
        floatType(wide ? builder.getF64Type() : builder.getF32Type()),
        intType(builder.getIntegerType(wide ? 64 : 32)) {}

  mlir::Value number(double value) {
    return constant(mlir::FloatAttr::get(floatType, value));
  }
  mlir::Value integer(int64_t value) {
    return constant(mlir::IntegerAttr::get(intType, value));
  }

  mlir::Value add(mlir::Value a, mlir::Value b) {
    return mlir::arith::AddFOp::create(builder, loc, a, b);
  }
  mlir::Value add(mlir::Value a, double b) { return add(a, number(b)); }
  mlir::Value sub(mlir::Value a, mlir::Value b) {
    return mlir::arith::SubFOp::create(builder, loc, a, b);
  }
  mlir::Value sub(mlir::Value a, double b) { return sub(a, number(b)); }
  mlir::Value sub(double a, mlir::Value b) { return sub(number(a), b); }
  mlir::Value mul(mlir::Value a, mlir::Value b) {
    return mlir::arith::MulFOp::create(builder, loc, a, b);
  }
  mlir::Value mul(mlir::Value a, double b) { return mul(a, number(b)); }
  mlir::Value neg(mlir::Value a) {
    return mlir::arith::NegFOp::create(builder, loc, a);
  }
  mlir::Value div(mlir::Value a, mlir::Value b) {
    return mlir::arith::DivFOp::create(builder, loc, a, b);
  }
  /// a * b + c, fused if the target can.
  mlir::Value mulAdd(mlir::Value a, mlir::Value b, mlir::Value c) {
    if (fma)
      return mlir::math::FmaOp::create(builder, loc, a, b, c);
    return add(mul(a, b), c);
  }
  mlir::Value mulAdd(mlir::Value a, float b, mlir::Value c) {
    return mulAdd(a, number(b), c);
  }
  /// c[0] + c[1] x + c[2] x² + …
  mlir::Value polynomial(mlir::Value x, llvm::ArrayRef<double> c) {
    mlir::Value sum = number(c.back());
    for (double coefficient : llvm::reverse(c.drop_back()))
      sum = mulAdd(sum, x, number(coefficient));
    return sum;
  }

  mlir::Value abs(mlir::Value a) {
    return mlir::math::AbsFOp::create(builder, loc, a);
  }
  mlir::Value sqrt(mlir::Value a) {
    return mlir::math::SqrtOp::create(builder, loc, a);
  }
  mlir::Value copySign(mlir::Value magnitude, mlir::Value sign) {
    return mlir::math::CopySignOp::create(builder, loc, magnitude, sign);
  }

  /// Ordered comparisons: false where an operand is NaN.
  mlir::Value less(mlir::Value a, mlir::Value b) {
    return compare(mlir::arith::CmpFPredicate::OLT, a, b);
  }
  mlir::Value less(mlir::Value a, double b) { return less(a, number(b)); }
  mlir::Value greater(mlir::Value a, double b) {
    return compare(mlir::arith::CmpFPredicate::OGT, a, number(b));
  }
  mlir::Value equal(mlir::Value a, double b) {
    return compare(mlir::arith::CmpFPredicate::OEQ, a, number(b));
  }
  mlir::Value notEqual(mlir::Value a, mlir::Value b) {
    return compare(mlir::arith::CmpFPredicate::UNE, a, b);
  }
  /// A condition that never holds.
  mlir::Value no() { return constant(builder.getBoolAttr(false)); }
  mlir::Value select(mlir::Value condition, mlir::Value a, mlir::Value b) {
    return mlir::arith::SelectOp::create(builder, loc, condition, a, b);
  }
  mlir::Value select(mlir::Value condition, double a, mlir::Value b) {
    return select(condition, number(a), b);
  }
  mlir::Value select(mlir::Value condition, mlir::Value a, double b) {
    return select(condition, a, number(b));
  }
  /// Between `low` and `high`; a NaN stays one.
  mlir::Value clamp(mlir::Value a, double low, double high) {
    a = select(less(a, low), low, a);
    return select(greater(a, high), high, a);
  }

  mlir::Value bits(mlir::Value a) {
    return mlir::arith::BitcastOp::create(builder, loc, shaped(intType), a);
  }
  mlir::Value fromBits(mlir::Value a) {
    return mlir::arith::BitcastOp::create(builder, loc, shaped(floatType), a);
  }
  mlir::Value truncateToInt(mlir::Value a) {
    return mlir::arith::FPToSIOp::create(builder, loc, shaped(intType), a);
  }
  mlir::Value toFloat(mlir::Value a) {
    return mlir::arith::SIToFPOp::create(builder, loc, shaped(floatType), a);
  }
  /// From the i32 of a builder that is not wide.
  mlir::Value unsignedToFloat(mlir::Value a) {
    return mlir::arith::UIToFPOp::create(builder, loc, shaped(floatType), a);
  }
  /// From integers of the builder's width of which the low 32 bits are all, or
  /// are what counts: 64 bits would call a library on targets of 32.
  mlir::Value smallToFloat(mlir::Value a) { return toFloat(lowHalf(a)); }
  mlir::Value unsignedSmallToFloat(mlir::Value a) {
    return unsignedToFloat(lowHalf(a));
  }
  mlir::Value addInt(mlir::Value a, mlir::Value b) {
    return mlir::arith::AddIOp::create(builder, loc, a, b);
  }
  mlir::Value subInt(mlir::Value a, mlir::Value b) {
    return mlir::arith::SubIOp::create(builder, loc, a, b);
  }
  mlir::Value shiftLeft(mlir::Value a, int64_t by) {
    return mlir::arith::ShLIOp::create(builder, loc, a, integer(by));
  }
  mlir::Value shiftRight(mlir::Value a, int64_t by) {
    return mlir::arith::ShRSIOp::create(builder, loc, a, integer(by));
  }
  mlir::Value mulInt(mlir::Value a, mlir::Value b) {
    return mlir::arith::MulIOp::create(builder, loc, a, b);
  }
  mlir::Value bitAnd(mlir::Value a, mlir::Value b) {
    return mlir::arith::AndIOp::create(builder, loc, a, b);
  }
  mlir::Value bitXor(mlir::Value a, mlir::Value b) {
    return mlir::arith::XOrIOp::create(builder, loc, a, b);
  }
  mlir::Value bitOr(mlir::Value a, mlir::Value b) {
    return mlir::arith::OrIOp::create(builder, loc, a, b);
  }
  mlir::Value shiftRightUnsigned(mlir::Value a, mlir::Value by) {
    return mlir::arith::ShRUIOp::create(builder, loc, a, by);
  }
  mlir::Value equalInt(mlir::Value a, int64_t b) {
    return mlir::arith::CmpIOp::create(
        builder, loc, mlir::arith::CmpIPredicate::eq, a, integer(b));
  }
  mlir::Value lessInt(mlir::Value a, int64_t b) {
    return mlir::arith::CmpIOp::create(
        builder, loc, mlir::arith::CmpIPredicate::slt, a, integer(b));
  }

  /// Between the widths: `a` belongs to a builder of the other one.
  mlir::Value convertFloat(mlir::Value a) {
    if (floatType.isF64())
      return mlir::arith::ExtFOp::create(builder, loc, shaped(floatType), a);
    return mlir::arith::TruncFOp::create(builder, loc, shaped(floatType), a);
  }
  mlir::Value convertInt(mlir::Value a) {
    if (floatType.isF64())
      return mlir::arith::ExtSIOp::create(builder, loc, shaped(intType), a);
    return mlir::arith::TruncIOp::create(builder, loc, shaped(intType), a);
  }

  mlir::OpBuilder &builder;
  mlir::Location loc;
  bool fma;

private:
  mlir::Value lowHalf(mlir::Value a) {
    mlir::Type i32 = shaped(builder.getI32Type());
    if (a.getType() == i32)
      return a;
    return mlir::arith::TruncIOp::create(builder, loc, i32, a);
  }
  /// The element type in the shape of the expanded value.
  mlir::Type shaped(mlir::Type element) {
    if (auto shapedType = mlir::dyn_cast<mlir::ShapedType>(like))
      return shapedType.clone(element);
    return element;
  }
  mlir::Value constant(mlir::TypedAttr value) {
    mlir::Type type = shaped(value.getType());
    if (auto shapedType = mlir::dyn_cast<mlir::ShapedType>(type))
      value = mlir::DenseElementsAttr::get(shapedType, mlir::Attribute(value));
    return mlir::arith::ConstantOp::create(builder, loc, value);
  }
  mlir::Value compare(mlir::arith::CmpFPredicate predicate, mlir::Value a,
                      mlir::Value b) {
    return mlir::arith::CmpFOp::create(builder, loc, predicate, a, b);
  }

  mlir::Type like;
  mlir::FloatType floatType;
  mlir::IntegerType intType;
};

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_MATHBUILDER_H
