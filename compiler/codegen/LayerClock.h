//===- LayerClock.h - the clock that layers are timed with -------*- C++
//-*-===//
//
// Reading the time must cost less than what is timed and call nothing, so that
// it is one instruction of the machine, where user code may execute one.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_LAYERCLOCK_H
#define NNC_COMPILER_CODEGEN_LAYERCLOCK_H

#include "llvm/TargetParser/Triple.h"

namespace nnc {

/// The LLVM intrinsic that reads the target's clock; empty if it has none.
llvm::StringRef findClock(const llvm::Triple &triple);

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_LAYERCLOCK_H
