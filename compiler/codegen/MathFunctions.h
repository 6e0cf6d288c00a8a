//===- MathFunctions.h - functions of f32 as arithmetic ---------*- C++ -*-===//
//
// Each function writes the arithmetic that computes it, without branches,
// tables or calls, so that loops over it vectorize. Results are within 3 units
// in the last place of the exact value (test/codegen/math has the numbers),
// infinities, zeros of both signs, denormals and NaN included.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_MATHFUNCTIONS_H
#define NNC_COMPILER_CODEGEN_MATHFUNCTIONS_H

#include "compiler/codegen/MathBuilder.h"

namespace nnc {

mlir::Value expandExp(MathBuilder &b, mlir::Value x);
/// 1 + e^x, rounded twice as the two functions are, for less.
mlir::Value expandOnePlusExp(MathBuilder &b, mlir::Value x);
mlir::Value expandExp2(MathBuilder &b, mlir::Value x);
mlir::Value expandExpM1(MathBuilder &b, mlir::Value x);
mlir::Value expandLog(MathBuilder &b, mlir::Value x);
mlir::Value expandLog1p(MathBuilder &b, mlir::Value x);
mlir::Value expandTanh(MathBuilder &b, mlir::Value x);
mlir::Value expandErf(MathBuilder &b, mlir::Value x);
mlir::Value expandRsqrt(MathBuilder &b, mlir::Value x);

/// In f64 inside (MathFunctionsF64.cpp): any argument, however large.
mlir::Value expandSin(MathBuilder &b, mlir::Value x);
mlir::Value expandCos(MathBuilder &b, mlir::Value x);
mlir::Value expandPow(MathBuilder &b, mlir::Value x, mlir::Value y);

/// Rounding by way of integers, for targets without the instructions.
mlir::Value expandTrunc(MathBuilder &b, mlir::Value x);
mlir::Value expandFloor(MathBuilder &b, mlir::Value x);
mlir::Value expandCeil(MathBuilder &b, mlir::Value x);
mlir::Value expandRoundEven(MathBuilder &b, mlir::Value x);
/// Halfway cases away from zero; no target's baseline has this one.
mlir::Value expandRound(MathBuilder &b, mlir::Value x);

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_MATHFUNCTIONS_H
