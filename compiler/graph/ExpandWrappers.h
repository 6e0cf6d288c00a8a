//===- ExpandWrappers.h - wrappers that only run what they hold -*- C++ -*-===//

#ifndef NNC_COMPILER_GRAPH_EXPANDWRAPPERS_H
#define NNC_COMPILER_GRAPH_EXPANDWRAPPERS_H

#include "dialect/NNOps.h"

namespace nnc {

/// Puts the layers of all Pipelines and SpectralNormalizations in their place.
/// Values pass them with their masks, as if the wrapper were not there.
void expandPlainWrappers(nn::ModelOp model);

} // namespace nnc

#endif // NNC_COMPILER_GRAPH_EXPANDWRAPPERS_H
