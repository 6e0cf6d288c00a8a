//===- Bench.cpp - how long a call takes ----------------------------------===//
//
// See Bench.h. The warm-up fills the caches and lets the clock frequency
// settle; calls are timed one by one, since a mean hides the outliers.
//
//===----------------------------------------------------------------------===//

#include "tools/nnc-run/Bench.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace nnc::run {
namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

} // namespace

bool warmUp(Call &call, std::int64_t calls, std::string &error) {
  Clock::time_point start = Clock::now();
  std::int64_t done = 0;
  do {
    if (!call.run(error))
      return false;
    ++done;
  } while (secondsSince(start) < 0.1 && (calls == 0 || done < calls));
  return true;
}

Timing summarize(std::vector<double> microseconds) {
  std::sort(microseconds.begin(), microseconds.end());
  std::size_t count = microseconds.size();
  // The nearest-rank percentile: the smallest time that 99 % do not exceed.
  std::size_t rank =
      static_cast<std::size_t>(std::ceil(0.99 * static_cast<double>(count)));
  Timing timing;
  timing.calls = count;
  timing.min = microseconds.front();
  timing.max = microseconds.back();
  timing.p99 = microseconds[std::max<std::size_t>(rank, 1) - 1];
  timing.median = (microseconds[(count - 1) / 2] + microseconds[count / 2]) / 2;
  return timing;
}

bool repeatCalls(Call &call, std::int64_t calls, std::size_t most,
                 const std::function<void(double)> &each, std::string &error) {
  constexpr std::size_t least = 10;
  std::size_t wanted = static_cast<std::size_t>(calls), done = 0;
  Clock::time_point start = Clock::now();
  auto goOn = [&] {
    if (calls != 0)
      return done < wanted;
    return done < least || (done < most && secondsSince(start) < 1.0);
  };
  for (; goOn(); ++done) {
    Clock::time_point before = Clock::now();
    if (!call.run(error))
      return false;
    each(secondsSince(before) * 1e6);
  }
  return true;
}

bool timeCalls(Call &call, std::int64_t calls, Timing &timing,
               std::string &error) {
  constexpr std::size_t most = 1000000;
  std::vector<double> times;
  times.reserve(calls != 0 ? static_cast<std::size_t>(calls) : most);
  auto keep = [&](double microseconds) { times.push_back(microseconds); };
  if (!warmUp(call, calls, error) ||
      !repeatCalls(call, calls, most, keep, error))
    return false;
  timing = summarize(std::move(times));
  return true;
}

std::string printTiming(const Timing &timing, const std::string &model,
                        std::int64_t batch, int threads, bool json) {
  // A model's name is a C identifier, so it needs no escapes.
  const char *format =
      json ? "{\"model\": \"%s\", \"batch\": %lld, \"threads\": %d, "
             "\"calls\": %zu, \"median_us\": %.3f, \"min_us\": %.3f, "
             "\"p99_us\": %.3f, \"max_us\": %.3f}\n"
           : "%s: batch %lld, threads %d, calls %zu: median %.3f us, "
             "min %.3f us, p99 %.3f us, max %.3f us\n";
  auto print = [&](char *text, std::size_t size) {
    return std::snprintf(text, size, format, model.c_str(),
                         static_cast<long long>(batch), threads, timing.calls,
                         timing.median, timing.min, timing.p99, timing.max);
  };
  std::string text(static_cast<std::size_t>(print(nullptr, 0)) + 1, '\0');
  print(text.data(), text.size());
  text.pop_back();
  return text;
}

} // namespace nnc::run
