//===- OutputFilesTest.cpp - all outputs, or none -------------------------===//
//
// Also the small files that accompany an object: weights and dependencies.
//
//===----------------------------------------------------------------------===//

#include "compiler/emit/OutputFiles.h"
#include "compiler/driver/InputFiles.h"
#include "compiler/driver/OutputKind.h"
#include "compiler/emit/WeightsFile.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/xxhash.h"
#include "gtest/gtest.h"

using namespace nnc;
using llvm::StringRef;

namespace {

class OutputFilesTest : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("nnc-test", folder));
  }
  void TearDown() override { llvm::sys::fs::remove_directories(folder); }

  std::string path(StringRef name) const { return (folder + "/" + name).str(); }
  static std::unique_ptr<llvm::MemoryBuffer> text(StringRef content) {
    return llvm::MemoryBuffer::getMemBufferCopy(content);
  }
  std::string read(StringRef name) const {
    auto buffer = llvm::MemoryBuffer::getFile(path(name));
    return buffer ? (*buffer)->getBuffer().str() : "(none)";
  }
  unsigned countFiles() const {
    unsigned count = 0;
    std::error_code ec;
    for (llvm::sys::fs::directory_iterator it(folder, ec), end;
         it != end && !ec; it.increment(ec))
      ++count;
    return count;
  }

  llvm::SmallString<128> folder;
};

TEST_F(OutputFilesTest, WritesAll) {
  OutputFiles files;
  files.add(path("a"), text("first"));
  files.add(path("b"), text(""), /*executable=*/true);
  ASSERT_EQ(llvm::toString(files.commit()), "");
  EXPECT_EQ(read("a"), "first");
  EXPECT_EQ(read("b"), "");
  EXPECT_TRUE(llvm::sys::fs::can_execute(path("b")));
  EXPECT_EQ(countFiles(), 2u);
}

TEST_F(OutputFilesTest, ReplacesWhatWasThere) {
  OutputFiles before, after;
  before.add(path("a"), text("a longer text"));
  ASSERT_EQ(llvm::toString(before.commit()), "");
  after.add(path("a"), text("short"));
  ASSERT_EQ(llvm::toString(after.commit()), "");
  EXPECT_EQ(read("a"), "short");
}

TEST_F(OutputFilesTest, WritesNothingIfOneFails) {
  OutputFiles files;
  files.add(path("a"), text("first"));
  files.add(path("missing/b"), text("second"));
  EXPECT_EQ(llvm::toString(files.commit()),
            "cannot write '" + path("missing/b") +
                "': No such file or directory [N005]");
  EXPECT_EQ(countFiles(), 0u);
}

TEST_F(OutputFilesTest, RefusesAFolder) {
  ASSERT_FALSE(llvm::sys::fs::create_directory(path("d")));
  OutputFiles files;
  files.add(path("a"), text("first"));
  files.add(path("d"), text("second"));
  EXPECT_EQ(llvm::toString(files.commit()),
            "cannot write '" + path("d") + "': Is a directory [N005]");
  EXPECT_EQ(countFiles(), 1u);
}

TEST_F(OutputFilesTest, RefusesOneNameTwice) {
  OutputFiles files;
  files.add(path("a"), text("first"));
  files.add(path("a"), text("second"));
  EXPECT_EQ(llvm::toString(files.commit()),
            "two outputs have the same name '" + path("a") + "' [N006]");
  EXPECT_EQ(countFiles(), 0u);
}

TEST_F(OutputFilesTest, LeavesDevicesInPlace) {
  OutputFiles files;
  files.add("/dev/null", text("gone"));
  ASSERT_EQ(llvm::toString(files.commit()), "");
  EXPECT_FALSE(llvm::sys::fs::is_regular_file("/dev/null"));
}

TEST_F(OutputFilesTest, WritesNoFileBesideAFullDevice) {
  if (!llvm::sys::fs::exists("/dev/full"))
    GTEST_SKIP() << "there is no /dev/full";
  OutputFiles files;
  files.add(path("a"), text("first"));
  files.add("/dev/full", text("second"));
  EXPECT_EQ(llvm::toString(files.commit()),
            "cannot write '/dev/full': No space left on device [N005]");
  EXPECT_EQ(countFiles(), 0u);
}

TEST_F(OutputFilesTest, DescribesInputs) {
  OutputFiles files;
  files.add(path("a.mlir"), text("one"));
  ASSERT_EQ(llvm::toString(files.commit()), "");
  std::string file = llvm::cantFail(describeInput(path("a.mlir")));
  EXPECT_EQ(file.substr(0, 13), "a.mlir (xxh3 ");
  EXPECT_EQ(file.size(), 30u);
  std::string whole = llvm::cantFail(describeInput(folder));
  EXPECT_NE(whole, file);
  EXPECT_EQ(llvm::cantFail(describeInput("-")), "stdin");
  EXPECT_EQ(llvm::cantFail(listFiles(folder)),
            std::vector<std::string>{path("a.mlir")});
  auto missing = describeInput(path("none"));
  ASSERT_FALSE(static_cast<bool>(missing));
  EXPECT_EQ(llvm::toString(missing.takeError()),
            "cannot read '" + path("none") +
                "': No such file or directory [N004]");
}

TEST(Depfile, EscapesWhatMakeReads) {
  EXPECT_EQ(makeDepfile({"m.o", "m.h"}, {"my model.mlir", "a$b#c"}),
            "m.o m.h: my\\ model.mlir a$$b\\#c\n");
}

TEST(WeightsFile, StartsWithTheHead) {
  const char payload[] = {1, 2, 3, 4};
  llvm::SmallVector<char, 0> file = makeWeightsFile(payload, 0x0123456789ull);
  ASSERT_EQ(file.size(), 68u);
  auto word = [&](size_t offset) {
    return llvm::support::endian::read64le(file.data() + offset);
  };
  EXPECT_EQ(StringRef(file.data(), 8), "NNCWGHT1");
  EXPECT_EQ(word(8), 68u);
  EXPECT_EQ(word(16), 0x0123456789ull);
  EXPECT_EQ(word(24), llvm::xxh3_64bits(StringRef(payload, 4)));
  for (size_t offset = 32; offset < 64; offset += 8)
    EXPECT_EQ(word(offset), 0u);
  EXPECT_EQ(StringRef(file.data() + 64, 4), StringRef(payload, 4));
}

TEST(OutputKind, GoesByTheEnding) {
  EXPECT_EQ(outputKindOfPath("a/b.o"), OutputKind::Object);
  EXPECT_EQ(outputKindOfPath("libm.so"), OutputKind::Shared);
  EXPECT_EQ(outputKindOfPath("m.mlir"), OutputKind::Graph);
  EXPECT_EQ(outputKindOfPath("m.mlirbc"), OutputKind::Graph);
  EXPECT_EQ(outputKindOfPath("m.exe"), std::nullopt);
  EXPECT_EQ(outputKindOfPath("model"), std::nullopt);
}

TEST(OutputKind, HasEveryKindOnce) {
  ASSERT_FALSE(outputKinds().empty());
  for (const OutputKindInfo &info : outputKinds())
    EXPECT_EQ(&getInfo(info.kind), &info) << info.name.str();
}

} // namespace
