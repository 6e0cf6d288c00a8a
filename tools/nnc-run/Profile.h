//===- Profile.h - how long each layer takes --------------------*- C++ -*-===//
//
// Reads the counters that `nnc --profile` put into a model after every call,
// so that outliers can be told, and sets the layers against the roofline.
// Layers that run on several threads at once count as long as the calling
// thread waits for them; where the threads share the samples out among
// themselves, a layer's time is the average of the threads.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_TOOLS_NNC_RUN_PROFILE_H
#define NNC_TOOLS_NNC_RUN_PROFILE_H

#include "tools/nnc-run/Bench.h"
#include "tools/nnc-run/Roofline.h"

namespace nnc::run {

/// One layer in one call.
struct LayerTime {
  std::string name, kind, fused; ///< as in nnc_section
  double microseconds = 0;       ///< the mean of the middle half of the calls
  double flops = 0;              ///< 0: none, or not known
  double bytes = 0;
  std::int64_t section = 0; ///< its number in nnc_profile
  /// Of each thread, where several share the samples; else empty.
  std::vector<double> threadMicroseconds;
};

struct LayerProfile {
  std::string model;
  std::int64_t batch = 0;
  int threads = 1;
  Timing call; ///< of whole calls
  Roofline roofline;
  std::string description; ///< JSON of the graph and the workspace; or empty
  /// Those that have run, in the model's order: the code for another CPU or
  /// another batch may have more.
  std::vector<LayerTime> layers;

  double layersMicroseconds() const;
  /// A layer's part of the time of all layers.
  double share(const LayerTime &layer) const;
  /// 1e9 operations and bytes a second.
  double gflops(const LayerTime &layer) const;
  double gigabytes(const LayerTime &layer) const;
  /// The time that the roofline allows as a part of the time it took.
  double efficiency(const LayerTime &layer) const;
};

/// Makes `calls` calls, or with 0 as many as fit in a second. A model without
/// counters is an error.
bool profileCalls(Call &call, const nnc_model &model, std::int64_t calls,
                  LayerProfile &profile, std::string &error);

} // namespace nnc::run

#endif // NNC_TOOLS_NNC_RUN_PROFILE_H
