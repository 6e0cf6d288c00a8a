//===- ExplainTest.cpp - codes of diagnostics -----------------------------===//
//
// What counts as a code at the end of a message, and that --explain finds it.
//
//===----------------------------------------------------------------------===//

#include "compiler/driver/Explain.h"
#include "gtest/gtest.h"

using namespace nnc;

namespace {

TEST(Explain, FindsTheCodeAtTheEndOnly) {
  EXPECT_EQ(codeOf("no such layer [N201]"), "N201");
  EXPECT_EQ(codeOf("no such layer [N201]\n"), "N201");
  EXPECT_EQ(codeOf("no such layer"), "");
  EXPECT_EQ(codeOf("layer '[N201]' is odd"), "");
  EXPECT_EQ(codeOf("odd [N20]"), "");
  EXPECT_EQ(codeOf("odd [N20x]"), "");
  EXPECT_EQ(codeOf("odd[N201]"), "");
  EXPECT_EQ(codeOf("]"), "");
  EXPECT_EQ(codeOf(""), "");
  EXPECT_EQ(splitCode("no such layer [N201]").first, "no such layer");
  EXPECT_EQ(splitCode("layer [3] is odd").first, "layer [3] is odd");
}

TEST(Explain, KeepsTheCodeThatIsThere) {
  EXPECT_EQ(withCode("odd [N201]", "N901"), "odd [N201]");
  EXPECT_EQ(withCode("odd\n", "N901"), "odd [N901]");
}

TEST(Explain, PrintsASectionAsPlainText) {
  std::string text;
  llvm::raw_string_ostream os(text);
  EXPECT_TRUE(explain("n201", os));
  EXPECT_EQ(text.rfind("N201: no such layer\n\n", 0), 0u);
  EXPECT_EQ(text.find("```"), std::string::npos);
  EXPECT_NE(text.find("\n  $ nnc model.mlir\n"), std::string::npos);
  EXPECT_FALSE(explain("N000", os));
  EXPECT_FALSE(explain("", os));
}

} // namespace
