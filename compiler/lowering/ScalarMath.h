//===- ScalarMath.h - arithmetic on scalars of any type ---------*- C++ -*-===//
//
// What loops of any element type are made of. Everything is defined for every
// value: no integer division traps, and comparisons with NaN are false, !=
// apart. Integers are signed.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_LOWERING_SCALARMATH_H
#define NNC_COMPILER_LOWERING_SCALARMATH_H

#include "compiler/lowering/LoweringUtils.h"
#include <limits>

namespace nnc {

/// Arithmetic on scalars of one type; truth values have and, or and not.
struct ScalarMath {
  LocBuilder &b;

  mlir::Value c(double value, mlir::Type type) {
    return scalar(b, value, type);
  }
  mlir::Value like(double value, mlir::Value x) {
    return c(value, x.getType());
  }

  mlir::Value add(mlir::Value x, mlir::Value y);
  mlir::Value sub(mlir::Value x, mlir::Value y);
  mlir::Value mul(mlir::Value x, mlir::Value y);
  mlir::Value div(mlir::Value x, mlir::Value y); ///< of floats
  mlir::Value max(mlir::Value x, mlir::Value y); ///< NaN if one is
  mlir::Value min(mlir::Value x, mlir::Value y);
  mlir::Value neg(mlir::Value x);
  mlir::Value abs(mlir::Value x);
  mlir::Value sign(mlir::Value x);
  /// Rounded down; an integer divided by 0 is 0.
  mlir::Value floorDivide(mlir::Value x, mlir::Value y);
  /// x - y · floorDivide(x, y); 0 for an integer and 0.
  mlir::Value mod(mlir::Value x, mlir::Value y);
  mlir::Value pow(mlir::Value x, mlir::Value y);

  mlir::Value land(mlir::Value x, mlir::Value y);
  mlir::Value lor(mlir::Value x, mlir::Value y);
  mlir::Value lxor(mlir::Value x, mlir::Value y);
  mlir::Value lnot(mlir::Value x);

  mlir::Value equal(mlir::Value x, mlir::Value y);
  mlir::Value notEqual(mlir::Value x, mlir::Value y);
  mlir::Value less(mlir::Value x, mlir::Value y);
  mlir::Value lessEqual(mlir::Value x, mlir::Value y);

  /// Tests of floats.
  mlir::Value isNaN(mlir::Value x) { return notEqual(x, x); }
  mlir::Value isInfinite(mlir::Value x) { return equal(abs(x), infinity(x)); }
  mlir::Value isFinite(mlir::Value x) { return less(abs(x), infinity(x)); }

  mlir::Value select(mlir::Value condition, mlir::Value x, mlir::Value y);

private:
  mlir::Value infinity(mlir::Value x) {
    return like(std::numeric_limits<double>::infinity(), x);
  }
  mlir::Value divideSafely(mlir::Value x, mlir::Value y, mlir::Value &isZero);
  mlir::Value powInteger(mlir::Value x, mlir::Value y);
};

} // namespace nnc

#endif // NNC_COMPILER_LOWERING_SCALARMATH_H
