//===- Compare.h - an output against what is expected -----------*- C++ -*-===//
//
// Elementwise |got - want| <= atol + rtol * |want|, as NumPy's allclose, with
// the largest error and where it is. Equal infinities and two NaNs are equal.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_TOOLS_NNC_RUN_COMPARE_H
#define NNC_TOOLS_NNC_RUN_COMPARE_H

#include "tools/nnc-run/Npy.h"

namespace nnc::run {

struct Comparison {
  std::size_t mismatches = 0; ///< elements out of tolerance
  std::size_t worst = 0;      ///< the element with the largest error
  long double error = 0;      ///< its error; NaN or infinity if so
};

/// Compares `want.size()` elements of type `dtype`.
Comparison compareElements(const void *got, int dtype, const NpyArray &want,
                           double rtol, double atol);

/// The position of an element in an array: "(0, 3)".
std::string positionText(const std::vector<std::int64_t> &shape,
                         std::size_t element);

} // namespace nnc::run

#endif // NNC_TOOLS_NNC_RUN_COMPARE_H
