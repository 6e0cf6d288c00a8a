//===- Dot.cpp - a picture of a model for graphviz ------------------------===//
//
// Nodes are numbered, and names appear in labels only, because a name may hold
// any character and two nested layers may share one.
//
//===----------------------------------------------------------------------===//

#include "compiler/emit/Dot.h"
#include "compiler/model/Text.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
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

static std::string formatShape(ArrayRef<int64_t> shape) {
  std::string text;
  raw_string_ostream os(text);
  os << '(';
  interleaveComma(shape, os, [&](int64_t extent) {
    if (extent < 0)
      os << "None";
    else
      os << extent;
  });
  os << ')';
  return text;
}

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

static void emitNode(raw_ostream &os, StringRef id, StringRef title,
                     ArrayRef<std::string> lines, StringRef style) {
  os << "  " << id << " [label=\"" << escape(title);
  for (StringRef line : lines)
    os << "\\n" << escape(line);
  os << '"' << style << "];\n";
}

static void emitLayers(const nnc::ModelInfo &model, raw_ostream &os) {
  for (const auto &[index, layer] : enumerate(model.layers)) {
    SmallVector<std::string> lines;
    for (const std::vector<int64_t> &shape : layer.outputShapes)
      lines.push_back(formatShape(shape));
    emitNode(os, "layer" + std::to_string(index),
             layer.name + " (" + layer.className + ")", lines,
             layer.className == "InputLayer" ? ", style=rounded" : "");
  }
}

/// Edges as the layers name them. One that leads to no layer of this model is
/// left out.
static void emitConnections(const nnc::ModelInfo &model, raw_ostream &os) {
  StringMap<size_t> layers;
  for (const auto &[index, layer] : enumerate(model.layers))
    layers.try_emplace(layer.name, index);
  for (const auto &[index, layer] : enumerate(model.layers))
    for (const std::string &connection : layer.connectedTo) {
      auto [name, output] = splitConnection(connection);
      auto from = layers.find(name);
      if (from == layers.end())
        continue;
      os << "  layer" << from->second << " -> layer" << index;
      if (model.layers[from->second].outputShapes.size() > 1)
        os << " [label=\"" << escape(output) << "\"]";
      os << ";\n";
    }
}

/// A sequential model lists no input layer: its input is a node of its own.
static void emitChain(const nnc::ModelInfo &model, raw_ostream &os) {
  bool hasInput =
      !model.layers.empty() && model.layers.front().className == "InputLayer";
  if (!hasInput)
    for (const auto &[index, input] : enumerate(model.inputs)) {
      std::vector<int64_t> shape = input.shape;
      shape.insert(shape.begin(), model.batch ? model.batch : -1);
      std::string id = "input" + std::to_string(index);
      emitNode(os, id, input.kerasName.empty() ? input.name : input.kerasName,
               {input.dtype + " " + formatShape(shape)}, ", style=rounded");
      if (!model.layers.empty())
        os << "  " << id << " -> layer0;\n";
    }
  for (size_t index = 1; index < model.layers.size(); ++index)
    os << "  layer" << index - 1 << " -> layer" << index << ";\n";
}

std::string nnc::emitDot(const ModelInfo &model) {
  std::string text;
  raw_string_ostream os(text);
  os << "digraph \"" << escape(model.kerasName)
     << "\" {\n  node [shape=box, fontname=\"sans-serif\"];\n";
  emitLayers(model, os);
  bool connected = any_of(model.layers, [](const LayerInfo &layer) {
    return !layer.connectedTo.empty();
  });
  if (connected)
    emitConnections(model, os);
  else
    emitChain(model, os);
  os << "}\n";
  return text;
}
