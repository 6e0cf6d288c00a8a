//===- ExpandDivision.h - division where the CPU has none -------*- C++ -*-===//
//
// Replaces divisions of integers that the code generator would turn into calls
// of the compiler's run-time library, which a compiled model does without.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_EMIT_EXPANDDIVISION_H
#define NNC_COMPILER_EMIT_EXPANDDIVISION_H

#include "compiler/emit/Target.h"

namespace llvm {
class Module;
} // namespace llvm

namespace nnc {

/// Writes out what the CPU of `target` cannot divide. With `optLevel` 0 the
/// code generator divides by constants, too; else it multiplies.
void expandDivision(llvm::Module &module, const TargetSpec &target,
                    unsigned optLevel);

} // namespace nnc

#endif // NNC_COMPILER_EMIT_EXPANDDIVISION_H
