//===- ProfileText.cpp - a profile as a table or as JSON ------------------===//
//
// See ProfileText.h.
//
//===----------------------------------------------------------------------===//

#include "tools/nnc-run/ProfileText.h"
#include "tools/nnc-run/Text.h"

#include <algorithm>

namespace nnc::run {
namespace {

/// The layer's name, and those computed along with it.
std::string nameOf(const LayerTime &layer) {
  return printableText(layer.name +
                       (layer.fused.empty() ? "" : " + " + layer.fused));
}

/// As many characters as the longest text has, within limits.
template <class TextOf>
std::size_t widthOf(const std::vector<LayerTime> &layers, std::size_t least,
                    std::size_t most, TextOf textOf) {
  std::size_t width = least;
  for (const LayerTime &layer : layers)
    width = std::max(width, textOf(layer).size());
  return std::min(width, most);
}

/// A number, or a dash where there is none.
std::string cell(int width, double value, const char *form) {
  return value > 0 ? format(form, width, value) : format("%*s", width, "-");
}

std::string jsonNumber(double value) {
  return value > 0 ? format("%.6g", value) : "null";
}

std::string joinNumbers(const std::vector<double> &values) {
  std::string text;
  for (double value : values)
    text += format("%s%.6f", text.empty() ? "" : ", ", value);
  return text;
}

} // namespace

std::string printProfile(const LayerProfile &profile) {
  auto kindOf = [](const LayerTime &layer) {
    return printableText(layer.kind);
  };
  std::size_t name = widthOf(profile.layers, 5, 40, nameOf);
  std::size_t kind = widthOf(profile.layers, 5, 24, kindOf);
  std::string text = format(
      "%s: batch %lld, threads %d, calls %zu: median %.3f us, of which layers "
      "%.3f us\n"
      "roofline: %.1f GFLOP/s, %.1f GB/s reading %.0f KiB\n\n",
      profile.model.c_str(), static_cast<long long>(profile.batch),
      profile.threads, profile.call.calls, profile.call.median,
      profile.layersMicroseconds(), profile.roofline.gflops,
      profile.roofline.gigabytes,
      static_cast<double>(profile.roofline.bytes) / 1024);
  text += fitText("layer", name) + "  " + fitText("class", kind) +
          "          us  share  GFLOP/s     GB/s  roofline\n";
  for (const LayerTime &layer : profile.layers)
    text += fitText(nameOf(layer), name) + "  " + fitText(kindOf(layer), kind) +
            format("  %10.3f  %4.1f%%", layer.microseconds,
                   100 * profile.share(layer)) +
            "  " + cell(7, profile.gflops(layer), "%*.1f") + "  " +
            cell(7, profile.gigabytes(layer), "%*.1f") + "  " +
            cell(7, 100 * profile.efficiency(layer), "%*.0f%%") + "\n";
  return text;
}

std::string printProfileJson(const LayerProfile &profile) {
  std::string text = format(
      "{\"model\": \"%s\", \"batch\": %lld, \"threads\": %d, \"calls\": %zu, "
      "\"median_us\": %.3f, \"min_us\": %.3f, \"p99_us\": %.3f, "
      "\"max_us\": %.3f, \"layers_us\": %.3f, \"roofline\": {\"gflops\": "
      "%.3f, \"gbytes\": %.3f, \"bytes\": %zu}, \"layers\": [",
      profile.model.c_str(), static_cast<long long>(profile.batch),
      profile.threads, profile.call.calls, profile.call.median,
      profile.call.min, profile.call.p99, profile.call.max,
      profile.layersMicroseconds(), profile.roofline.gflops,
      profile.roofline.gigabytes, profile.roofline.bytes);
  const char *separator = "";
  for (const LayerTime &layer : profile.layers) {
    text += format("%s\n  {\"section\": %lld, \"name\": \"%s\", \"class\": "
                   "\"%s\", \"fused\": "
                   "\"%s\", \"us\": %.6f, \"share\": %.6f, \"flops\": %.0f, "
                   "\"bytes\": %.0f",
                   separator, static_cast<long long>(layer.section),
                   jsonText(layer.name).c_str(), jsonText(layer.kind).c_str(),
                   jsonText(layer.fused).c_str(), layer.microseconds,
                   profile.share(layer), layer.flops, layer.bytes);
    text += ", \"gflops\": " + jsonNumber(profile.gflops(layer)) +
            ", \"gbytes\": " + jsonNumber(profile.gigabytes(layer)) +
            ", \"of_roofline\": " + jsonNumber(profile.efficiency(layer));
    if (!layer.threadMicroseconds.empty())
      text +=
          ", \"threads_us\": [" + joinNumbers(layer.threadMicroseconds) + "]";
    text += "}";
    separator = ",";
  }
  text += "]";
  if (!profile.description.empty())
    text += ",\n\"description\": " + profile.description;
  return text + "}\n";
}

} // namespace nnc::run
