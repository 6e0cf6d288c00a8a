//===- ConstantsTest.cpp - constants in the place of tensors --------------===//
//
// Which values are constants, their shapes and types, and how their elements
// are converted.
//
//===----------------------------------------------------------------------===//

#include "dialect/Constants.h"

#include "mlir/AsmParser/AsmParser.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"
#include <string>

using namespace nnc::nn;

namespace {

class Constants : public testing::Test {
protected:
  mlir::Attribute parse(llvm::StringRef value) {
    return mlir::parseAttribute(value, &context);
  }

  /// The constant with elements of another type, as text.
  std::string convert(llvm::StringRef value, mlir::Type element) {
    std::string text;
    llvm::raw_string_ostream os(text);
    convertConstant(parse(value), element).print(os);
    return text;
  }

  mlir::MLIRContext context;
  mlir::Builder b{&context};
};

} // namespace

TEST_F(Constants, AreNumbersAndLists) {
  for (const char *value :
       {"1 : i64", "0.5 : f64", "true", "array<i64: 1, 2>",
        "[1 : i64, 0.5 : f64]", "[[true], [false]]",
        "dense<1.0> : tensor<2xf32>", "0x7FF0000000000000 : f64"})
    EXPECT_TRUE(isConstant(parse(value))) << value;
  for (const char *value : {"\"x\"", "[]", "[1 : i64, [2 : i64]]",
                            "[true, 1 : i64]", "1 : i32", "unit"})
    EXPECT_FALSE(isConstant(parse(value))) << value;
}

TEST_F(Constants, HaveShapesAndTypes) {
  EXPECT_TRUE(getConstantShape(parse("1 : i64")).empty());
  EXPECT_EQ(toString(getConstantShape(parse("[[1 : i64], [2 : i64]]"))),
            "(2, 1)");
  EXPECT_TRUE(getConstantType(parse("1 : i64")).weak);
  EXPECT_TRUE(getConstantType(parse("0.5 : f64")).type.isF32());
  PromotionType list = getConstantType(parse("array<i64: 1, 2>"));
  EXPECT_FALSE(list.weak);
  EXPECT_TRUE(list.type.isInteger(32));
  EXPECT_TRUE(getConstantType(parse("[1 : i64, 0.5 : f64]")).type.isF32());
  EXPECT_TRUE(getConstantType(parse("true")).type.isInteger(1));
  EXPECT_TRUE(
      getConstantType(parse("dense<1.0> : tensor<2xf64>")).type.isF64());
}

TEST_F(Constants, Convert) {
  EXPECT_EQ(convert("array<i64: 1, -2>", b.getF32Type()),
            "dense<[1.000000e+00, -2.000000e+00]> : tensor<2xf32>");
  EXPECT_EQ(convert("[-1.5 : f64, 2.5 : f64]", b.getI32Type()),
            "dense<[-1, 2]> : tensor<2xi32>");
  EXPECT_EQ(convert("0.5 : f64", b.getI1Type()), "dense<true> : tensor<i1>");
  EXPECT_EQ(convert("true", b.getF32Type()),
            "dense<1.000000e+00> : tensor<f32>");
  EXPECT_EQ(convert("0x7FF0000000000000 : f64", b.getI32Type()),
            "dense<2147483647> : tensor<i32>");
  EXPECT_EQ(convert("dense<200> : tensor<1xui8>", b.getF32Type()),
            "dense<2.000000e+02> : tensor<1xf32>");
}
