//===- Runtime.h - where the runtime library is -----------------*- C++ -*-===//
//
// nnc works wherever its folder is moved to, so that it looks for the runtime
// library relative to itself.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_DRIVER_RUNTIME_H
#define NNC_COMPILER_DRIVER_RUNTIME_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace nnc {

/// The path of libnnc_runtime.a as it is installed or built beside the folder
/// of the program; empty if it is not there.
std::string findRuntime(llvm::StringRef programDirectory);

} // namespace nnc

#endif // NNC_COMPILER_DRIVER_RUNTIME_H
