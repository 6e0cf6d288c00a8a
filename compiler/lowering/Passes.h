//===- Passes.h - the lowering stage's passes -------------------*- C++ -*-===//

#ifndef NNC_COMPILER_LOWERING_PASSES_H
#define NNC_COMPILER_LOWERING_PASSES_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace nnc {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION_LOWERTOLINALGPASS
#include "compiler/lowering/Passes.h.inc"

/// Makes the stage's passes known to nn-opt.
inline void registerLoweringPasses() { registerLowerToLinalgPass(); }

} // namespace nnc

#endif // NNC_COMPILER_LOWERING_PASSES_H
