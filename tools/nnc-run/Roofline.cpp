//===- Roofline.cpp - what the machine can do at most ---------------------===//
//
// Two loops on vectors: multiply-adds in registers, in as many chains as hide
// their latency, and sums of what is read from memory. Of what the machine has,
// the fastest counts. Other processes and the clock frequency can only make a
// loop slower, so that the best of several times is the limit.
//
//===----------------------------------------------------------------------===//

#include "tools/nnc-run/Roofline.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <thread>
#include <vector>

namespace nnc::run {
namespace {

/// What one thread does: operations, or bytes, in `turns` turns. Both return a
/// sum, so that nothing is left out, and start from `data`, so that the
/// compiler cannot know that its values are all the same.
struct Loops {
  float (*multiplyAdd)(const float *data, std::int64_t turns);
  float (*readAll)(const float *data, std::size_t count, std::int64_t turns);
  std::int64_t flopsPerTurn;
};

// A macro and no template: GCC takes vectors that are wider than the template's
// target apart before it makes the template part of a function that has them.
// Written as a product and a sum; the file is compiled with contraction on.
// NOLINTBEGIN(bugprone-macro-parentheses): an attribute cannot have any
#define NNC_LOOPS(NAME, TARGET, BYTES, CHAINS)                                 \
  struct NAME {                                                                \
    typedef float Vector __attribute__((vector_size(BYTES)));                  \
    static constexpr std::size_t lanes = (BYTES) / sizeof(float);              \
    TARGET static float multiplyAdd(const float *data, std::int64_t turns) {   \
      const Vector *vectors = reinterpret_cast<const Vector *>(data);          \
      Vector sums[CHAINS];                                                     \
      for (int i = 0; i != (CHAINS); ++i)                                      \
        sums[i] = vectors[i];                                                  \
      Vector factor = vectors[CHAINS] * 0.5f, addend = vectors[(CHAINS) + 1];  \
      for (std::int64_t turn = 0; turn != turns; ++turn)                       \
        for (int i = 0; i != (CHAINS); ++i)                                    \
          sums[i] = sums[i] * factor + addend;                                 \
      float sum = 0;                                                           \
      for (const Vector &part : sums)                                          \
        sum += part[0];                                                        \
      return sum;                                                              \
    }                                                                          \
    TARGET static float readAll(const float *data, std::size_t count,          \
                                std::int64_t turns) {                          \
      const Vector *vectors = reinterpret_cast<const Vector *>(data);          \
      Vector sums[8] = {};                                                     \
      for (std::int64_t turn = 0; turn != turns; ++turn)                       \
        for (std::size_t at = 0; at + 8 * lanes <= count; at += 8 * lanes)     \
          for (std::size_t i = 0; i != 8; ++i)                                 \
            sums[i] += vectors[at / lanes + i];                                \
      float sum = 0;                                                           \
      for (const Vector &part : sums)                                          \
        sum += part[0];                                                        \
      return sum;                                                              \
    }                                                                          \
    static constexpr Loops loops = {                                           \
        multiplyAdd, readAll,                                                  \
        static_cast<std::int64_t>(2 * lanes * (CHAINS))};                      \
  };
// NOLINTEND(bugprone-macro-parentheses)

#if defined(__x86_64__)
NNC_LOOPS(Avx512, __attribute__((target("avx512f"))), 64, 16)
NNC_LOOPS(Avx2, __attribute__((target("avx2,fma"))), 32, 12)
NNC_LOOPS(Any, , 16, 12)
#else
NNC_LOOPS(Any, , 16, 24)
#endif
#undef NNC_LOOPS

std::vector<Loops> supportedLoops() {
  std::vector<Loops> loops = {Any::loops};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    loops.push_back(Avx2::loops);
  if (__builtin_cpu_supports("avx512f"))
    loops.push_back(Avx512::loops);
#endif
  return loops;
}

/// What one thread has measured.
struct Result {
  double seconds = 0;
  float sum = 0;
};

/// What all threads share.
struct Work {
  const Loops *loops;
  bool reads; ///< or else multiplies and adds
  std::int64_t turns;
  const float *data;
  std::size_t count; ///< elements of each thread
  std::vector<Result> results;

  static void run(void *work, int index) {
    using Clock = std::chrono::steady_clock;
    Work &self = *static_cast<Work *>(work);
    std::size_t thread = static_cast<std::size_t>(index);
    const float *own = self.data + thread * self.count;
    Clock::time_point start = Clock::now();
    float sum = self.reads ? self.loops->readAll(own, self.count, self.turns)
                           : self.loops->multiplyAdd(own, self.turns);
    std::chrono::duration<double> passed = Clock::now() - start;
    self.results[thread] = {passed.count(), sum};
  }
};

/// How many of the threads the machine can run at once.
double runningThreads(std::size_t threads) {
  unsigned cores = std::thread::hardware_concurrency(); // 0: not known
  double all = static_cast<double>(threads);
  return cores == 0 ? all : std::min(all, static_cast<double>(cores));
}

/// The turns a second of all threads together. Each has its own time: waking
/// them is no part of it, nor is waiting for a core.
double rateOf(Work &work, nnc_parallel *pool) {
  if (pool && pool->run(pool->context, Work::run, &work, pool->threads) != 0)
    return 0;
  double rate = 0;
  for (const Result &result : work.results)
    if (result.seconds > 0)
      rate += static_cast<double>(work.turns) / result.seconds;
  return rate * runningThreads(work.results.size()) /
         static_cast<double>(work.results.size());
}

double bestRate(Work &work, nnc_parallel *pool) {
  constexpr double longEnough = 4e-3;
  constexpr int times = 8;
  work.turns = 1;
  for (;; work.turns *= 2) {
    Work::run(&work, 0);
    if (work.results[0].seconds >= longEnough)
      break;
  }
  double best = 0;
  for (int i = 0; i != times; ++i) {
    if (!pool)
      Work::run(&work, 0);
    best = std::max(best, rateOf(work, pool));
  }
  return best;
}

} // namespace

double Roofline::microseconds(double flops, double bytesMoved) const {
  double computing = gflops > 0 ? flops / gflops : 0;
  double moving = gigabytes > 0 ? bytesMoved / gigabytes : 0;
  return std::max(computing, moving) * 1e-3;
}

Roofline measureRoofline(nnc_parallel *pool, std::size_t bytes) {
  constexpr std::size_t least = 4096, most = std::size_t{256} << 20;
  std::size_t threads = pool ? static_cast<std::size_t>(pool->threads) : 1;
  std::size_t part = std::clamp(bytes, least, most) / threads / least * least;
  Roofline result;
  Work work = {};
  work.count = std::max(part, least) / sizeof(float);
  work.results.resize(threads);
  result.bytes = work.count * sizeof(float) * threads;
  // A vector's elements are aligned as the widest registers are.
  std::vector<float> memory(work.count * threads + 16, 1.0f);
  std::uintptr_t misplaced =
      reinterpret_cast<std::uintptr_t>(memory.data()) / sizeof(float) % 16;
  work.data = memory.data() + (16 - misplaced) % 16;
  for (const Loops &loops : supportedLoops()) {
    work.loops = &loops;
    work.reads = false;
    double flops =
        bestRate(work, pool) * static_cast<double>(loops.flopsPerTurn);
    work.reads = true;
    double moved =
        bestRate(work, pool) * static_cast<double>(work.count * sizeof(float));
    result.gflops = std::max(result.gflops, flops * 1e-9);
    result.gigabytes = std::max(result.gigabytes, moved * 1e-9);
  }
  return result;
}

} // namespace nnc::run
