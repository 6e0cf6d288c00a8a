//===- Svg.h - a picture of a model -----------------------------*- C++ -*-===//
//
// The graph of layers with classes, parameters and output shapes, as an SVG
// file that needs nothing else: `nnc model.keras -o model.svg`.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_EMIT_SVG_H
#define NNC_COMPILER_EMIT_SVG_H

#include "compiler/model/ModelInfo.h"
#include <string>

namespace nnc {

/// One box a layer, one path an edge; readable on light and on dark paper.
std::string emitSvg(const ModelInfo &model);

} // namespace nnc

#endif // NNC_COMPILER_EMIT_SVG_H
