//===- HeaderEmitterTest.cpp - the C header of a compiled model -----------===//
//
// That the header compiles as C99 and C++17 is tested where there is a
// compiler, in test/emit; here is what it says.
//
//===----------------------------------------------------------------------===//

#include "compiler/emit/HeaderEmitter.h"
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
  model.inputs = {{"image", "image", "float32", {28, 28, 1}}};
  model.outputs = {{"probs", "keras_tensor_4", "float32", {10}}};
  model.workspaceBytes = 18432;
  model.weightsBytes = 6400;
  return model;
}

TEST(HeaderEmitter, SaysWhereItComesFrom) {
  ModelInfo model = makeModel();
  model.notes = "untrained: seed 7";
  std::string text = emitHeader(
      model, {"0.1.0", "--mcpu=native", "mnist.keras, xxh3 0123456789abcdef"});
  EXPECT_THAT(text, StartsWith(R"(/*
 * Made by nnc 0.1.0 from the model 'mnist'; do not edit.
 * input: mnist.keras, xxh3 0123456789abcdef
 * options: --mcpu=native
 * untrained: seed 7
 *
 * This header, the object it belongs to and its weights are yours: nnc puts no
 * licence on what it generates.
 *
 * input image: float32 [batch][28][28][1]
 * output probs: float32 [batch][10], 'keras_tensor_4' in Keras
 *
)"));
}

TEST(HeaderEmitter, LeavesOutWhatIsNotKnown) {
  std::string text = emitHeader(makeModel(), {});
  EXPECT_THAT(text, StartsWith("/*\n * Made by nnc from the model 'mnist'; do "
                               "not edit.\n *\n"));
}

TEST(HeaderEmitter, NothingEndsACommentEarly) {
  ModelInfo model = makeModel();
  model.kerasName = "a*/b";
  model.notes = "/*/ ?"
                "?/\n#error";
  model.inputs[0].kerasName = "**/x";
  std::string text = emitHeader(model, {"*/", "*/", "*/"});
  std::string comment = text.substr(2, text.find("#ifndef") - 2);
  EXPECT_EQ(comment.find("*/"), comment.size() - 3);
  EXPECT_EQ(comment.find("/*"), std::string::npos);
  EXPECT_EQ(comment.find("?"
                         "?"),
            std::string::npos);
  EXPECT_EQ(comment.find("\n#"), std::string::npos);
}

TEST(HeaderEmitter, CarriesTheABIBlock) {
  std::string text = emitHeader(makeModel(), {});
  EXPECT_THAT(text, HasSubstr("\n/* nnc-abi-begin */\n#ifdef NNC_ABI_MAJOR\n"));
  EXPECT_THAT(text,
              HasSubstr("#endif /* NNC_ABI_MAJOR */\n/* nnc-abi-end */\n"));
  EXPECT_THAT(text, HasSubstr("typedef struct nnc_model {"));
}

TEST(HeaderEmitter, Macros) {
  ModelInfo model = makeModel();
  std::string text = emitHeader(model, {});
  char signature[64];
  snprintf(signature, sizeof signature, "UINT64_C(0x%016llx)\n",
           static_cast<unsigned long long>(model.signature()));
  EXPECT_THAT(text, HasSubstr("#ifndef NNC_MODEL_MNIST_H\n"
                              "#define NNC_MODEL_MNIST_H\n"));
  EXPECT_THAT(text,
              HasSubstr(std::string("#define MNIST_SIGNATURE ") + signature));
  EXPECT_THAT(text, HasSubstr("#define MNIST_ALIGNMENT 64 "));
  EXPECT_THAT(text, HasSubstr("#define MNIST_WORKSPACE_SIZE 18432 "));
  EXPECT_THAT(text, HasSubstr("#define MNIST_IMAGE_SIZE 784\n"));
  EXPECT_THAT(text, HasSubstr("#define MNIST_PROBS_SIZE 10\n"));
  EXPECT_THAT(text,
              HasSubstr("#define MNIST_ARGS_INIT \\\n  {MNIST_SIGNATURE, "
                        "1, NULL, 0, NULL, NULL, 0, NULL, NULL, NULL}\n"));
  EXPECT_THAT(text, Not(HasSubstr("MNIST_STATE_SIZE")));
  EXPECT_THAT(text, Not(HasSubstr("MNIST_WEIGHTS_SIZE")));
  EXPECT_THAT(text, Not(HasSubstr("mnist_reset")));
}

TEST(HeaderEmitter, ArgsStruct) {
  EXPECT_THAT(emitHeader(makeModel(), {}), HasSubstr(R"(
typedef struct mnist_args {
  uint64_t signature;           /* MNIST_SIGNATURE */
  int64_t batch;                /* samples; 0 does nothing and returns 0 */
  void *workspace;              /* MNIST_ALIGNMENT-aligned; one per call at a time */
  size_t workspace_size;        /* bytes */
  void *state;                  /* NULL */
  const void *weights;          /* NULL */
  size_t weights_size;          /* 0 */
  const nnc_parallel *parallel; /* NULL: run on the calling thread */
  /* image: float32 [batch][28][28][1] */
  const float *image;
  /* probs: float32 [batch][10] */
  float *probs;
} mnist_args;
)"));
}

TEST(HeaderEmitter, Functions) {
  std::string text = emitHeader(makeModel(), {});
  EXPECT_THAT(text, HasSubstr("\nint mnist_run(const mnist_args *args);\n"));
  EXPECT_THAT(text, HasSubstr("\nvoid mnist_prepare(void);\n"));
  EXPECT_THAT(text, HasSubstr("\nsize_t mnist_workspace_size(int threads);\n"));
  EXPECT_THAT(text, HasSubstr("\nextern const nnc_model mnist_model;\n"));
}

TEST(HeaderEmitter, StructForModelHpp) {
  EXPECT_THAT(emitHeader(makeModel(), {}), HasSubstr(R"(
struct mnist {
  using args = mnist_args;
  using buffers = void(const float *image, float *probs);
  static constexpr const char *name = "mnist";
  static constexpr uint64_t signature = MNIST_SIGNATURE;
  static constexpr int64_t batch = 0;
  static constexpr bool stream = false;
  static constexpr size_t alignment = MNIST_ALIGNMENT;
  static constexpr size_t workspace_size = MNIST_WORKSPACE_SIZE;
  static constexpr size_t state_size = 0;
  static constexpr size_t weights_size = 0;
  static constexpr int input_count = 1;
  static constexpr int output_count = 1;
  static constexpr const char *names[] = {"image", "probs"};
  static constexpr size_t sizes[] = {MNIST_IMAGE_SIZE, MNIST_PROBS_SIZE};
  static void bind(args &a, const float *image, float *probs) noexcept {
    a.image = image;
    a.probs = probs;
  }
  static int run(const args *a) noexcept { return mnist_run(a); }
  static void prepare() noexcept { mnist_prepare(); }
  static size_t workspace_for(int threads) noexcept {
    return mnist_workspace_size(threads);
  }
  static const nnc_model &info() noexcept { return mnist_model; }
};
)"));
}

TEST(HeaderEmitter, StateWeightsAndFixedBatch) {
  ModelInfo model = makeModel();
  model.batch = 8;
  model.stateBytes = 256;
  model.externalWeights = true;
  std::string text = emitHeader(model, {});
  EXPECT_THAT(text, HasSubstr("#define MNIST_STATE_SIZE 256 "));
  // The head of the weights file counts.
  EXPECT_THAT(text, HasSubstr("#define MNIST_WEIGHTS_SIZE 6464 "));
  EXPECT_THAT(text, HasSubstr("{MNIST_SIGNATURE, 8, NULL"));
  EXPECT_THAT(text, HasSubstr("/* image: float32 [8][28][28][1] */"));
  EXPECT_THAT(text,
              HasSubstr("\nvoid mnist_reset(void *state, int64_t batch);\n"));
  EXPECT_THAT(text, HasSubstr("static constexpr int64_t batch = 8;"));
  EXPECT_THAT(text, HasSubstr("static constexpr size_t state_size = 256;"));
  EXPECT_THAT(text, HasSubstr("static constexpr size_t weights_size = 6464;"));
  EXPECT_THAT(text, HasSubstr("    mnist_reset(state, rows);\n"));
}

TEST(HeaderEmitter, Stream) {
  ModelInfo model = makeModel();
  model.inputs = {{"level", "level", "float32", {3}, /*stepped=*/true}};
  model.outputs = {{"loud", "loud", "float32", {2}, /*stepped=*/true},
                   {"last", "last", "float32", {4}}};
  std::string text = emitHeader(model, {});
  EXPECT_THAT(text, HasSubstr(" * input level: float32 [batch][steps][3]\n"));
  EXPECT_THAT(text, HasSubstr(" *   args.steps = steps;\n"));
  EXPECT_THAT(text, HasSubstr("#define MNIST_LEVEL_SIZE 3\n"));
  EXPECT_THAT(text, HasSubstr("NULL, NULL, NULL, NULL, 1}\n"));
  EXPECT_THAT(text, HasSubstr(R"(  /* loud: float32 [batch][steps][2] */
  float *loud;
  /* last: float32 [batch][4] */
  float *last;
  int64_t steps;                /* consecutive steps of time in this call */
} mnist_args;
)"));
  EXPECT_THAT(text, HasSubstr("static constexpr bool stream = true;"));
  EXPECT_THAT(text, HasSubstr("bool stepped[] = {true, true, false};"));
}

TEST(HeaderEmitter, ElementTypes) {
  ModelInfo model = makeModel();
  model.inputs = {{"ids", "ids", "int32", {2}},
                  {"mask", "mask", "bool", {}},
                  {"half", "half", "bfloat16", {2}}};
  model.outputs = {{"y", "y", "float64", {1}}};
  std::string text = emitHeader(model, {});
  EXPECT_THAT(text, HasSubstr("  /* mask: bool [batch] */\n"));
  EXPECT_THAT(text, HasSubstr("void(const int32_t *ids, const uint8_t *mask, "
                              "const uint16_t *half, double *y)"));
  EXPECT_THAT(text, HasSubstr("#define MNIST_MASK_SIZE 1\n"));
}

TEST(HeaderEmitter, StructKeepsOffItsOwnMembers) {
  ModelInfo model = makeModel();
  model.symbol = "run";
  std::string text = emitHeader(model, {});
  EXPECT_THAT(text, HasSubstr("\nstruct run_ {\n  using args = run_args;\n"));
  EXPECT_THAT(text, HasSubstr("int run_run(const run_args *args);"));
}

TEST(HeaderEmitter, BindKeepsOffTensorNames) {
  ModelInfo model = makeModel();
  model.inputs[0].name = "a";
  model.outputs[0].name = "a_";
  EXPECT_THAT(
      emitHeader(model, {}),
      HasSubstr("bind(args &a__, const float *a, float *a_) noexcept {\n"
                "    a__.a = a;\n    a__.a_ = a_;\n"));
}
