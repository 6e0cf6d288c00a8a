//===- TileSizesTest.cpp - the cost model of blocks -----------------------===//
//
// Blocks for shapes that occur in networks, for registers of three CPUs.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/TileSizes.h"

#include "gtest/gtest.h"

using namespace nnc;

namespace {

const TileTarget kAvx512 = {64, 32, 32 * 1024, 1024 * 1024};
const TileTarget kAvx2 = {32, 16, 32 * 1024, 512 * 1024};
const TileTarget kBaseline = {16, 16, 32 * 1024, 256 * 1024};

/// rows × steps times steps × columns, the weights in panels of `width`.
KernelNest matmul(int64_t rows, int64_t steps, int64_t columns,
                  int64_t width = 0) {
  KernelNest nest;
  nest.loops = {{rows, false}, {steps, true}, {columns, false}};
  NestAccess x, w, y;
  x.strides = {steps, 1, 0};
  w.strides = {0, width != 0 ? width : columns, 1};
  w.width = width;
  w.panelStride = steps * width;
  y.strides = {columns, 0, 1};
  nest.accesses = {x, w, y};
  nest.inputs = 2;
  nest.rows = 0;
  nest.columns = 2;
  return nest;
}

/// Everything that a step needs at once.
int64_t registersOf(const TileSizes &sizes, unsigned vectorBytes) {
  int64_t lanes = vectorBytes / 4;
  int64_t pieces = sizes.columns / lanes;
  for (int64_t rest = sizes.columns % lanes; rest != 0; rest &= rest - 1)
    ++pieces;
  return sizes.rows * pieces + pieces + 1;
}

} // namespace

TEST(TileSizes, FillTheRegistersAndNoMore) {
  for (int64_t rows : {1, 7, 8, 13, 14, 49, 196, 3136})
    for (int64_t columns : {1, 3, 10, 15, 16, 17, 24, 64, 96, 1000})
      for (const TileTarget &target : {kAvx512, kAvx2, kBaseline}) {
        TileSizes sizes =
            chooseTileSizes(matmul(rows, 100, columns), 4, target);
        EXPECT_LE(registersOf(sizes, target.vectorBytes),
                  target.vectorRegisters);
        EXPECT_LE(sizes.rows, rows);
        EXPECT_LE(sizes.columns, columns);
      }
}

TEST(TileSizes, HoldAllThatAStepLoadsWhereLoadsComeFirst) {
  TileTarget engine = {16, 15, 32 * 1024, 256 * 1024, /*loadsFirst=*/true};
  for (int64_t rows : {1, 4, 7, 32, 196})
    for (int64_t columns : {1, 3, 10, 16, 24, 512}) {
      TileSizes sizes = chooseTileSizes(matmul(rows, 100, columns), 4, engine);
      EXPECT_LE(registersOf(sizes, 16) + sizes.rows, 15);
    }
  TileSizes large = chooseTileSizes(matmul(32, 512, 512, 16), 4, engine);
  EXPECT_EQ(large.rows, 4);
  EXPECT_EQ(large.columns, 8);
}

TEST(TileSizes, MatchRowsWithoutRemainder) {
  EXPECT_EQ(chooseTileSizes(matmul(196, 256, 64), 4, kAvx512).rows, 14);
  EXPECT_EQ(chooseTileSizes(matmul(8, 256, 64), 4, kAvx512).rows, 8);
  EXPECT_EQ(chooseTileSizes(matmul(3136, 256, 64), 4, kAvx2).rows, 6);
}

TEST(TileSizes, ManyColumnsForOneRow) {
  EXPECT_GE(chooseTileSizes(matmul(1, 512, 512), 4, kAvx512).columns, 64);
}

TEST(TileSizes, BeginAtPanels) {
  for (int64_t rows : {1, 6, 8, 100})
    for (const TileTarget &target : {kAvx512, kAvx2, kBaseline}) {
      int64_t columns =
          chooseTileSizes(matmul(rows, 64, 200, 16), 4, target).columns;
      EXPECT_TRUE(columns % 16 == 0 || 16 % columns == 0) << columns;
    }
}

TEST(TileSizes, FewRowsWhereTheyFallIntoOneSetOfTheCache) {
  EXPECT_LE(chooseTileSizes(matmul(196, 1024, 256), 4, kAvx512).rows, 7);
  EXPECT_GT(chooseTileSizes(matmul(196, 1040, 256), 4, kAvx512).rows, 7);
}

TEST(TileSizes, WeightsThatDoNotStayInTheCacheGoOutside) {
  EXPECT_FALSE(chooseTileSizes(matmul(196, 64, 64), 4, kAvx512).columnsOuter);
  EXPECT_TRUE(chooseTileSizes(matmul(196, 512, 512), 4, kAvx512).columnsOuter);
}

TEST(TileSizes, DoublesTakeTwiceTheSpace) {
  EXPECT_EQ(chooseTileSizes(matmul(196, 64, 64), 8, kAvx512).columns, 16);
}

TEST(TileSizes, SharedRowsWithoutColumns) {
  KernelNest nest;
  nest.loops = {{100, false}, {9, true}};
  NestAccess x, y;
  x.strides = {3, 1};
  y.strides = {1, 0};
  nest.accesses = {x, y};
  nest.inputs = 1;
  nest.rows = 0;
  TileSizes sizes = chooseTileSizes(nest, 4, kAvx512);
  EXPECT_EQ(sizes.columns, 1);
  EXPECT_GE(sizes.rows, 1);
}

TEST(TileSizes, OnlyFewTapsAreWrittenOut) {
  KernelNest nest;
  nest.loops = {{100, false}, {3, true}, {1501, true}};
  NestAccess x, y;
  x.strides = {1, 2000, 1};
  y.strides = {1, 0, 0};
  nest.accesses = {x, y};
  nest.inputs = 1;
  nest.rows = 0;
  EXPECT_FALSE(chooseTileSizes(nest, 4, kAvx512).unrollTaps);
  std::swap(nest.loops[1], nest.loops[2]);
  EXPECT_TRUE(chooseTileSizes(nest, 4, kAvx512).unrollTaps);
}

TEST(TileSizes, OneBlockOfColumnsIsCutForTasks) {
  TileSizes sizes = chooseTileSizes(matmul(1, 9216, 128, 16), 4, kAvx512);
  EXPECT_EQ(sizes.columns, 64);
  EXPECT_GT(sizes.tasks, 1);
  // Too little work.
  EXPECT_EQ(chooseTileSizes(matmul(1, 16, 128, 16), 4, kAvx512).columns, 128);
}
