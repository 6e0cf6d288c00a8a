//===- KeysTest.cpp - values of keys and their spellings ------------------===//

#include "dialect/Keys.h"
#include "dialect/Quantization.h"

#include "mlir/AsmParser/AsmParser.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"
#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

using namespace nnc::nn;

namespace {

/// Attributes written as in the dialect's text.
class Keys : public testing::Test {
protected:
  mlir::Attribute parse(llvm::StringRef text) {
    return mlir::parseAttribute(text, &context);
  }

  /// All forms of a value as written, as text.
  std::vector<std::string> forms(llvm::StringRef written) {
    std::vector<std::string> texts;
    for (mlir::Attribute form : getKeyForms(parse(written))) {
      llvm::raw_string_ostream os(texts.emplace_back());
      printKeyValue(form, os);
    }
    return texts;
  }

  mlir::MLIRContext context;
};

} // namespace

TEST_F(Keys, NamesHoldNoSlash) {
  EXPECT_TRUE(isValidName("conv2d.1-x y"));
  EXPECT_FALSE(isValidName(""));
  EXPECT_FALSE(isValidName("a/b"));
  EXPECT_FALSE(isValidName("a\nb"));
}

TEST_F(Keys, ActivationsHaveAliases) {
  EXPECT_TRUE(isActivation("relu"));
  EXPECT_TRUE(isActivation("swish"));
  EXPECT_FALSE(isActivation("rely"));
  EXPECT_EQ(canonicalActivation("swish"), "silu");
  EXPECT_EQ(canonicalActivation("hard_swish"), "hard_silu");
  EXPECT_EQ(canonicalActivation("gelu"), "gelu");
}

TEST_F(Keys, CountsArePartOfThePredicate) {
  EXPECT_TRUE(isPositive({1, 2}, 2));
  EXPECT_FALSE(isPositive({1, 0}, 2));
  EXPECT_FALSE(isPositive({1}, 2));
  EXPECT_TRUE(isNonNegative({0, 0}, 2));
  EXPECT_FALSE(isNonNegative({0, -1}, 2));
}

TEST_F(Keys, OneIntegerStandsForMany) {
  std::vector<std::string> texts = forms("3");
  for (const char *form : {"3", "[3]", "[3, 3]", "[3, 3, 3]",
                           "[[3, 3], [3, 3]]", "[[3, 3], [3, 3], [3, 3]]"})
    EXPECT_NE(std::find(texts.begin(), texts.end(), form), texts.end()) << form;
}

TEST_F(Keys, TwoIntegersStandForFourSides) {
  std::vector<std::string> texts = forms("[1, 2]");
  EXPECT_NE(std::find(texts.begin(), texts.end(), "[[1, 1], [2, 2]]"),
            texts.end());
}

TEST_F(Keys, BordersHaveFourSides) {
  mlir::Attribute border;
  for (mlir::Attribute form : getKeyForms(parse("[[1, 2], [3, 4]]")))
    if (isBorder(form, 2))
      border = form;
  ASSERT_TRUE(border);
  llvm::SmallVector<int64_t> sides = {1, 2, 3, 4};
  EXPECT_EQ(getBorder(llvm::cast<mlir::ArrayAttr>(border), 2, 0), sides);
  llvm::SmallVector<int64_t> absent = {1, 1, 1, 1};
  EXPECT_EQ(getBorder({}, 2, 1), absent);
  for (mlir::Attribute form : getKeyForms(parse("[[1, 2], [3, -4]]")))
    EXPECT_FALSE(isBorder(form, 2));
}

TEST_F(Keys, NumbersKeepTheirShape) {
  auto numbers = getNumbers(parse("[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]"));
  ASSERT_TRUE(numbers);
  EXPECT_EQ(numbers->shape, (llvm::SmallVector<int64_t>{2, 3}));
  EXPECT_EQ(numbers->values.size(), 6u);
  auto scalar = getNumbers(parse("2.5"));
  ASSERT_TRUE(scalar);
  EXPECT_TRUE(scalar->shape.empty());
  EXPECT_FALSE(getNumbers(parse("[[1.0], [2.0, 3.0]]")));
  EXPECT_FALSE(getNumbers(parse("[1.0, [2.0]]")));
  EXPECT_FALSE(getNumbers(parse("\"one\"")));
}

TEST_F(Keys, InitializersAreNamesOrDictionaries) {
  EXPECT_TRUE(isInitializer(parse("\"zeros\"")));
  EXPECT_TRUE(isInitializer(parse("{class_name = \"Zeros\"}")));
  EXPECT_FALSE(isInitializer(parse("{name = \"Zeros\"}")));
  EXPECT_FALSE(isInitializer(parse("1.0")));
}

/// An int8 configuration with this as its activation_quantizer.
static std::string int8Config(const std::string &quantizer) {
  return "{class_name = \"Int8QuantizationConfig\", config = "
         "{activation_quantizer = " +
         quantizer + "}}";
}

TEST_F(Keys, Int8ConfigsSayHowInputsAreQuantized) {
  auto config = parse(int8Config("{class_name = \"AbsMaxQuantizer\", config = "
                                 "{value_range = [-100, 99], epsilon = 0.5}}"));
  EXPECT_TRUE(isInt8Config(config));
  auto quantizer = getInputQuantizer(config);
  ASSERT_TRUE(quantizer);
  EXPECT_EQ(quantizer->low, -100.0);
  EXPECT_EQ(quantizer->high, 99.0);
  EXPECT_EQ(quantizer->epsilon, 0.5);
  // Keras's default where there is no config, none where it has none.
  EXPECT_EQ(getInputQuantizer({})->high, 127.0);
  auto weightsOnly =
      parse("{class_name = \"Int8QuantizationConfig\", config = {}}");
  EXPECT_TRUE(isInt8Config(weightsOnly));
  EXPECT_FALSE(getInputQuantizer(weightsOnly));
}

TEST_F(Keys, OtherQuantizersAreRefused) {
  EXPECT_FALSE(
      isInt8Config(parse("{class_name = \"Int4QuantizationConfig\"}")));
  EXPECT_FALSE(isInt8Config(parse("1.0")));
  EXPECT_FALSE(isInt8Config(parse(int8Config("{class_name = \"Other\"}"))));
  for (const char *bad :
       {"value_range = [-129, 127]", "value_range = [-127, 128]",
        "value_range = [1, 2]", "value_range = 3", "epsilon = -1.0",
        "epsilon = [1.0]", "output_dtype = \"int4\""})
    EXPECT_FALSE(isInt8Config(
        parse(int8Config("{class_name = \"AbsMaxQuantizer\", config = {" +
                         std::string(bad) + "}}"))))
        << bad;
}

TEST_F(Keys, ArePrintedAsTheyAreWritten) {
  for (const char *text :
       {"0.5", "-0.0", "1.0", "6.0", "0.1", "0.30000000000000004", "1.0E-5",
        "1.0E+300", "3", "true", "[1, 2]", "[1, 2.5]", "\"same\"",
        "{a = 1, \"b c\", d = {e = 0.5}}", "0x7FF0000000000000 : f64"}) {
    std::string printed;
    llvm::raw_string_ostream os(printed);
    printKeyValue(parse(text), os);
    EXPECT_EQ(printed, text);
    EXPECT_EQ(parse(printed), parse(text));
  }
}
