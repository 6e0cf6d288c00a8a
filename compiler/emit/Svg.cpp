//===- Svg.cpp - a picture of a model -------------------------------------===//
//
// See Svg.h. Text and places come from LayerGraph; here they become SVG. A box
// with weights is tinted, an input is round. Each box is a group with a title,
// which browsers show under the pointer and screen readers read.
//
//===----------------------------------------------------------------------===//

#include "compiler/emit/Svg.h"
#include "compiler/model/LayerGraph.h"
#include "compiler/model/Text.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

static constexpr StringLiteral kStyle = R"(<style>
svg { background: #fff; color-scheme: light dark }
text { font: 12px system-ui, sans-serif; fill: #333; text-anchor: middle }
.name { font: 600 12px ui-monospace, monospace; fill: #111 }
rect { fill: #f6f7f9; stroke: #8a94a3 }
.weights rect { fill: #e4eefb; stroke: #4a7ab8 }
path { fill: none; stroke: #66707f; stroke-width: 1.2 }
#arrow path { fill: #66707f; stroke: none }
@media (prefers-color-scheme: dark) {
  svg { background: #14171c }
  text { fill: #b9c0ca } .name { fill: #f2f4f7 }
  rect { fill: #20252d; stroke: #5a6472 }
  .weights rect { fill: #1b2f4a; stroke: #4f86cc }
  path { stroke: #8a94a3 } #arrow path { fill: #8a94a3 }
}
</style>
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7"
 markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>
)";

static std::string escape(StringRef text) {
  std::string result;
  raw_string_ostream os(result);
  printHTMLEscaped(nnc::printableText(text), os);
  return result;
}

/// The path through the points of an edge, with upright ends of each curve.
static void emitEdge(ArrayRef<nnc::LayoutPoint> points, raw_ostream &os) {
  if (points.empty())
    return;
  os << "<path d=\"";
  for (size_t i = 0; i != points.size(); ++i) {
    nnc::LayoutPoint to = points[i];
    if (i % 2 == 0) {
      os << (i ? "L" : "M");
    } else {
      nnc::LayoutPoint from = points[i - 1];
      double middle = (from.y + to.y) / 2;
      os << format("C%g %g %g %g ", from.x, middle, to.x, middle);
    }
    os << format("%g %g", to.x, to.y);
  }
  os << "\" marker-end=\"url(#arrow)\"/>\n";
}

static void emitBox(const nnc::GraphNode &node,
                    const nnc::GraphLayout::Box &box, raw_ostream &os) {
  os << "<g" << (node.params ? " class=\"weights\"" : "") << "><title>"
     << escape(node.name);
  if (!node.className.empty())
    os << " (" << escape(node.className) << ')';
  for (const std::string &shape : node.shapes)
    os << ' ' << escape(shape);
  os << "</title>"
     << format("<rect x=\"%g\" y=\"%g\" width=\"%g\" height=\"%g\"", box.x,
               box.y, box.width, box.height)
     << " rx=\"" << (node.isInput ? 16 : 4) << "\"/>\n";
  double x = box.x + box.width / 2, y = box.y + nnc::kBoxPadding / 2 + 12;
  for (auto [index, line] : enumerate(nnc::boxLines(node))) {
    os << "<text" << (index ? "" : " class=\"name\"")
       << format(" x=\"%g\" y=\"%g\">", x, y) << escape(line) << "</text>\n";
    y += nnc::kBoxLineHeight;
  }
  os << "</g>\n";
}

std::string nnc::emitSvg(const ModelInfo &model) {
  LayerGraph graph = makeLayerGraph(model);
  GraphLayout layout = layOut(graph);
  std::string text;
  raw_string_ostream os(text);
  os << "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\""
     << format(" viewBox=\"0 0 %g %g\" width=\"%g\" height=\"%g\">\n",
               layout.width, layout.height, layout.width, layout.height)
     << "<title>" << escape(model.kerasName) << "</title>\n"
     << kStyle;
  for (const std::vector<LayoutPoint> &points : layout.edges)
    emitEdge(points, os);
  for (auto [node, box] : zip_equal(graph.nodes, layout.boxes))
    emitBox(node, box, os);
  os << "</svg>\n";
  return text;
}
