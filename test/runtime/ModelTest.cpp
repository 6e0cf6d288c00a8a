//===- ModelTest.cpp - the C++ wrapper ------------------------------------===//
//
// nnc::model over two models: conversions to spans, the batch from the sizes,
// names, errors, ownership of workspace and state, threads, weights apart.
//
//===----------------------------------------------------------------------===//

#include "nnc/model.hpp"
#include "nnc/runtime.h"
#include "pair.h"
#include "tally.h"
#include "gtest/gtest.h"

#include <array>
#include <cstring>
#include <utility>
#include <vector>

namespace {

using PairModel = nnc::model<pair>;
using TallyModel = nnc::model<tally>;

static_assert(std::is_nothrow_move_constructible_v<PairModel>);
static_assert(!std::is_copy_constructible_v<PairModel>);
static_assert(noexcept(std::declval<PairModel &>().run({}, {}, {}, {})));

TEST(Model, RunsOnContainersOfAnyKind) {
  std::error_code ec;
  PairModel m = PairModel::create(ec);
  ASSERT_FALSE(ec) << ec.message();
  const std::vector<float> x = {1, 2, 3, 4, 5, 6, 1, 1, 1, 1, 1, 1};
  std::array<int32_t, 4> ids = {0, 1, 2, 3};
  float y[12] = {};
  std::vector<float> total(2);
  ec = m.run(x, ids, y, {total.data(), total.size()});
  ASSERT_FALSE(ec) << ec.message();
  EXPECT_EQ(total[0], 36.0f);
  EXPECT_EQ(total[1], 28.5f);
  EXPECT_EQ(y[11], 10.0f);
}

TEST(Model, RunsOnNamedBuffers) {
  std::error_code ec;
  PairModel m = PairModel::create(ec);
  ASSERT_TRUE(m);
  const std::vector<float> x = {1, 2, 3, 4, 5, 6};
  std::array<int32_t, 2> ids = {1, 0};
  float y[6] = {}, total[1] = {};
  m.set(&pair_args::total, total);
  m.set(&pair_args::y, y);
  m.set(&pair_args::x, x);
  EXPECT_EQ(m.run(), NNC_ERROR_NULL);
  m.set(&pair_args::ids, ids);
  EXPECT_FALSE(m.run());
  EXPECT_EQ(total[0], 27.0f);
  ids = {0, 0};
  PairModel moved = std::move(m);
  EXPECT_FALSE(moved.run());
  EXPECT_NE(total[0], 27.0f);
  moved.set(&pair_args::y, nnc::span<float>(y, 5));
  EXPECT_EQ(moved.run(), NNC_ERROR_SIZE);
  EXPECT_EQ(PairModel().run(), NNC_ERROR_NULL);
}

TEST(Model, KnowsSizesByName) {
  static_assert(PairModel::size_of("x") == PAIR_X_SIZE);
  static_assert(PairModel::size_of("total") == PAIR_TOTAL_SIZE);
  static_assert(PairModel::size_of("z") == 0);
}

TEST(Model, TakesZeroSamples) {
  std::error_code ec;
  PairModel m = PairModel::create(ec);
  float none[1];
  int32_t noIds[1];
  nnc::span<float> nothing(none, 0);
  EXPECT_FALSE(m.run({none, 0}, {noIds, 0}, nothing, nothing));
}

TEST(Model, ChecksSizes) {
  std::error_code ec;
  PairModel m = PairModel::create(ec);
  std::vector<float> x(12), y(12), total(2);
  std::vector<int32_t> ids(4);
  EXPECT_FALSE(m.run(x, ids, y, total));
  std::vector<float> odd(13), one(6);
  EXPECT_EQ(m.run(odd, ids, y, total), NNC_ERROR_SIZE);
  EXPECT_EQ(m.run(one, ids, y, total), NNC_ERROR_SIZE);
  EXPECT_EQ(m.run(x, ids, one, total), NNC_ERROR_SIZE);
}

TEST(Model, PassesTheModelsErrorsOn) {
  std::error_code ec;
  PairModel m = PairModel::create(ec);
  std::vector<float> x(6), y(6), total(1);
  std::vector<int32_t> ids = {0, 4};
  ec = m.run(x, ids, y, total);
  EXPECT_EQ(ec, NNC_ERROR_INDEX);
  EXPECT_EQ(ec.message(), "an input value addresses outside its table");
  EXPECT_STREQ(ec.category().name(), "nnc");
  EXPECT_EQ(m.run(x, std::vector<int32_t>(2), x, total), NNC_ERROR_OVERLAP);
}

TEST(Model, Moves) {
  std::error_code ec;
  PairModel first = PairModel::create(ec);
  PairModel second = std::move(first);
  std::vector<float> x(6), y(6), total(1);
  std::vector<int32_t> ids(2);
  EXPECT_FALSE(second.run(x, ids, y, total));
  // NOLINTNEXTLINE(bugprone-use-after-move,clang-analyzer-cplusplus.Move)
  EXPECT_EQ(first.run(x, ids, y, total), NNC_ERROR_NULL);
  EXPECT_EQ(PairModel().run(x, ids, y, total), NNC_ERROR_NULL);
  first = std::move(second);
  EXPECT_FALSE(first.run(x, ids, y, total));
}

TEST(Model, UsesTheCallersWorkspace) {
  alignas(64) unsigned char workspace[PAIR_WORKSPACE_SIZE + 1];
  nnc::model_options options;
  options.workspace = workspace;
  options.workspace_size = PAIR_WORKSPACE_SIZE;
  std::error_code ec;
  PairModel m = PairModel::create(ec, options);
  EXPECT_FALSE(ec);
  options.workspace = workspace + 1;
  m = PairModel::create(ec, options);
  EXPECT_EQ(ec, NNC_ERROR_ALIGNMENT);
  options.workspace_size = 1;
  m = PairModel::create(ec, options);
  EXPECT_EQ(ec, NNC_ERROR_WORKSPACE);
}

TEST(Model, RunsOnThreads) {
  nnc_parallel *pool = nnc_pool_create(3);
  ASSERT_NE(pool, nullptr);
  nnc::model_options options;
  options.parallel = pool;
  std::error_code ec;
  PairModel m = PairModel::create(ec, options);
  ASSERT_FALSE(ec);
  std::vector<float> x(600, 1.0f), y(600), total(100);
  std::vector<int32_t> ids(200, 1);
  EXPECT_FALSE(m.run(x, ids, y, total));
  EXPECT_EQ(total, std::vector<float>(100, 12.0f));
  nnc_pool_destroy(pool);
  nnc_parallel malformed = {nullptr, 0, nullptr};
  options.parallel = &malformed;
  m = PairModel::create(ec, options);
  EXPECT_EQ(ec, NNC_ERROR_PARALLEL);
}

TEST(Model, ChangesItsThreads) {
  nnc_parallel *pool = nnc_pool_create(3);
  ASSERT_NE(pool, nullptr);
  std::error_code ec;
  nnc::model_options options;
  PairModel m = PairModel::create(ec, options);
  EXPECT_EQ(m.set_parallel(pool), NNC_ERROR_WORKSPACE);
  options.threads = 3;
  m = PairModel::create(ec, options);
  ASSERT_FALSE(ec);
  std::vector<float> x(60, 1.0f), y(60), total(10);
  std::vector<int32_t> ids(20, 1);
  EXPECT_FALSE(m.run(x, ids, y, total));
  EXPECT_FALSE(m.set_parallel(pool));
  EXPECT_FALSE(m.run(x, ids, y, total));
  EXPECT_EQ(total, std::vector<float>(10, 12.0f));
  nnc_parallel malformed = {nullptr, 0, nullptr};
  EXPECT_EQ(m.set_parallel(&malformed), NNC_ERROR_PARALLEL);
  EXPECT_FALSE(m.set_parallel(nullptr));
  nnc_pool_destroy(pool);
  EXPECT_FALSE(m.run(x, ids, y, total));
  EXPECT_EQ(PairModel().set_parallel(nullptr), NNC_ERROR_NULL);
  options.threads = -1;
  EXPECT_FALSE(PairModel::create(ec, options));
  EXPECT_EQ(ec, NNC_ERROR_PARALLEL);
}

/// A stateful model whose weights are in memory.
class Stateful : public testing::Test {
protected:
  void SetUp() override {
    const float values[4] = {1, 2, 3, 4};
    nnc_weights_header head = {};
    head.fingerprint = tally_model.weights_fingerprint;
    std::memcpy(weights, &head, sizeof(head));
    std::memcpy(weights + sizeof(head), values, sizeof(values));
    options.weights = weights;
    options.weights_size = sizeof(weights);
  }

  alignas(64) unsigned char weights[TALLY_WEIGHTS_SIZE] = {};
  nnc::model_options options;
  std::error_code ec;
  const std::vector<float> x = std::vector<float>(8, 1.0f);
  std::vector<float> y = std::vector<float>(8);
};

TEST_F(Stateful, KeepsAndResetsItsState) {
  TallyModel m = TallyModel::create(ec, options);
  ASSERT_FALSE(ec) << ec.message();
  EXPECT_FALSE(m.run(x, y));
  EXPECT_EQ(y[3], 4.0f);
  EXPECT_FALSE(m.run(x, y));
  EXPECT_EQ(y[7], 8.0f);
  m.reset();
  EXPECT_FALSE(m.run(x, y));
  EXPECT_EQ(y[7], 4.0f);
  EXPECT_EQ(m.state().size(), size_t(2 * TALLY_STATE_SIZE));
}

TEST_F(Stateful, UsesTheCallersState) {
  alignas(64) unsigned char state[2 * TALLY_STATE_SIZE] = {};
  options.state = state;
  options.state_size = sizeof(state);
  TallyModel m = TallyModel::create(ec, options);
  ASSERT_FALSE(ec);
  EXPECT_FALSE(m.run(x, y));
  float second;
  std::memcpy(&second, state + sizeof(float), sizeof(float));
  EXPECT_EQ(second, 2.0f);
  options.state_size = sizeof(state) - 1;
  m = TallyModel::create(ec, options);
  EXPECT_EQ(ec, NNC_ERROR_SIZE);
}

TEST_F(Stateful, TakesItsBatchOnly) {
  TallyModel m = TallyModel::create(ec, options);
  std::vector<float> three(12), result(12);
  EXPECT_EQ(m.run({x.data(), 4}, {y.data(), 4}), NNC_ERROR_BATCH);
  EXPECT_EQ(m.run(three, result), NNC_ERROR_BATCH);
}

TEST_F(Stateful, NeedsItsWeights) {
  TallyModel m = TallyModel::create(ec);
  EXPECT_EQ(ec, NNC_ERROR_WEIGHTS);
  m = TallyModel::create(ec, options);
  ASSERT_FALSE(ec);
  m.set_weights(weights, 64);
  EXPECT_EQ(m.run(x, y), NNC_ERROR_WEIGHTS);
  m.set_weights(weights, sizeof(weights));
  EXPECT_FALSE(m.run(x, y));
}

/// A stream of two numbers a step: it gives their running sums, and the last.
struct running {
  struct args {
    uint64_t signature;
    int64_t batch;
    void *workspace;
    size_t workspace_size;
    void *state;
    const void *weights;
    size_t weights_size;
    const nnc_parallel *parallel;
    const float *x;
    float *sums;
    float *last;
    int64_t steps;
  };
  using buffers = void(const float *x, float *sums, float *last);
  static constexpr uint64_t signature = 1;
  static constexpr int64_t batch = 0;
  static constexpr bool stream = true;
  static constexpr size_t alignment = 64, workspace_size = 1;
  static void prepare() noexcept {}
  static size_t workspace_for(int) noexcept { return workspace_size; }
  static constexpr size_t state_size = sizeof(float), weights_size = 0;
  static constexpr size_t sizes[] = {2, 1, 1};
  static constexpr bool stepped[] = {true, true, false};
  static void bind(args &a, const float *x, float *sums, float *last) noexcept {
    a.x = x;
    a.sums = sums;
    a.last = last;
  }
  static int run(const args *a) noexcept {
    float *state = static_cast<float *>(a->state);
    for (int64_t row = 0; row != a->batch; ++row)
      for (int64_t i = row * a->steps; i != (row + 1) * a->steps; ++i) {
        state[row] += a->x[2 * i] + a->x[2 * i + 1];
        a->sums[i] = a->last[row] = state[row];
      }
    return NNC_OK;
  }
  static void reset(void *state, int64_t rows) noexcept {
    std::memset(state, 0, static_cast<size_t>(rows) * state_size);
  }
};

TEST(Model, StreamsAnyNumberOfSteps) {
  std::error_code ec;
  nnc::model_options options;
  options.state_rows = 2;
  auto m = nnc::model<running>::create(ec, options);
  ASSERT_FALSE(ec) << ec.message();
  std::vector<float> x(12, 1.0f), sums(6), last(2);
  EXPECT_FALSE(m.run(x, sums, last));
  EXPECT_EQ(sums[2], 6.0f);
  x.resize(4);
  sums.resize(2);
  EXPECT_FALSE(m.run(x, sums, last));
  EXPECT_EQ(last[1], 8.0f);
  m.reset();
  EXPECT_FALSE(m.run(x, sums, last));
  EXPECT_EQ(last[0], 2.0f);
}

TEST(Model, ChecksTheSizesOfStreams) {
  std::error_code ec;
  auto m = nnc::model<running>::create(ec);
  std::vector<float> six(6), three(3), two(2), one(1);
  EXPECT_FALSE(m.run(six, three, one));
  EXPECT_EQ(m.run(six, two, one), NNC_ERROR_SIZE);
  EXPECT_EQ(m.run(three, three, one), NNC_ERROR_SIZE);
  EXPECT_EQ(m.run(six, three, two), NNC_ERROR_SIZE);
}

} // namespace
