//===- SummaryTest.cpp - what model.summary() prints ----------------------===//
//
// The expected texts of whole models were printed by Keras 3.15.
//
//===----------------------------------------------------------------------===//

#include "compiler/emit/Summary.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace nnc;

/// A layer of one float32 output; `shape` is without the batch.
static LayerInfo makeLayer(std::string name, std::string className,
                           std::vector<int64_t> shape, int64_t params = 0,
                           std::vector<std::string> connectedTo = {},
                           int64_t nonTrainable = 0) {
  LayerInfo layer;
  layer.name = std::move(name);
  layer.className = std::move(className);
  shape.insert(shape.begin(), -1);
  layer.outputShapes = {std::move(shape)};
  layer.params = params;
  layer.paramBytes = 4 * params;
  layer.nonTrainableParams = nonTrainable;
  layer.nonTrainableBytes = 4 * nonTrainable;
  layer.connectedTo = std::move(connectedTo);
  return layer;
}

static ModelInfo makeCNN() {
  ModelInfo model;
  model.kerasName = "digits_cnn";
  model.layers = {makeLayer("conv1", "Conv2D", {8, 8, 16}, 160),
                  makeLayer("conv2", "Conv2D", {8, 8, 32}, 4640),
                  makeLayer("pool", "MaxPooling2D", {4, 4, 32}),
                  makeLayer("flatten", "Flatten", {512}),
                  makeLayer("hidden", "Dense", {64}, 32832),
                  makeLayer("dropout", "Dropout", {64}),
                  makeLayer("digits", "Dense", {10}, 650)};
  return model;
}

static ModelInfo makeResNet() {
  ModelInfo model;
  model.kerasName = "digits_resnet";
  model.sequential = false;
  std::vector<int64_t> map = {8, 8, 16};
  model.layers = {
      makeLayer("image", "InputLayer", {8, 8, 1}),
      makeLayer("conv1", "Conv2D", map, 144, {"image[0][0]"}),
      makeLayer("bn1", "BatchNormalization", map, 64, {"conv1[0][0]"}, 32),
      makeLayer("relu1", "ReLU", map, 0, {"bn1[0][0]"}),
      makeLayer("conv2", "Conv2D", map, 2304, {"relu1[0][0]"}),
      makeLayer("bn2", "BatchNormalization", map, 64, {"conv2[0][0]"}, 32),
      makeLayer("relu2", "ReLU", map, 0, {"bn2[0][0]"}),
      makeLayer("residual", "Add", map, 0, {"relu1[0][0]", "relu2[0][0]"}),
      makeLayer("depthwise", "DepthwiseConv2D", {4, 4, 16}, 160,
                {"residual[0][0]"}),
      makeLayer("mean", "GlobalAveragePooling2D", {16}, 0, {"depthwise[0][0]"}),
      makeLayer("max", "GlobalMaxPooling2D", {16}, 0, {"depthwise[0][0]"}),
      makeLayer("pooled", "Concatenate", {32}, 0, {"mean[0][0]", "max[0][0]"}),
      makeLayer("digits", "Dense", {10}, 330, {"pooled[0][0]"})};
  return model;
}

/// The summary of a model of this one layer, from the row after the title.
static std::string row(LayerInfo layer, bool sequential = true) {
  ModelInfo model;
  model.sequential = sequential;
  model.layers = {std::move(layer)};
  std::string text = emitSummary(model, {});
  size_t begin = text.find("┩\n") + 4, end = text.find("└");
  return text.substr(begin, end - begin);
}

TEST(Summary, SequentialAsKerasPrintsIt) {
  EXPECT_EQ(emitSummary(makeCNN(), {}), R"(Model: "digits_cnn"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
│ conv1 (Conv2D)                  │ (None, 8, 8, 16)       │           160 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ conv2 (Conv2D)                  │ (None, 8, 8, 32)       │         4,640 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ pool (MaxPooling2D)             │ (None, 4, 4, 32)       │             0 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ flatten (Flatten)               │ (None, 512)            │             0 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ hidden (Dense)                  │ (None, 64)             │        32,832 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ dropout (Dropout)               │ (None, 64)             │             0 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ digits (Dense)                  │ (None, 10)             │           650 │
└─────────────────────────────────┴────────────────────────┴───────────────┘
 Total params: 38,282 (149.54 KB)
 Trainable params: 38,282 (149.54 KB)
 Non-trainable params: 0 (0.00 B)

)");
}

TEST(Summary, FunctionalAsKerasPrintsIt) {
  EXPECT_EQ(emitSummary(makeResNet(), {}), R"(Model: "digits_resnet"
┏━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┓
┃ Layer (type)        ┃ Output Shape      ┃    Param # ┃ Connected to      ┃
┡━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━┩
│ image (InputLayer)  │ (None, 8, 8, 1)   │          0 │ -                 │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ conv1 (Conv2D)      │ (None, 8, 8, 16)  │        144 │ image[0][0]       │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ bn1                 │ (None, 8, 8, 16)  │         64 │ conv1[0][0]       │
│ (BatchNormalizatio… │                   │            │                   │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ relu1 (ReLU)        │ (None, 8, 8, 16)  │          0 │ bn1[0][0]         │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ conv2 (Conv2D)      │ (None, 8, 8, 16)  │      2,304 │ relu1[0][0]       │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ bn2                 │ (None, 8, 8, 16)  │         64 │ conv2[0][0]       │
│ (BatchNormalizatio… │                   │            │                   │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ relu2 (ReLU)        │ (None, 8, 8, 16)  │          0 │ bn2[0][0]         │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ residual (Add)      │ (None, 8, 8, 16)  │          0 │ relu1[0][0],      │
│                     │                   │            │ relu2[0][0]       │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ depthwise           │ (None, 4, 4, 16)  │        160 │ residual[0][0]    │
│ (DepthwiseConv2D)   │                   │            │                   │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ mean                │ (None, 16)        │          0 │ depthwise[0][0]   │
│ (GlobalAveragePool… │                   │            │                   │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ max                 │ (None, 16)        │          0 │ depthwise[0][0]   │
│ (GlobalMaxPooling2… │                   │            │                   │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ pooled              │ (None, 32)        │          0 │ mean[0][0],       │
│ (Concatenate)       │                   │            │ max[0][0]         │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ digits (Dense)      │ (None, 10)        │        330 │ pooled[0][0]      │
└─────────────────────┴───────────────────┴────────────┴───────────────────┘
 Total params: 3,066 (11.98 KB)
 Trainable params: 3,002 (11.73 KB)
 Non-trainable params: 64 (256.00 B)

)");
}

TEST(Summary, NamesThatKerasMakes) {
  ModelInfo model;
  model.kerasName = "mlp";
  model.layers = {makeLayer("dense", "Dense", {4}, 16),
                  makeLayer("dense_1", "Dense", {4}, 20),
                  makeLayer("dense_2", "Dense", {1}, 5)};
  EXPECT_EQ(emitSummary(model, {}), R"(Model: "mlp"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
│ dense (Dense)                   │ (None, 4)              │            16 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ dense_1 (Dense)                 │ (None, 4)              │            20 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ dense_2 (Dense)                 │ (None, 1)              │             5 │
└─────────────────────────────────┴────────────────────────┴───────────────┘
 Total params: 41 (164.00 B)
 Trainable params: 41 (164.00 B)
 Non-trainable params: 0 (0.00 B)

)");
}

TEST(Summary, SeveralOutputsAreAList) {
  LayerInfo layer = makeLayer("lstm", "LSTM", {8}, 0, {"x[0][0]"});
  layer.outputShapes.push_back({-1, 8});
  EXPECT_EQ(
      row(layer),
      R"(│ lstm (LSTM)                     │ [(None, 8), (None, 8)] │             0 │
)");
}

TEST(Summary, CutsWordsThatDoNotFit) {
  EXPECT_EQ(
      row(makeLayer("stem", "GlobalAveragePooling2D", {12345, 67890}, 143667240,
                    {"block12_sepconv3_pointwise[0][0]"}),
          /*sequential=*/false),
      R"(│ stem                │ (None, 12345,     │ 143,667,2… │ block12_sepconv3… │
│ (GlobalAveragePool… │ 67890)            │            │                   │
)");
}

TEST(Summary, CountsWideCharactersTwice) {
  EXPECT_EQ(
      row(makeLayer("層の名前はとても長いのですよね", "Dense", {4})),
      R"(│ 層の名前はとても長いのですよね  │ (None, 4)              │             0 │
│ (Dense)                         │                        │               │
)");
}

TEST(Summary, FoldsLongModelNames) {
  ModelInfo model;
  model.kerasName = std::string(100, 'x');
  EXPECT_THAT(emitSummary(model, {}),
              testing::StartsWith("Model: \n\"" + std::string(79, 'x') + "\n" +
                                  std::string(21, 'x') + "\"\n┏━━"));
}

TEST(Summary, ModelWithoutLayers) {
  EXPECT_EQ(emitSummary(ModelInfo(), {}), R"(Model: ""
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
└─────────────────────────────────┴────────────────────────┴───────────────┘
 Total params: 0 (0.00 B)
 Trainable params: 0 (0.00 B)
 Non-trainable params: 0 (0.00 B)

)");
}

TEST(Summary, NeverPrintsControls) {
  EXPECT_EQ(
      row(makeLayer("a\nb\x1b", "Dense", {4})),
      R"(│ a?b? (Dense)                    │ (None, 4)              │             0 │
)");
}

TEST(Summary, TotalsDoNotWrap) {
  ModelInfo model;
  LayerInfo layer = makeLayer("a", "Dense", {4});
  layer.params = INT64_MAX;
  model.layers = {layer, layer, layer};
  EXPECT_NE(emitSummary(model, {}).find(
                "Total params: 18,446,744,073,709,551,615 (0.00 B)"),
            std::string::npos);
}

TEST(Summary, DetailsFollowTheSummary) {
  ModelInfo model = makeCNN();
  model.layers.resize(1);
  model.layers[0].macs = 9216;
  model.layers[0].flops = 19456;
  std::string brief = emitSummary(model, {});
  std::string text = emitSummary(model, {/*details=*/true});
  brief.pop_back(); // the blank line at the end
  EXPECT_EQ(text.substr(0, brief.size()), brief);
  EXPECT_EQ(
      text.substr(brief.size()),
      R"(┏━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
┃ Layer (type)              ┃          MACs ┃        FLOPs ┃  Weight bytes ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
│ conv1 (Conv2D)            │         9,216 │       19,456 │           640 │
└───────────────────────────┴───────────────┴──────────────┴───────────────┘
 MACs: 9,216 per sample
 FLOPs: 19,456 per sample

)");
}

TEST(Summary, DetailsTellOfMemoryOncePlanned) {
  ModelInfo model = makeCNN();
  model.workspaceBytes = 18432;
  model.weightsBytes = 153152;
  model.externalWeights = true;
  model.stateBytes = 64;
  std::string text = emitSummary(model, {/*details=*/true});
  EXPECT_NE(text.find(R"( Workspace: 18,432 bytes (18.00 KB)
 Weights: 153,152 bytes (149.56 KB), in a file of their own
 State: 64 bytes (64.00 B) per batch row
)"),
            std::string::npos);
}
