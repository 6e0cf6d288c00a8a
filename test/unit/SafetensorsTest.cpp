//===- SafetensorsTest.cpp - reading .safetensors files -------------------===//
//
// What a file must say to be read, in which order tensors come, and that no
// file, however wrong, does more than return an error.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/WeightFormats.h"
#include "llvm/Support/Endian.h"
#include <gtest/gtest.h>

using namespace llvm;
using namespace nnc;

namespace {

using Result = Expected<std::vector<NamedTensor>>;

std::string fileOf(StringRef header, StringRef data) {
  char length[8];
  support::endian::write64le(length, header.size());
  return (StringRef(length, 8) + header + data).str();
}

Result readBytes(StringRef bytes) {
  return readWeights(MemoryBuffer::getMemBufferCopy(bytes));
}

std::string messageOf(StringRef header, StringRef data) {
  Result result = readBytes(fileOf(header, data));
  return result ? "no error" : toString(result.takeError());
}

TEST(SafetensorsTest, ReadsTensorsInTheOrderOfTheirData) {
  std::string file = fileOf(
      R"({"__metadata__":{"format":"np"},)"
      R"("a/kernel":{"dtype":"F32","shape":[1,2],"data_offsets":[2,10]},)"
      R"("b":{"dtype":"I8","shape":[2],"data_offsets":[0,2]},)"
      R"("c":{"dtype":"BF16","shape":[],"data_offsets":[10,12]}}   )",
      StringRef("\x01\x02\0\0\x80\x3f\0\0\0\x40\x80\x3f", 12));
  Result tensors = readBytes(file);
  ASSERT_TRUE(bool(tensors)) << toString(tensors.takeError());
  ASSERT_EQ(tensors->size(), 3u);
  EXPECT_EQ((*tensors)[0].path, "b");
  EXPECT_EQ((*tensors)[0].dtype, "int8");
  EXPECT_EQ((*tensors)[1].path, "a/kernel");
  EXPECT_EQ((*tensors)[1].shape, (std::vector<int64_t>{1, 2}));
  EXPECT_EQ(support::endian::read32le((*tensors)[1].data.data() + 4),
            0x40000000u);
  EXPECT_EQ((*tensors)[2].dtype, "bfloat16");
  EXPECT_TRUE((*tensors)[2].shape.empty());
}

TEST(SafetensorsTest, TensorsOutliveTheReader) {
  std::vector<NamedTensor> tensors;
  {
    Result result = readBytes(fileOf(
        R"({"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}})", "xyz"));
    ASSERT_TRUE(bool(result));
    tensors = std::move(*result);
  }
  EXPECT_EQ(StringRef(tensors[0].data.data(), 3), "xyz");
}

TEST(SafetensorsTest, EmptyTensorsTakeNoBytes) {
  Result tensors = readBytes(
      fileOf(R"({"a":{"dtype":"F32","shape":[0,3],"data_offsets":[0,0]},)"
             R"("b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
             "1234"));
  ASSERT_TRUE(bool(tensors)) << toString(tensors.takeError());
  EXPECT_EQ((*tensors)[0].data.size(), 0u);
}

TEST(SafetensorsTest, SaysWhatIsWrongWithATensor) {
  EXPECT_EQ(
      messageOf(R"({"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}})",
                "1"),
      "tensor 'a': dtype 'F8_E4M3' is not supported [N109]");
  EXPECT_EQ(
      messageOf(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}})",
                "1234"),
      "tensor 'a': its shape needs 8 bytes, but it has 4 [N103]");
  EXPECT_EQ(
      messageOf(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})",
                "1234"),
      "tensor 'a': its bytes 0 to 8 are not within the file's 4 bytes of data "
      "[N103]");
  EXPECT_EQ(
      messageOf(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}})",
                "1234"),
      "tensor 'a': its bytes 4 to 0 are not within the file's 4 bytes of data "
      "[N103]");
  EXPECT_EQ(messageOf(R"({"a":{"dtype":"F32","shape":[-1],)"
                      R"("data_offsets":[0,4]}})",
                      "1234"),
            "tensor 'a': needs 'dtype', 'shape' and 'data_offsets' (two "
            "offsets) [N103]");
  EXPECT_EQ(messageOf(R"({"a":{"dtype":"F32",)"
                      R"("shape":[4294967296,4294967296,4],)"
                      R"("data_offsets":[0,4]}})",
                      "1234"),
            "tensor 'a': the size of its shape overflows [N103]");
  EXPECT_EQ(messageOf(R"({"a":7})", ""),
            "tensor 'a': needs 'dtype', 'shape' and 'data_offsets' (two "
            "offsets) [N103]");
}

TEST(SafetensorsTest, DataIsCoveredExactlyOnce) {
  StringRef overlap = R"({"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},)"
                      R"("b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}})";
  EXPECT_EQ(messageOf(overlap, "1234"),
            "tensor 'b': its bytes overlap another's or leave a gap [N103]");
  EXPECT_EQ(messageOf(R"({"a":{"dtype":"U8","shape":[3],)"
                      R"("data_offsets":[1,4]}})",
                      "1234"),
            "tensor 'a': its bytes overlap another's or leave a gap [N103]");
  EXPECT_EQ(messageOf(R"({"a":{"dtype":"U8","shape":[3],)"
                      R"("data_offsets":[0,3]}})",
                      "1234"),
            "1 bytes of data belong to no tensor [N103]");
}

TEST(SafetensorsTest, SaysWhatIsWrongWithTheHeader) {
  EXPECT_EQ(messageOf("{\"a\":", ""),
            "the safetensors header is not valid JSON [N103]");
  EXPECT_EQ(messageOf("{" + std::string(100000, '['), ""),
            "the safetensors header is nested too deeply [N102]");
  std::string file = fileOf("{}", "");
  file[7] = 0x7f;
  EXPECT_EQ(toString(readBytes(file).takeError()),
            "the safetensors header is longer than the file [N103]");
}

TEST(SafetensorsTest, NamesStayOnOneLine) {
  EXPECT_EQ(messageOf(R"({"a\n\u0000b":7})", ""),
            "tensor 'a\\x0A\\x00b': needs 'dtype', 'shape' and 'data_offsets' "
            "(two offsets) [N103]");
  EXPECT_EQ(quotedName(std::string(200, 'x')),
            "'" + std::string(120, 'x') + "...'");
}

TEST(SafetensorsTest, DamagedFilesAreDataOrErrors) {
  std::string file =
      fileOf(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
             R"("b":{"dtype":"I16","shape":[2],"data_offsets":[8,12]}})",
             "123456789012");
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
      EXPECT_LE(tensor.data.size(), 12u);
  }
}

TEST(WeightsTest, TellsFormatsFromContent) {
  EXPECT_EQ(toString(readBytes("not weights").takeError()),
            "is not a weights file: its content is neither HDF5 (.weights.h5, "
            ".h5) nor safetensors nor npz, nor JSON that lists such HDF5 files "
            "[N101]");
  EXPECT_EQ(toString(readBytes("").takeError()),
            toString(readBytes("not weights").takeError()));
  std::string message = toString(readWeights("/nonexistent/w.npz").takeError());
  EXPECT_EQ(message, "/nonexistent/w.npz: No such file or directory [N004]");
  EXPECT_EQ(toString(readWeights("/").takeError()), "/: Is a directory [N004]");
}

} // namespace
