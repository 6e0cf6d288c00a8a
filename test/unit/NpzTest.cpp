//===- NpzTest.cpp - reading .npz files and the zips they are -------------===//
//
// Archives are made here with libzip, stored and deflated; arrays by hand, in
// the ways numpy writes them and in ways it never would.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/WeightFormats.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include <gtest/gtest.h>
#include <zip.h>

using namespace llvm;
using namespace nnc;

namespace {

using Result = Expected<std::vector<NamedTensor>>;
using Member = std::pair<std::string, std::string>;

std::string npy(StringRef header, StringRef data, char major = 1) {
  std::string text = ("\x93NUMPY" + Twine(major) + Twine('\0')).str();
  char length[4];
  support::endian::write32le(length, header.size());
  text.append(length, major == 1 ? 2 : 4);
  return (text + header + data).str();
}

std::string describe(StringRef descr, StringRef shape, bool fortran = false) {
  return ("{'descr': '" + descr + "', 'fortran_order': " +
          (fortran ? "True" : "False") + ", 'shape': " + shape + ", }      \n")
      .str();
}

std::string zipOf(ArrayRef<Member> members, bool deflate = false) {
  SmallString<128> path;
  EXPECT_FALSE(sys::fs::createTemporaryFile("nnc-npz", "npz", path));
  FileRemover remover(path);
  zip_t *archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  for (const auto &[name, content] : members) {
    zip_source_t *source =
        zip_source_buffer(archive, content.data(), content.size(), 0);
    zip_int64_t index = zip_file_add(archive, name.c_str(), source, 0);
    zip_set_file_compression(archive, index,
                             deflate ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0);
  }
  EXPECT_EQ(zip_close(archive), 0);
  auto file = MemoryBuffer::getFile(path, /*IsText=*/false);
  return file ? (*file)->getBuffer().str() : "";
}

Result readBytes(StringRef bytes) {
  return readWeights(MemoryBuffer::getMemBufferCopy(bytes));
}

Result readArray(std::string content) {
  return readBytes(zipOf({{"a.npy", std::move(content)}}));
}

std::string messageOf(std::string content) {
  Result result = readArray(std::move(content));
  return result ? "no error" : toString(result.takeError());
}

TEST(NpzTest, ReadsStoredAndDeflatedMembers) {
  std::string zeros(40000, '\0');
  for (bool deflate : {false, true}) {
    Result tensors = readBytes(zipOf(
        {{"mlp/dense/kernel.npy", npy(describe("<f4", "(100, 100)"), zeros)},
         {"mlp/dense/bias.npy", npy(describe("|i1", "(3,)"), "abc")}},
        deflate));
    ASSERT_TRUE(bool(tensors)) << toString(tensors.takeError());
    ASSERT_EQ(tensors->size(), 2u);
    EXPECT_EQ((*tensors)[0].path, "mlp/dense/kernel");
    EXPECT_EQ((*tensors)[0].dtype, "float32");
    EXPECT_EQ((*tensors)[0].shape, (std::vector<int64_t>{100, 100}));
    EXPECT_EQ(StringRef((*tensors)[0].data.data(), 40000), zeros);
    EXPECT_EQ((*tensors)[1].dtype, "int8");
    EXPECT_EQ(StringRef((*tensors)[1].data.data(), 3), "abc");
  }
}

TEST(NpzTest, ReadsAllVersionsAndScalars) {
  for (char version : {1, 2, 3}) {
    Result tensors = readArray(npy(describe("<f8", "()"), "12345678", version));
    ASSERT_TRUE(bool(tensors)) << toString(tensors.takeError());
    EXPECT_TRUE((*tensors)[0].shape.empty());
    EXPECT_EQ(StringRef((*tensors)[0].data.data(), 8), "12345678");
  }
}

TEST(NpzTest, BigEndianIsSwapped) {
  Result tensors = readArray(npy(describe(">i2", "(2,)"), "abcd"));
  ASSERT_TRUE(bool(tensors)) << toString(tensors.takeError());
  EXPECT_EQ(StringRef((*tensors)[0].data.data(), 4), "badc");
}

TEST(NpzTest, ColumnMajorIsTransposed) {
  // Element (i, j, k) of a 2 x 3 x 2 array is at i + 2 j + 6 k.
  Result tensors =
      readArray(npy(describe("|u1", "(2, 3, 2)", true), "abcdefghijkl"));
  ASSERT_TRUE(bool(tensors)) << toString(tensors.takeError());
  EXPECT_EQ(StringRef((*tensors)[0].data.data(), 12), "agciekbhdjfl");
  tensors = readArray(npy(describe(">u2", "(2, 2)", true), "abcdefgh"));
  ASSERT_TRUE(bool(tensors)) << toString(tensors.takeError());
  EXPECT_EQ(StringRef((*tensors)[0].data.data(), 8), "bafedchg");
}

TEST(NpzTest, SaysWhatIsWrongWithAnArray) {
  EXPECT_EQ(messageOf("PK nothing"),
            "array 'a.npy': is not a .npy array of version 1 to 3 [N101]");
  EXPECT_EQ(messageOf(npy(describe("<f4", "(2,)"), "1234", 4)),
            "array 'a.npy': is not a .npy array of version 1 to 3 [N101]");
  EXPECT_EQ(messageOf(npy(describe("|O", "(2,)"), "12345678")),
            "array 'a.npy': element type '|O' (pickled Python objects) is not "
            "supported [N109]");
  EXPECT_EQ(messageOf(npy(describe("<c8", "(1,)"), "12345678")),
            "array 'a.npy': element type '<c8' is not supported [N109]");
  EXPECT_EQ(messageOf(npy("{'descr': [('x', '<f4')], 'fortran_order': False, "
                          "'shape': (1,)}",
                          "1234")),
            "array 'a.npy': its .npy header cannot be read, or is that of an "
            "array of records [N104]");
  EXPECT_EQ(messageOf(npy(describe("<f4", "(3,)"), "12345678")),
            "array 'a.npy': its shape needs 12 bytes, but it has 8 [N103]");
  EXPECT_EQ(messageOf(npy(describe("<f4", "(-1,)"), "")),
            "array 'a.npy': dimension -1 is negative [N103]");
  EXPECT_EQ(messageOf(npy(describe("<f4", "(4611686018427387904, 4)"), "")),
            "array 'a.npy': the size of its shape overflows [N103]");
}

TEST(NpzTest, SaysWhatIsWrongWithAnArchive) {
  EXPECT_EQ(toString(readBytes(zipOf({{"readme.txt", "hello"}})).takeError()),
            "array 'readme.txt': is not a .npy member [N101]");
  EXPECT_EQ(toString(readBytes(StringRef("PK\x03\x04rubbish")).takeError())
                .rfind("is not a readable zip archive", 0),
            0u);
  std::string file =
      zipOf({{"a.npy", npy(describe("|u1", "(8,)"), "abcdefgh")}});
  file[StringRef(file).find("abcdefgh")] = 'x';
  EXPECT_EQ(toString(readBytes(file).takeError())
                .rfind("zip member 'a.npy': is damaged", 0),
            0u);
}

// The sizes of the local header and of the directory are set to 2 GB: deflate
// cannot make that of a few bytes, so nothing is allocated.
TEST(NpzTest, RefusesBombs) {
  std::string file =
      zipOf({{"a.npy", std::string(1000, 'x')}}, /*deflate=*/true);
  size_t directory = StringRef(file).find("PK\x01\x02");
  ASSERT_NE(directory, std::string::npos);
  support::endian::write32le(&file[22], 0x7fffffff);
  support::endian::write32le(&file[directory + 24], 0x7fffffff);
  std::string message = toString(readBytes(file).takeError());
  EXPECT_EQ(message.rfind("zip member 'a.npy': 2147483647 bytes cannot come "
                          "out of",
                          0),
            0u)
      << message;
}

TEST(NpzTest, DamagedFilesAreDataOrErrors) {
  std::string kernel = npy(describe("<f4", "(2, 3)", true), "123456789012abcd"
                                                            "efghijkl");
  for (bool deflate : {false, true}) {
    std::string file = zipOf({{"a.npy", kernel}, {"b.npy", kernel}}, deflate);
    for (size_t length = 0; length < file.size(); ++length) {
      Result result = readBytes(StringRef(file).take_front(length));
      EXPECT_FALSE(bool(result)) << length;
      consumeError(result.takeError());
    }
    for (size_t bit = 0; bit < file.size() * 8; ++bit) {
      std::string damaged = file;
      damaged[bit / 8] ^= 1 << (bit % 8);
      Result result = readBytes(damaged);
      if (!result) {
        EXPECT_EQ(toString(result.takeError()).find('\n'), std::string::npos);
        continue;
      }
      for (const NamedTensor &tensor : *result)
        EXPECT_LE(tensor.data.size(), 1000u);
    }
  }
}

} // namespace
