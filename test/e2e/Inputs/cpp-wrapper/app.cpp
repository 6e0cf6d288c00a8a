// All of nnc::model over three models: several inputs and outputs of several
// types; weights apart, exchanged; a stream, forked by copying its state.
#include "apart.h"
#include "flow.h"
#include "two.h"

#include "nnc/model.hpp"

#include <array>
#include <cstdio>
#include <cstring>
#include <utility>
#include <vector>

template class nnc::model<two>;
template class nnc::model<apart>;
template class nnc::model<flow>;

static bool fail(const char *what, std::error_code ec = {}) {
  std::fprintf(stderr, "%s: %s\n", what, ec.message().c_str());
  return false;
}

/// By position and by name, in memory of the caller's: the same bits.
static bool runTwo() {
  using model = nnc::model<two>;
  static_assert(model::size_of("left") == TWO_LEFT_SIZE);
  alignas(TWO_ALIGNMENT) static unsigned char workspace[TWO_WORKSPACE_SIZE];
  nnc::model_options options;
  options.workspace = workspace;
  options.workspace_size = sizeof workspace;
  std::error_code ec;
  model m = model::create(ec, options);
  if (!m)
    return fail("two", ec);

  const std::vector<float> left(3 * model::size_of("left"), 0.5f);
  std::vector<std::int32_t> right(3 * model::size_of("right"), 7);
  std::array<float, 3> score{}, again{};
  std::vector<float> features(12);
  ec = m.run(left, right, score, features);
  if (ec)
    return fail("by position", ec);

  m.set(&two_args::score, again);
  m.set(&two_args::features, features);
  m.set(&two_args::right, right);
  m.set(&two_args::left, left);
  model moved = std::move(m);
  ec = moved.run();
  if (ec || score != again)
    return fail("by name", ec);
  right[5] = 10;
  return moved.run() == NNC_ERROR_INDEX || fail("no index error");
}

static bool read(const char *path, unsigned char *bytes, std::size_t size) {
  std::FILE *file = std::fopen(path, "rb");
  const bool good = file && std::fread(bytes, 1, size, file) == size;
  if (file)
    std::fclose(file);
  return good || fail(path);
}

/// Two sets of weights, swapped between calls.
static bool runApart(const char *const *paths) {
  alignas(APART_ALIGNMENT) static unsigned char weights[2][APART_WEIGHTS_SIZE];
  if (!read(paths[0], weights[0], sizeof weights[0]) ||
      !read(paths[1], weights[1], sizeof weights[1]))
    return false;
  std::error_code ec;
  if (nnc::model<apart>::create(ec) || ec != NNC_ERROR_WEIGHTS)
    return fail("without weights", ec);
  nnc::model_options options;
  options.weights = weights[0];
  options.weights_size = sizeof weights[0];
  auto m = nnc::model<apart>::create(ec, options);
  const float x[APART_X_SIZE] = {1, 2, 3, 4, 5, 6, 7, 8};
  std::array<float, APART_Y_SIZE> first{}, second{}, third{};
  if (!ec)
    ec = m.run(x, first);
  m.set_weights(weights[1], sizeof weights[1]);
  if (!ec)
    ec = m.run(x, second);
  m.set_weights(weights[0], sizeof weights[0]);
  if (!ec)
    ec = m.run(x, third);
  return (!ec && first == third && first != second) || fail("weights", ec);
}

/// Two rows of a stream; a second object goes on from the state of the first.
static bool runFlow() {
  nnc::model_options options;
  options.state_rows = 2;
  std::error_code ec;
  auto m = nnc::model<flow>::create(ec, options);
  if (ec)
    return fail("flow", ec);
  const std::vector<float> level(2 * 5, 1.0f);
  std::vector<float> before(10), loud(10), forked(10);
  auto fork = nnc::model<flow>::create(ec, options);
  if (!ec)
    ec = m.run(level, before);
  const auto &kept = m;
  std::memcpy(fork.state().data(), kept.state().data(), kept.state().size());
  if (!ec)
    ec = m.run(level, loud);
  if (!ec)
    ec = fork.run(level, forked);
  if (ec || loud != forked || loud == before)
    return fail("fork", ec);
  m.reset();
  ec = m.run(level, loud);
  return (!ec && loud == before) || fail("reset", ec);
}

int main(int argc, char **argv) {
  return argc == 3 && runTwo() && runApart(argv + 1) && runFlow() ? 0 : 1;
}
