//===- KerasWeightsTest.cpp - which tensor of a file is whose -------------===//

#include "compiler/import/KerasWeights.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <cstring>
#include <numeric>

using namespace nnc;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

static KerasLayer makeLayer(std::string className, std::string name) {
  KerasLayer layer;
  layer.className = std::move(className);
  layer.name = std::move(name);
  layer.used = true;
  return layer;
}

/// A layer that is a model of one Dense.
static KerasLayer makeInner(std::string name, std::string symbol) {
  KerasLayer layer = makeLayer("Functional", std::move(name));
  layer.model = std::make_shared<KerasModel>();
  layer.model->symbol = std::move(symbol);
  layer.model->layers.push_back(makeLayer("Dense", "dense"));
  return layer;
}

/// The names of tensors that lie at these places of a file.
static std::vector<std::string> assign(KerasModel &model,
                                       std::vector<std::string> origins) {
  std::vector<NamedTensor> tensors;
  for (std::string &origin : origins) {
    tensors.emplace_back();
    tensors.back().path = "?" + origin;
    tensors.back().origin = std::move(origin);
  }
  std::vector<std::string> names;
  for (const NamedTensor &tensor : assignWeights(model, std::move(tensors)))
    names.push_back(tensor.path);
  return names;
}

TEST(KerasTree, LayersOfAClassAreCounted) {
  KerasModel model;
  model.symbol = "m";
  model.layers.push_back(makeLayer("Conv2D", "b"));
  model.layers.push_back(makeLayer("ReLU", "r"));
  model.layers.push_back(makeLayer("Conv2D", "a"));
  EXPECT_THAT(assign(model, {"layers/conv2d/vars/0", "layers/conv2d_1/vars/0",
                             "layers/conv2d_1/vars/1"}),
              UnorderedElementsAre("m/b/0", "m/a/0", "m/a/1"));
}

TEST(KerasTree, OldCountersSkipNumbers) {
  KerasModel model;
  model.symbol = "m";
  for (char c = 'a'; c <= 'f'; ++c)
    model.layers.push_back(makeLayer("Conv2D", std::string(1, c)));
  std::string base = "_layer_checkpoint_dependencies/conv2d";
  EXPECT_THAT(assign(model, {base + "/vars/0", base + "_2/vars/0",
                             base + "_4/vars/0", base + "_6/vars/0",
                             base + "_8/vars/0", base + "_10/vars/0"}),
              UnorderedElementsAre("m/a/0", "m/b/0", "m/c/0", "m/d/0", "m/e/0",
                                   "m/f/0"));
}

TEST(KerasTree, ObjectsOfALayerKeepTheirNames) {
  KerasModel model;
  model.symbol = "m";
  model.layers.push_back(makeLayer("LSTM", "l"));
  model.layers.push_back(makeLayer("GroupQueryAttention", "g"));
  EXPECT_THAT(
      assign(model, {"layers/lstm/cell/vars/2",
                     "layers/grouped_query_attention/_key_dense/vars/1"}),
      UnorderedElementsAre("m/l/cell/2", "m/g/key_dense/1"));
}

TEST(KerasTree, LayersInWrappers) {
  KerasModel model;
  model.symbol = "m";
  KerasLayer both = makeLayer("Bidirectional", "b");
  both.wrapped.push_back({"layer", makeLayer("LSTM", "lstm")});
  model.layers.push_back(std::move(both));
  KerasLayer each = makeLayer("TimeDistributed", "t");
  each.wrapped.push_back({"layer", makeInner("inner", "other")});
  model.layers.push_back(std::move(each));
  std::string base = "layers/bidirectional/";
  EXPECT_THAT(
      assign(model, {base + "forward_layer/cell/vars/0",
                     base + "backward_layer/cell/vars/0",
                     "layers/time_distributed/layer/layers/dense/vars/1"}),
      UnorderedElementsAre("m/b/forward_lstm/cell/0",
                           "m/b/backward_lstm/cell/0", "m/t/inner/dense/1"));
}

TEST(KerasTree, ModelsInModelsAndSharedLayers) {
  KerasModel model;
  model.symbol = "m";
  model.layers.push_back(makeInner("inner", "inner_symbol"));
  model.layers.back().model->layers.front().sharedId = 7;
  model.layers.push_back(makeLayer("Dense", "dense"));
  model.layers.back().sharedId = 7;
  EXPECT_THAT(assign(model, {"layers/functional/layers/dense/vars/0"}),
              UnorderedElementsAre("inner_symbol/dense/0", "m/dense/0"));
}

TEST(KerasTree, UnusedLayersAreLeftOutAndStrangersKept) {
  KerasModel model;
  model.symbol = "m";
  model.layers.push_back(makeLayer("Dense", "d"));
  model.layers.front().used = false;
  EXPECT_THAT(assign(model, {"layers/dense/vars/0", "vars/0"}),
              ElementsAre("?vars/0"));
}

TEST(KerasLists, TheOrderCounts) {
  KerasModel model;
  model.symbol = "m";
  model.layers.push_back(makeLayer("BatchNormalization", "b"));
  EXPECT_THAT(assign(model, {"b//b/gamma:0", "b//b/beta:0", "x//x/kernel:0"}),
              ElementsAre("m/b/#0", "m/b/#1", "?x//x/kernel:0"));
}

TEST(KerasLists, ModelsInModelsByName) {
  KerasModel model;
  model.symbol = "m";
  model.layers.push_back(makeInner("one", "one"));
  model.layers.push_back(makeInner("two", "two"));
  EXPECT_THAT(assign(model, {"one//dense/kernel", "one//dense/bias",
                             "two//two/dense_1/kernel"}),
              ElementsAre("one/dense/#0", "one/dense/#1", "two/dense/#0"));
}

TEST(KerasLists, Wrappers) {
  KerasModel model;
  model.symbol = "m";
  KerasLayer both = makeLayer("Bidirectional", "b");
  both.wrapped.push_back({"layer", makeLayer("LSTM", "forward_lstm")});
  model.layers.push_back(std::move(both));
  KerasLayer each = makeLayer("TimeDistributed", "t");
  each.wrapped.push_back({"layer", makeLayer("Dense", "dense")});
  model.layers.push_back(std::move(each));
  KerasLayer norm = makeLayer("SpectralNormalization", "s");
  norm.wrapped.push_back({"layer", makeLayer("Dense", "dense_1")});
  model.layers.push_back(std::move(norm));
  EXPECT_THAT(
      assign(model, {"b//b/forward_lstm/lstm_cell/kernel:0",
                     "b//b/backward_lstm/lstm_cell/kernel:0", "t//t/kernel:0",
                     "t//t/bias:0", "s//s/dense_1/kernel", "s//s/vector_u"}),
      ElementsAre("m/b/forward_lstm/#0", "m/b/backward_lstm/#0", "m/t/dense/#0",
                  "m/t/dense/#1", "m/s/dense_1/#0", "m/s/vector_u"));
}

/// A float32 tensor of these numbers.
static NamedTensor makeTensor(std::vector<int64_t> shape,
                              const std::vector<float> &numbers) {
  NamedTensor tensor;
  tensor.dtype = "float32";
  tensor.shape = std::move(shape);
  size_t bytes = numbers.size() * sizeof(float);
  std::shared_ptr<llvm::WritableMemoryBuffer> storage =
      llvm::WritableMemoryBuffer::getNewUninitMemBuffer(bytes);
  memcpy(storage->getBufferStart(), numbers.data(), bytes);
  tensor.data = storage->getBuffer();
  tensor.storage = std::move(storage);
  return tensor;
}

static std::vector<float> getNumbers(const NamedTensor &tensor) {
  std::vector<float> numbers(tensor.data.size() / sizeof(float));
  memcpy(numbers.data(), tensor.data.data(), tensor.data.size());
  return numbers;
}

TEST(KerasLists, NamesOfKeras1BeginWithTheLayer) {
  KerasModel model;
  model.symbol = "m";
  KerasLayer inner = makeLayer("Bidirectional", "b");
  inner.wrapped.push_back({"layer", makeLayer("SimpleRNN", "rnn")});
  inner.wrapped.front().layer.layout = WeightLayout::Keras1;
  model.layers.push_back(std::move(inner));
  EXPECT_THAT(assign(model, {"b//forward_rnn_W:0", "b//forward_rnn_U:0",
                             "b//backward_rnn_W:0"}),
              ElementsAre("m/b/forward_rnn/#0", "m/b/forward_rnn/#1",
                          "m/b/backward_rnn/#0"));
}

TEST(OldWeights, GatesOfKeras1AreJoined) {
  KerasLayer layer = makeLayer("LSTM", "l");
  layer.layout = WeightLayout::Keras1;
  std::vector<NamedTensor> weights;
  for (float gate = 0; gate < 4; ++gate) {
    weights.push_back(makeTensor({2, 1}, {10 + gate, 20 + gate}));
    weights.push_back(makeTensor({1, 1}, {30 + gate}));
    weights.push_back(makeTensor({1}, {40 + gate}));
  }
  modernizeWeights(layer, weights);
  ASSERT_EQ(weights.size(), 3u);
  EXPECT_THAT(weights[0].shape, ElementsAre(2, 4));
  EXPECT_THAT(getNumbers(weights[0]),
              ElementsAre(10, 12, 11, 13, 20, 22, 21, 23));
  EXPECT_THAT(getNumbers(weights[1]), ElementsAre(30, 32, 31, 33));
  EXPECT_THAT(getNumbers(weights[2]), ElementsAre(40, 42, 41, 43));
}

TEST(OldWeights, TransposedConvolutionsOfKeras1) {
  KerasLayer layer = makeLayer("Conv2DTranspose", "c");
  layer.layout = WeightLayout::Keras1;
  std::vector<NamedTensor> weights = {
      makeTensor({1, 2, 2, 3}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})};
  modernizeWeights(layer, weights);
  EXPECT_THAT(weights[0].shape, ElementsAre(1, 2, 3, 2));
  EXPECT_THAT(getNumbers(weights[0]),
              ElementsAre(0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11));
}

TEST(OldWeights, CuDNNHasColumnsAndTwoBiases) {
  KerasLayer layer = makeLayer("LSTM", "l");
  layer.layout = WeightLayout::CuDNN;
  std::vector<float> input(2 * 12), recurrent(3 * 12), biases(24);
  std::iota(input.begin(), input.end(), 0.0f);
  std::iota(recurrent.begin(), recurrent.end(), 0.0f);
  std::iota(biases.begin(), biases.end(), 0.0f);
  std::vector<NamedTensor> weights = {makeTensor({2, 12}, input),
                                      makeTensor({3, 12}, recurrent),
                                      makeTensor({24}, biases)};
  modernizeWeights(layer, weights);
  // The first gate holds 0 1 2 / 12 13 14, column by column.
  std::vector<float> kernel = getNumbers(weights[0]);
  EXPECT_THAT(std::vector<float>(kernel.begin(), kernel.begin() + 3),
              ElementsAre(0, 2, 13));
  EXPECT_THAT(std::vector<float>(kernel.begin() + 12, kernel.begin() + 15),
              ElementsAre(1, 12, 14));
  kernel = getNumbers(weights[1]);
  EXPECT_THAT(std::vector<float>(kernel.begin(), kernel.begin() + 3),
              ElementsAre(0, 12, 24));
  EXPECT_THAT(weights[2].shape, ElementsAre(12));
  EXPECT_EQ(getNumbers(weights[2])[1], 1 + 13);
}

TEST(OldWeights, OtherShapesAreLeftAlone) {
  KerasLayer layer = makeLayer("GRU", "g");
  for (WeightLayout layout : {WeightLayout::Keras1, WeightLayout::CuDNN}) {
    layer.layout = layout;
    std::vector<NamedTensor> weights = {makeTensor({1, 3}, {1, 2, 3}),
                                        makeTensor({1, 3}, {1, 2, 3}),
                                        makeTensor({3}, {1, 2, 3})};
    modernizeWeights(layer, weights);
    EXPECT_THAT(weights[2].shape, ElementsAre(3));
    EXPECT_THAT(getNumbers(weights[0]), ElementsAre(1, 2, 3));
  }
}
