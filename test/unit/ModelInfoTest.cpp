//===- ModelInfoTest.cpp - sizes, signature and JSON of a model -----------===//

#include "compiler/model/ModelInfo.h"
#include "runtime/include/nnc/abi.h"
#include <gtest/gtest.h>

using namespace nnc;

static ModelInfo makeModel() {
  ModelInfo model;
  model.kerasName = "digits \"cnn\"";
  model.symbol = "digits";
  model.sequential = false;
  model.inputs = {{"image", "image:0", "float32", {8, 8, 1}}};
  model.outputs = {{"probs", "keras_tensor_4", "float32", {10}}};
  LayerInfo layer;
  layer.name = "hidden";
  layer.className = "Dense";
  layer.outputShapes = {{-1, 10}, {-1}};
  layer.params = 650;
  layer.nonTrainableParams = 10;
  layer.paramBytes = 2600;
  layer.nonTrainableBytes = 40;
  layer.macs = 640;
  layer.flops = 1290;
  layer.connectedTo = {"image[0][0]"};
  model.layers = {layer};
  model.weights = {{"digits.hidden.kernel", {64, 10}, 64, 2560}};
  model.externalWeights = true;
  model.weightsBytes = 2624;
  model.weightsFingerprint = INT64_MIN;
  model.workspaceBytes = 18432;
  model.stateBytes = 16;
  model.notes = "größe";
  return model;
}

/// What reading `text` complains of; empty where it does not.
static std::string readError(llvm::StringRef text) {
  llvm::Expected<ModelInfo> model = ModelInfo::fromJSON(text);
  return model ? "" : llvm::toString(model.takeError());
}

TEST(ModelInfo, SizeIsTheProductOfExtents) {
  EXPECT_EQ((TensorInfo{"x", "x", "float32", {28, 28, 1}}.size()), 784);
  EXPECT_EQ((TensorInfo{"x", "x", "float32", {}}.size()), 1);
  EXPECT_EQ((TensorInfo{"x", "x", "float32", {3, 0}}.size()), 0);
}

TEST(ModelInfo, SizeSaturates) {
  int64_t big = int64_t(1) << 32;
  EXPECT_EQ((TensorInfo{"x", "x", "float32", {big, big}}.size()), INT64_MAX);
  EXPECT_EQ((TensorInfo{"x", "x", "float32", {big, big, 0}}.size()), 0);
}

TEST(ModelInfo, StreamsAreSteppedInputs) {
  ModelInfo model = makeModel();
  EXPECT_FALSE(model.isStream());
  model.inputs[0].stepped = true;
  EXPECT_TRUE(model.isStream());
  EXPECT_TRUE(llvm::cantFail(ModelInfo::fromJSON(model.toJSON())).isStream());
}

TEST(ModelInfo, DtypesAgreeWithTheABI) {
  EXPECT_EQ(findDtype("float32")->code, NNC_FLOAT32);
  EXPECT_EQ(findDtype("bfloat16")->code, NNC_BFLOAT16);
  EXPECT_EQ(findDtype("int32")->code, NNC_INT32);
  EXPECT_EQ(findDtype("uint64")->code, NNC_UINT64);
  EXPECT_EQ(findDtype("bool")->code, NNC_BOOL);
  EXPECT_EQ(findDtype("float16")->cType, "uint16_t");
  EXPECT_EQ(findDtype("float64")->bytes, 8);
  EXPECT_EQ(findDtype("string"), nullptr);
  EXPECT_EQ(findDtype(""), nullptr);
}

TEST(ModelInfo, JSONRoundTrip) {
  std::string text = makeModel().toJSON();
  llvm::Expected<ModelInfo> read = ModelInfo::fromJSON(text);
  ASSERT_TRUE(bool(read)) << llvm::toString(read.takeError());
  EXPECT_EQ(read->toJSON(), text);
  EXPECT_EQ(read->kerasName, "digits \"cnn\"");
  EXPECT_EQ(read->layers[0].outputShapes[0][0], -1);
  EXPECT_EQ(read->weights[0].offset, 64);
  EXPECT_EQ(read->weightsFingerprint, INT64_MIN);
  EXPECT_FALSE(read->sequential);
  EXPECT_EQ(read->signature(), makeModel().signature());
}

TEST(ModelInfo, JSONIsOneLineOfSortedKeys) {
  std::string text = makeModel().toJSON();
  EXPECT_EQ(text.find('\n'), std::string::npos);
  EXPECT_EQ(text.find("{\"alignment\":64,\"batch\":0,\"externalWeights\""), 0u);
}

TEST(ModelInfo, JSONSurvivesNamesThatAreNotUTF8) {
  ModelInfo model = makeModel();
  model.layers[0].name = "a\xff";
  EXPECT_EQ(readError(model.toJSON()), "");
}

TEST(ModelInfo, KeysLeftOutHaveDefaults) {
  llvm::Expected<ModelInfo> read = ModelInfo::fromJSON(R"({"symbol": "m"})");
  ASSERT_TRUE(bool(read));
  EXPECT_EQ(read->alignment, 64);
  EXPECT_TRUE(read->sequential);
}

TEST(ModelInfo, RefusesWhatIsNotAModel) {
  EXPECT_NE(readError(""), "");
  EXPECT_NE(readError("{\"symbol\": \"m\""), "");
  EXPECT_EQ(readError("[]"), "nnc.model_info: expects a JSON object [N218]");
  EXPECT_EQ(readError("{}"),
            "nnc.model_info: symbol: '' is not a C identifier [N218]");
  EXPECT_EQ(readError(std::string(100000, '[')),
            "nnc.model_info: is nested too deep [N218]");
}

TEST(ModelInfo, NamesTheValueThatIsWrong) {
  EXPECT_EQ(readError(R"({"symbol": "m", "colour": 1, "zeal": 2})"),
            "nnc.model_info: colour: is not a known key [N218]");
  EXPECT_EQ(readError(R"({"symbol": 1})"),
            "nnc.model_info: symbol: expects a string [N218]");
  EXPECT_EQ(readError(R"({"symbol": "m", "sequential": 1})"),
            "nnc.model_info: sequential: expects true or false [N218]");
  EXPECT_EQ(readError(R"({"symbol": "m", "layers": {}})"),
            "nnc.model_info: layers: expects a list [N218]");
  EXPECT_EQ(readError(R"({"symbol": "m", "layers": [1]})"),
            "nnc.model_info: layers: expects objects [N218]");
  EXPECT_EQ(readError(R"({"symbol": "m", "layers": [{"outputShapes": [1]}]})"),
            "nnc.model_info: layers[0].outputShapes[0]: expects a list of "
            "integers [N218]");
  EXPECT_EQ(readError(R"({"symbol": "m", "layers": [{"connectedTo": [1]}]})"),
            "nnc.model_info: layers[0].connectedTo: expects strings [N218]");
}

TEST(ModelInfo, RefusesNumbersOutOfRange) {
  EXPECT_EQ(readError(R"({"symbol": "m", "batch": -1})"),
            "nnc.model_info: batch: expects an integer from 0 to "
            "9223372036854775807 [N218]");
  EXPECT_NE(readError(R"({"symbol": "m", "batch": 1.5})"), "");
  EXPECT_NE(readError(R"({"symbol": "m", "batch": 18446744073709551615})"), "");
  EXPECT_NE(readError(R"({"symbol": "m", "alignment": 0})"), "");
  EXPECT_EQ(readError(R"({"symbol": "m", "alignment": 48})"),
            "nnc.model_info: alignment: expects a power of two [N218]");
  EXPECT_EQ(
      readError(R"({"symbol": "m", "layers": [{"nonTrainableParams": 1}]})"),
      "nnc.model_info: layers[0].nonTrainableParams: exceeds params [N218]");
  EXPECT_EQ(readError(R"({"symbol": "m", "weightsBytes": 8, "weights":
                          [{"name": "w", "offset": 4, "bytes": 5}]})"),
            "nnc.model_info: weights: 'w' ends after the last byte [N218]");
}

TEST(ModelInfo, RefusesTensorsThatAHeaderCannotHold) {
  auto tensor = [](llvm::StringRef text) {
    return readError((R"({"symbol": "m", "inputs": [)" + text + "]}").str());
  };
  EXPECT_EQ(tensor(R"({"name": "x", "dtype": "float32"})"), "");
  EXPECT_EQ(tensor(R"({"name": "x; int y", "dtype": "float32"})"),
            "nnc.model_info: inputs[0].name: 'x; int y' is not a C identifier "
            "[N218]");
  EXPECT_EQ(
      tensor(R"({"name": "x", "dtype": "string"})"),
      "nnc.model_info: inputs[0].dtype: 'string' is not a known type [N218]");
  EXPECT_EQ(tensor(R"({"name": "x", "dtype": "float32",
                       "shape": [4294967296, 1073741824]})"),
            "nnc.model_info: inputs[0].shape: a sample has more bytes than 64 "
            "bits count [N218]");
  EXPECT_EQ(tensor(R"({"name": "x", "dtype": "bool"},
                      {"name": "X", "dtype": "bool"})"),
            "nnc.model_info: inputs or outputs: two are named 'X' [N218]");
}

TEST(ModelInfo, NamesOfOutputsAreKept) {
  ModelInfo model = makeModel();
  EXPECT_EQ(model.toJSON().find("namedOutputs"), std::string::npos);
  model.namedOutputs = true;
  EXPECT_TRUE(llvm::cantFail(ModelInfo::fromJSON(model.toJSON())).namedOutputs);
  EXPECT_EQ(readError(R"({"symbol": "m", "namedOutputs": 1})"),
            "nnc.model_info: namedOutputs: expects true or false [N218]");
}

TEST(ModelInfo, SectionsOfAProfileAreKept) {
  ModelInfo model = makeModel();
  EXPECT_EQ(model.toJSON().find("sections"), std::string::npos);
  model.sections = {{"conv", "Conv2D", {"add"}, 100, 32, 64}};
  model.countersOffset = 128;
  llvm::Expected<ModelInfo> read = ModelInfo::fromJSON(model.toJSON());
  ASSERT_TRUE(static_cast<bool>(read));
  ASSERT_EQ(read->sections.size(), 1u);
  EXPECT_EQ(read->sections[0].name, "conv");
  EXPECT_EQ(read->sections[0].className, "Conv2D");
  EXPECT_EQ(read->sections[0].fused, std::vector<std::string>{"add"});
  EXPECT_EQ(read->sections[0].flops, 100);
  EXPECT_EQ(read->sections[0].sampleBytes, 32);
  EXPECT_EQ(read->sections[0].weightBytes, 64);
  EXPECT_EQ(read->countersOffset, 128);
  EXPECT_EQ(readError(R"({"symbol": "m", "sections": [{"flops": -1}]})"),
            "nnc.model_info: sections[0].flops: expects an integer from 0 to "
            "9223372036854775807 [N218]");
}

TEST(ModelInfo, SignatureIgnoresWhatRetrainingChanges) {
  uint64_t signature = makeModel().signature();
  ModelInfo model = makeModel();
  model.kerasName = "functional_7";
  model.inputs[0].kerasName = "keras_tensor_90";
  model.layers.clear();
  model.weights.clear();
  model.weightsFingerprint = 7;
  model.notes = "another day";
  model.namedOutputs = true;
  EXPECT_EQ(model.signature(), signature);
  model.externalWeights = false;
  uint64_t inside = model.signature();
  model.weightsBytes += 64;
  EXPECT_EQ(model.signature(), inside);
}

TEST(ModelInfo, SignatureKnowsWhatACallerReliesOn) {
  uint64_t signature = makeModel().signature();
  auto changed = [&](auto change) {
    ModelInfo model = makeModel();
    change(model);
    return model.signature() != signature;
  };
  EXPECT_TRUE(changed([](ModelInfo &m) { m.symbol = "digits2"; }));
  EXPECT_TRUE(changed([](ModelInfo &m) { m.batch = 8; }));
  EXPECT_TRUE(changed([](ModelInfo &m) { m.inputs[0].name = "x"; }));
  EXPECT_TRUE(changed([](ModelInfo &m) { m.inputs[0].dtype = "int32"; }));
  EXPECT_TRUE(changed([](ModelInfo &m) { m.inputs[0].shape = {8, 81}; }));
  EXPECT_TRUE(changed([](ModelInfo &m) { m.inputs[0].stepped = true; }));
  EXPECT_TRUE(changed([](ModelInfo &m) { std::swap(m.inputs, m.outputs); }));
  EXPECT_TRUE(changed([](ModelInfo &m) { m.workspaceBytes *= 2; }));
  EXPECT_TRUE(changed([](ModelInfo &m) { m.stateBytes = 0; }));
  EXPECT_TRUE(changed([](ModelInfo &m) { m.alignment = 128; }));
  EXPECT_TRUE(changed([](ModelInfo &m) { m.externalWeights = false; }));
}
