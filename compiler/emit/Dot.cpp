//===- Dot.cpp - a picture of a model for graphviz ------------------------===//
//
// Nodes are numbered, and names appear in labels only, because a name may hold
// any character and two nested layers may share one.
//
//===----------------------------------------------------------------------===//

#include "compiler/emit/Dot.h"
#include "compiler/model/LayerGraph.h"
#include "compiler/model/Text.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

/// `text` inside the quotes of a label: graphviz reads escapes beginning with
/// a backslash and entities beginning with '&'.
static std::string escape(StringRef text) {
  std::string result;
  for (char c : nnc::printableText(text)) {
    if (c == '"' || c == '\\')
      result += '\\';
    result += c == '&' ? "&amp;" : std::string(1, c);
  }
  return result;
}

static void emitNode(const nnc::GraphNode &node, size_t index,
                     raw_ostream &os) {
  os << "  layer" << index << " [label=\"" << escape(node.name);
  if (!node.className.empty())
    os << " (" << escape(node.className) << ')';
  for (const std::string &shape : node.shapes)
    os << "\\n" << escape(shape);
  os << '"' << (node.isInput ? ", style=rounded" : "") << "];\n";
}

std::string nnc::emitDot(const ModelInfo &model) {
  std::string text;
  raw_string_ostream os(text);
  os << "digraph \"" << escape(model.kerasName)
     << "\" {\n  node [shape=box, fontname=\"sans-serif\"];\n";
  LayerGraph graph = makeLayerGraph(model);
  for (auto [index, node] : enumerate(graph.nodes))
    emitNode(node, index, os);
  for (const GraphEdge &edge : graph.edges) {
    os << "  layer" << edge.from << " -> layer" << edge.to;
    if (!edge.output.empty())
      os << " [label=\"" << escape(edge.output) << "\"]";
    os << ";\n";
  }
  os << "}\n";
  return text;
}
