//===- DotTest.cpp - a picture of a model for graphviz --------------------===//

#include "compiler/emit/Dot.h"
#include <gtest/gtest.h>

using namespace nnc;

static LayerInfo makeLayer(std::string name, std::string className,
                           std::vector<std::string> connectedTo = {}) {
  LayerInfo layer;
  layer.name = std::move(name);
  layer.className = std::move(className);
  layer.outputShapes = {{-1, 4}};
  layer.connectedTo = std::move(connectedTo);
  return layer;
}

TEST(Dot, SequentialIsAChainFromItsInput) {
  ModelInfo model;
  model.kerasName = "mlp";
  model.inputs = {{"x", "inputs", "float32", {3}}};
  model.layers = {makeLayer("dense", "Dense"), makeLayer("relu", "ReLU")};
  EXPECT_EQ(emitDot(model), R"dot(digraph "mlp" {
  node [shape=box, fontname="sans-serif"];
  layer0 [label="dense (Dense)\n(None, 4)"];
  layer1 [label="relu (ReLU)\n(None, 4)"];
  layer2 [label="inputs\nfloat32 (None, 3)", style=rounded];
  layer2 -> layer0;
  layer0 -> layer1;
}
)dot");
}

TEST(Dot, FunctionalHasTheEdgesThatItsLayersName) {
  ModelInfo model;
  model.kerasName = "net";
  model.sequential = false;
  model.layers = {makeLayer("in", "InputLayer"),
                  makeLayer("lstm", "LSTM", {"in[0][0]"}),
                  makeLayer("sum", "Add", {"lstm[0][1]", "lstm[0][2]"})};
  model.layers[1].outputShapes = {{-1, 4}, {-1, 4}, {-1, 4}};
  EXPECT_EQ(emitDot(model), R"dot(digraph "net" {
  node [shape=box, fontname="sans-serif"];
  layer0 [label="in (InputLayer)\n(None, 4)", style=rounded];
  layer1 [label="lstm (LSTM)\n(None, 4)\n(None, 4)\n(None, 4)"];
  layer2 [label="sum (Add)\n(None, 4)"];
  layer0 -> layer1;
  layer1 -> layer2 [label="1"];
  layer1 -> layer2 [label="2"];
}
)dot");
}

TEST(Dot, AnInputWithoutARowIsANodeOfItsOwn) {
  ModelInfo model;
  model.kerasName = "mlp";
  model.inputs = {{"x", "inputs", "float32", {3}}};
  model.layers = {makeLayer("dense", "Dense", {"inputs[0][0]"})};
  EXPECT_EQ(emitDot(model), R"dot(digraph "mlp" {
  node [shape=box, fontname="sans-serif"];
  layer0 [label="dense (Dense)\n(None, 4)"];
  layer1 [label="inputs\nfloat32 (None, 3)", style=rounded];
  layer1 -> layer0;
}
)dot");
}

TEST(Dot, EscapesNamesOfAnyKind) {
  ModelInfo model;
  model.kerasName = "a\"b";
  model.layers = {makeLayer("x\\N\"]; &lt;\n", "Dense"),
                  makeLayer("y[0]", "ReLU", {"x\\N\"]; &lt;\n[0][0]"})};
  std::string text = emitDot(model);
  EXPECT_NE(text.find(R"(digraph "a\"b" {)"), std::string::npos);
  EXPECT_NE(text.find(R"([label="x\\N\"]; &amp;lt;? (Dense)\n)"),
            std::string::npos);
  EXPECT_NE(text.find("layer0 -> layer1;"), std::string::npos);
}

TEST(Dot, IgnoresConnectionsThatLeadNowhere) {
  ModelInfo model;
  model.layers = {makeLayer("a", "Add", {"gone[0][0]", "", "]", "[0][0]"})};
  EXPECT_EQ(emitDot(model).find("->"), std::string::npos);
}

TEST(Dot, EmptyModel) {
  EXPECT_EQ(
      emitDot(ModelInfo()),
      "digraph \"\" {\n  node [shape=box, fontname=\"sans-serif\"];\n}\n");
}
