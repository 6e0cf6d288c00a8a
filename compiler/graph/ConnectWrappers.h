//===- ConnectWrappers.h - operands for what wrappers hold ------*- C++ -*-===//

#ifndef NNC_COMPILER_GRAPH_CONNECTWRAPPERS_H
#define NNC_COMPILER_GRAPH_CONNECTWRAPPERS_H

#include "dialect/NNOps.h"

namespace nnc {

/// Gives the regions of all wrappers in `model`, whose layers are named,
/// arguments, operands and an nn.output; what is connected stays as it is.
void connectWrappers(nn::ModelOp model);

} // namespace nnc

#endif // NNC_COMPILER_GRAPH_CONNECTWRAPPERS_H
