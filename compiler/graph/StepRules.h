//===- StepRules.h - which layers act step by step --------------*- C++ -*-===//
//
// A layer acts step by step if its result at a step needs nothing but its input
// at that step and what it remembers of the steps before. Only a model of such
// layers can be fed piece by piece.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_GRAPH_STEPRULES_H
#define NNC_COMPILER_GRAPH_STEPRULES_H

#include "dialect/NNOps.h"

namespace nnc {

/// Why `layer`, whose operands are streams (axis 1 is time), does not act step
/// by step; empty if it does.
std::string whyNotStepwise(nn::LayerOpInterface layer);

/// Is it a recurrent layer, which keeps a state between steps?
bool isRecurrent(nn::LayerOpInterface layer);

/// Does its first result have a value a step, given that its input has?
bool givesStream(nn::LayerOpInterface layer);

} // namespace nnc

#endif // NNC_COMPILER_GRAPH_STEPRULES_H
