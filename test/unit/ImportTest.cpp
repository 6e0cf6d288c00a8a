//===- ImportTest.cpp - how deep a text nests -----------------------------===//

#include "compiler/import/Import.h"

#include "gtest/gtest.h"
#include <string>

using namespace nnc;

TEST(Import, NestingIsCounted) {
  EXPECT_TRUE(isNestingBounded("", 0));
  EXPECT_TRUE(isNestingBounded("([{<>}])", 4));
  EXPECT_FALSE(isNestingBounded("([{<>}])", 3));
  EXPECT_TRUE(isNestingBounded("()()()[][]", 1));
  EXPECT_FALSE(isNestingBounded(std::string(200000, '['), 256));
}

TEST(Import, StringsAndCommentsDoNotNest) {
  EXPECT_TRUE(isNestingBounded("\"((((\"", 1));
  EXPECT_TRUE(isNestingBounded("\"\\\"((((\"", 1));
  EXPECT_TRUE(isNestingBounded("// ((((\n()", 1));
  EXPECT_FALSE(isNestingBounded("\"\"((", 1));
  EXPECT_TRUE(isNestingBounded("\"((((", 1));
}

TEST(Import, ArrowsCloseNothing) {
  EXPECT_FALSE(isNestingBounded("(() -> () -> (((", 3));
  EXPECT_TRUE(isNestingBounded("(() -> ()) -> ()", 2));
}
