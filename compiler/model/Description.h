//===- Description.h - a model's graph and memory, for tools ----*- C++ -*-===//
//
// What a profiled model says of itself in nnc_profile's `description`, so that
// a tool can draw it without knowing what it was compiled from.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_MODEL_DESCRIPTION_H
#define NNC_COMPILER_MODEL_DESCRIPTION_H

#include "compiler/model/ModelInfo.h"
#include <string>

namespace nnc {

/// One line of JSON with the keys
///   graph     {width, height, nodes, edges}: the picture of the layers. A node
///             has name, class, shapes, params, the lines of its box and where
///             it lies (x, y, width, height); an edge from, to and points
///   sections  in the order of the profile: {node, fused}, the nodes of the
///             layer and of those computed along with it; -1: none
///   arenas    one for each plan of the workspace: {batch, bytes, lowerBound,
///             end, steps, buffers}. A step has layer, section and start, a
///             buffer layer, section, offset, bytes, first and last
///   weightsBytes, workspaceBytes, stateBytes
std::string describeModel(const ModelInfo &model);

} // namespace nnc

#endif // NNC_COMPILER_MODEL_DESCRIPTION_H
