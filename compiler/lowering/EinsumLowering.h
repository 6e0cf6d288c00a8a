//===- EinsumLowering.h - one loop nest for an einsum -----------*- C++ -*-===//

#ifndef NNC_COMPILER_LOWERING_EINSUMLOWERING_H
#define NNC_COMPILER_LOWERING_EINSUMLOWERING_H

#include "compiler/lowering/LoweringUtils.h"

namespace nnc {

/// The einsum of one or two operands, which must fit the equation
/// (dialect/Einsum.h).
mlir::Value einsum(LocBuilder &b, llvm::StringRef equation,
                   mlir::ValueRange operands);

} // namespace nnc

#endif // NNC_COMPILER_LOWERING_EINSUMLOWERING_H
