//===- LayerGraph.cpp - the layers of a model and what connects them ------===//
//
// See LayerGraph.h. Boxes are as wide as their text is in a proportional font
// of 12 pixels, which nobody can measure here: an average character has 6.8,
// and a name that is very long is cut in its middle, where names of one model
// differ least.
//
//===----------------------------------------------------------------------===//

#include "compiler/model/LayerGraph.h"
#include "compiler/model/Text.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace llvm;

namespace nnc {

/// The layer and the output that "conv1[0][2]" speaks of. The first number,
/// which call of a shared layer it is, makes no difference to the picture.
static std::pair<StringRef, StringRef> splitConnection(StringRef text) {
  auto take = [&]() {
    if (!text.consume_back("]"))
      return StringRef();
    auto [rest, number] = text.rsplit('[');
    text = rest;
    return number;
  };
  StringRef output = take();
  take();
  return {text, output};
}

/// A sequential model lists no input layer: its input is a node of its own.
/// Returns its number.
static size_t addInput(const ModelInfo &model, const TensorInfo &input,
                       LayerGraph &graph) {
  std::vector<int64_t> shape = input.shape;
  if (input.stepped)
    shape.insert(shape.begin(), -1);
  shape.insert(shape.begin(), model.batch ? model.batch : -1);
  GraphNode node;
  node.name = input.kerasName.empty() ? input.name : input.kerasName;
  node.shapes = {input.dtype + " " + formatShape(shape)};
  node.isInput = true;
  graph.nodes.push_back(std::move(node));
  return graph.nodes.size() - 1;
}

static void addConnections(const ModelInfo &model, LayerGraph &graph) {
  StringMap<size_t> sources;
  for (const auto &[index, layer] : enumerate(model.layers))
    sources.try_emplace(layer.name, index);
  for (const TensorInfo &input : model.inputs)
    if (!sources.contains(input.kerasName))
      sources[input.kerasName] = addInput(model, input, graph);
  for (const auto &[index, layer] : enumerate(model.layers))
    for (const std::string &connection : layer.connectedTo) {
      auto [name, output] = splitConnection(connection);
      auto from = sources.find(name);
      if (from == sources.end())
        continue;
      bool several = graph.nodes[from->second].shapes.size() > 1;
      graph.edges.push_back(
          {from->second, index, several ? output.str() : std::string()});
    }
}

static void addChain(const ModelInfo &model, LayerGraph &graph) {
  bool hasInput =
      !model.layers.empty() && model.layers.front().className == "InputLayer";
  if (!hasInput)
    for (const TensorInfo &input : model.inputs) {
      size_t node = addInput(model, input, graph);
      if (!model.layers.empty())
        graph.edges.push_back({node, 0, ""});
    }
  for (size_t index = 1; index < model.layers.size(); ++index)
    graph.edges.push_back({index - 1, index, ""});
}

LayerGraph makeLayerGraph(const ModelInfo &model) {
  LayerGraph graph;
  for (const LayerInfo &layer : model.layers) {
    GraphNode &node = graph.nodes.emplace_back();
    node.name = layer.name;
    node.className = layer.className;
    node.params = layer.params;
    node.isInput = layer.className == "InputLayer";
    for (const std::vector<int64_t> &shape : layer.outputShapes)
      node.shapes.push_back(formatShape(shape));
  }
  bool connected = any_of(model.layers, [](const LayerInfo &layer) {
    return !layer.connectedTo.empty();
  });
  if (connected)
    addConnections(model, graph);
  else
    addChain(model, graph);
  return graph;
}

/// At most `most` characters, without the middle of a longer text.
static std::string shorten(StringRef text, size_t most) {
  SmallVector<StringRef> characters;
  std::string printable = printableText(text);
  for (StringRef rest = printable; !rest.empty();) {
    StringRef start = rest;
    takeCodePoint(rest);
    characters.push_back(start.drop_back(rest.size()));
  }
  if (characters.size() <= most)
    return printable;
  ArrayRef<StringRef> all = characters;
  return join(all.take_front(most / 2), "") + "…" +
         join(all.take_back(most - most / 2 - 1), "");
}

std::vector<std::string> boxLines(const GraphNode &node) {
  constexpr size_t most = 36, mostShapes = 3;
  std::vector<std::string> lines = {shorten(node.name, most)};
  std::string second = node.className;
  if (node.params)
    second += (second.empty() ? "" : " · ") +
              withThousands(static_cast<uint64_t>(node.params)) + " params";
  if (!second.empty())
    lines.push_back(shorten(second, most));
  size_t count = node.shapes.size();
  for (const std::string &shape : ArrayRef(node.shapes).take_front(mostShapes))
    lines.push_back(shorten(shape, most));
  if (count > mostShapes)
    lines.back() = "… " + std::to_string(count) + " outputs";
  return lines;
}

static size_t countCharacters(StringRef text) {
  return static_cast<size_t>(count_if(text, [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

GraphLayout layOut(const LayerGraph &graph) {
  // Names are shown with characters of one width, other text is narrower.
  constexpr double monospaced = 7.3, character = 6.8, least = 96;
  std::vector<BoxSize> sizes;
  std::vector<std::pair<size_t, size_t>> edges;
  for (const GraphNode &node : graph.nodes) {
    std::vector<std::string> lines = boxLines(node);
    double width = least;
    for (auto [index, line] : enumerate(lines))
      width = std::max(width, static_cast<double>(countCharacters(line)) *
                                  (index == 0 ? monospaced : character));
    sizes.push_back(
        {width + 2 * kBoxPadding,
         static_cast<double>(lines.size()) * kBoxLineHeight + kBoxPadding});
  }
  for (const GraphEdge &edge : graph.edges)
    edges.emplace_back(edge.from, edge.to);
  return layOutGraph(sizes, edges);
}

} // namespace nnc
