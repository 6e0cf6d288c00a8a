//===- Isolated.cpp - running a library that may crash --------------------===//
//
// A fork and a pipe. The child writes its output, or its error's message, and
// exits with a status that says which; the parent reads until the pipe closes.
// Limits are the kernel's, so that they hold whatever state the child is in.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/Isolated.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/SmallVectorMemoryBuffer.h"
#include <cerrno>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace llvm;

namespace nnc {

/// The child's exit status: the pipe has the result, or the error's message.
/// Not what a dying process ends with by itself.
enum ChildStatus { kChildResult = 0, kChildError = 42 };

/// Bytes of private memory that this process has by now; 0 where the system
/// does not say, which only makes the limit looser.
static uint64_t privateMemory() {
  auto file = MemoryBuffer::getFileAsStream("/proc/self/statm");
  if (!file)
    return 0;
  // Pages: size, resident, shared, text, libraries, data.
  SmallVector<StringRef> fields;
  (*file)->getBuffer().trim().split(fields, ' ');
  uint64_t pages = 0;
  if (fields.size() < 6 || fields[5].getAsInteger(10, pages))
    return 0;
  return pages * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

static void setLimit(int resource, uint64_t limit) {
  rlimit now;
  if (getrlimit(resource, &now) != 0)
    return;
  // Never above what the process was given.
  now.rlim_cur = now.rlim_max = std::min<rlim_t>(limit, now.rlim_max);
  setrlimit(resource, &now);
}

/// The child's life. Never returns, and runs no exit handlers of the parent's.
[[noreturn]] static void runChild(function_ref<Error(raw_ostream &)> work,
                                  const IsolationLimits &limits,
                                  uint64_t memory, int output) {
  // The parent's crash handlers would delete its unfinished output files, and
  // a library's last words are none of the user's business.
  sys::unregisterHandlers();
  int null = ::open("/dev/null", O_WRONLY);
  if (null >= 0)
    dup2(null, STDERR_FILENO);
  setLimit(RLIMIT_CORE, 0);
  setLimit(RLIMIT_CPU, limits.cpuSeconds);
  if (memory != 0)
    setLimit(RLIMIT_DATA, SaturatingAdd(memory, limits.memoryBytes));
  raw_fd_ostream stream(output, /*shouldClose=*/false);
  int status = kChildResult;
  if (Error error = work(stream)) {
    stream << toString(std::move(error));
    status = kChildError;
  }
  stream.flush();
  _exit(status);
}

/// Reads the pipe to its end; false if there is more than `limit`.
static bool readAll(int input, uint64_t limit, SmallVectorImpl<char> &result) {
  constexpr size_t chunk = 1 << 16;
  for (;;) {
    size_t size = result.size();
    result.resize_for_overwrite(size + chunk);
    ssize_t got = ::read(input, result.data() + size, chunk);
    result.truncate(size + std::max<ssize_t>(got, 0));
    if (got == 0)
      return true;
    if (got < 0 && errno != EINTR)
      return false;
    if (result.size() > limit)
      return false;
  }
}

Expected<std::unique_ptr<MemoryBuffer>>
runIsolated(function_ref<Error(raw_ostream &)> work,
            const IsolationLimits &limits, const Twine &failure) {
  auto fail = [](const Twine &message) {
    return createStringError(inconvertibleErrorCode(), message);
  };
  int ends[2];
  if (pipe(ends) != 0)
    return fail("no pipe to a reading process can be made");
  uint64_t memory = privateMemory();
  pid_t child = fork();
  if (child == 0) {
    ::close(ends[0]);
    runChild(work, limits, memory, ends[1]);
  }
  ::close(ends[1]);
  SmallVector<char, 0> output;
  bool complete = child > 0 && readAll(ends[0], limits.outputBytes, output);
  // A child that still writes ends here, by SIGPIPE.
  ::close(ends[0]);
  if (child < 0)
    return fail("no process to read it can be started");
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR)
    ;
  if (complete && WIFEXITED(status) && WEXITSTATUS(status) == kChildResult)
    return std::make_unique<SmallVectorMemoryBuffer>(
        std::move(output), /*RequiresNullTerminator=*/false);
  if (complete && WIFEXITED(status) && WEXITSTATUS(status) == kChildError)
    return fail(StringRef(output.data(), output.size()));
  return fail(failure);
}

} // namespace nnc
