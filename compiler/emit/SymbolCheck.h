//===- SymbolCheck.h - what an object may ask of its program ----*- C++ -*-===//
//
// A compiled model links into any program, also one without an operating system
// or a math library. This check reads the finished object's symbol table, since
// only there every call shows that instruction selection made on its own, such
// as fmaf where the CPU lacks the instruction.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_EMIT_SYMBOLCHECK_H
#define NNC_COMPILER_EMIT_SYMBOLCHECK_H

#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"

namespace nnc {

/// Fails if `object` refers to anything but memcpy, memmove and memset (on ARM
/// also their __aeabi_ forms) and what every linker defines by itself.
llvm::Error checkSymbols(llvm::MemoryBufferRef object);

} // namespace nnc

#endif // NNC_COMPILER_EMIT_SYMBOLCHECK_H
