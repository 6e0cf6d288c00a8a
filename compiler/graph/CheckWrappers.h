//===- CheckWrappers.h - what wrappers hold ---------------------*- C++ -*-===//

#ifndef NNC_COMPILER_GRAPH_CHECKWRAPPERS_H
#define NNC_COMPILER_GRAPH_CHECKWRAPPERS_H

#include "dialect/NNOps.h"

namespace nnc {

/// Reports regions of a wrapper that hold what it does not take, or that have
/// not the form that they have before link, or behind it where `linked`.
void checkWrapper(nn::WrapperOpInterface wrapper, bool linked);

} // namespace nnc

#endif // NNC_COMPILER_GRAPH_CHECKWRAPPERS_H
