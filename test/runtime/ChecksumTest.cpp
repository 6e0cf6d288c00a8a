//===- ChecksumTest.cpp - the checksum of weights files -------------------===//
//
// The compiler writes the checksum with LLVM's implementation and the runtime
// reads it with its own: they must agree for every length, since each range of
// lengths has a formula of its own.
//
//===----------------------------------------------------------------------===//

#include "nnc/runtime.h"
#include "llvm/Support/xxhash.h"
#include "gtest/gtest.h"

#include <vector>

namespace {

std::vector<uint8_t> makeBytes(size_t size) {
  std::vector<uint8_t> bytes(size);
  uint32_t state = 12345;
  for (uint8_t &byte : bytes) {
    state = state * 1664525 + 1013904223;
    byte = static_cast<uint8_t>(state >> 24);
  }
  return bytes;
}

TEST(Checksum, AgreesWithLLVM) {
  std::vector<uint8_t> bytes = makeBytes(1 << 16);
  for (size_t size = 0; size != 2200; ++size)
    ASSERT_EQ(nnc_checksum(bytes.data(), size),
              llvm::xxh3_64bits(llvm::ArrayRef(bytes.data(), size)))
        << size << " bytes";
  EXPECT_EQ(nnc_checksum(bytes.data(), bytes.size()), llvm::xxh3_64bits(bytes));
}

TEST(Checksum, DoesNotDependOnAlignment) {
  std::vector<uint8_t> bytes = makeBytes(5000);
  uint64_t expected = nnc_checksum(bytes.data(), 4096);
  for (size_t shift = 1; shift != 9; ++shift) {
    std::vector<uint8_t> shifted(shift);
    shifted.insert(shifted.end(), bytes.begin(), bytes.end());
    EXPECT_EQ(nnc_checksum(shifted.data() + shift, 4096), expected);
  }
}

TEST(Checksum, OfNothing) {
  EXPECT_EQ(nnc_checksum(nullptr, 0), llvm::xxh3_64bits(llvm::StringRef()));
}

} // namespace
