//===- SumOrder.cpp - in which order a reduction adds ---------------------===//
//
// Two vectors of partial sums hide the latency of the addition; more would
// lengthen the final tree for the short rows that normalization layers and
// softmax have.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/SumOrder.h"

#include <algorithm>

namespace nnc {

int64_t partialSums(int64_t extent, unsigned elementBytes,
                    unsigned vectorBytes) {
  int64_t sums = 1;
  int64_t most =
      2 * std::max(vectorBytes, elementBytes) / std::max(elementBytes, 1u);
  while (sums * 2 <= most && extent >= 4 * sums)
    sums *= 2;
  return sums < 4 ? 1 : sums;
}

} // namespace nnc
