//===- Bench.h - how long a call takes --------------------------*- C++ -*-===//
//
// Times single calls after a warm-up and reports the order statistics that say
// something about latency: median, minimum, 99th percentile, maximum.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_TOOLS_NNC_RUN_BENCH_H
#define NNC_TOOLS_NNC_RUN_BENCH_H

#include "tools/nnc-run/Call.h"

#include <functional>

namespace nnc::run {

/// Microseconds per call.
struct Timing {
  std::size_t calls = 0;
  double median = 0, min = 0, p99 = 0, max = 0;
};

/// A tenth of a second of calls, at least one and, if `calls` is not 0, no more
/// than that.
bool warmUp(Call &call, std::int64_t calls, std::string &error);

/// Makes `calls` calls, or with 0 as many as fit in a second, at least ten and
/// at most `most`; says after each how many microseconds it took.
bool repeatCalls(Call &call, std::int64_t calls, std::size_t most,
                 const std::function<void(double)> &each, std::string &error);

/// Times `calls` calls, or with 0 as many as fit in a second, at least ten.
bool timeCalls(Call &call, std::int64_t calls, Timing &timing,
               std::string &error);

/// The order statistics of the times of calls, at least one.
Timing summarize(std::vector<double> microseconds);

/// One line for people, or one JSON object.
std::string printTiming(const Timing &timing, const std::string &model,
                        std::int64_t batch, int threads, bool json);

} // namespace nnc::run

#endif // NNC_TOOLS_NNC_RUN_BENCH_H
