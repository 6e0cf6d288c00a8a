//===- ModuleEmitterTest.cpp - a model's ES module and its types ----------===//
//
// That the module runs is tested in Node, in test/web; here is what it and its
// types say of a model, whatever the model's names are.
//
//===----------------------------------------------------------------------===//

#include "compiler/emit/ModuleEmitter.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace nnc;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

static ModelInfo makeModel() {
  ModelInfo model;
  model.kerasName = "mnist";
  model.symbol = "mnist";
  model.inputs = {{"image", "image", "uint8", {28, 28, 1}},
                  {"ids", "ids", "int64", {4}}};
  model.outputs = {{"probs", "keras_tensor_4", "bfloat16", {10}}};
  model.workspaceBytes = 18432;
  return model;
}

TEST(ModuleEmitter, DescribesTheModel) {
  std::string text = emitModule(makeModel(), {"0.1.0", "-O3", "mnist.keras"},
                                "a.mjs", "b.wasm");
  EXPECT_THAT(text, StartsWith("// Made by nnc 0.1.0 from the model 'mnist'; "
                               "do not edit.\n// input: mnist.keras\n"));
  EXPECT_THAT(text, HasSubstr("import {load} from \"./a.mjs\";"));
  EXPECT_THAT(text, HasSubstr("const {probs} = model.run({image, ids});"));
  EXPECT_THAT(text, HasSubstr("new URL(\"b.wasm\", import.meta.url)"));
  EXPECT_THAT(text, HasSubstr("weightsBytes: 0,"));
  EXPECT_THAT(text, HasSubstr("export class Model"));
}

TEST(ModuleEmitter, CountsTheHeadOfAWeightsFile) {
  ModelInfo model = makeModel();
  model.externalWeights = true;
  model.weightsBytes = 6400;
  std::string text = emitModule(model, {}, "a.mjs", "a.wasm");
  EXPECT_THAT(text, HasSubstr("weightsBytes: 6464,"));
  EXPECT_THAT(text, HasSubstr("load(undefined, {weights: url})"));
}

TEST(ModuleEmitter, NamesEndNeitherCommentsNorStrings) {
  ModelInfo model = makeModel();
  model.kerasName = "a\nexport '\"\\";
  model.inputs[0].kerasName = "\"+x\xe2\x80\xa8";
  std::string text = emitModule(model, {"", "\n*/", "\r"}, "a\".js", "\".wasm");
  EXPECT_THAT(text, StartsWith("// Made by nnc from the model 'a?export "));
  EXPECT_THAT(text, HasSubstr(R"(name: "a?export '\"\\",)"));
  EXPECT_THAT(text, HasSubstr(R"(kerasName: "\"+x?",)"));
  EXPECT_THAT(text, HasSubstr(R"(new URL("\".wasm", import)"));
  EXPECT_THAT(emitTypes(model, {"", "*/", "x\ny"}), Not(HasSubstr("\ny")));
}

TEST(ModuleEmitter, TypesEveryElementType) {
  std::string text = emitTypes(makeModel(), {});
  EXPECT_THAT(text, HasSubstr("  /** uint8 [batch][28][28][1] */\n  image: "
                              "Uint8Array|Uint8ClampedArray|readonly "
                              "number[];\n"));
  EXPECT_THAT(text,
              HasSubstr("ids: BigInt64Array|readonly (number|bigint)[];"));
  EXPECT_THAT(text, HasSubstr("  /** bfloat16 [batch][10] */\n  probs: "
                              "Uint16Array;\n"));
}
