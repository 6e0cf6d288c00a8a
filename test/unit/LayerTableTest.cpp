//===- LayerTableTest.cpp - the layers and their keys ---------------------===//
//
// What editors offer is what the dialect declares.
//
//===----------------------------------------------------------------------===//

#include "dialect/LayerTable.h"
#include "llvm/ADT/STLExtras.h"
#include "gtest/gtest.h"

using namespace nnc::nn;

namespace {

class LayerTable : public testing::Test {
protected:
  LayerTable() : layers(describeLayers(context)) {}

  const LayerInfo *find(llvm::StringRef name) const {
    auto found = llvm::find_if(
        layers, [&](const LayerInfo &layer) { return layer.name == name; });
    return found == layers.end() ? nullptr : &*found;
  }

  KeyInfo key(llvm::StringRef layer, llvm::StringRef name) const {
    const LayerInfo *info = find(layer);
    if (info)
      for (const KeyInfo &known : info->keys)
        if (known.name == name)
          return known;
    return {"none", "", ""};
  }

  mlir::MLIRContext context;
  std::vector<LayerInfo> layers;
};

TEST_F(LayerTable, NamesLayersAsTheTextDoes) {
  ASSERT_TRUE(find("conv2d"));
  EXPECT_EQ(find("conv2d")->kerasClass, "Conv2D");
  ASSERT_TRUE(find("ops.add"));
  EXPECT_EQ(find("ops.add")->kerasClass, "ops.Add");
  EXPECT_FALSE(find("input"));
  EXPECT_FALSE(find("malformed"));
}

TEST_F(LayerTable, GivesKerasDefaultsAsTheAuthorWritesThem) {
  EXPECT_EQ(key("conv2d", "strides").defaultValue, "[1, 1]");
  EXPECT_EQ(key("conv2d", "padding").defaultValue, "\"valid\"");
  EXPECT_EQ(key("dense", "use_bias").defaultValue, "true");
  EXPECT_EQ(key("elu", "alpha").defaultValue, "1.0");
  EXPECT_EQ(key("dense", "name").defaultValue, "");
}

TEST_F(LayerTable, SaysWhatAKeyExpectsAndWhatIsRequired) {
  EXPECT_TRUE(key("dense", "units").required);
  EXPECT_NE(key("dense", "units").expects, "");
  EXPECT_FALSE(key("dense", "activation").required);
  EXPECT_TRUE(key("dense", "kernel_regularizer").trainingOnly);
  EXPECT_FALSE(key("dense", "kernel_initializer").trainingOnly);
  for (const LayerInfo &layer : layers)
    for (const KeyInfo &known : layer.keys)
      EXPECT_NE(known.expects, "") << layer.name << " " << known.name;
}

} // namespace
