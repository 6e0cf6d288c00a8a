//===- Isolated.h - running a library that may crash ------------*- C++ -*-===//
//
// Libraries that are not safe on untrusted files read them in another process:
// this program, started again with a first argument that says so, under limits
// of memory and time. Whatever happens there (a crash, a loop, a call for all
// memory), we get an answer or an error. Bytes go in and come out through
// memory that both processes map.
//
// A program that reads files calls runIsolatedJob (or what wraps it) before
// anything else in its main.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_IMPORT_ISOLATED_H
#define NNC_COMPILER_IMPORT_ISOLATED_H

#include "compiler/import/SharedBuffer.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"
#include <functional>
#include <optional>

namespace nnc {

/// What the child may use; beyond that it ends, and that is an error.
struct IsolationLimits {
  uint64_t cpuSeconds = 5;
  uint64_t wallSeconds = 120;     ///< the machine may be busy with other work
  uint64_t memoryBytes = 1 << 30; ///< on top of what an idle one and its input
                                  ///< take
  uint64_t outputBytes = 1 << 30;
};

/// Something that a child process can do. The output is the bytes for the one
/// who asked; an error's text reaches him as well.
struct IsolatedJob {
  llvm::StringRef name;
  std::function<llvm::Error(llvm::StringRef input, llvm::raw_ostream &output)>
      run;
};

/// Runs `job` in a child process on `input` and returns its output, read-only.
/// The job's error, or `failure` if the child did not come back, is the error
/// returned. The output is only as trustworthy as the library that made it.
llvm::Expected<std::unique_ptr<SharedBuffer>>
runIsolated(llvm::StringRef job, const llvm::MemoryBuffer &input,
            const IsolationLimits &limits, const llvm::Twine &failure);

/// In a process that runIsolated started for one of `jobs`: does it, and
/// returns the exit status. Otherwise nothing.
std::optional<int> runIsolatedJob(int argc, char **argv,
                                  llvm::ArrayRef<IsolatedJob> jobs);

} // namespace nnc

#endif // NNC_COMPILER_IMPORT_ISOLATED_H
