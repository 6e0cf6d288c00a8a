//===- Dot.h - a picture of a model for graphviz ----------------*- C++ -*-===//
//
// The graph of layers with their output shapes, in the DOT language:
// `nnc model.keras --emit=dot | dot -Tsvg`.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_EMIT_DOT_H
#define NNC_COMPILER_EMIT_DOT_H

#include "compiler/model/ModelInfo.h"
#include <string>

namespace nnc {

/// One node a layer, in the model's order, and one edge a connection. A model
/// whose layers name no connections is a chain.
std::string emitDot(const ModelInfo &model);

} // namespace nnc

#endif // NNC_COMPILER_EMIT_DOT_H
