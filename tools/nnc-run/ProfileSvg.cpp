//===- ProfileSvg.cpp - a picture of a profile ----------------------------===//
//
// See ProfileSvg.h. Above the bars, below the roofline: what a layer computes
// for each byte that it moves across, how fast it computes upwards, both on
// logarithmic axes. The line is what the machine allows; the distance of a
// layer to it is what could be gained. A layer without floating-point
// operations or traffic has a bar only.
//
//===----------------------------------------------------------------------===//

#include "tools/nnc-run/ProfileSvg.h"
#include "tools/nnc-run/Text.h"

#include <algorithm>
#include <cmath>

namespace nnc::run {
namespace {

constexpr double kWidth = 960, kMargin = 24, kHead = 64;
constexpr double kRow = 20, kNames = 280, kNumbers = 190;
constexpr double kPlotHeight = 420, kPlotLeft = 72, kPlotGap = 64;

/// Where one layer is in the plot.
struct Point {
  const LayerTime *layer;
  double intensity; ///< operations a byte
};

class Drawing {
public:
  explicit Drawing(const LayerProfile &profile);
  std::string draw();

private:
  void drawHead();
  void drawBars();
  void drawBar(const LayerTime &layer, double y, double longest);
  void drawAxes();
  void drawRoof();
  void drawPoint(const Point &point);
  void line(const char *kind, double x1, double y1, double x2, double y2);
  void label(const char *kind, double x, double y, const std::string &content);
  double height() const { return plotTop + kPlotHeight + 56; }
  double plotX(double intensity) const;
  double plotY(double gflops) const;
  /// What the machine allows at this intensity.
  double roof(double intensity) const;
  std::vector<double> intensities() const;
  std::vector<double> rates() const;

  const LayerProfile &profile;
  std::vector<Point> points;
  double plotTop;
  LogAxis across, upwards;
  std::string text;
};

/// The point at which a layer that moves its bytes as fast as possible computes
/// as fast as possible.
double ridge(const Roofline &roofline) {
  return roofline.gigabytes > 0 ? roofline.gflops / roofline.gigabytes : 0;
}

std::vector<Point> findPoints(const LayerProfile &profile) {
  std::vector<Point> points;
  for (const LayerTime &layer : profile.layers)
    if (layer.flops > 0 && layer.bytes > 0 && layer.microseconds > 0)
      points.push_back({&layer, layer.flops / layer.bytes});
  return points;
}

Drawing::Drawing(const LayerProfile &profile)
    : profile(profile), points(findPoints(profile)),
      plotTop(kHead + kRow * static_cast<double>(profile.layers.size()) +
              kPlotGap),
      across(intensities()), upwards(rates()) {}

std::vector<double> Drawing::intensities() const {
  std::vector<double> values = {ridge(profile.roofline)};
  for (const Point &point : points)
    values.push_back(point.intensity);
  return values;
}

std::vector<double> Drawing::rates() const {
  std::vector<double> values = {profile.roofline.gflops};
  for (const Point &point : points)
    values.push_back(profile.gflops(*point.layer));
  return values;
}

double Drawing::roof(double intensity) const {
  return std::min(profile.roofline.gflops,
                  profile.roofline.gigabytes * intensity);
}

double Drawing::plotX(double intensity) const {
  double width = kWidth - kPlotLeft - kMargin;
  return kPlotLeft + width * across.position(intensity);
}

double Drawing::plotY(double gflops) const {
  return plotTop + kPlotHeight * (1 - upwards.position(gflops));
}

void Drawing::line(const char *kind, double x1, double y1, double x2,
                   double y2) {
  text += format("<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" "
                 "y2=\"%.1f\"/>\n",
                 kind, x1, y1, x2, y2);
}

void Drawing::label(const char *kind, double x, double y,
                    const std::string &content) {
  text += format("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>\n", kind,
                 x, y, xmlText(content).c_str());
}

void Drawing::drawHead() {
  text += format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f "
                 "%.0f\" width=\"%.0f\" height=\"%.0f\">\n",
                 kWidth, height(), kWidth, height());
  text += "<style>\n"
          "text { font: 12px sans-serif; fill: #222 }\n"
          ".title { font-size: 16px; font-weight: bold }\n"
          ".right { text-anchor: end }\n"
          ".middle { text-anchor: middle }\n"
          ".bar { fill: #4878b8 }\n"
          ".allowed { fill: #1d3a66 }\n"
          ".grid { stroke: #ddd }\n"
          ".roof { stroke: #b03030; stroke-width: 2 }\n"
          ".point { fill: #4878b8; fill-opacity: 0.6; stroke: #1d3a66 }\n"
          "</style>\n"
          "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";
  label("title", kMargin, 28, profile.model);
  label("", kMargin, 48,
        format("batch %lld, threads %d: %.3f us a call (median of %zu). Dark: "
               "the time that the roofline allows.",
               static_cast<long long>(profile.batch), profile.threads,
               profile.call.median, profile.call.calls));
}

void Drawing::drawBar(const LayerTime &layer, double y, double longest) {
  double room = kWidth - kNames - kNumbers - kMargin;
  double width = longest > 0 ? room * layer.microseconds / longest : 0;
  double allowed = width * std::min(profile.efficiency(layer), 1.0);
  std::string name =
      layer.name + (layer.fused.empty() ? "" : " + " + layer.fused);
  text += format("<g><title>%s (%s)</title>\n", xmlText(name).c_str(),
                 xmlText(layer.kind).c_str());
  label("right", kNames - 8, y + 14, fitText(name, 44));
  for (auto [kind, length] : {std::pair("bar", width), {"allowed", allowed}})
    text += format("<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.2f\" "
                   "height=\"%.1f\"/>\n",
                   kind, kNames, y + 3, length, kRow - 5);
  label("", kNames + width + 6, y + 14,
        format("%.3f us, %.1f %%", layer.microseconds,
               100 * profile.share(layer)));
  text += "</g>\n";
}

void Drawing::drawBars() {
  double longest = 0, y = kHead;
  for (const LayerTime &layer : profile.layers)
    longest = std::max(longest, layer.microseconds);
  for (const LayerTime &layer : profile.layers) {
    drawBar(layer, y, longest);
    y += kRow;
  }
}

void Drawing::drawAxes() {
  double bottom = plotTop + kPlotHeight;
  for (int exponent = across.low; exponent <= across.high; ++exponent) {
    double x = plotX(std::pow(10.0, exponent));
    line("grid", x, plotTop, x, bottom);
    label("middle", x, bottom + 18, format("%g", std::pow(10.0, exponent)));
  }
  for (int exponent = upwards.low; exponent <= upwards.high; ++exponent) {
    double y = plotY(std::pow(10.0, exponent));
    line("grid", kPlotLeft, y, kWidth - kMargin, y);
    label("right", kPlotLeft - 8, y + 4,
          format("%g", std::pow(10.0, exponent)));
  }
  label("middle", (kPlotLeft + kWidth) / 2, bottom + 40,
        "floating-point operations a byte");
  label("", kMargin, plotTop - 14,
        format("GFLOP/s; the roofline is %.1f GFLOP/s and %.1f GB/s",
               profile.roofline.gflops, profile.roofline.gigabytes));
}

/// The slope ends at the plot's lower edge if it leaves it.
void Drawing::drawRoof() {
  double top = ridge(profile.roofline);
  if (!(top > 0))
    return;
  double lowest = std::pow(10.0, upwards.low) / profile.roofline.gigabytes;
  double left = std::max(std::pow(10.0, across.low), lowest);
  line("roof", plotX(left), plotY(roof(left)), plotX(top), plotY(roof(top)));
  line("roof", plotX(top), plotY(roof(top)), kWidth - kMargin,
       plotY(roof(top)));
}

void Drawing::drawPoint(const Point &point) {
  const LayerTime &layer = *point.layer;
  double x = plotX(point.intensity), y = plotY(profile.gflops(layer));
  double share = profile.share(layer);
  text += format("<circle class=\"point\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\">"
                 "<title>%s (%s): %.1f GFLOP/s, %.1f GB/s, %.0f %% of the "
                 "roofline</title></circle>\n",
                 x, y, 3 + 18 * std::sqrt(share), xmlText(layer.name).c_str(),
                 xmlText(layer.kind).c_str(), profile.gflops(layer),
                 profile.gigabytes(layer), 100 * profile.efficiency(layer));
  // More names than those of the layers that matter would hide each other.
  if (share >= 0.05)
    label("middle", x, y - 6 - 18 * std::sqrt(share), layer.name);
}

std::string Drawing::draw() {
  drawHead();
  drawBars();
  drawAxes();
  drawRoof();
  for (const Point &point : points)
    drawPoint(point);
  return text + "</svg>\n";
}

} // namespace

LogAxis::LogAxis(const std::vector<double> &values) {
  bool any = false;
  for (double value : values) {
    if (!(value > 0) || !std::isfinite(value))
      continue;
    int below = static_cast<int>(std::floor(std::log10(value)));
    int above = static_cast<int>(std::ceil(std::log10(value)));
    low = any ? std::min(low, below) : below;
    high = any ? std::max(high, above) : above;
    any = true;
  }
  high = std::max(high, low + 1);
}

double LogAxis::position(double value) const {
  return (std::log10(value) - low) / (high - low);
}

std::string drawProfile(const LayerProfile &profile) {
  return Drawing(profile).draw();
}

} // namespace nnc::run
