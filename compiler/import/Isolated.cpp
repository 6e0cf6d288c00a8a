//===- Isolated.cpp - running a library that may crash --------------------===//
//
// The parent spawns its own program, gives it descriptors for the input, the
// output and a pipe for an error's text, and waits until the pipe closes or
// time is up. The limits on memory, CPU time and output are the kernel's, so
// that they hold whatever state the child is in. fork alone would not do: a
// program with threads must not go on in the child.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/Isolated.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Errno.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/thread.h"
#include <array>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace llvm;

namespace nnc {

/// The first argument of a child; the job and numbers follow.
static constexpr StringLiteral kChildArgument = "--nnc-isolated-job";

/// A child's numbers, in the order in which they follow the job's name.
enum ChildNumber { kInput, kOutput, kMessages, kCpu, kMemory, kSize, kNumbers };

/// The child's exit status: there is output, or the text of an error. Not what
/// a dying process ends with by itself.
enum ChildStatus { kChildResult = 0, kChildError = 42 };

/// Libraries recurse over what they read.
static constexpr unsigned kStackBytes = 256u << 20;

/// An error's text is one line; longer ones are cut.
static constexpr size_t kMaxMessage = 4096;

//===----------------------------------------------------------------------===//
// The child
//===----------------------------------------------------------------------===//

/// Bytes of address space that this process has by now; 0 where the system does
/// not say.
static uint64_t addressSpace() {
  auto file = MemoryBuffer::getFileAsStream("/proc/self/statm");
  uint64_t pages = 0;
  if (!file || (*file)->getBuffer().split(' ').first.getAsInteger(10, pages))
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

/// Does the job and ends the process, without the exit handlers of libraries.
[[noreturn]] static void runChild(const IsolatedJob &job,
                                  ArrayRef<uint64_t> numbers) {
  auto input = SharedBuffer::map(Descriptor(numbers[kInput]));
  int status = kChildError;
  std::string message;
  if (input) {
    raw_fd_ostream output(numbers[kOutput], /*shouldClose=*/false);
    setLimit(RLIMIT_CORE, 0);
    setLimit(RLIMIT_CPU, numbers[kCpu]);
    setLimit(RLIMIT_FSIZE, numbers[kSize]);
    if (uint64_t now = addressSpace())
      setLimit(RLIMIT_AS, SaturatingAdd(now, numbers[kMemory]));
    if (Error error = job.run((*input)->getBuffer(), output))
      message = toString(std::move(error));
    else
      status = kChildResult;
    output.flush();
    if (output.has_error())
      _exit(EXIT_FAILURE);
  } else {
    message = toString(input.takeError());
  }
  raw_fd_ostream messages(numbers[kMessages], /*shouldClose=*/false);
  messages << StringRef(message).take_front(kMaxMessage);
  messages.flush();
  _exit(status);
}

std::optional<int> runIsolatedJob(int argc, char **argv,
                                  ArrayRef<IsolatedJob> jobs) {
  if (argc != 3 + kNumbers || argv[1] != kChildArgument)
    return std::nullopt;
  const auto *job = find_if(
      jobs, [&](const IsolatedJob &job) { return job.name == argv[2]; });
  SmallVector<uint64_t> numbers(kNumbers);
  for (unsigned i = 0; i < kNumbers; ++i)
    if (StringRef(argv[3 + i]).getAsInteger(10, numbers[i]))
      return EXIT_FAILURE;
  if (job == jobs.end())
    return std::nullopt;
  // The parent may be gone by a signal before it could end us.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  llvm::thread worker(std::optional<unsigned>(kStackBytes),
                      [&] { runChild(*job, numbers); });
  worker.join();
  return EXIT_FAILURE;
}

//===----------------------------------------------------------------------===//
// The parent
//===----------------------------------------------------------------------===//

/// Are we such a child ourselves? Then our program does not know of
/// runIsolatedJob, and the next child would be one of an endless row.
static bool isChild() {
  auto file = MemoryBuffer::getFileAsStream("/proc/self/cmdline");
  return file &&
         (*file)->getBuffer().split('\0').second.starts_with(kChildArgument);
}

/// Starts the child; it has `handed` open under the same numbers, and nothing
/// to read from or to print to.
static Expected<pid_t> spawn(StringRef job, ArrayRef<uint64_t> numbers,
                             ArrayRef<int> handed) {
  SmallVector<std::string> texts{"nnc", kChildArgument.str(), job.str()};
  for (uint64_t number : numbers)
    texts.push_back(std::to_string(number));
  SmallVector<char *> argv;
  for (std::string &text : texts)
    argv.push_back(text.data());
  argv.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    posix_spawn_file_actions_addopen(&actions, fd, "/dev/null", O_RDWR, 0);
  // On itself: stays open in the new program.
  for (int fd : handed)
    posix_spawn_file_actions_adddup2(&actions, fd, fd);
  pid_t child = -1;
  int error = posix_spawn(&child, "/proc/self/exe", &actions,
                          /*attrp=*/nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0)
    return createStringError("no process to read it can be started: " +
                             sys::StrError(error) + " [N108]");
  return child;
}

/// Reads the pipe until all of its writers are gone; false if that takes more
/// time than there is, or more text than a message has.
static bool readMessage(int pipe, uint64_t seconds, std::string &message) {
  using Clock = std::chrono::steady_clock;
  auto end = Clock::now() + std::chrono::seconds(seconds);
  for (;;) {
    auto left =
        std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
    pollfd wait = {pipe, POLLIN, 0};
    int timeout = static_cast<int>(
        std::clamp<int64_t>(left.count(), 0, std::numeric_limits<int>::max()));
    if (sys::RetryAfterSignal(-1, ::poll, &wait, 1, timeout) <= 0)
      return false;
    std::array<char, 512> chunk;
    ssize_t got =
        sys::RetryAfterSignal(-1, ::read, pipe, chunk.data(), chunk.size());
    if (got <= 0)
      return got == 0;
    message.append(chunk.data(), got);
    if (message.size() > kMaxMessage)
      return false;
  }
}

/// What came out of a child, which nobody changes any more.
static Expected<std::unique_ptr<SharedBuffer>>
takeOutput(Descriptor output, uint64_t limit, const Twine &failure) {
  struct stat status;
  int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
  if (fcntl(output.get(), F_ADD_SEALS, seals) != 0 ||
      fstat(output.get(), &status) != 0 ||
      static_cast<uint64_t>(status.st_size) > limit)
    return createStringError(failure);
  return SharedBuffer::map(std::move(output));
}

/// The input under a descriptor: its own, or that of a copy.
static Expected<const SharedBuffer *>
share(const MemoryBuffer &input, std::unique_ptr<SharedBuffer> &copy) {
  if (const auto *shared = dynamic_cast<const SharedBuffer *>(&input))
    return shared;
  auto made = SharedBuffer::create(input.getBufferSize());
  if (!made)
    return made.takeError();
  llvm::copy(input.getBuffer(), (*made)->getBufferStart());
  copy = std::move(*made);
  return copy.get();
}

/// The memory that both processes see is a file of the system's.
static Error noSharedMemory(Error error) {
  return createStringError("no memory to share with a reading process: " +
                           toString(std::move(error)) + " [N108]");
}

Expected<std::unique_ptr<SharedBuffer>>
runIsolated(StringRef job, const MemoryBuffer &input,
            const IsolationLimits &limits, const Twine &failure) {
  if (isChild())
    return createStringError("this program does not run isolated jobs [N108]");
  std::unique_ptr<SharedBuffer> copy;
  Expected<const SharedBuffer *> shared = share(input, copy);
  if (!shared)
    return noSharedMemory(shared.takeError());
  Expected<Descriptor> output = SharedBuffer::createFile();
  if (!output)
    return noSharedMemory(output.takeError());
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0)
    return createStringError("no pipe to a reading process can be made [N108]");
  Descriptor from(ends[0]), to(ends[1]);

  int handed[] = {(*shared)->descriptor(), output->get(), to.get()};
  uint64_t numbers[kNumbers];
  llvm::copy(handed, numbers);
  numbers[kCpu] = limits.cpuSeconds;
  numbers[kMemory] = limits.memoryBytes;
  numbers[kSize] = limits.outputBytes;
  Expected<pid_t> child = spawn(job, numbers, handed);
  if (!child)
    return child.takeError();
  to.reset();
  std::string message;
  bool complete = readMessage(from.get(), limits.wallSeconds, message);
  // The pipe closed because the child ended, or it has to.
  kill(*child, SIGKILL);
  int status = 0;
  if (sys::RetryAfterSignal(-1, ::waitpid, *child, &status, 0) != *child)
    return createStringError(failure);
  if (complete && WIFEXITED(status) && WEXITSTATUS(status) == kChildResult)
    return takeOutput(std::move(*output), limits.outputBytes, failure);
  if (!complete || !WIFEXITED(status) || WEXITSTATUS(status) != kChildError)
    return createStringError(failure);
  for (char &c : message)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      c = ' ';
  return createStringError(message);
}

} // namespace nnc
