//===- IsolatedTest.cpp - child processes and what they may do ------------===//
//
// A child's output and errors come back; whatever else becomes of it is one
// error of the parent's.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/Isolated.h"
#include "test/unit/IsolatedJobs.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace llvm;

namespace nnc {

static Error echo(StringRef input, raw_ostream &output) {
  output << input << "!";
  return Error::success();
}

static Error refuse(StringRef, raw_ostream &) {
  return createStringError("no good:\n\x1b[31mred");
}

static Error abortHalfway(StringRef, raw_ostream &output) {
  output << "half";
  output.flush();
  abort();
}

static Error spin(StringRef, raw_ostream &) {
  for (volatile int i = 0;; i = i + 1)
    ;
  return Error::success();
}

static Error sleepLong(StringRef, raw_ostream &) {
  std::this_thread::sleep_for(std::chrono::hours(1));
  return Error::success();
}

static Error flood(StringRef, raw_ostream &output) {
  for (;;)
    output << "more and more";
  return Error::success();
}

static Error hoard(StringRef, raw_ostream &output) {
  bool got = mmap(nullptr, size_t(4) << 30, PROT_READ | PROT_WRITE,
                  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
  output << (got ? "got it" : "refused");
  return Error::success();
}

static Error talk(StringRef, raw_ostream &output) {
  // Nobody hears it.
  outs() << "printed";
  errs() << "printed";
  output << "said";
  return Error::success();
}

std::vector<IsolatedJob> isolatedTestJobs() {
  return {{"echo", echo},   {"refuse", refuse},   {"abort", abortHalfway},
          {"spin", spin},   {"sleep", sleepLong}, {"flood", flood},
          {"hoard", hoard}, {"talk", talk}};
}

namespace {

std::string outcomeOf(StringRef job, StringRef input = "") {
  IsolationLimits limits;
  limits.cpuSeconds = 1;
  limits.wallSeconds = job == "sleep" ? 1 : 60;
  limits.outputBytes = 1 << 20;
  auto output = runIsolated(job, *MemoryBuffer::getMemBuffer(input), limits,
                            "it did not end well");
  return output ? (*output)->getBuffer().str() : toString(output.takeError());
}

TEST(IsolatedTest, ReturnsOutputOrError) {
  EXPECT_EQ(outcomeOf("echo", "hello"), "hello!");
  EXPECT_EQ(outcomeOf("echo"), "!");
  EXPECT_EQ(outcomeOf("talk"), "said");
  EXPECT_EQ(outcomeOf("refuse"), "no good:  [31mred");
}

TEST(IsolatedTest, SurvivesItsChild) {
  for (const char *job : {"abort", "spin", "sleep", "flood", "no such job"})
    EXPECT_EQ(outcomeOf(job), "it did not end well") << job;
}

TEST(IsolatedTest, LimitsMemory) { EXPECT_EQ(outcomeOf("hoard"), "refused"); }

TEST(SharedBufferTest, MapsFilesAndReadsStreams) {
  SmallString<128> folder;
  ASSERT_FALSE(sys::fs::createUniqueDirectory("nnc-shared", folder));
  std::string path = (folder + "/file").str(), pipe = (folder + "/pipe").str();
  auto write = [](const std::string &to) {
    std::error_code error;
    raw_fd_ostream(to, error) << "content";
  };
  write(path);
  auto file = SharedBuffer::open(path, /*streamLimit=*/3);
  ASSERT_TRUE(bool(file));
  EXPECT_EQ((*file)->getBuffer(), "content");
  EXPECT_EQ((*file)->getBufferIdentifier(), path);

  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  std::thread(write, pipe).detach();
  auto stream = SharedBuffer::open(pipe, /*streamLimit=*/7);
  ASSERT_TRUE(bool(stream));
  EXPECT_EQ((*stream)->getBuffer(), "content");
  EXPECT_EQ(toString(SharedBuffer::open("/dev/zero", 1 << 20).takeError()),
            "is not a regular file, and gives more than 1048576 bytes");
  EXPECT_EQ((*SharedBuffer::open("/dev/null"))->getBufferSize(), 0u);
  EXPECT_EQ(toString(SharedBuffer::open(folder).takeError()), "Is a directory");
  sys::fs::remove_directories(folder);
}

} // namespace
} // namespace nnc
