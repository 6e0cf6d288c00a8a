//===- DescriptionTest.cpp - a model's graph and memory, for tools --------===//

#include "compiler/model/Description.h"
#include "llvm/Support/JSON.h"
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

static ModelInfo makeModel() {
  ModelInfo model;
  model.layers = {makeLayer("x", "InputLayer"),
                  makeLayer("both", "Bidirectional", {"x[0][0]"}),
                  makeLayer("relu", "ReLU", {"both[0][0]"})};
  model.layers[1].parts = {"forward", "backward"};
  model.sections = {{"forward", "LSTM", {"relu"}, 1, 2, 3},
                    {"backward", "LSTM", {}, 1, 2, 3},
                    {"elsewhere", "", {}, 0, 0, 0}};
  ArenaInfo plan;
  plan.batch = 1;
  plan.bytes = 128;
  plan.lowerBound = 64;
  plan.end = 9;
  plan.steps = {{"forward.cast", 2}, {"relu", 5}};
  plan.buffers = {{"backward", 64, 60, 2, 5}};
  model.arenas = {plan, plan};
  return model;
}

TEST(Description, TiesSectionsAndBuffersToTheGraph) {
  auto parsed = llvm::json::parse(describeModel(makeModel()));
  ASSERT_TRUE(static_cast<bool>(parsed));
  const llvm::json::Object &all = *parsed->getAsObject();
  const llvm::json::Object &graph = *all.getObject("graph");
  EXPECT_EQ(graph.getArray("nodes")->size(), 3u);
  EXPECT_EQ(graph.getArray("edges")->size(), 2u);
  llvm::json::Value sections = llvm::json::Array{
      llvm::json::Object{{"node", 1}, {"fused", llvm::json::Array{2}}},
      llvm::json::Object{{"node", 1}, {"fused", llvm::json::Array{}}},
      llvm::json::Object{{"node", -1}, {"fused", llvm::json::Array{}}}};
  EXPECT_EQ(*all.get("sections"), sections);
  // Plans that are the same are listed once.
  ASSERT_EQ(all.getArray("arenas")->size(), 1u);
  const llvm::json::Object &plan =
      *all.getArray("arenas")->front().getAsObject();
  EXPECT_EQ(plan.getInteger("lowerBound"), 64);
  const llvm::json::Array &steps = *plan.getArray("steps");
  EXPECT_EQ(steps[0].getAsObject()->getInteger("section"), 0);
  EXPECT_EQ(steps[1].getAsObject()->getInteger("section"), 0);
  EXPECT_EQ(
      plan.getArray("buffers")->front().getAsObject()->getInteger("section"),
      1);
}

TEST(Description, TheArenasOfAModelAreKept) {
  ModelInfo model = makeModel();
  model.symbol = "net";
  auto read = ModelInfo::fromJSON(model.toJSON());
  ASSERT_TRUE(static_cast<bool>(read)) << llvm::toString(read.takeError());
  EXPECT_EQ(describeModel(*read), describeModel(model));
}
