//===- LayerCosts.h - how much a layer computes -----------------*- C++ -*-===//

#ifndef NNC_COMPILER_GRAPH_LAYERCOSTS_H
#define NNC_COMPILER_GRAPH_LAYERCOSTS_H

#include "dialect/NNOps.h"

namespace nnc {

/// Costs are for reading: beyond 64 bits the largest number will do.
int64_t addCapped(int64_t a, int64_t b);

/// The floating-point operations of a layer for one sample: two for each
/// multiply-accumulate, or else about one for each element of its results.
int64_t countFlops(nn::LayerOpInterface layer);

} // namespace nnc

#endif // NNC_COMPILER_GRAPH_LAYERCOSTS_H
