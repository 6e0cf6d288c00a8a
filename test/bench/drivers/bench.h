//===- bench.h - what the benchmark's programs share ------------*- C++ -*-===//
//
// Each program runs one model in one library: it reads the model, makes the
// first calls, writes the output for the comparison, times further calls and
// prints one line of JSON. Here is all of that but the library's part. Options
// that every program takes:
//
//   --input FILE    the input's floats      --threads N    1 or more
//   --dump FILE     write the output        --seconds S    0: time nothing
//   --calls N       dump the N-th call's output: of a stream, the N-th step's
//
//===----------------------------------------------------------------------===//

#ifndef NNC_TEST_BENCH_DRIVERS_BENCH_H
#define NNC_TEST_BENCH_DRIVERS_BENCH_H

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>
#include <vector>

namespace bench {

[[noreturn]] inline void fail(const std::string &reason) {
  std::fprintf(stderr, "%s\n", reason.c_str());
  std::exit(1);
}

inline double seconds(clockid_t clock = CLOCK_MONOTONIC) {
  timespec time;
  clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_nsec) * 1e-9;
}

/// The most memory this program had resident, in MB. getrusage would count what
/// its parent had before exec as well.
inline double peakMemory() {
  FILE *file = std::fopen("/proc/self/status", "r");
  char line[256];
  double kilobytes = 0;
  while (file && std::fgets(line, sizeof(line), file))
    if (!std::strncmp(line, "VmHWM:", 6))
      kilobytes = std::atof(line + 6);
  if (file)
    std::fclose(file);
  return kilobytes / 1024;
}

/// "--name value" options.
struct Options {
  int count;
  char **words;

  std::string text(const char *name, const char *otherwise = "") const {
    for (int i = 1; i + 1 < count; ++i)
      if (!std::strcmp(words[i], name))
        return words[i + 1];
    return otherwise;
  }
  double number(const char *name, double otherwise) const {
    std::string value = text(name);
    return value.empty() ? otherwise : std::atof(value.c_str());
  }
  int threads() const { return static_cast<int>(number("--threads", 1)); }
};

/// Floats aligned to a page, as a program that cares would have them.
class Buffer {
public:
  Buffer() = default;
  explicit Buffer(std::size_t size) : count(size) {
    std::size_t bytes = (size * sizeof(float) / 4096 + 1) * 4096;
    floats = static_cast<float *>(std::aligned_alloc(4096, bytes));
    if (!floats)
      fail("out of memory");
    std::memset(floats, 0, bytes);
  }
  float *data() const { return floats; }
  std::size_t size() const { return count; }
  float &operator[](std::size_t i) const { return floats[i]; }

private:
  float *floats = nullptr; // until the program ends
  std::size_t count = 0;
};

inline Buffer readFloats(const std::string &path) {
  FILE *file = std::fopen(path.c_str(), "rb");
  if (!file)
    fail("cannot read " + path);
  std::fseek(file, 0, SEEK_END);
  Buffer buffer(static_cast<std::size_t>(std::ftell(file)) / sizeof(float));
  std::rewind(file);
  if (std::fread(buffer.data(), sizeof(float), buffer.size(), file) !=
      buffer.size())
    fail("cannot read " + path);
  std::fclose(file);
  return buffer;
}

inline void writeFloats(const std::string &path, const float *data,
                        std::size_t count) {
  FILE *file = std::fopen(path.c_str(), "wb");
  if (!file || std::fwrite(data, sizeof(float), count, file) != count ||
      std::fclose(file))
    fail("cannot write " + path);
}

/// Seconds of a call, and how much of its core the caller had meanwhile: a run
/// that was disturbed has clearly less than 1.
struct Timing {
  double median = 0, least = 0, onCpu = 1;
  std::size_t samples = 0;
};

/// Times `call` for so many seconds, at least 15 samples and at most half a
/// minute, after a third of that for warming up. Calls that are too short for
/// the clock are made in a row.
template <typename Call> Timing measure(Call &&call, double wanted) {
  double start = seconds(), best = 1e30;
  for (int warm = 0; warm < 2 || seconds() - start < wanted / 3; ++warm) {
    double before = seconds();
    call();
    best = std::min(best, seconds() - before);
  }
  long inner = best < 20e-6 ? std::lround(50e-6 / std::max(best, 5e-9)) : 1;
  std::vector<double> times;
  start = seconds();
  double cpu = seconds(CLOCK_THREAD_CPUTIME_ID), before = start, after = start;
  do {
    for (long i = 0; i != inner; ++i)
      call();
    after = seconds();
    times.push_back((after - before) / static_cast<double>(inner));
    before = after;
  } while (after - start < 30 && (after - start < wanted || times.size() < 15));
  Timing timing;
  timing.onCpu = (seconds(CLOCK_THREAD_CPUTIME_ID) - cpu) / (after - start);
  timing.samples = times.size();
  std::sort(times.begin(), times.end());
  timing.median = times[times.size() / 2];
  timing.least = times.front();
  return timing;
}

/// First calls, dump, timing, report. `start` is when loading began; `next`
/// hands a stream's state on to the following call; `output` gives the values.
template <typename Call, typename Next, typename Output>
void run(const Options &options, double start, Call &&call, Next &&next,
         Output &&output) {
  double loaded = seconds();
  call();
  double first = seconds();
  for (int i = 1; i < static_cast<int>(options.number("--calls", 1)); ++i) {
    next();
    call();
  }
  if (std::string path = options.text("--dump"); !path.empty()) {
    Buffer values = output();
    writeFloats(path, values.data(), values.size());
  }
  double wanted = options.number("--seconds", 0.5);
  Timing timing = wanted > 0 ? measure(call, wanted) : Timing();
  std::printf("{\"median_s\": %.6g, \"least_s\": %.6g, \"samples\": %zu, "
              "\"on_cpu\": %.4f, \"load_s\": %.6g, \"first_s\": %.6g, "
              "\"peak_mb\": %.3f}\n",
              timing.median, timing.least, timing.samples, timing.onCpu,
              loaded - start, first - loaded, peakMemory());
}

} // namespace bench

#endif // NNC_TEST_BENCH_DRIVERS_BENCH_H
