// Tests of convolutions by Winograd: the matrices against the convolution
// itself, and the cost model as a function of plain numbers.

#include "compiler/codegen/WinogradPlan.h"
#include "compiler/codegen/WinogradTasks.h"
#include "compiler/codegen/WinogradTransform.h"

#include <gtest/gtest.h>

using namespace nnc;

/// `steps` applied to a row, from the first to the last.
static std::vector<double> apply(const std::vector<Matrix> &steps,
                                 std::vector<double> row) {
  for (const Matrix &step : steps) {
    std::vector<double> next;
    for (const std::vector<double> &factors : step) {
      double sum = 0;
      for (size_t i = 0; i < factors.size(); ++i)
        sum += factors[i] * row[i];
      next.push_back(sum);
    }
    row = next;
  }
  return row;
}

/// `steps` · tile · `steps`ᵀ.
static Matrix applyBothWays(const std::vector<Matrix> &steps, Matrix tile) {
  auto transposed = [](const Matrix &of) {
    Matrix result(of[0].size(), std::vector<double>(of.size()));
    for (size_t i = 0; i < of.size(); ++i)
      for (size_t j = 0; j < of[i].size(); ++j)
        result[j][i] = of[i][j];
    return result;
  };
  for (int way = 0; way < 2; ++way) {
    for (std::vector<double> &row : tile)
      row = apply(steps, row);
    tile = transposed(tile);
  }
  return tile;
}

TEST(WinogradTransform, ComputesTheConvolution) {
  for (int64_t size : {2, 4}) {
    WinogradTransform transform = WinogradTransform::get(size);
    int64_t extent = transform.extent();
    EXPECT_EQ(extent, size + 2);
    Matrix tile(extent, std::vector<double>(extent));
    std::vector<double> taps(9);
    int seed = 1;
    auto draw = [&] { return (seed = seed * 75 % 65537) / 32768.0 - 1; };
    for (std::vector<double> &row : tile)
      for (double &element : row)
        element = draw();
    for (double &tap : taps)
      tap = draw();

    Matrix products = applyBothWays(transform.input, tile);
    std::vector<double> weights(extent * extent);
    transformTaps(transform, taps, weights);
    for (int64_t i = 0; i < extent; ++i)
      for (int64_t j = 0; j < extent; ++j)
        products[i][j] *= weights[i * extent + j];
    Matrix results = applyBothWays(transform.output, products);

    ASSERT_EQ(int64_t(results.size()), size);
    for (int64_t i = 0; i < size; ++i)
      for (int64_t j = 0; j < size; ++j) {
        double want = 0;
        for (int64_t k = 0; k < 9; ++k)
          want += tile[i + k / 3][j + k % 3] * taps[k];
        EXPECT_NEAR(results[i][j], want, 1e-13) << size << i << j;
      }
  }
}

static bool wins(const ConvExtents &conv, int64_t size) {
  return costOfWinograd(conv, size) < costOfDirect(conv);
}

TEST(WinogradPlan, ManyChannelsAndTilesWin) {
  for (ConvExtents conv :
       {ConvExtents{1, 56, 56, 64, 64}, ConvExtents{1, 28, 28, 128, 128},
        ConvExtents{1, 14, 14, 256, 256}, ConvExtents{1, 7, 7, 512, 512},
        ConvExtents{1, 24, 24, 32, 64}}) {
    EXPECT_TRUE(wins(conv, 2));
    EXPECT_LT(costOfWinograd(conv, 4), costOfWinograd(conv, 2));
  }
}

TEST(WinogradPlan, FewChannelsOrTilesLose) {
  EXPECT_FALSE(wins({1, 28, 28, 1, 32}, 2));
  EXPECT_FALSE(wins({1, 224, 224, 3, 64}, 2));
  EXPECT_FALSE(wins({1, 56, 56, 4, 4}, 2));
  EXPECT_FALSE(wins({1, 1, 1, 64, 64}, 2));
  EXPECT_FALSE(wins({1, 1, 64, 64, 64}, 2));
}

TEST(WinogradPlan, BlocksFitTheImage) {
  constexpr int64_t kCache = 1024 * 1024;
  for (int64_t size : {2, 4})
    for (int64_t extent : {1, 2, 5, 7, 14, 37, 56, 224})
      for (int64_t images : {1, 3, 32})
        for (int64_t channels : {1, 16, 64, 512}) {
          ConvExtents conv = {images, extent, extent, channels, channels};
          WinogradPlan plan = planWinograd(conv, size, kCache);
          int64_t tiles = (extent + size - 1) / size;
          EXPECT_EQ(plan.size, size);
          EXPECT_GE(plan.images, 1);
          EXPECT_LE(plan.images, images);
          EXPECT_GE(plan.rows, 1);
          EXPECT_LE(plan.rows, tiles);
          EXPECT_GE(plan.columns, 1);
          EXPECT_LE(plan.columns, tiles);
          EXPECT_GE(plan.channels, kWinogradPanel);
          EXPECT_EQ(plan.channels % kWinogradPanel, 0);
        }
}

TEST(WinogradPlan, SmallImagesShareABlock) {
  WinogradPlan plan = planWinograd({8, 7, 7, 512, 512}, 2, 1024 * 1024);
  EXPECT_EQ(plan.rows, 4);
  EXPECT_EQ(plan.columns, 4);
  EXPECT_GT(plan.images, 1);
}

TEST(WinogradPlan, LargeImagesAreCut) {
  WinogradPlan plan = planWinograd({1, 224, 224, 64, 64}, 2, 1024 * 1024);
  EXPECT_EQ(plan.images, 1);
  int64_t bytes = plan.rows * plan.columns * 16 * 64 * 4;
  EXPECT_LE(bytes, 512 * 1024);
  EXPECT_GE(plan.rows * plan.columns, 32);
}

static WinogradPlan share(const ConvExtents &conv) {
  constexpr int64_t kCache = 1024 * 1024;
  return shareOut(conv, planWinograd(conv, 2, kCache), kCache);
}

TEST(WinogradTasks, SmallWeightsCutOneBlock) {
  ConvExtents conv = {1, 24, 24, 32, 64};
  EXPECT_EQ(planWinograd(conv, 2, 1024 * 1024).rows, 12);
  WinogradPlan plan = share(conv);
  EXPECT_EQ(plan.rows, 3);
  EXPECT_EQ(plan.tasks, 4);
  EXPECT_FALSE(plan.shareChannels);
}

TEST(WinogradTasks, LargeWeightsAreReadOnce) {
  WinogradPlan plan = share({1, 7, 7, 512, 512});
  EXPECT_EQ(plan.rows, 4);
  EXPECT_EQ(plan.tasks, 8);
  EXPECT_TRUE(plan.shareChannels);
}

TEST(WinogradTasks, LittleWorkStaysTogether) {
  WinogradPlan plan = share({1, 8, 8, 16, 16});
  EXPECT_EQ(plan.tasks, 1);
  EXPECT_EQ(plan.rows, 4);
}

TEST(WinogradTasks, MemoryIsBounded) {
  for (int64_t extent : {14, 56, 224})
    for (int64_t images : {1, 8, 64})
      for (int64_t channels : {16, 64, 256}) {
        WinogradPlan plan = share({images, extent, extent, channels, channels});
        int64_t tiles = plan.images * plan.rows * plan.columns;
        int64_t copies = plan.shareChannels ? 1 : plan.tasks;
        if (copies > 1) {
          EXPECT_LE(copies * tiles * 16 * (channels + plan.channels) * 4,
                    8 * 1024 * 1024);
        }
      }
}

TEST(WinogradPlan, LimitsTheGrowthOfWeights) {
  constexpr int64_t kMegabyte = 1024 * 1024;
  std::vector<WinogradChoice> choices = {{2, 100, 9 * kMegabyte},
                                         {0, 0, 0},
                                         {2, 900, 9 * kMegabyte},
                                         {2, 10, kMegabyte / 2}};
  // 8 MB and a tenth of the weights, 18 MB in all.
  limitGrowth(choices, 100 * kMegabyte);
  EXPECT_EQ(choices[0].size, 0);
  EXPECT_EQ(choices[0].grown, 0);
  EXPECT_EQ(choices[1].size, 0);
  EXPECT_EQ(choices[2].size, 2);
  EXPECT_EQ(choices[3].size, 2);
  // 3 × 3 × 8 × 8 taps, of which the columns of the tiles fill one panel.
  EXPECT_EQ(grownBytes({1, 8, 8, 8, 8}, 2), 4 * 8 * (16 * 16 - 9 * 8));
}
