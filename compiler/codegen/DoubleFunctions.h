//===- DoubleFunctions.h - functions of f64 as arithmetic ------*- C++ -*-===//
//
// Like MathFunctions.h for doubles: no branches, tables or calls, and results
// within a few units in the last place of f64 (test/codegen/math-f64 has the
// numbers). All builders are wide ones. Rare functions of f32 go this way, too.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_DOUBLEFUNCTIONS_H
#define NNC_COMPILER_CODEGEN_DOUBLEFUNCTIONS_H

#include "compiler/codegen/MathBuilder.h"

namespace nnc::wide {

// DoubleExponentials.cpp
mlir::Value exp(MathBuilder &b, mlir::Value x);
mlir::Value exp2(MathBuilder &b, mlir::Value x);
mlir::Value expM1(MathBuilder &b, mlir::Value x);
mlir::Value log(MathBuilder &b, mlir::Value x);
mlir::Value log2(MathBuilder &b, mlir::Value x);
mlir::Value log10(MathBuilder &b, mlir::Value x);
mlir::Value log1p(MathBuilder &b, mlir::Value x);
mlir::Value sinh(MathBuilder &b, mlir::Value x);
mlir::Value cosh(MathBuilder &b, mlir::Value x);
mlir::Value tanh(MathBuilder &b, mlir::Value x);
mlir::Value asinh(MathBuilder &b, mlir::Value x);
mlir::Value acosh(MathBuilder &b, mlir::Value x);
mlir::Value atanh(MathBuilder &b, mlir::Value x);

// DoublePowers.cpp
mlir::Value pow(MathBuilder &b, mlir::Value x, mlir::Value y);
mlir::Value cbrt(MathBuilder &b, mlir::Value x);
mlir::Value rsqrt(MathBuilder &b, mlir::Value x);
mlir::Value erf(MathBuilder &b, mlir::Value x);
mlir::Value erfc(MathBuilder &b, mlir::Value x);
/// Rounding, for targets without the instructions, and halves away from 0,
/// which none has.
mlir::Value trunc(MathBuilder &b, mlir::Value x);
mlir::Value floor(MathBuilder &b, mlir::Value x);
mlir::Value ceil(MathBuilder &b, mlir::Value x);
mlir::Value roundEven(MathBuilder &b, mlir::Value x);
mlir::Value round(MathBuilder &b, mlir::Value x);
/// NaN where one of both is; 0 is larger than -0.
mlir::Value maximum(MathBuilder &b, mlir::Value x, mlir::Value y);
mlir::Value minimum(MathBuilder &b, mlir::Value x, mlir::Value y);

// DoubleTrigonometry.cpp
mlir::Value sin(MathBuilder &b, mlir::Value x);
mlir::Value cos(MathBuilder &b, mlir::Value x);
mlir::Value tan(MathBuilder &b, mlir::Value x);
mlir::Value atan(MathBuilder &b, mlir::Value x);
mlir::Value atan2(MathBuilder &b, mlir::Value y, mlir::Value x);
mlir::Value asin(MathBuilder &b, mlir::Value x);
mlir::Value acos(MathBuilder &b, mlir::Value x);

} // namespace nnc::wide

#endif // NNC_COMPILER_CODEGEN_DOUBLEFUNCTIONS_H
