//===- InitializersTest.cpp - Keras's initial values of weights -----------===//
//
// Distributions by their moments and bounds, matrices by what defines them, and
// a few bits that must never change.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/Initializers.h"
#include "compiler/graph/PortableMath.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace llvm;
using namespace nnc;

namespace {

std::vector<float> valuesOf(const InitializerSpec &spec,
                            ArrayRef<int64_t> shape, uint64_t seed = 1) {
  Expected<std::vector<float>> values = initialize(spec, shape, seed);
  if (values)
    return std::move(*values);
  ADD_FAILURE() << toString(values.takeError());
  return {};
}

std::string messageOf(const InitializerSpec &spec,
                      ArrayRef<int64_t> shape = {2, 2}) {
  Expected<std::vector<float>> values = initialize(spec, shape, 1);
  return values ? "no error" : toString(values.takeError());
}

struct Moments {
  double mean = 0, deviation = 0, low = 0, high = 0;
};

Moments momentsOf(ArrayRef<float> values) {
  Moments result;
  result.low = result.high = values[0];
  double square = 0;
  for (double value : values) {
    result.mean += value;
    square += value * value;
    result.low = std::min(result.low, value);
    result.high = std::max(result.high, value);
  }
  result.mean /= values.size();
  result.deviation =
      std::sqrt(square / values.size() - result.mean * result.mean);
  return result;
}

/// Normals and uniforms of 200,000 draws: the standard error of the mean is
/// deviation / 447.
void expectScaled(StringRef name, double deviation, double bound) {
  // fan_in 400, fan_out 500.
  Moments m = momentsOf(valuesOf({name.str(), {}, {}}, {400, 500}));
  EXPECT_NEAR(m.mean, 0, deviation / 80) << name.str();
  EXPECT_NEAR(m.deviation, deviation, deviation / 50) << name.str();
  EXPECT_LE(m.high, bound * 1.000001) << name.str();
  EXPECT_GE(m.low, -bound * 1.000001) << name.str();
  EXPECT_GE(m.high, bound * 0.99) << name.str();
  EXPECT_LE(m.low, -bound * 0.99) << name.str();
}

TEST(InitializersTest, NamedScalingsHaveKerasDistributions) {
  auto normal = [](StringRef name, double variance) {
    double deviation = std::sqrt(variance);
    expectScaled(name, deviation, 2 * deviation / 0.87962566103423978);
  };
  auto uniform = [](StringRef name, double variance) {
    expectScaled(name, std::sqrt(variance), std::sqrt(3 * variance));
  };
  normal("glorot_normal", 2.0 / 900);
  uniform("glorot_uniform", 2.0 / 900);
  normal("he_normal", 2.0 / 400);
  uniform("HeUniform", 2.0 / 400);
  normal("LecunNormal", 1.0 / 400);
  uniform("lecun_uniform", 1.0 / 400);
  normal("variance_scaling", 1.0 / 400);
}

TEST(InitializersTest, VarianceScalingTakesItsKeys) {
  InitializerSpec spec = {
      "VarianceScaling",
      {{"scale", 3}},
      {{"mode", "fan_out"}, {"distribution", "untruncated_normal"}}};
  Moments m = momentsOf(valuesOf(spec, {400, 500}));
  EXPECT_NEAR(m.deviation, std::sqrt(3.0 / 500), 0.001);
  EXPECT_GT(m.high, 3 * m.deviation);
  spec.strings["distribution"] = "Normal";
  m = momentsOf(valuesOf(spec, {400, 500}));
  EXPECT_LT(m.high, 2.3 * m.deviation);
}

TEST(InitializersTest, FansAreKeras) {
  using Fans = std::pair<double, double>;
  EXPECT_EQ(computeFans({}), Fans(1, 1));
  EXPECT_EQ(computeFans({7}), Fans(7, 7));
  EXPECT_EQ(computeFans({3, 5}), Fans(3, 5));
  EXPECT_EQ(computeFans({3, 3, 16, 32}), Fans(144, 288));
  EXPECT_EQ(computeFans({2, 3, 4, 5, 6}), Fans(120, 144));
}

TEST(InitializersTest, PlainDistributions) {
  Moments m = momentsOf(
      valuesOf({"random_normal", {{"mean", 1}, {"stddev", 2}}, {}}, {200000}));
  EXPECT_NEAR(m.mean, 1, 0.02);
  EXPECT_NEAR(m.deviation, 2, 0.02);
  EXPECT_GT(m.high, 7);
  m = momentsOf(valuesOf({"truncated_normal", {{"mean", 1}, {"stddev", 2}}, {}},
                         {200000}));
  EXPECT_NEAR(m.mean, 1, 0.02);
  EXPECT_LE(m.high, 5);
  EXPECT_GE(m.low, -3);
  EXPECT_NEAR(m.deviation, 2 * 0.87962566103423978, 0.02);
  m = momentsOf(valuesOf({"RandomUniform", {{"minval", 2}, {"maxval", 3}}, {}},
                         {200000}));
  EXPECT_NEAR(m.mean, 2.5, 0.005);
  EXPECT_GE(m.low, 2);
  EXPECT_LT(m.high, 3);
  m = momentsOf(valuesOf({"uniform", {}, {}}, {1000}));
  EXPECT_LT(m.high, 0.05f);
  EXPECT_GE(m.low, -0.05f);
}

TEST(InitializersTest, Constants) {
  EXPECT_EQ(valuesOf({"zeros", {}, {}}, {2}), (std::vector<float>{0, 0}));
  EXPECT_EQ(valuesOf({"Ones", {}, {}}, {}), (std::vector<float>{1}));
  EXPECT_EQ(valuesOf({"constant", {{"value", 2.5}}, {}}, {2}),
            (std::vector<float>{2.5, 2.5}));
  EXPECT_EQ(valuesOf({"identity", {{"gain", 3}}, {}}, {2, 3}),
            (std::vector<float>{3, 0, 0, 0, 3, 0}));
  EXPECT_TRUE(valuesOf({"glorot_uniform", {}, {}}, {0, 5}).empty());
}

/// Checks that the shorter side's vectors are orthogonal, of length `gain`.
void expectOrthogonal(ArrayRef<float> q, int64_t rows, int64_t columns,
                      double gain) {
  bool wide = rows < columns;
  int64_t count = wide ? rows : columns, length = wide ? columns : rows;
  for (int64_t a = 0; a < count; ++a)
    for (int64_t b = 0; b <= a; ++b) {
      double product = 0;
      for (int64_t i = 0; i < length; ++i)
        product += wide ? double(q[a * columns + i]) * q[b * columns + i]
                        : double(q[i * columns + a]) * q[i * columns + b];
      EXPECT_NEAR(product, a == b ? gain * gain : 0, 1e-5);
    }
}

TEST(InitializersTest, OrthogonalMatricesAreOrthogonal) {
  InitializerSpec spec = {"orthogonal", {}, {}};
  expectOrthogonal(valuesOf(spec, {20, 20}), 20, 20, 1);
  expectOrthogonal(valuesOf(spec, {8, 32}), 8, 32, 1);
  expectOrthogonal(valuesOf(spec, {1, 1}), 1, 1, 1);
  spec.numbers["gain"] = 2;
  expectOrthogonal(valuesOf(spec, {3, 3, 4, 5}), 36, 5, 2);
  EXPECT_EQ(messageOf({"orthogonal", {}, {}}, {4}),
            "initializer 'orthogonal' needs a shape of at least 2 dimensions, "
            "but got 1 [N405]");
  EXPECT_EQ(messageOf({"Orthogonal", {}, {}}, {30000, 30000}),
            "initializer 'orthogonal' is too slow for a matrix of 30000 x "
            "30000 [N406]");
}

// With R's diagonal positive the distribution is uniform, so signs are even.
TEST(InitializersTest, OrthogonalMatricesAreUniform) {
  int positive = 0;
  for (uint64_t seed = 0; seed < 400; ++seed)
    positive += valuesOf({"orthogonal", {}, {}}, {3, 3}, seed)[0] > 0;
  EXPECT_NEAR(positive, 200, 50);
}

TEST(InitializersTest, StftIsTheTransform) {
  const double pi = 3.14159265358979323846;
  InitializerSpec spec = {
      "stft", {{"periodic", 1}}, {{"side", "imag"}, {"scaling", "spectrum"}}};
  std::vector<float> imaginary = valuesOf(spec, {8, 1, 9});
  spec.strings["side"] = "real";
  std::vector<float> real = valuesOf(spec, {8, 1, 9});
  double sum = 0;
  for (int t = 0; t < 8; ++t)
    sum += 0.5 - 0.5 * std::cos(2 * pi * t / 8);
  for (int t = 0; t < 8; ++t)
    for (int f = 0; f < 9; ++f) {
      double window = (0.5 - 0.5 * std::cos(2 * pi * t / 8)) / sum;
      double angle = -2 * pi * t * f / 16;
      EXPECT_NEAR(real[t * 9 + f], window * std::cos(angle), 1e-7);
      EXPECT_NEAR(imaginary[t * 9 + f], window * std::sin(angle), 1e-7);
    }
  EXPECT_EQ(messageOf({"STFTInitializer", {}, {{"side", "real"}}}, {8, 2, 9}),
            "initializer 'stft' needs a shape (frame length, 1, frequencies) "
            "with at least 2 frequencies [N405]");
  EXPECT_EQ(messageOf({"stft", {}, {{"side", "real"}}}, {2, 1, 9}),
            "initializer 'stft': window 'hann' of length 2 is zero everywhere "
            "[N405]");
}

/// Windows of length 5 as SciPy gives them, divided by their sum.
TEST(InitializersTest, StftWindows) {
  auto window = [](StringRef name, std::vector<double> expected) {
    std::vector<float> values = valuesOf(
        {"stft",
         {},
         {{"side", "real"}, {"window", name.str()}, {"scaling", "none"}}},
        {static_cast<int64_t>(expected.size()), 1, 2});
    for (size_t i = 0; i < expected.size(); ++i)
      EXPECT_NEAR(values[2 * i], expected[i], 1e-6) << name.str() << i;
  };
  window("hann", {0, 0.5, 1, 0.5, 0});
  window("hamming", {0.08, 0.54, 1, 0.54, 0.08});
  window("blackman", {0, 0.34, 1, 0.34, 0});
  window("bartlett", {0, 0.5, 1, 0.5, 0});
  window("triang", {1 / 3.0, 2 / 3.0, 1, 2 / 3.0, 1 / 3.0});
  window("triang", {0.25, 0.75, 0.75, 0.25});
  window("cosine", {0.309017, 0.809017, 1, 0.809017, 0.309017});
  window("none", {1, 1, 1});
}

TEST(InitializersTest, SeedsDecide) {
  InitializerSpec spec = {"glorot_uniform", {}, {}};
  EXPECT_EQ(valuesOf(spec, {4, 4}, 1), valuesOf(spec, {4, 4}, 1));
  EXPECT_NE(valuesOf(spec, {4, 4}, 1), valuesOf(spec, {4, 4}, 2));
  EXPECT_NE(seedFor(1, "mlp.a.kernel"), seedFor(1, "mlp.b.kernel"));
  EXPECT_NE(seedFor(1, "mlp.a.kernel"), seedFor(2, "mlp.a.kernel"));
  spec.numbers["seed"] = 7;
  EXPECT_EQ(valuesOf(spec, {4, 4}, 1), valuesOf(spec, {4, 4}, 2));
}

TEST(InitializersTest, SaysWhatIsWrong) {
  EXPECT_EQ(messageOf({"glorot", {}, {}}),
            "unknown initializer 'glorot'; there are constant, glorot_normal, "
            "glorot_uniform, he_normal, he_uniform, identity, lecun_normal, "
            "lecun_uniform, ones, orthogonal, random_normal, random_uniform, "
            "stft, truncated_normal, variance_scaling, zeros [N405]");
  EXPECT_EQ(messageOf({"random_normal", {{"scale", 1}}, {}}),
            "initializer 'random_normal' has no key 'scale'; its keys are "
            "mean, stddev, seed [N405]");
  EXPECT_EQ(messageOf({"zeros", {{"seed", 1}}, {}}),
            "initializer 'zeros' has no key 'seed'; it has none [N405]");
  EXPECT_EQ(
      messageOf({"he_normal", {{"scale", 1}}, {}}),
      "initializer 'he_normal' has no key 'scale'; its keys are seed [N405]");
  EXPECT_EQ(messageOf({"orthogonal", {}, {{"gain", "x"}}}),
            "initializer 'orthogonal': key 'gain' must be a number [N405]");
  EXPECT_EQ(
      messageOf({"variance_scaling", {{"mode", 1}}, {}}),
      "initializer 'variance_scaling': key 'mode' must be a string [N405]");
  EXPECT_EQ(messageOf({"variance_scaling", {}, {{"mode", "fan"}}}),
            "initializer 'variance_scaling': key 'mode' must be one of fan_in, "
            "fan_out, fan_avg, but is 'fan' [N405]");
  EXPECT_EQ(
      messageOf({"variance_scaling", {{"scale", 0}}, {}}),
      "initializer 'variance_scaling': key 'scale' must be positive [N405]");
  EXPECT_EQ(messageOf({"random_uniform", {{"minval", 1}}, {}}),
            "initializer 'random_uniform': key 'minval' must not be greater "
            "than 'maxval' [N405]");
  EXPECT_EQ(
      messageOf({"random_normal", {{"stddev", -1}}, {}}),
      "initializer 'random_normal': key 'stddev' must not be negative [N405]");
  EXPECT_EQ(
      messageOf({"constant", {{"value", NAN}}, {}}),
      "initializer 'constant': key 'value' must be a finite number [N405]");
  EXPECT_EQ(messageOf({"he_normal", {{"seed", 0.5}}, {}}),
            "initializer 'he_normal': key 'seed' must be an integer [N405]");
  EXPECT_EQ(
      messageOf({"identity", {}, {}}, {3}),
      "initializer 'identity' needs a shape of 2 dimensions, but got 1 [N405]");
  EXPECT_EQ(messageOf({"zeros", {}, {}}, {1 << 20, 1 << 20}),
            "a weight of more than 2^30 elements cannot be initialized [N406]");
  EXPECT_EQ(messageOf({"zeros", {}, {}}, {-1}),
            "a weight cannot have the dimension -1 [N405]");
  EXPECT_EQ(toString(checkInitializer({"stft", {}, {}})),
            "initializer 'stft': key 'side' must be one of real, imag, but is "
            "'' [N405]");
  EXPECT_FALSE(bool(checkInitializer({"glorot_uniform", {}, {}})));
}

TEST(PortableMathTest, AgreesWithLibm) {
  for (double x : {1e-300, 1e-10, 0.3, 0.70710678, 0.99999, 1.0, 1.5, 3e8})
    EXPECT_NEAR(portableLog(x), std::log(x),
                1e-15 + 4e-16 * std::fabs(std::log(x)));
  for (uint64_t d : {1, 2, 3, 7, 8, 100})
    for (uint64_t n = 0; n < 3 * d; ++n) {
      double angle = 6.28318530717958647693 * (n % d) / d;
      auto [sine, cosine] = sineCosine(n, d);
      EXPECT_NEAR(sine, std::sin(angle), 2e-15);
      EXPECT_NEAR(cosine, std::cos(angle), 2e-15);
    }
}

// Written down once; a change here changes every untrained model.
TEST(PortableMathTest, BitsNeverChange) {
  Random random(42);
  EXPECT_EQ(random.uniform(), 0x1.7bae644c5fd6dp-1);
  EXPECT_EQ(random.normal(), -0x1.8813939bf902bp-1);
  EXPECT_EQ(seedFor(0, "mlp.dense.kernel"), 0xbb77995206979513u);
  EXPECT_EQ(valuesOf({"orthogonal", {}, {}}, {3, 2}, 42)[5], 0x1.2fcc0ep-1f);
}

} // namespace
