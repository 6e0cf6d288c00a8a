//===- WeightBindingTest.cpp - paths of variables in weights files --------===//

#include "compiler/graph/WeightBinding.h"

#include "llvm/ADT/STLExtras.h"
#include "gtest/gtest.h"
#include <string>
#include <vector>

using namespace nnc;

namespace {

VariableName makeName() {
  VariableName name;
  name.entry = "net";
  name.layer = "dense_1";
  name.className = "Dense";
  name.variable = "bias";
  name.position = name.inObject = 1;
  return name;
}

bool finds(const VariableName &name, llvm::StringRef path) {
  return llvm::is_contained(getFilePaths(name), normalizeFilePath(path));
}

} // namespace

TEST(WeightBinding, ByNameAndByPosition) {
  VariableName name = makeName();
  for (const char *path : {"dense_1/bias", "dense_1/1", "net/dense_1/bias",
                           "net/dense_1/1", "dense_1/bias:0", "dense_1.bias"})
    EXPECT_TRUE(finds(name, path)) << path;
  for (const char *path : {"dense/bias", "dense_1/kernel", "dense_1/0",
                           "other/dense_1/bias", "bias"})
    EXPECT_FALSE(finds(name, path)) << path;
}

TEST(WeightBinding, ThroughACell) {
  VariableName name = makeName();
  name.layer = "lstm";
  name.className = "LSTM";
  name.variable = "recurrent_kernel";
  for (const char *path : {"lstm/cell/1", "lstm/lstm_cell/recurrent_kernel",
                           "lstm/recurrent_kernel", "net/lstm/cell/1"})
    EXPECT_TRUE(finds(name, path)) << path;
  EXPECT_FALSE(finds(name, "lstm/gru_cell/recurrent_kernel"));
}

TEST(WeightBinding, ThroughAProjection) {
  VariableName name = makeName();
  name.layer = "mha";
  name.className = "MultiHeadAttention";
  name.variable = "output_dense/bias";
  name.position = name.inObject = 7;
  name.inObject = 1;
  for (const char *path :
       {"mha/output_dense/1", "mha/_output_dense/1", "mha/output_dense/bias",
        "mha/attention_output/bias:0", "net/mha/output_dense/1"})
    EXPECT_TRUE(finds(name, path)) << path;
  EXPECT_FALSE(finds(name, "mha/query_dense/1"));
  EXPECT_FALSE(finds(name, "mha/output_dense/7"));
}

TEST(WeightBinding, InsideAModel) {
  VariableName name = makeName();
  name.owner = "tower";
  name.scope = "left";
  for (const char *path :
       {"tower/dense_1/bias", "left/dense_1/bias", "net/left/dense_1/1"})
    EXPECT_TRUE(finds(name, path)) << path;
}

TEST(WeightBinding, ANameOfTwoLayersNeedsItsModel) {
  VariableName name = makeName();
  name.ambiguous = true;
  // That of the model that is compiled is the one without a model in front.
  EXPECT_TRUE(finds(name, "dense_1/bias"));
  name.owner = "tower";
  name.scope = "left";
  EXPECT_TRUE(finds(name, "tower/dense_1/bias"));
  EXPECT_TRUE(finds(name, "net/left/dense_1/bias"));
  EXPECT_FALSE(finds(name, "dense_1/bias"));
  EXPECT_FALSE(finds(name, "net/dense_1/bias"));
}

TEST(WeightBinding, OldNamesOfVariables) {
  VariableName name = makeName();
  name.className = "DepthwiseConv2D";
  name.variable = "kernel";
  name.position = 0;
  EXPECT_TRUE(finds(name, "dense_1/depthwise_kernel"));
}

TEST(WeightBinding, OnlyANumberBehindAColonIsDropped) {
  EXPECT_EQ(normalizeFilePath("a/kernel:0"), "a/kernel");
  EXPECT_EQ(normalizeFilePath("a:b/kernel"), "a:b/kernel");
  EXPECT_EQ(normalizeFilePath("a.b.kernel"), "a.b/kernel");
  EXPECT_EQ(normalizeFilePath("kernel"), "kernel");
}
