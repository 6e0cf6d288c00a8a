//===- SamplesTest.cpp - recorded values and how far apart they are -------===//

#include "compiler/driver/Samples.h"
#include <cmath>
#include <gtest/gtest.h>
#include <limits>

using namespace llvm;
using namespace nnc;

namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
const double kNaN = std::nan("");

/// `value` stored as `dtype` and read again; nothing if it does not fit.
std::optional<double> throughType(double value, StringRef dtype) {
  char bytes[8] = {};
  if (!fromDouble(value, dtype, bytes))
    return std::nullopt;
  return toDoubles(dtype, ArrayRef(bytes, dtypeBytes(dtype))).front();
}

TEST(SamplesTest, ValuesOfAllTypes) {
  for (const char *dtype :
       {"float64", "float32", "float16", "bfloat16", "int8", "int16", "int32",
        "int64", "uint8", "uint16", "uint32", "uint64", "bool"})
    EXPECT_EQ(throughType(1, dtype), 1) << dtype;
  EXPECT_EQ(throughType(0.1, "float64"), 0.1);
  EXPECT_EQ(throughType(0.1, "float32"), 0.1f);
  EXPECT_EQ(throughType(1.0 / 3, "float16"), 0.333251953125);
  EXPECT_EQ(throughType(1.0 / 3, "bfloat16"), 0.333984375);
  EXPECT_EQ(throughType(1e6, "float16"), kInf);
  EXPECT_EQ(throughType(-3, "int64"), -3);
}

TEST(SamplesTest, IntegersHoldIntegersOnly) {
  EXPECT_EQ(throughType(0.5, "int32"), std::nullopt);
  EXPECT_EQ(throughType(kNaN, "int32"), std::nullopt);
  EXPECT_EQ(throughType(-1, "uint8"), std::nullopt);
  EXPECT_EQ(throughType(255, "uint8"), 255);
  EXPECT_EQ(throughType(256, "uint8"), std::nullopt);
  EXPECT_EQ(throughType(-128, "int8"), -128);
  EXPECT_EQ(throughType(-129, "int8"), std::nullopt);
  EXPECT_EQ(throughType(9223372036854775808.0, "int64"), std::nullopt);
  EXPECT_EQ(throughType(2, "bool"), std::nullopt);
}

TEST(SamplesTest, DifferencesAreMeasuredByTheBound) {
  Difference none = compareValues({1, kInf, kNaN}, {1, kInf, kNaN}, 1e-4);
  EXPECT_EQ(none.share, 0);
  // Small values: 1e-5 of one, and 1e-4 of the value.
  Difference small = compareValues({0, 0.5}, {0.00001, 0.5}, 1e-4);
  EXPECT_NEAR(small.share, 1e-5 / (1e-5 + 1e-9), 1e-9);
  EXPECT_NEAR(small.absolute, 1e-5, 1e-12);
  EXPECT_NEAR(small.relative, 1, 1e-9);
  // Large ones: a part of the largest.
  Difference large = compareValues({100, 0.001}, {100, 0}, 1e-4);
  EXPECT_NEAR(large.share, 1, 1e-9);
  EXPECT_EQ(large.where, 1u);
  EXPECT_EQ(large.relative, 0);
}

TEST(SamplesTest, WhatIsNoNumberDoesNotAgree) {
  EXPECT_EQ(compareValues({kNaN}, {1}, 1e-4).share, kInf);
  EXPECT_EQ(compareValues({1}, {kNaN}, 1e-4).share, kInf);
  EXPECT_EQ(compareValues({kInf}, {1}, 1e-4).share, kInf);
  EXPECT_EQ(compareValues({1}, {-kInf}, 1e-4).share, kInf);
  EXPECT_EQ(compareValues({kInf}, {-kInf}, 1e-4).share, kInf);
}

TEST(SamplesTest, KeysInTheirOrder) {
  std::vector<NamedTensor> tensors(3);
  tensors[0].path = "out_0";
  tensors[1].path = "layer:a/b:1";
  tensors[2].path = "ref_0";
  Samples samples(std::move(tensors));
  EXPECT_EQ(samples.find({"ref_0", "out_0"})->path, "ref_0");
  EXPECT_EQ(samples.find({"x", "out_0"})->path, "out_0");
  EXPECT_EQ(samples.find({"x"}), nullptr);
  EXPECT_EQ(samples.layers(), std::vector<std::string>{"a/b:1"});
  EXPECT_EQ(layerKey("a/b:1"), "layer:a/b:1");
}

} // namespace
