//===- LayerNamesTest.cpp - names as Keras makes them ---------------------===//

#include "compiler/graph/LayerNames.h"
#include "compiler/model/Text.h"

#include "gtest/gtest.h"

using namespace nnc;

TEST(LayerNames, SnakeCaseIsThatOfKeras) {
  EXPECT_EQ(toSnakeCase("Dense"), "dense");
  EXPECT_EQ(toSnakeCase("Conv2D"), "conv2d");
  EXPECT_EQ(toSnakeCase("MaxPooling2D"), "max_pooling2d");
  EXPECT_EQ(toSnakeCase("GlobalAveragePooling1D"), "global_average_pooling1d");
  EXPECT_EQ(toSnakeCase("SeparableConv2D"), "separable_conv2d");
  EXPECT_EQ(toSnakeCase("UpSampling2D"), "up_sampling2d");
  EXPECT_EQ(toSnakeCase("LSTM"), "lstm");
  EXPECT_EQ(toSnakeCase("SimpleRNN"), "simple_rnn");
  EXPECT_EQ(toSnakeCase("ReLU"), "re_lu");
  EXPECT_EQ(toSnakeCase("LeakyReLU"), "leaky_re_lu");
  EXPECT_EQ(toSnakeCase("PReLU"), "p_re_lu");
  EXPECT_EQ(toSnakeCase("ELU"), "elu");
  EXPECT_EQ(toSnakeCase("InputLayer"), "input_layer");
}

TEST(LayerNames, CountPerClass) {
  LayerNamer namer;
  EXPECT_EQ(namer.next("Dense"), "dense");
  EXPECT_EQ(namer.next("Conv2D"), "conv2d");
  EXPECT_EQ(namer.next("Dense"), "dense_1");
  EXPECT_EQ(namer.next("Dense"), "dense_2");
}

TEST(LayerNames, FollowThePythonClass) {
  LayerNamer namer;
  EXPECT_EQ(namer.next("GroupQueryAttention"), "grouped_query_attention");
  EXPECT_EQ(namer.next("GroupQueryAttention"), "grouped_query_attention_1");
}

TEST(LayerNames, SkipTakenNames) {
  LayerNamer namer;
  namer.take("dense");
  namer.take("dense_2");
  EXPECT_EQ(namer.next("Dense"), "dense_1");
  EXPECT_EQ(namer.next("Dense"), "dense_3");
}
