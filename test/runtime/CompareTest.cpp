//===- CompareTest.cpp - the pure functions of nnc-run --------------------===//
//
// Comparison with tolerances, elements as numbers, conversion of inputs, order
// statistics of times.
//
//===----------------------------------------------------------------------===//

#include "tools/nnc-run/Compare.h"
#include "tools/nnc-run/Bench.h"
#include "tools/nnc-run/Convert.h"
#include "tools/nnc-run/Elements.h"
#include "gtest/gtest.h"

#include <cmath>
#include <cstring>
#include <limits>

using namespace nnc::run;

namespace {

template <class T> NpyArray makeArray(int dtype, const std::vector<T> &values) {
  NpyArray array;
  array.dtype = dtype;
  array.shape = {static_cast<int64_t>(values.size())};
  array.data.resize(values.size() * sizeof(T));
  if (!values.empty())
    std::memcpy(array.data.data(), values.data(), array.data.size());
  return array;
}

Comparison compareFloats(const std::vector<float> &got,
                         const std::vector<double> &want, double rtol,
                         double atol) {
  return compareElements(got.data(), NNC_FLOAT32, makeArray(NNC_FLOAT64, want),
                         rtol, atol);
}

TEST(Compare, ToleranceIsRelativeToWhatIsExpected) {
  EXPECT_EQ(compareFloats({100.5f}, {100.0}, 0.01, 0).mismatches, 0u);
  EXPECT_EQ(compareFloats({100.5f}, {100.0}, 0.001, 0).mismatches, 1u);
  EXPECT_EQ(compareFloats({0.5f}, {0.0}, 1.0, 0.5).mismatches, 0u);
}

TEST(Compare, FindsTheLargestError) {
  Comparison result = compareFloats({1, 2, 5, 4}, {1, 2.5, 3, 4}, 0, 1);
  EXPECT_EQ(result.mismatches, 1u);
  EXPECT_EQ(result.worst, 2u);
  EXPECT_EQ(result.error, 2.0L);
  EXPECT_EQ(positionText({2, 2}, 2), "(1, 0)");
}

TEST(Compare, InfinitiesAndNaNs) {
  float inf = std::numeric_limits<float>::infinity();
  float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(compareFloats({inf, nan}, {inf, nan}, 0, 0).mismatches, 0u);
  EXPECT_EQ(compareFloats({1, inf}, {inf, -inf}, 1, 1).mismatches, 2u);
  Comparison result = compareFloats({9, nan, 3}, {1, 1, nan}, 1, 1);
  EXPECT_EQ(result.mismatches, 3u);
  EXPECT_EQ(result.worst, 1u);
  EXPECT_TRUE(std::isnan(result.error));
}

TEST(Compare, NothingIsEqualToNothing) {
  EXPECT_EQ(compareFloats({}, {}, 0, 0).mismatches, 0u);
}

TEST(Elements, HalfPrecision) {
  const uint16_t halves[] = {0x3C00, 0xC000, 0x0001, 0x7BFF, 0xFC00, 0x7E00};
  EXPECT_EQ(readElement(halves, NNC_FLOAT16, 0), 1.0L);
  EXPECT_EQ(readElement(halves, NNC_FLOAT16, 1), -2.0L);
  EXPECT_EQ(readElement(halves, NNC_FLOAT16, 2), std::ldexp(1.0L, -24));
  EXPECT_EQ(readElement(halves, NNC_FLOAT16, 3), 65504.0L);
  EXPECT_EQ(readElement(halves, NNC_FLOAT16, 4),
            -std::numeric_limits<long double>::infinity());
  EXPECT_TRUE(std::isnan(readElement(halves, NNC_FLOAT16, 5)));
  const uint16_t brain[] = {0x3F80, 0xC0A0};
  EXPECT_EQ(readElement(brain, NNC_BFLOAT16, 0), 1.0L);
  EXPECT_EQ(readElement(brain, NNC_BFLOAT16, 1), -5.0L);
}

TEST(Elements, Integers) {
  const int64_t big[] = {INT64_MAX, INT64_MIN};
  EXPECT_EQ(readElement(big, NNC_INT64, 0),
            static_cast<long double>(INT64_MAX));
  EXPECT_EQ(readElement(big, NNC_INT8, 0), -1.0L);
  EXPECT_EQ(readElement(big, NNC_UINT8, 0), 255.0L);
  EXPECT_EQ(readElement(big, NNC_UINT16, 0), 65535.0L);
  EXPECT_EQ(readElement(big, NNC_INT32, 0), -1.0L);
  EXPECT_EQ(readElement(big, NNC_UINT32, 0), 4294967295.0L);
}

TEST(Convert, NarrowsWhatFits) {
  static const int64_t shape[] = {2};
  nnc_tensor ids = {"ids", "ids", shape, 1, NNC_INT32, 2};
  NpyArray array = makeArray<int64_t>(NNC_INT64, {-5, 7});
  array.shape = {1, 2};
  std::string error;
  int32_t to[2] = {};
  ASSERT_TRUE(checkInput(ids, array, error)) << error;
  ASSERT_TRUE(convertInput(ids, array, to, error)) << error;
  EXPECT_EQ(to[0], -5);
  EXPECT_EQ(to[1], 7);
  array = makeArray<int64_t>(NNC_INT64, {0, int64_t(1) << 40});
  EXPECT_FALSE(convertInput(ids, array, to, error));
  EXPECT_EQ(error, "input 'ids': element 1 is 1099511627776, which does not "
                   "fit into int32 [N806]");
}

TEST(Convert, FloatsMayBeInfiniteButNotOverflow) {
  nnc_tensor x = {"x", "x", nullptr, 0, NNC_FLOAT32, 1};
  double inf = std::numeric_limits<double>::infinity();
  std::string error;
  float to[2] = {};
  EXPECT_TRUE(
      convertInput(x, makeArray<double>(NNC_FLOAT64, {0.5, -inf}), to, error));
  EXPECT_EQ(to[0], 0.5f);
  EXPECT_EQ(to[1], -std::numeric_limits<float>::infinity());
  EXPECT_FALSE(
      convertInput(x, makeArray<double>(NNC_FLOAT64, {1e300}), to, error));
}

TEST(Convert, RefusesOtherTypesAndShapes) {
  static const int64_t shape[] = {28, 28, 1};
  nnc_tensor image = {"image", "image", shape, 3, NNC_FLOAT32, 784};
  NpyArray array;
  array.dtype = NNC_FLOAT32;
  array.shape = {28, 28};
  std::string error;
  EXPECT_FALSE(checkInput(image, array, error));
  EXPECT_EQ(error,
            "input 'image': expected (batch, 28, 28, 1), got (28, 28) [N806]");
  array.shape = {5, 28, 28, 1};
  EXPECT_TRUE(checkInput(image, array, error));
  array.dtype = NNC_INT64;
  EXPECT_FALSE(checkInput(image, array, error));
  EXPECT_EQ(error, "input 'image': expected float32, got int64 [N806]");
}

TEST(Bench, OrderStatistics) {
  std::vector<double> times;
  for (int i = 200; i != 0; --i)
    times.push_back(i);
  Timing timing = summarize(times);
  EXPECT_EQ(timing.calls, 200u);
  EXPECT_EQ(timing.min, 1.0);
  EXPECT_EQ(timing.median, 100.5);
  EXPECT_EQ(timing.p99, 198.0);
  EXPECT_EQ(timing.max, 200.0);
  timing = summarize({7.0});
  EXPECT_EQ(timing.median, 7.0);
  EXPECT_EQ(timing.p99, 7.0);
}

} // namespace
