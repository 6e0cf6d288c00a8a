//===- NpyTest.cpp - reading and writing .npy files -----------------------===//
//
// What NumPy writes is read, what is written is read again, and files that lie
// about themselves are refused with a reason.
//
//===----------------------------------------------------------------------===//

#include "tools/nnc-run/Npy.h"
#include "nnc/abi.h"
#include "tools/nnc-run/NpyHeader.h"
#include "gtest/gtest.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>
#include <unistd.h>

using namespace nnc::run;

namespace {

class Npy : public testing::Test {
protected:
  void SetUp() override {
    path = testing::TempDir() + "nnc-npy-" + std::to_string(getpid());
  }
  void TearDown() override { std::remove(path.c_str()); }

  void write(const std::string &bytes) {
    std::ofstream file(path, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    ASSERT_TRUE(file.flush());
  }

  /// A version 1 file with this dictionary and data.
  static std::string file(const std::string &dictionary,
                          const std::string &data) {
    std::string bytes("\x93NUMPY\x01\x00", 8);
    bytes += static_cast<char>(dictionary.size() & 0xFF);
    bytes += static_cast<char>(dictionary.size() >> 8);
    return bytes + dictionary + data;
  }

  /// The reason for which these bytes are refused.
  std::string refuse(const std::string &bytes) {
    write(bytes);
    std::string error;
    NpyArray read;
    EXPECT_FALSE(readNpy(path, read, error));
    std::string prefix = "cannot read '" + path + "': ";
    EXPECT_EQ(error.substr(0, prefix.size()), prefix);
    std::string reason = error.substr(std::min(prefix.size(), error.size()));
    std::string code = " [N805]";
    std::size_t end = reason.size() - std::min(code.size(), reason.size());
    EXPECT_EQ(reason.substr(end), code);
    return reason.substr(0, end);
  }

  std::string refuseHeader(const std::string &dictionary) {
    return refuse(file(dictionary, std::string(64, '\0')));
  }

  std::string path, error;
  NpyArray array;
};

TEST_F(Npy, WritesWhatItReads) {
  const float values[6] = {1, 2, 3, 4, 5, -6.5f};
  ASSERT_TRUE(writeNpy(path, NNC_FLOAT32, {2, 3}, values, error)) << error;
  ASSERT_TRUE(readNpy(path, array, error)) << error;
  EXPECT_EQ(array.dtype, NNC_FLOAT32);
  EXPECT_EQ(array.shape, (std::vector<int64_t>{2, 3}));
  ASSERT_EQ(array.data.size(), sizeof(values));
  EXPECT_EQ(std::memcmp(array.data.data(), values, sizeof(values)), 0);
}

TEST_F(Npy, EveryElementType) {
  for (int dtype = NNC_FLOAT32; dtype <= NNC_BOOL; ++dtype) {
    const uint64_t value = 1;
    ASSERT_TRUE(writeNpy(path, dtype, {1}, &value, error)) << error;
    ASSERT_TRUE(readNpy(path, array, error)) << error;
    EXPECT_EQ(array.dtype, dtype == NNC_BFLOAT16 ? NNC_UINT16 : dtype);
  }
}

TEST_F(Npy, DataStartsAtAMultipleOf64) {
  ASSERT_TRUE(writeNpy(path, NNC_INT8, {0}, "", error));
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  EXPECT_EQ(file.tellg() % 64, 0);
}

TEST_F(Npy, ScalarsAndEmptyArrays) {
  write(file("{'descr': '<i4', 'fortran_order': False, 'shape': ()}", "abcd"));
  ASSERT_TRUE(readNpy(path, array, error)) << error;
  EXPECT_TRUE(array.shape.empty());
  EXPECT_EQ(array.size(), 1u);
  write(file("{'descr':'<i4','fortran_order':True,'shape':(0,7,),}", ""));
  ASSERT_TRUE(readNpy(path, array, error)) << error;
  EXPECT_EQ(array.size(), 0u);
}

TEST_F(Npy, ColumnMajorOrder) {
  std::string data = "\1\4\2\5\3\6";
  write(
      file("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", data));
  ASSERT_TRUE(readNpy(path, array, error)) << error;
  EXPECT_EQ(array.data, (std::vector<unsigned char>{1, 2, 3, 4, 5, 6}));
}

TEST_F(Npy, LongHeaderVersions) {
  std::string dictionary =
      "{\"shape\": (1,), \"fortran_order\": False, \"descr\": \"|u1\"}\n";
  for (char version : {'\2', '\3'}) {
    std::string bytes = "\x93NUMPY";
    bytes += version;
    bytes += '\0';
    bytes += static_cast<char>(dictionary.size());
    bytes += std::string(3, '\0');
    write(bytes + dictionary + "A");
    ASSERT_TRUE(readNpy(path, array, error)) << error;
    EXPECT_EQ(array.data[0], 'A');
  }
}

TEST_F(Npy, MissingAndUnwritable) {
  EXPECT_FALSE(readNpy(path, array, error));
  EXPECT_EQ(error,
            "cannot open '" + path + "': No such file or directory [N004]");
  EXPECT_FALSE(writeNpy(path + "/x", NNC_INT8, {1}, "", error));
  EXPECT_NE(error.find("cannot write"), std::string::npos);
  EXPECT_FALSE(readNpy("/", array, error));
}

TEST_F(Npy, RefusesOtherFiles) {
  EXPECT_EQ(refuse(""), "it is no .npy file");
  EXPECT_EQ(refuse("PK\3\4 and so on"), "it is no .npy file");
  EXPECT_EQ(refuse(std::string("\x93NUMPY\x04\x00", 8)),
            "it has version 4 of the format, known are 1 to 3");
}

TEST_F(Npy, RefusesTruncatedFiles) {
  std::string whole =
      file("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2)}",
           std::string(16, '\0'));
  for (size_t size = 0; size != whole.size(); ++size)
    EXPECT_NE(refuse(whole.substr(0, size)), "") << size;
  EXPECT_EQ(refuse(whole.substr(0, whole.size() - 1)),
            "it is cut off: (2, 2) of float32 needs 16 bytes of data");
  EXPECT_EQ(refuse(whole + "x"), "it goes on after its data");
}

TEST_F(Npy, RefusesSizesItDoesNotHave) {
  EXPECT_EQ(refuseHeader("{'descr': '<f8', 'fortran_order': False, 'shape': "
                         "(1152921504606846976,)}"),
            "it is cut off: (1152921504606846976,) of float64 needs "
            "9223372036854775808 bytes of data");
  EXPECT_EQ(refuseHeader("{'descr': '<f8', 'fortran_order': False, 'shape': "
                         "(4611686018427387904, 4)}"),
            "its shape (4611686018427387904, 4) is too large");
  EXPECT_EQ(refuseHeader("{'descr': '<f8', 'fortran_order': False, 'shape': "
                         "(99999999999999999999,)}"),
            "its header has a 'shape' with a malformed or too large dimension");
}

TEST_F(Npy, RefusesMalformedHeaders) {
  EXPECT_EQ(refuse(std::string("\x93NUMPY\x01\x00\x00\x00", 10)),
            "its header is cut off or too long");
  EXPECT_EQ(refuse(std::string("\x93NUMPY\x02\x00\xff\xff\xff\xff", 12)),
            "its header is cut off or too long");
  EXPECT_EQ(refuseHeader("[]"), "its header does not start with a dictionary");
  EXPECT_EQ(refuseHeader("{"), "its header has a key that is no string");
  EXPECT_EQ(refuseHeader("{'descr"), "its header has a key that is no string");
  EXPECT_EQ(refuseHeader("{'descr' '<f4'}"), "its header has a ':' missing");
  EXPECT_EQ(refuseHeader("{'descr': '<f4' 'shape': ()}"),
            "its header has a ',' missing");
  EXPECT_EQ(refuseHeader("{}"),
            "its header lacks 'descr', 'fortran_order' or 'shape'");
  EXPECT_EQ(refuseHeader("{'descr': '<f4', 'descr': '<f4'}"),
            "its header has an unknown or repeated key");
  EXPECT_EQ(refuseHeader("{'other': 1}"),
            "its header has an unknown or repeated key");
  EXPECT_EQ(refuseHeader("{'fortran_order': 1}"),
            "its header has a 'fortran_order' that is neither True nor False");
  EXPECT_EQ(refuseHeader("{'shape': 3}"),
            "its header has a 'shape' that is no tuple");
  EXPECT_EQ(refuseHeader("{'shape': (-1,)}"),
            "its header has a 'shape' with a malformed or too large dimension");
  EXPECT_EQ(refuseHeader("{'shape': (1 2)}"),
            "its header has a 'shape' with a ',' missing");
}

TEST_F(Npy, RefusesTypesThatNoModelTakes) {
  EXPECT_EQ(refuseHeader("{'descr': '>f4'}"),
            "its header has big-endian data; save it as little endian");
  EXPECT_EQ(refuseHeader("{'descr': '<c8'}"),
            "its header has a type that no model takes");
  EXPECT_EQ(refuseHeader("{'descr': '|O'}"),
            "its header has a type that no model takes");
  EXPECT_EQ(refuseHeader("{'descr': [('a', '<f4')]}"),
            "its header has a structured type, which no model takes");
  EXPECT_EQ(refuseHeader("{'descr': ''}"), "its header has a malformed type");
  EXPECT_EQ(refuseHeader("{'descr': '<'}"), "its header has a malformed type");
}

TEST_F(Npy, RefusesTooManyDimensions) {
  std::string shape;
  for (int i = 0; i != 65; ++i)
    shape += "1,";
  EXPECT_EQ(refuseHeader("{'shape': (" + shape + ")}"),
            "its header has too many dimensions");
}

TEST(NpyShape, PrintsAsNumPyDoes) {
  EXPECT_EQ(shapeText({}), "()");
  EXPECT_EQ(shapeText({4}), "(4,)");
  EXPECT_EQ(shapeText({4, 0, 2}), "(4, 0, 2)");
}

} // namespace
