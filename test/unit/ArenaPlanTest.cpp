// Tests of the arena plan: offsets that never collide, the lower bound, and
// sizes that overflow.

#include "compiler/codegen/ArenaPlan.h"

#include <gtest/gtest.h>
#include <limits>
#include <random>

using namespace nnc;

namespace {

void expectValid(const std::vector<ArenaBuffer> &buffers,
                 const ArenaPlan &plan) {
  ASSERT_EQ(plan.offsets.size(), buffers.size());
  EXPECT_GE(plan.bytes, plan.lowerBound);
  for (size_t i = 0; i < buffers.size(); ++i) {
    EXPECT_EQ(plan.offsets[i] % kAlignment, 0);
    EXPECT_GE(plan.offsets[i], 0);
    EXPECT_LE(plan.offsets[i] + buffers[i].bytes, plan.bytes);
    for (size_t j = 0; j < i; ++j) {
      bool together = buffers[i].first <= buffers[j].last &&
                      buffers[j].first <= buffers[i].last;
      bool apart = plan.offsets[i] + buffers[i].bytes <= plan.offsets[j] ||
                   plan.offsets[j] + buffers[j].bytes <= plan.offsets[i];
      EXPECT_TRUE(!together || apart) << i << " and " << j;
    }
  }
}

TEST(ArenaPlan, EmptyIsZeroBytes) {
  std::optional<ArenaPlan> plan = planArena({});
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->bytes, 0);
  EXPECT_EQ(plan->lowerBound, 0);
}

TEST(ArenaPlan, ChainPingPongsBetweenTwoPlaces) {
  std::vector<ArenaBuffer> buffers = {
      {640, 0, 1}, {640, 1, 2}, {640, 2, 3}, {640, 3, 4}};
  std::optional<ArenaPlan> plan = planArena(buffers);
  ASSERT_TRUE(plan);
  expectValid(buffers, *plan);
  EXPECT_EQ(plan->bytes, 1280);
  EXPECT_EQ(plan->lowerBound, 1280);
}

TEST(ArenaPlan, SizesAreRoundedUpToTheAlignment) {
  std::optional<ArenaPlan> plan = planArena({{1, 0, 0}, {65, 0, 0}});
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->bytes, 64 + 128);
}

TEST(ArenaPlan, TakesTheTightestGap) {
  // Two gaps open between buffers that live on; the small one fits exactly.
  std::vector<ArenaBuffer> buffers = {{64, 0, 9},  {256, 0, 3}, {64, 0, 9},
                                      {128, 0, 3}, {64, 0, 9},  {128, 5, 9},
                                      {256, 5, 9}};
  std::optional<ArenaPlan> plan = planArena(buffers);
  ASSERT_TRUE(plan);
  expectValid(buffers, *plan);
  EXPECT_EQ(plan->bytes, plan->lowerBound);
}

TEST(ArenaPlan, RandomPlansAreValidAndReproducible) {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    std::vector<ArenaBuffer> buffers;
    for (int i = 0; i < 30; ++i) {
      int64_t first = random() % 40;
      buffers.push_back({static_cast<int64_t>(random() % 5000), first,
                         first + static_cast<int64_t>(random() % 10)});
    }
    std::optional<ArenaPlan> plan = planArena(buffers);
    ASSERT_TRUE(plan);
    expectValid(buffers, *plan);
    EXPECT_EQ(plan->offsets, planArena(buffers)->offsets);
  }
}

TEST(ArenaPlan, OverflowIsNoPlan) {
  int64_t most = std::numeric_limits<int64_t>::max();
  EXPECT_FALSE(planArena({{most, 0, 0}}));
  EXPECT_FALSE(planArena({{most / 2, 0, 0}, {most / 2, 0, 0}, {128, 0, 0}}));
  EXPECT_FALSE(planArena({{-1, 0, 0}}));
  EXPECT_FALSE(alignedBytes(most - 1));
  EXPECT_EQ(alignedBytes(0), 0);
  EXPECT_EQ(alignedBytes(65), 128);
}

} // namespace
