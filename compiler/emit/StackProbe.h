//===- StackProbe.h - large frames on Windows -------------------*- C++ -*-===//
//
// Windows commits a thread's stack page by page as it is touched, so that a
// function with a large frame has to touch every page of it in order.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_EMIT_STACKPROBE_H
#define NNC_COMPILER_EMIT_STACKPROBE_H

namespace llvm {
class Module;
} // namespace llvm

namespace nnc {

/// Gives a module for x86-64 Windows its own function that does so. Nothing
/// happens for other targets.
void addStackProbe(llvm::Module &module);

} // namespace nnc

#endif // NNC_COMPILER_EMIT_STACKPROBE_H
