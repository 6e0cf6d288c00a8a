//===- Profile.cpp - how long each layer takes ----------------------------===//
//
// See Profile.h. A tick is as long as the model's clock and the system's say
// over the whole measurement.
//
//===----------------------------------------------------------------------===//

#include "tools/nnc-run/Profile.h"

#include <algorithm>
#include <chrono>
#include <numeric>

namespace nnc::run {
namespace {

/// The counters in the workspaces of all threads.
class Counters {
public:
  Counters(const Call &call, const nnc_model &model)
      : model(model), memory(static_cast<const char *>(call.workspaceMemory())),
        threads(call.threads() ? call.threads()->threads : 1),
        last(count() * static_cast<std::size_t>(threads)) {}

  /// What each counter has gained since the last time: the runs of all threads
  /// together, then ticks, the average of the threads that ran.
  std::vector<double> gained();
  /// What one counter has gained on each thread since the first call.
  std::vector<double> sinceFirst(std::size_t counter) const;
  /// From now on is since the first call.
  void begin() {
    gained();
    first = last;
  }

private:
  std::size_t count() const {
    return static_cast<std::size_t>(model.profile->section_count) + 1;
  }

  const nnc_model &model;
  const char *memory;
  int threads;
  std::vector<std::uint64_t> last, first;
};

std::vector<double> Counters::gained() {
  std::vector<double> sums(count());
  double active = 0;
  std::uint64_t *before = last.data();
  for (int thread = 0; thread != threads; ++thread, before += count()) {
    const char *part =
        memory + static_cast<std::size_t>(thread) * model.workspace_size;
    const auto *now =
        reinterpret_cast<const std::uint64_t *>(part + model.profile->counters);
    active += now[0] != before[0];
    for (std::size_t i = 0; i != count(); ++i) {
      sums[i] += static_cast<double>(now[i] - before[i]);
      before[i] = now[i];
    }
  }
  for (std::size_t i = 1; i != count(); ++i)
    sums[i] /= std::max(active, 1.0);
  return sums;
}

std::vector<double> Counters::sinceFirst(std::size_t counter) const {
  std::vector<double> values;
  for (std::size_t at = counter; at < last.size(); at += count())
    values.push_back(static_cast<double>(last[at] - first[at]));
  return values;
}

/// Both clocks at one time, to learn how long a tick is.
struct Moment {
  explicit Moment(const nnc_profile &profile)
      : ticks(profile.clock()), time(std::chrono::steady_clock::now()) {}

  double microsecondsPerTick(const Moment &earlier) const {
    std::chrono::duration<double, std::micro> passed = time - earlier.time;
    double between = static_cast<double>(ticks - earlier.ticks);
    return between > 0 ? passed.count() / between : 0;
  }

  std::uint64_t ticks;
  std::chrono::steady_clock::time_point time;
};

/// As robust as the median, and finer than the clock, whose ticks may be as
/// long as a small layer takes.
double meanOfMiddle(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  std::size_t cut = values.size() / 4;
  double sum =
      std::accumulate(values.begin() + static_cast<std::ptrdiff_t>(cut),
                      values.end() - static_cast<std::ptrdiff_t>(cut), 0.0);
  return sum / static_cast<double>(values.size() - 2 * cut);
}

/// What the model touches in all: weights, workspace, inputs and outputs.
std::size_t footprint(const nnc_model &model, std::int64_t samples) {
  double bytes = static_cast<double>(model.workspace_size);
  for (std::int64_t i = 0; i != model.profile->section_count; ++i)
    bytes += static_cast<double>(model.profile->sections[i].weight_bytes);
  auto add = [&](const nnc_tensor *tensors, std::int32_t count) {
    for (std::int32_t i = 0; i != count; ++i)
      bytes += static_cast<double>(tensors[i].size) *
               static_cast<double>(samples) *
               static_cast<double>(nnc_dtype_size(tensors[i].dtype));
  };
  add(model.inputs, model.input_count);
  add(model.outputs, model.output_count);
  return static_cast<std::size_t>(std::min(bytes, 1e12));
}

/// The average `microseconds` as parts of the threads that have run, in
/// proportion to their ticks; nothing if it was only one.
std::vector<double> shareOut(double microseconds, std::vector<double> ticks,
                             const std::vector<double> &runs) {
  int active = 0;
  for (double count : runs)
    active += count > 0 ? 1 : 0;
  double sum = std::accumulate(ticks.begin(), ticks.end(), 0.0);
  if (active < 2 || sum <= 0)
    return std::vector<double>(active < 2 ? 0 : ticks.size());
  for (double &part : ticks)
    part *= microseconds * static_cast<double>(active) / sum;
  return ticks;
}

/// Which layers there are and what they do in a call of `runs` runs.
std::vector<LayerTime> listLayers(const nnc_profile &profile,
                                  std::int64_t samples, double runs) {
  std::vector<LayerTime> layers;
  for (std::int64_t i = 0; i != profile.section_count; ++i) {
    const nnc_section &section = profile.sections[i];
    LayerTime layer;
    layer.name = section.name;
    layer.kind = section.layer;
    layer.fused = section.fused;
    layer.section = i;
    layer.flops =
        static_cast<double>(section.flops) * static_cast<double>(samples);
    layer.bytes = static_cast<double>(section.sample_bytes) *
                      static_cast<double>(samples) +
                  static_cast<double>(section.weight_bytes) * runs;
    layers.push_back(std::move(layer));
  }
  return layers;
}

} // namespace

double LayerProfile::layersMicroseconds() const {
  double sum = 0;
  for (const LayerTime &layer : layers)
    sum += layer.microseconds;
  return sum;
}

double LayerProfile::share(const LayerTime &layer) const {
  double all = layersMicroseconds();
  return all > 0 ? layer.microseconds / all : 0;
}

double LayerProfile::gflops(const LayerTime &layer) const {
  return layer.microseconds > 0 ? layer.flops / layer.microseconds * 1e-3 : 0;
}

double LayerProfile::gigabytes(const LayerTime &layer) const {
  return layer.microseconds > 0 ? layer.bytes / layer.microseconds * 1e-3 : 0;
}

double LayerProfile::efficiency(const LayerTime &layer) const {
  double least = roofline.microseconds(layer.flops, layer.bytes);
  return layer.microseconds > 0 ? least / layer.microseconds : 0;
}

bool profileCalls(Call &call, const nnc_model &model, std::int64_t calls,
                  LayerProfile &profile, std::string &error) {
  constexpr std::size_t most = 10000;
  if (model.abi_minor < 2 || !model.profile) {
    error = std::string("model '") + model.name +
            "' has no counters; compile it with nnc --profile [N809]";
    return false;
  }
  Moment start(*model.profile);
  if (!warmUp(call, calls, error))
    return false;
  Counters counters(call, model);
  counters.begin();
  double runs = 0;
  std::vector<double> times;
  std::vector<std::vector<double>> ticks(
      static_cast<std::size_t>(model.profile->section_count));
  auto keep = [&](double microseconds) {
    times.push_back(microseconds);
    std::vector<double> gained = counters.gained();
    runs = gained[0];
    for (std::size_t i = 0; i != ticks.size(); ++i)
      ticks[i].push_back(gained[i + 1]);
  };
  if (!repeatCalls(call, calls, most, keep, error))
    return false;
  profile.model = model.name;
  if (model.abi_minor >= 3 && model.profile->description)
    profile.description = model.profile->description;
  profile.batch = call.batch();
  profile.threads = call.threads() ? call.threads()->threads : 1;
  profile.call = summarize(std::move(times));
  profile.roofline =
      measureRoofline(call.threads(), footprint(model, call.stepCount()));
  double tick = Moment(*model.profile).microsecondsPerTick(start);
  std::vector<LayerTime> all =
      listLayers(*model.profile, call.stepCount(), runs);
  std::vector<double> threadRuns = counters.sinceFirst(0);
  for (std::size_t i = 0; i != ticks.size(); ++i) {
    all[i].microseconds = meanOfMiddle(ticks[i]) * tick;
    all[i].threadMicroseconds =
        shareOut(all[i].microseconds, counters.sinceFirst(i + 1), threadRuns);
    bool hasRun = *std::max_element(ticks[i].begin(), ticks[i].end()) > 0;
    if (hasRun || call.batch() == 0)
      profile.layers.push_back(std::move(all[i]));
  }
  return true;
}

} // namespace nnc::run
