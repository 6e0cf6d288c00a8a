//===- TypePromotionTest.cpp - Keras's result_type ------------------------===//
//
// What keras.backend.result_type gives, on TensorFlow where backends differ.
//
//===----------------------------------------------------------------------===//

#include "dialect/TypePromotion.h"

#include "dialect/ElementTypes.h"
#include "mlir/IR/MLIRContext.h"
#include "gtest/gtest.h"
#include <string>
#include <vector>

using namespace nnc::nn;

namespace {

class TypePromotion : public testing::Test {
protected:
  /// "int" and "float" are Python's.
  std::string promote(const std::vector<std::string> &names) {
    std::vector<PromotionType> types;
    for (const std::string &name : names) {
      if (name == "int")
        types.push_back(pythonInt(&context));
      else if (name == "float")
        types.push_back(pythonFloat(&context));
      else
        types.push_back({getElementType(&context, name)});
    }
    return getDTypeName(promoteTypes(types)).str();
  }

  mlir::MLIRContext context;
};

} // namespace

TEST_F(TypePromotion, KeepsOneType) {
  for (const char *name : {"bool", "int8", "uint8", "int32", "int64", "float16",
                           "bfloat16", "float32", "float64"}) {
    EXPECT_EQ(promote({name}), name);
    EXPECT_EQ(promote({name, name}), name);
  }
}

TEST_F(TypePromotion, IntegersYieldToFloats) {
  EXPECT_EQ(promote({"int32", "float32"}), "float32");
  EXPECT_EQ(promote({"int64", "float16"}), "float16");
  EXPECT_EQ(promote({"bool", "bfloat16"}), "bfloat16");
  EXPECT_EQ(promote({"float16", "bfloat16"}), "float32");
  EXPECT_EQ(promote({"float32", "float64"}), "float64");
}

TEST_F(TypePromotion, MeetsAboveBothSigns) {
  EXPECT_EQ(promote({"uint8", "int8"}), "int16");
  EXPECT_EQ(promote({"uint16", "int16"}), "int32");
  EXPECT_EQ(promote({"uint32", "int32"}), "int64");
  EXPECT_EQ(promote({"uint8", "uint16"}), "uint16");
  EXPECT_EQ(promote({"bool", "uint8"}), "uint8");
}

TEST_F(TypePromotion, PythonNumbersAreWeak) {
  EXPECT_EQ(promote({"float16", "float"}), "float16");
  EXPECT_EQ(promote({"float64", "float"}), "float64");
  EXPECT_EQ(promote({"int32", "float"}), "float32");
  EXPECT_EQ(promote({"int64", "float"}), "float32");
  EXPECT_EQ(promote({"int8", "int"}), "int8");
  EXPECT_EQ(promote({"uint8", "int"}), "uint8");
  EXPECT_EQ(promote({"float32", "int"}), "float32");
  EXPECT_EQ(promote({"bool", "int"}), "int32");
  EXPECT_EQ(promote({"bool", "float"}), "float32");
  EXPECT_EQ(promote({"int", "float"}), "float32");
}
