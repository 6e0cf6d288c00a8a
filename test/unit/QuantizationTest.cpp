//===- QuantizationTest.cpp - how Keras has quantized a layer -------------===//

#include "dialect/Quantization.h"

#include "llvm/Support/Error.h"
#include "gtest/gtest.h"

using namespace nnc::nn;

static bool fits(llvm::StringRef equation, llvm::ArrayRef<Shape> shapes) {
  Einsum einsum = llvm::cantFail(analyzeEinsum(equation, shapes));
  llvm::Error error = checkScaleAxes(einsum);
  bool ok = !error;
  llvm::consumeError(std::move(error));
  return ok;
}

TEST(Quantization, ScalesLieAlongTheResult) {
  EXPECT_TRUE(fits("ab,bc->ac", {{2, 3}, {3, 4}}));
  EXPECT_TRUE(fits("...x,xy->...y", {{2, 5, 3}, {3, 4}}));
  EXPECT_TRUE(fits("abc,cde->abde", {{2, 3, 4}, {4, 5, 6}}));
  EXPECT_TRUE(fits("abcd,cde->abe", {{2, 3, 4, 5}, {4, 5, 6}}));
}

TEST(Quantization, KerasLosesCount) {
  // The input has no axis that the kernel's take the place of.
  EXPECT_FALSE(fits("abc,c->ab", {{2, 3, 4}, {4}}));
  EXPECT_FALSE(fits("abc,bc->a", {{2, 3, 4}, {3, 4}}));
}
