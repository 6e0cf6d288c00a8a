//===- Roofline.h - what the machine can do at most -------------*- C++ -*-===//
//
// The two limits that a layer's time is compared with: how fast the machine
// multiplies and adds, and how fast it reads memory. Both are measured, on as
// many threads as the model runs on.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_TOOLS_NNC_RUN_ROOFLINE_H
#define NNC_TOOLS_NNC_RUN_ROOFLINE_H

#include "nnc/runtime.h"

#include <cstddef>

namespace nnc::run {

struct Roofline {
  double gflops = 0;     ///< 1e9 operations a second on float32
  double gigabytes = 0;  ///< 1e9 bytes a second
  std::size_t bytes = 0; ///< that were read over and over for this

  /// The least microseconds for so many operations and bytes.
  double microseconds(double flops, double bytesMoved) const;
};

/// Measures with `pool`, or if that is NULL on this thread. `bytes` are what
/// the model works on: if they fit into a cache, that is what is read.
Roofline measureRoofline(nnc_parallel *pool, std::size_t bytes);

} // namespace nnc::run

#endif // NNC_TOOLS_NNC_RUN_ROOFLINE_H
