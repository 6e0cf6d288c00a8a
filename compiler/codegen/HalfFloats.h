//===- HalfFloats.h - conversions of 16-bit floats as arithmetic *- C++ -*-===//

#ifndef NNC_COMPILER_CODEGEN_HALFFLOATS_H
#define NNC_COMPILER_CODEGEN_HALFFLOATS_H

#include "mlir/IR/PatternMatch.h"

namespace nnc {

/// Patterns that write conversions from and to f16 and bf16 as arithmetic on
/// their bits.
void populateHalfFloats(mlir::RewritePatternSet &patterns);

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_HALFFLOATS_H
