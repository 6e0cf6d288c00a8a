//===- ReflectTest.cpp - models learnt at run time ------------------------===//
//
// Lookup by name, element types, calling a model without its header, and the
// refusal of descriptions that are wrong.
//
//===----------------------------------------------------------------------===//

#include "nnc/runtime.h"
#include "pair.h"
#include "tally.h"
#include "gtest/gtest.h"

#include <cstring>
#include <string>

namespace {

TEST(Reflect, FindsByNameInCAndInKeras) {
  EXPECT_EQ(nnc_find_input(&pair_model, "x"), 0);
  EXPECT_EQ(nnc_find_input(&pair_model, "features/x"), 0);
  EXPECT_EQ(nnc_find_input(&pair_model, "ids"), 1);
  EXPECT_EQ(nnc_find_input(&pair_model, "y"), -1);
  EXPECT_EQ(nnc_find_output(&pair_model, "total"), 1);
  EXPECT_EQ(nnc_find_output(&pair_model, "scaled \"y\""), 0);
  EXPECT_EQ(nnc_find_output(&pair_model, ""), -1);
}

TEST(Reflect, KnowsElementTypes) {
  EXPECT_EQ(nnc_dtype_size(NNC_FLOAT32), 4u);
  EXPECT_EQ(nnc_dtype_size(NNC_BFLOAT16), 2u);
  EXPECT_EQ(nnc_dtype_size(NNC_BOOL), 1u);
  EXPECT_STREQ(nnc_dtype_name(NNC_BFLOAT16), "bfloat16");
  EXPECT_STREQ(nnc_dtype_c_name(NNC_INT64), "int64_t");
  EXPECT_STREQ(nnc_dtype_c_name(NNC_BOOL), "uint8_t");
  for (int dtype : {-1, NNC_BOOL + 1}) {
    EXPECT_EQ(nnc_dtype_size(dtype), 0u);
    EXPECT_EQ(nnc_dtype_name(dtype), nullptr);
    EXPECT_EQ(nnc_dtype_c_name(dtype), nullptr);
  }
}

TEST(Reflect, CallsAModelWithoutItsHeader) {
  alignas(64) unsigned char workspace[PAIR_WORKSPACE_SIZE];
  alignas(nnc_args) unsigned char memory[sizeof(pair_args)];
  const float x[6] = {1, 2, 3, 4, 5, 6};
  const int32_t ids[2] = {1, 0};
  float y[6] = {};
  float total[1] = {};
  ASSERT_EQ(nnc_args_size(&pair_model), sizeof(pair_args));
  std::memset(memory, 0xFF, sizeof(memory));
  nnc_args *args = reinterpret_cast<nnc_args *>(memory);
  nnc_args_init(args, &pair_model);
  EXPECT_EQ(args->batch, 1);
  args->workspace = workspace;
  args->workspace_size = sizeof(workspace);
  const void **buffers = nnc_args_buffers(args);
  buffers[0] = x;
  buffers[1] = ids;
  buffers[2] = y;
  buffers[3] = total;
  ASSERT_EQ(pair_model.run(args), NNC_OK);
  EXPECT_EQ(y[2], 6.0f);
  EXPECT_EQ(y[5], 6.0f);
  EXPECT_EQ(total[0], 27.0f);
}

TEST(Reflect, StartsWithTheCompiledBatch) {
  alignas(nnc_args) unsigned char memory[sizeof(tally_args)];
  nnc_args *args = reinterpret_cast<nnc_args *>(memory);
  nnc_args_init(args, &tally_model);
  EXPECT_EQ(args->batch, TALLY_BATCH);
  EXPECT_EQ(args->signature, TALLY_SIGNATURE);
}

/// A description only: one input with a value a step, one output.
nnc_model makeStream() {
  static const int64_t shape[] = {-1, 3};
  static const nnc_tensor tensor = {"x", "x", shape, 2, NNC_FLOAT32, 3};
  nnc_model model = pair_model;
  model.inputs = model.outputs = &tensor;
  model.input_count = model.output_count = 1;
  return model;
}

TEST(Reflect, KnowsStreams) {
  struct stream_args {
    nnc_args head;
    const float *x;
    float *y;
    int64_t steps;
  };
  nnc_model model = makeStream();
  EXPECT_EQ(nnc_model_check(&model), nullptr);
  EXPECT_TRUE(nnc_model_is_stream(&model));
  EXPECT_FALSE(nnc_model_is_stream(&pair_model));
  ASSERT_EQ(nnc_args_size(&model), sizeof(stream_args));
  stream_args args;
  nnc_args_init(&args.head, &model);
  EXPECT_EQ(args.steps, 1);
  EXPECT_EQ(nnc_args_steps(&args.head, &model), &args.steps);
  EXPECT_EQ(nnc_args_steps(&args.head, &pair_model), nullptr);
  model.inputs = pair_model.inputs;
  EXPECT_NE(nnc_model_check(&model), nullptr);
}

TEST(Reflect, AcceptsGoodModels) {
  EXPECT_EQ(nnc_model_check(&pair_model), nullptr);
  EXPECT_EQ(nnc_model_check(&tally_model), nullptr);
}

TEST(Reflect, RefusesBadModels) {
  EXPECT_NE(nnc_model_check(nullptr), nullptr);
  auto refused = [](void (*spoil)(nnc_model &)) {
    nnc_model model = pair_model;
    spoil(model);
    return nnc_model_check(&model) != nullptr;
  };
  EXPECT_TRUE(refused([](nnc_model &m) { ++m.abi_major; }));
  EXPECT_TRUE(refused([](nnc_model &m) { m.run = nullptr; }));
  EXPECT_TRUE(refused([](nnc_model &m) { m.batch = -1; }));
  EXPECT_TRUE(refused([](nnc_model &m) { m.alignment = 48; }));
  EXPECT_TRUE(refused([](nnc_model &m) { m.alignment = 0; }));
  EXPECT_TRUE(refused([](nnc_model &m) { m.state_size = 8; }));
  EXPECT_TRUE(refused([](nnc_model &m) { m.weights_size = 63; }));
  EXPECT_TRUE(refused([](nnc_model &m) { m.inputs = nullptr; }));
  EXPECT_TRUE(refused([](nnc_model &m) { m.output_count = -1; }));
}

TEST(Reflect, RefusesBadTensors) {
  static const int64_t shape[] = {2, 3};
  static const int64_t huge[] = {INT64_MAX / 2, 3};
  static const int64_t negative[] = {-2, -3};
  auto refused = [](nnc_tensor tensor) {
    nnc_model model = pair_model;
    model.inputs = &tensor;
    model.input_count = 1;
    return nnc_model_check(&model) != nullptr;
  };
  EXPECT_FALSE(refused({"x", "x", shape, 2, NNC_FLOAT32, 6}));
  EXPECT_FALSE(refused({"x", "x", nullptr, 0, NNC_FLOAT32, 1}));
  EXPECT_TRUE(refused({"x", "x", shape, 2, NNC_FLOAT32, 7}));
  EXPECT_TRUE(refused({"x", "x", shape, 2, 99, 6}));
  EXPECT_TRUE(refused({"x", "x", shape, -1, NNC_FLOAT32, 6}));
  EXPECT_TRUE(refused({"x", "x", nullptr, 2, NNC_FLOAT32, 6}));
  EXPECT_TRUE(refused({"x", "x", huge, 2, NNC_FLOAT32, 6}));
  EXPECT_TRUE(refused({"x", "x", negative, 2, NNC_FLOAT32, 6}));
  EXPECT_TRUE(refused({nullptr, "x", shape, 2, NNC_FLOAT32, 6}));
}

TEST(Reflect, RefusesBadProfiles) {
  auto refused = [](void (*spoil)(nnc_profile &)) {
    nnc_profile profile = *pair_model.profile;
    spoil(profile);
    nnc_model model = pair_model;
    model.profile = &profile;
    return nnc_model_check(&model) != nullptr;
  };
  EXPECT_FALSE(refused([](nnc_profile &) {}));
  EXPECT_TRUE(refused([](nnc_profile &p) { p.clock = nullptr; }));
  EXPECT_TRUE(refused([](nnc_profile &p) { p.sections = nullptr; }));
  EXPECT_TRUE(refused([](nnc_profile &p) { p.section_count = -1; }));
  EXPECT_TRUE(refused([](nnc_profile &p) { p.section_count = INT64_MAX; }));
  EXPECT_TRUE(refused([](nnc_profile &p) { p.counters += 4; }));
  EXPECT_TRUE(refused([](nnc_profile &p) { p.counters = 112; }));
  EXPECT_TRUE(refused([](nnc_profile &p) { p.counters = SIZE_MAX - 7; }));
  EXPECT_TRUE(refused([](nnc_profile &p) {
    static const nnc_section unnamed = {};
    p.sections = &unnamed;
    p.section_count = 1;
  }));
  // An older model has no such member.
  nnc_model old = pair_model;
  old.abi_minor = 1;
  old.profile = reinterpret_cast<const nnc_profile *>(1);
  EXPECT_EQ(nnc_model_check(&old), nullptr);
}

TEST(Reflect, EveryStatusHasWords) {
  for (int status = NNC_OK; status <= NNC_ERROR_STEPS; ++status)
    EXPECT_STRNE(nnc_status_string(status), "unknown status") << status;
  EXPECT_STREQ(nnc_status_string(-1), "unknown status");
}

} // namespace
