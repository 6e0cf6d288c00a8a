//===- ProfileSvg.h - a picture of a profile --------------------*- C++ -*-===//

#ifndef NNC_TOOLS_NNC_RUN_PROFILESVG_H
#define NNC_TOOLS_NNC_RUN_PROFILESVG_H

#include "tools/nnc-run/Profile.h"

namespace nnc::run {

/// An SVG file that needs nothing else: a bar for the time of each layer, and
/// the layers under the roofline.
std::string drawProfile(const LayerProfile &profile);

/// Logarithmic axis from a power of ten to another one, at least a decade.
struct LogAxis {
  /// Covers all values, which are positive; without any, one decade.
  explicit LogAxis(const std::vector<double> &values);
  /// From 0 at the low end to 1 at the high end.
  double position(double value) const;

  int low = 0, high = 1; ///< exponents
};

} // namespace nnc::run

#endif // NNC_TOOLS_NNC_RUN_PROFILESVG_H
