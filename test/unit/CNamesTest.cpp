//===- CNamesTest.cpp - names of a model as C identifiers -----------------===//

#include "compiler/model/CNames.h"
#include "llvm/ADT/STLExtras.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace nnc;
using testing::ElementsAre;

/// Members of inputs, then outputs, all named by the user.
static std::vector<std::string> members(const std::vector<TensorName> &inputs,
                                        const std::vector<TensorName> &outputs,
                                        llvm::StringRef prefix = "mlp") {
  MemberNames names = makeMemberNames(prefix, inputs, outputs);
  llvm::append_range(names.inputs, names.outputs);
  return names.inputs;
}

TEST(CNames, Identifiers) {
  EXPECT_TRUE(isCIdentifier("image"));
  EXPECT_TRUE(isCIdentifier("_a1"));
  EXPECT_FALSE(isCIdentifier(""));
  EXPECT_FALSE(isCIdentifier("1a"));
  EXPECT_FALSE(isCIdentifier("a-b"));
  EXPECT_FALSE(isCIdentifier("gr\xc3\xb6\xc3\x9f"));
  EXPECT_FALSE(isCIdentifier("int"));
  EXPECT_FALSE(isCIdentifier("class"));
  EXPECT_FALSE(isCIdentifier("_Alignas"));
  EXPECT_FALSE(isCIdentifier("xor_eq"));
}

TEST(CNames, PrefixTakesTheFirstThatIsThere) {
  EXPECT_EQ(makeCPrefix("a", "b", "c.keras"), "a");
  EXPECT_EQ(makeCPrefix("", "b", "c.keras"), "b");
  EXPECT_EQ(makeCPrefix("", "", "dir.d/c.keras"), "c");
  EXPECT_EQ(makeCPrefix("", "", "saved/digits.keras/"), "digits");
  EXPECT_EQ(makeCPrefix("", "", "-"), "model");
  EXPECT_EQ(makeCPrefix("", "", ""), "model");
}

TEST(CNames, PrefixIsAnIdentifier) {
  EXPECT_EQ(makeCPrefix("", "", "my-model v2.keras"), "my_model_v2");
  EXPECT_EQ(makeCPrefix("", "", "3layers.mlir"), "n3layers");
  EXPECT_EQ(makeCPrefix("", "",
                        "gr\xc3\xb6\xc3\x9f"
                        "e.mlir"),
            "gr__e");
  EXPECT_EQ(makeCPrefix("a\xff", "", ""), "a_");
}

TEST(CNames, PrefixKeepsOffTakenNames) {
  EXPECT_EQ(makeCPrefix("class", "", ""), "class_");
  EXPECT_EQ(makeCPrefix("std", "", ""), "std_");
  EXPECT_EQ(makeCPrefix("size_t", "", ""), "size_t_");
  // nnc_args, NNC_ERROR_SIGNATURE and others are the ABI's.
  EXPECT_EQ(makeCPrefix("nnc", "", ""), "nnc_");
  EXPECT_EQ(makeCPrefix("NNC_error", "", ""), "NNC_error_");
  EXPECT_EQ(makeCPrefix("nncx", "", ""), "nncx");
}

TEST(CNames, KnowsNamesThatKerasMakes) {
  EXPECT_TRUE(isKerasMadeName({"keras_tensor", ""}));
  EXPECT_TRUE(isKerasMadeName({"keras_tensor_12", ""}));
  EXPECT_TRUE(isKerasMadeName({"input_layer_3", "InputLayer"}));
  EXPECT_TRUE(isKerasMadeName({"input_1", "InputLayer"}));
  EXPECT_TRUE(isKerasMadeName({"dense_2", "Dense"}));
  EXPECT_TRUE(isKerasMadeName({"max_pooling2d", "MaxPooling2D"}));
  EXPECT_TRUE(isKerasMadeName({"p_re_lu_1", "PReLU"}));
  EXPECT_TRUE(isKerasMadeName({"lstm", "LSTM"}));
  EXPECT_TRUE(isKerasMadeName({"conv2d_transpose", "Conv2DTranspose"}));
  EXPECT_FALSE(isKerasMadeName({"dense_2", ""}));
  EXPECT_FALSE(isKerasMadeName({"dense_2", "Conv2D"}));
  EXPECT_FALSE(isKerasMadeName({"dense_", "Dense"}));
  EXPECT_FALSE(isKerasMadeName({"dense_x", "Dense"}));
  EXPECT_FALSE(isKerasMadeName({"probs", "Dense"}));
  EXPECT_FALSE(isKerasMadeName({"keras_tensors", ""}));
}

TEST(CNames, MadeNamesBecomePositions) {
  EXPECT_THAT(members({{"keras_tensor_12", ""}}, {{"dense_7", "Dense"}}),
              ElementsAre("input", "output"));
  EXPECT_THAT(members({{"input_layer", "InputLayer"},
                       {"mask", "InputLayer"},
                       {"input_layer_3", "InputLayer"}},
                      {{"probs", "Dense"}, {"dense_1", "Dense"}}),
              ElementsAre("input_0", "mask", "input_2", "probs", "output_1"));
  EXPECT_THAT(members({{"", ""}}, {{"y", ""}}), ElementsAre("input", "y"));
}

TEST(CNames, MembersAreIdentifiers) {
  EXPECT_THAT(
      members({{"model/in:0", ""}, {"2nd", ""}}, {{"float", ""}, {"new", ""}}),
      ElementsAre("model_in_0", "n2nd", "float_", "new_"));
}

TEST(CNames, MembersKeepOffTheHeadAndItsMacros) {
  EXPECT_THAT(members({{"batch", ""}, {"weights", ""}}, {{"steps", ""}}),
              ElementsAre("batch_", "weights_", "steps_"));
  // MLP_WORKSPACE_SIZE and MLP_STATE_SIZE have a meaning already.
  EXPECT_THAT(members({{"Workspace", ""}}, {{"STATE", ""}}),
              ElementsAre("Workspace_", "STATE_"));
  EXPECT_THAT(members({{"MLP_X_SIZE", ""}, {"x", ""}}, {{"INT32_MAX", ""}}),
              ElementsAre("MLP_X_SIZE_", "x", "INT32_MAX_"));
  EXPECT_THAT(members({{"nnc_parallel", ""}}, {{"int32_t", ""}}),
              ElementsAre("nnc_parallel_", "int32_t_"));
}

TEST(CNames, ClashesAreNumbered) {
  EXPECT_THAT(members({{"x", ""}, {"x", ""}}, {{"x", ""}}),
              ElementsAre("x", "x_2", "x_3"));
  EXPECT_THAT(members({{"a b", ""}}, {{"a.b", ""}}),
              ElementsAre("a_b", "a_b_2"));
  // One macro would be made of both.
  EXPECT_THAT(members({{"Image", ""}}, {{"image", ""}}),
              ElementsAre("Image", "image_2"));
  EXPECT_THAT(members({{"x", ""}, {"x_2", ""}}, {{"X", ""}}),
              ElementsAre("x", "x_2", "X_3"));
  EXPECT_THAT(members({{"x", ""}, {"x", ""}}, {{"x_2", ""}}),
              ElementsAre("x", "x_2", "x_2_2"));
}

TEST(CNames, ManyEqualNamesAreNoTrap) {
  std::vector<TensorName> inputs(20000, TensorName{"x", ""});
  MemberNames names = makeMemberNames("m", inputs, {});
  EXPECT_EQ(names.inputs.back(), "x_20000");
}
