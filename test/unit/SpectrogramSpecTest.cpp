//===- SpectrogramSpecTest.cpp - windows and mel weights ------------------===//
//
// A few numbers of scipy's windows and of Keras's mel matrix.
//
//===----------------------------------------------------------------------===//

#include "dialect/SpectrogramSpec.h"

#include "gtest/gtest.h"
#include <string>

using namespace nnc::nn;

TEST(SpectrogramSpec, WindowsArePeriodic) {
  auto hann = makePeriodicWindow("hann", 4);
  ASSERT_TRUE(bool(hann));
  double expected[] = {0.0, 0.5, 1.0, 0.5};
  for (int i = 0; i < 4; ++i)
    EXPECT_NEAR((*hann)[i], expected[i], 1e-15);
  auto hamming = makePeriodicWindow("hamming", 2);
  ASSERT_TRUE(bool(hamming));
  EXPECT_NEAR((*hamming)[0], 0.08, 1e-15);
  EXPECT_NEAR((*hamming)[1], 1.0, 1e-15);
  auto none = makePeriodicWindow("none", 3);
  ASSERT_TRUE(bool(none));
  EXPECT_EQ((*none)[1], 1.0);
  auto single = makePeriodicWindow("hann", 1);
  ASSERT_TRUE(bool(single));
  EXPECT_EQ((*single)[0], 1.0);
  auto unknown = makePeriodicWindow("flat", 3);
  ASSERT_FALSE(bool(unknown));
  EXPECT_NE(llvm::toString(unknown.takeError()).find("but got \"flat\""),
            std::string::npos);
}

TEST(SpectrogramSpec, MelWeightsAreTriangles) {
  // 5 bins up to 4000 Hz, 2 triangles between 0 and 4000 Hz.
  auto weights = makeMelWeights(5, 2, 8000.0, 0.0, 4000.0);
  ASSERT_EQ(weights.size(), 10u);
  EXPECT_EQ(weights[0], 0.0);
  EXPECT_EQ(weights[1], 0.0);
  // 1000 Hz is at 999.99 mel, between the edges 715.4, 1430.7 and 2146.1.
  EXPECT_NEAR(weights[2], 0.6021, 1e-3);
  EXPECT_NEAR(weights[3], 0.3979, 1e-3);
  EXPECT_NEAR(weights[9], 0.0, 1e-12);
}
