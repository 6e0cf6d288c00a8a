// Tests of the order of sums: a function of length and vector width only.

#include "compiler/codegen/SumOrder.h"

#include <gtest/gtest.h>

using namespace nnc;

TEST(SumOrder, ShortSumsRunInOrder) {
  EXPECT_EQ(partialSums(0, 4, 32), 1);
  EXPECT_EQ(partialSums(1, 4, 32), 1);
  EXPECT_EQ(partialSums(7, 4, 32), 1);
}

TEST(SumOrder, LongSumsFillTwoVectors) {
  EXPECT_EQ(partialSums(1000, 4, 16), 8);
  EXPECT_EQ(partialSums(1000, 4, 32), 16);
  EXPECT_EQ(partialSums(1000, 4, 64), 32);
  EXPECT_EQ(partialSums(1000, 8, 32), 8);
}

TEST(SumOrder, EverySumIsFilledTwice) {
  for (int64_t extent = 0; extent < 300; ++extent) {
    int64_t sums = partialSums(extent, 4, 64);
    EXPECT_TRUE(sums == 1 || 2 * sums <= extent) << extent;
    EXPECT_EQ(sums & (sums - 1), 0) << extent;
  }
}
