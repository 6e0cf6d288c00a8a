//===- Compare.cpp - an output against what is expected -------------------===//
//
// See Compare.h. The arithmetic is in long double, so that the comparison adds
// no error of its own and large integers are compared exactly.
//
//===----------------------------------------------------------------------===//

#include "tools/nnc-run/Compare.h"
#include "nnc/abi.h"
#include "tools/nnc-run/Elements.h"

#include <cmath>

namespace nnc::run {
namespace {

/// Zero for equal infinities and for two NaNs; NaN for one of them.
long double difference(long double got, long double want) {
  if (got == want || (std::isnan(got) && std::isnan(want)))
    return 0;
  return std::fabs(got - want);
}

} // namespace

Comparison compareElements(const void *got, int dtype, const NpyArray &want,
                           double rtol, double atol) {
  Comparison result;
  bool isBits = dtype == NNC_BFLOAT16 && want.dtype == NNC_UINT16;
  int wantType = isBits ? dtype : want.dtype;
  for (std::size_t i = 0, size = want.size(); i != size; ++i) {
    long double expected = readElement(want.data.data(), wantType, i);
    long double error = difference(readElement(got, dtype, i), expected);
    // An infinite or NaN error is never within the tolerance, even one that is
    // relative to infinity.
    bool close =
        std::isfinite(error) && error <= atol + rtol * std::fabs(expected);
    if (error != 0 && !close)
      ++result.mismatches;
    // The first NaN stays: nothing is larger.
    if (error > result.error ||
        (std::isnan(error) && !std::isnan(result.error))) {
      result.error = error;
      result.worst = i;
    }
  }
  return result;
}

std::string positionText(const std::vector<std::int64_t> &shape,
                         std::size_t element) {
  std::vector<std::int64_t> index(shape.size());
  for (std::size_t d = shape.size(); d-- != 0;) {
    std::size_t extent = static_cast<std::size_t>(shape[d]);
    index[d] = static_cast<std::int64_t>(element % extent);
    element /= extent;
  }
  return shapeText(index);
}

} // namespace nnc::run
