//===- roofline.cpp - what this machine can do ----------------------------===//
//
//   roofline [--threads N] [--seconds S]
//
// One JSON object: the rate of f32 multiply-adds that need no memory, in
// GFLOP/s, and that of reading from each level of the memory, in GB/s, with the
// level's size for one core. Compiled for this machine (-march=native), in
// vectors as wide as it has. Threads start each round together, each pinned to
// a core of its own; the best round counts, since this is a bound.
//
//===----------------------------------------------------------------------===//

#include "bench.h"

#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <functional>
#include <thread>

namespace {

#if defined(__AVX512F__)
constexpr int width = 16, accumulators = 24;
#elif defined(__AVX__)
constexpr int width = 8, accumulators = 12;
#else
constexpr int width = 4, accumulators = 12;
#endif
typedef float Vector __attribute__((vector_size(width * sizeof(float))));

/// Keeps the compiler from knowing a value, and from dropping it.
template <typename T> void hide(T &value) {
#if defined(__x86_64__)
  asm volatile("" : "+v"(value));
#elif defined(__aarch64__)
  asm volatile("" : "+w"(value));
#else
  asm volatile("" : "+m"(value));
#endif
}

/// Returns the operations done. Zeros keep the sums finite; the units take the
/// same time for them. The products differ, so none can be left out.
double multiplyAdd(long rounds) {
  Vector sums[accumulators] = {}, x = {}, y = {};
  hide(x);
  hide(y);
  for (Vector &sum : sums)
    hide(sum);
  for (long i = 0; i != rounds; ++i) {
#pragma GCC unroll 24
    for (Vector &sum : sums)
      sum = sum * x + y;
  }
  for (Vector &sum : sums)
    hide(sum);
  return 2.0 * width * accumulators * static_cast<double>(rounds);
}

/// Returns the bytes read.
double readAll(const float *data, std::size_t size, long rounds) {
  constexpr std::size_t streams = 8;
  for (long i = 0; i != rounds; ++i) {
    Vector sums[streams] = {};
    for (std::size_t at = 0; at + streams * width <= size;
         at += streams * width) {
#pragma GCC unroll 8
      for (std::size_t s = 0; s != streams; ++s)
        sums[s] += *reinterpret_cast<const Vector *>(data + at + s * width);
    }
    for (Vector &sum : sums)
      hide(sum);
  }
  return 4.0 * static_cast<double>(size) * static_cast<double>(rounds);
}

/// The best rate of `work` on all threads at once. work(thread) says how much
/// it did.
double bestRate(int threads, double wanted,
                const std::function<double(int)> &work) {
  std::atomic<int> arrived{0};
  std::atomic<bool> over{false};
  std::vector<double> begun(static_cast<std::size_t>(threads)), ended = begun;
  double best = 0, start = bench::seconds();
  auto meet = [&](int times) {
    ++arrived;
    while (arrived.load() < times * threads) {
    }
  };
  auto body = [&](int id) {
    std::size_t slot = static_cast<std::size_t>(id);
    if (threads > 1) {
      cpu_set_t one;
      CPU_ZERO(&one);
      CPU_SET(id, &one);
      pthread_setaffinity_np(pthread_self(), sizeof(one), &one);
    }
    for (int round = 0; !over; ++round) {
      meet(3 * round + 1);
      begun[slot] = bench::seconds();
      double done = work(id);
      ended[slot] = bench::seconds();
      meet(3 * round + 2);
      if (id == 0) {
        double time = *std::max_element(ended.begin(), ended.end()) -
                      *std::min_element(begun.begin(), begun.end());
        if (round > 0)
          best = std::max(best, done * threads / time);
        over = round >= 3 && bench::seconds() - start > wanted;
      }
      meet(3 * round + 3);
    }
  };
  std::vector<std::thread> others;
  for (int id = 1; id < threads; ++id)
    others.emplace_back(body, id);
  body(0);
  for (std::thread &other : others)
    other.join();
  return best / 1e9;
}

/// Zeros in pages as large as there are: what is measured is the memory, not
/// the tables of its pages.
float *allocate(std::size_t bytes) {
  constexpr std::size_t page = 2 << 20;
  std::size_t rounded = (bytes + page - 1) / page * page;
  void *memory = std::aligned_alloc(page, rounded);
  if (!memory)
    bench::fail("out of memory");
  madvise(memory, rounded, MADV_HUGEPAGE);
  std::memset(memory, 0, rounded);
  return static_cast<float *>(memory);
}

/// Linux says what this machine has; the C library, what its kind has.
std::size_t cacheSize(int level, int name, std::size_t otherwise) {
  for (int index = 0; index != 8; ++index) {
    std::string folder =
        "/sys/devices/system/cpu/cpu0/cache/index" + std::to_string(index);
    std::ifstream levelFile(folder + "/level"), typeFile(folder + "/type"),
        sizeFile(folder + "/size");
    int found = 0;
    std::size_t kilobytes = 0;
    std::string type;
    levelFile >> found;
    typeFile >> type;
    sizeFile >> kilobytes;
    if (found == level && type != "Instruction" && kilobytes != 0)
      return kilobytes << 10;
  }
  long size = sysconf(name);
  return size > 0 ? static_cast<std::size_t>(size) : otherwise;
}

} // namespace

int main(int argc, char **argv) {
  bench::Options options{argc, argv};
  int threads = options.threads();
  double wanted = options.number("--seconds", 0.5);
  std::printf(
      "{\"threads\": %d, \"gflops\": %.5g, \"levels\": [", threads,
      bestRate(threads, wanted, [](int) { return multiplyAdd(1000000); }));
  std::size_t l1 = cacheSize(1, _SC_LEVEL1_DCACHE_SIZE, 32 << 10),
              l2 = cacheSize(2, _SC_LEVEL2_CACHE_SIZE, 1 << 20),
              l3 = cacheSize(3, _SC_LEVEL3_CACHE_SIZE, 8 << 20);
  struct Level {
    const char *name;
    std::size_t size, used;
  };
  const Level levels[] = {
      {"L1", l1, l1 / 4 * 3},
      {"L2", l2, l2 / 8 * 5},
      {"L3", l3, l3 / 4 / static_cast<std::size_t>(threads)},
      {"memory", 0, 8 * l3}};
  for (const Level &level : levels) {
    std::vector<float *> buffers;
    for (int i = 0; i != threads; ++i)
      buffers.push_back(allocate(level.used));
    long rounds = std::max(1L, static_cast<long>((64 << 20) / level.used));
    double rate = bestRate(threads, wanted, [&](int id) {
      return readAll(buffers[static_cast<std::size_t>(id)],
                     level.used / sizeof(float), rounds);
    });
    std::printf("%s{\"name\": \"%s\", \"bytes\": %zu, \"gbs\": %.5g}",
                &level == levels ? "" : ", ", level.name, level.size, rate);
    std::fflush(stdout);
    for (float *buffer : buffers)
      std::free(buffer);
  }
  std::printf("]}\n");
}
