//===- EinsumLowering.h - one loop nest for an einsum -----------*- C++ -*-===//

#ifndef NNC_COMPILER_LOWERING_EINSUMLOWERING_H
#define NNC_COMPILER_LOWERING_EINSUMLOWERING_H

#include "compiler/lowering/LoweringUtils.h"

namespace nnc {

/// The einsum of the operands, which must fit the equation
/// (dialect/Einsum.h). Integers are added as integers of type `sums`, if given.
mlir::Value einsum(LocBuilder &b, llvm::StringRef equation,
                   mlir::ValueRange operands, mlir::Type sums = {});

} // namespace nnc

#endif // NNC_COMPILER_LOWERING_EINSUMLOWERING_H
