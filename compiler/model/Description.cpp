//===- Description.cpp - a model's graph and memory, for tools ------------===//
//
// See Description.h. Names tie the parts together: those that operations carry
// are looked up among the rows of the summary and what is inside of these. The
// bodies of several CPUs often have the same plan, which is listed once.
//
//===----------------------------------------------------------------------===//

#include "compiler/model/Description.h"
#include "compiler/model/LayerGraph.h"
#include "compiler/model/Text.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

using namespace llvm;

namespace nnc {
namespace {

class Describer {
public:
  explicit Describer(const ModelInfo &model);
  json::Object describe() const;

private:
  int64_t nodeOf(StringRef layer) const;
  int64_t sectionOf(StringRef layer) const;
  json::Object describeGraph() const;
  json::Array describeSections() const;
  json::Value describe(const ArenaInfo &arena) const;

  const ModelInfo &model;
  StringMap<int64_t> nodes, sections; ///< by names that operations carry
};

} // namespace

Describer::Describer(const ModelInfo &model) : model(model) {
  for (auto [index, layer] : enumerate(model.layers))
    nodes.try_emplace(layer.name, static_cast<int64_t>(index));
  for (auto [index, layer] : enumerate(model.layers))
    for (const std::string &part : layer.parts)
      nodes.try_emplace(part, static_cast<int64_t>(index));
  for (auto [index, section] : enumerate(model.sections))
    sections.try_emplace(section.name, static_cast<int64_t>(index));
  for (auto [index, section] : enumerate(model.sections))
    for (const std::string &name : section.fused)
      sections.try_emplace(name, static_cast<int64_t>(index));
}

/// What the compiler adds to a layer is named after it: "dense.cast".
static int64_t find(const StringMap<int64_t> &map, StringRef layer) {
  for (StringRef name = layer; !name.empty();) {
    if (auto found = map.find(name); found != map.end())
      return found->second;
    size_t dot = name.rfind('.');
    name = dot == StringRef::npos ? StringRef() : name.take_front(dot);
  }
  return -1;
}

int64_t Describer::nodeOf(StringRef layer) const { return find(nodes, layer); }

int64_t Describer::sectionOf(StringRef layer) const {
  return find(sections, layer);
}

static json::Array toArray(const std::vector<std::string> &texts) {
  json::Array array;
  for (const std::string &text : texts)
    array.push_back(printableText(text));
  return array;
}

json::Object Describer::describeGraph() const {
  LayerGraph graph = makeLayerGraph(model);
  GraphLayout layout = layOut(graph);
  json::Array boxes, edges;
  for (auto [node, box] : zip_equal(graph.nodes, layout.boxes))
    boxes.push_back(json::Object{{"name", printableText(node.name)},
                                 {"class", printableText(node.className)},
                                 {"shapes", toArray(node.shapes)},
                                 {"params", node.params},
                                 {"input", node.isInput},
                                 {"lines", toArray(boxLines(node))},
                                 {"x", box.x},
                                 {"y", box.y},
                                 {"width", box.width},
                                 {"height", box.height}});
  for (auto [edge, points] : zip_equal(graph.edges, layout.edges)) {
    json::Array numbers;
    for (LayoutPoint point : points) {
      numbers.push_back(point.x);
      numbers.push_back(point.y);
    }
    edges.push_back(json::Object{{"from", static_cast<int64_t>(edge.from)},
                                 {"to", static_cast<int64_t>(edge.to)},
                                 {"points", std::move(numbers)}});
  }
  return json::Object{{"width", layout.width},
                      {"height", layout.height},
                      {"nodes", std::move(boxes)},
                      {"edges", std::move(edges)}};
}

json::Array Describer::describeSections() const {
  json::Array array;
  for (const SectionInfo &section : model.sections) {
    json::Array fused;
    for (const std::string &name : section.fused)
      if (int64_t node = nodeOf(name); node >= 0)
        fused.push_back(node);
    array.push_back(json::Object{{"node", nodeOf(section.name)},
                                 {"fused", std::move(fused)}});
  }
  return array;
}

json::Value Describer::describe(const ArenaInfo &arena) const {
  json::Array steps, buffers;
  for (const ArenaStepInfo &step : arena.steps)
    steps.push_back(json::Object{{"layer", printableText(step.layer)},
                                 {"section", sectionOf(step.layer)},
                                 {"start", step.start}});
  for (const ArenaBufferInfo &buffer : arena.buffers)
    buffers.push_back(json::Object{{"layer", printableText(buffer.layer)},
                                   {"section", sectionOf(buffer.layer)},
                                   {"offset", buffer.offset},
                                   {"bytes", buffer.bytes},
                                   {"first", buffer.first},
                                   {"last", buffer.last}});
  return json::Object{
      {"batch", arena.batch},           {"bytes", arena.bytes},
      {"lowerBound", arena.lowerBound}, {"end", arena.end},
      {"steps", std::move(steps)},      {"buffers", std::move(buffers)}};
}

json::Object Describer::describe() const {
  json::Array arenas;
  for (const ArenaInfo &arena : model.arenas) {
    json::Value described = describe(arena);
    if (!is_contained(arenas, described))
      arenas.push_back(std::move(described));
  }
  return json::Object{{"graph", describeGraph()},
                      {"sections", describeSections()},
                      {"arenas", std::move(arenas)},
                      {"weightsBytes", model.weightsBytes},
                      {"workspaceBytes", model.workspaceBytes},
                      {"stateBytes", model.stateBytes}};
}

std::string describeModel(const ModelInfo &model) {
  return formatv("{0}", json::Value(Describer(model).describe())).str();
}

} // namespace nnc
