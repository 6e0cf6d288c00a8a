//===- LayerGraph.h - the layers of a model and what connects them -*- C++
//-*-===//
//
// The graph that pictures show: a node for each row of the summary, an edge for
// each connection. A name may hold any character and two rows may share one,
// so that nodes are known by their number.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_MODEL_LAYERGRAPH_H
#define NNC_COMPILER_MODEL_LAYERGRAPH_H

#include "compiler/model/GraphLayout.h"
#include "compiler/model/ModelInfo.h"

namespace nnc {

struct GraphNode {
  std::string name;
  std::string className;           ///< empty for an input without a row
  std::vector<std::string> shapes; ///< "(None, 8, 8, 16)", one an output
  int64_t params = 0;
  bool isInput = false;
};

struct GraphEdge {
  size_t from, to;
  /// Which output it comes from, where there are several; else empty.
  std::string output;
};

struct LayerGraph {
  /// The rows of the model in their order, then inputs that have no row.
  std::vector<GraphNode> nodes;
  std::vector<GraphEdge> edges;
};

/// A model whose layers name no connections is a chain from its inputs. A
/// connection that leads to no layer of the model is left out.
LayerGraph makeLayerGraph(const ModelInfo &model);

/// The lines of text in the box of a node, each fit to be read: its name, its
/// class and parameters, its shapes.
std::vector<std::string> boxLines(const GraphNode &node);

/// Where the boxes of all nodes lie, large enough for their text.
GraphLayout layOut(const LayerGraph &graph);

/// Of text in boxes, in the units of the picture.
inline constexpr double kBoxLineHeight = 16, kBoxPadding = 8;

} // namespace nnc

#endif // NNC_COMPILER_MODEL_LAYERGRAPH_H
