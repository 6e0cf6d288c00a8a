//===- PoolTest.cpp - the pool adaptor ------------------------------------===//
//
// The contract of nnc_parallel: each index once, all done on return, errors as
// a status.
//
//===----------------------------------------------------------------------===//

#include "nnc/runtime.h"
#include "gtest/gtest.h"

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace {

struct Destroy {
  void operator()(nnc_parallel *pool) const { nnc_pool_destroy(pool); }
};
using Pool = std::unique_ptr<nnc_parallel, Destroy>;

void count(void *data, int index) {
  ++static_cast<std::atomic<int> *>(data)[index];
}

TEST(Pool, RunsEachIndexOnce) {
  Pool pool(nnc_pool_create(3));
  ASSERT_TRUE(pool);
  EXPECT_EQ(pool->threads, 3);
  std::vector<std::atomic<int>> counts(1000);
  ASSERT_EQ(pool->run(pool->context, count, counts.data(), 1000), 0);
  for (const std::atomic<int> &value : counts)
    ASSERT_EQ(value, 1);
}

TEST(Pool, ServesSeveralCallers) {
  Pool pool(nnc_pool_create(2));
  ASSERT_TRUE(pool);
  std::vector<std::atomic<int>> counts(100);
  auto call = [&] {
    for (int i = 0; i != 50; ++i)
      pool->run(pool->context, count, counts.data(), 100);
  };
  std::thread other(call);
  call();
  other.join();
  for (const std::atomic<int> &value : counts)
    ASSERT_EQ(value, 100);
}

TEST(Pool, CountsOfZeroAndBelow) {
  Pool pool(nnc_pool_create(2));
  ASSERT_TRUE(pool);
  EXPECT_EQ(pool->run(pool->context, count, nullptr, 0), NNC_OK);
  EXPECT_EQ(pool->run(pool->context, count, nullptr, -1), NNC_ERROR_PARALLEL);
  EXPECT_EQ(pool->run(pool->context, nullptr, nullptr, 1), NNC_ERROR_PARALLEL);
  EXPECT_EQ(pool->run(nullptr, count, nullptr, 1), NNC_ERROR_PARALLEL);
}

TEST(Pool, ChoosesTheNumberOfThreads) {
  Pool pool(nnc_pool_create(0));
  ASSERT_TRUE(pool);
  EXPECT_GE(pool->threads, 1);
}

TEST(Pool, RefusesANegativeNumber) {
  EXPECT_EQ(nnc_pool_create(-1), nullptr);
  nnc_pool_destroy(nullptr);
}

} // namespace
