//===- Isolated.h - running a library that may crash ------------*- C++ -*-===//
//
// Reads of untrusted files through a library that is not safe on them happen in
// a child process: whatever it does there (crash, loop, ask for all memory), we
// get an answer or an error.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_IMPORT_ISOLATED_H
#define NNC_COMPILER_IMPORT_ISOLATED_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include <memory>

namespace nnc {

/// What the child may use; beyond that it ends, and that is an error.
struct IsolationLimits {
  uint64_t cpuSeconds = 5;
  uint64_t memoryBytes = 1 << 30; ///< on top of what this process has
  uint64_t outputBytes = 1 << 30;
};

/// Runs `work` in a child process and returns what it wrote. `work` sees all of
/// this process's memory as it is now, and changes none of it. Its error, or
/// `failure` if the child did not come back, is the error returned.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
runIsolated(llvm::function_ref<llvm::Error(llvm::raw_ostream &)> work,
            const IsolationLimits &limits, const llvm::Twine &failure);

} // namespace nnc

#endif // NNC_COMPILER_IMPORT_ISOLATED_H
