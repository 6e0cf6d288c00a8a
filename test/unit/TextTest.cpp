//===- TextTest.cpp - names made fit to print -----------------------------===//

#include "compiler/model/Text.h"
#include <gtest/gtest.h>

using namespace nnc;

TEST(Text, LeavesPrintableNamesAlone) {
  EXPECT_EQ(printableText("conv1/kernel:0"), "conv1/kernel:0");
  EXPECT_EQ(printableText("größe 層"), "größe 層");
  EXPECT_EQ(printableText(""), "");
}

TEST(Text, ReplacesControlsAndReorderingMarks) {
  EXPECT_EQ(printableText("a\nb\tc\x7f"), "a?b?c?");
  EXPECT_EQ(printableText("a\xc2\x85z"), "a?z");     // next line
  EXPECT_EQ(printableText("a\xe2\x80\xaez"), "a?z"); // right-to-left
  EXPECT_EQ(printableText(llvm::StringRef("\0", 1)), "?");
}

TEST(Text, RepairsInvalidUTF8) {
  EXPECT_EQ(printableText("a\xff"), "a\xef\xbf\xbd");
  EXPECT_EQ(printableText("a\xe2\x80"), "a\xef\xbf\xbd");
}

TEST(Text, TakesCodePoints) {
  llvm::StringRef text = "a\xc3\xb6\xe5\xb1\xa4\xf0\x9f\x98\x80";
  EXPECT_EQ(takeCodePoint(text), 0x61u);
  EXPECT_EQ(takeCodePoint(text), 0xf6u);
  EXPECT_EQ(takeCodePoint(text), 0x5c64u);
  EXPECT_EQ(takeCodePoint(text), 0x1f600u);
  EXPECT_TRUE(text.empty());
}

TEST(Text, GroupsThousands) {
  EXPECT_EQ(withThousands(0), "0");
  EXPECT_EQ(withThousands(999), "999");
  EXPECT_EQ(withThousands(1000), "1,000");
  EXPECT_EQ(withThousands(UINT64_MAX), "18,446,744,073,709,551,615");
}

TEST(Text, ReadsBytesAsKerasDoes) {
  EXPECT_EQ(readableBytes(0), "0.00 B");
  EXPECT_EQ(readableBytes(1023), "1023.00 B");
  EXPECT_EQ(readableBytes(1024), "1.00 KB");
  EXPECT_EQ(readableBytes(153128), "149.54 KB");
  EXPECT_EQ(readableBytes(102228128), "97.49 MB");
  EXPECT_EQ(readableBytes(uint64_t(1) << 50), "1.00 PB");
}

TEST(Text, WrapsLinesAfterAPrefix) {
  EXPECT_EQ(wrapText("", "// "), "\n");
  EXPECT_EQ(wrapText("one  two", "// "), "// one two\n");
  std::string word(40, 'x');
  EXPECT_EQ(wrapText(word + " " + word, " * "),
            " * " + word + "\n * " + word + "\n");
}
