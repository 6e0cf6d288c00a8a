//===- KerasJsonTest.cpp - JSON as Python writes it -----------------------===//

#include "compiler/import/KerasJson.h"

#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"

using namespace nnc;

/// The attribute of a JSON text, as MLIR prints it; "null" for none.
static std::string print(llvm::StringRef text) {
  mlir::MLIRContext context;
  auto value = parseKerasJson(text);
  if (!value)
    return "error: " + llvm::toString(value.takeError());
  mlir::Attribute attribute = toAttribute(&context, *value);
  if (!attribute)
    return "null";
  std::string printed;
  llvm::raw_string_ostream os(printed);
  attribute.print(os);
  return printed;
}

static std::string subscript(llvm::StringRef text) {
  std::string error;
  std::string key = toSubscript(llvm::cantFail(parseKerasJson(text)), error);
  return error.empty() ? key : "error: " + error;
}

TEST(KerasJson, FloatsAndIntegersAreToldApart) {
  EXPECT_EQ(print("1"), "1 : i64");
  EXPECT_EQ(print("1.0"), "1.000000e+00 : f64");
  EXPECT_EQ(print("-2e3"), "-2.000000e+03 : f64");
  EXPECT_EQ(print("[-1, 0.5]"), "[-1, 5.000000e-01]");
}

TEST(KerasJson, PythonHasMoreNumbers) {
  EXPECT_EQ(print("Infinity"), "0x7FF0000000000000 : f64");
  EXPECT_EQ(print("[-Infinity]"), "[0xFFF0000000000000 : f64]");
  EXPECT_EQ(print("NaN"), "0x7FF8000000000000 : f64");
  EXPECT_EQ(print("\"NaN 1.5 \\\" Infinity\""), "\"NaN 1.5 \\22 Infinity\"");
}

TEST(KerasJson, NoneIsLeftOutOrMinusOne) {
  EXPECT_EQ(print("null"), "null");
  EXPECT_EQ(print("[null, 4]"), "[-1, 4]");
  EXPECT_EQ(print("{\"a\": null, \"b\": true}"), "{b = true}");
}

TEST(KerasJson, ObjectsOfKerasAreLists) {
  EXPECT_EQ(print(R"({"class_name": "__tuple__", "items": [1, 2]})"), "[1, 2]");
  EXPECT_EQ(print(R"({"class_name": "__numpy__",
                      "config": {"value": [0.5], "dtype": "float32"}})"),
            "[5.000000e-01]");
  EXPECT_EQ(print(R"({"module": "keras.initializers", "class_name": "Zeros",
                      "config": {}, "registered_name": null})"),
            "{class_name = \"Zeros\", config = {}}");
  EXPECT_EQ(print(R"({"class_name": "__lambda__", "config": {}})"), "null");
}

TEST(KerasJson, BadTextIsAnError) {
  for (llvm::StringRef text : {"", "{", "[1,]", "\xff", "1..2", "-", "{\"a\""})
    EXPECT_TRUE(llvm::StringRef(print(text)).starts_with("error: "))
        << text.str();
  std::string deep(100000, '[');
  EXPECT_EQ(print(deep), "error: its JSON nests deeper than 256 [N102]");
}

TEST(KerasJson, Subscripts) {
  EXPECT_EQ(
      subscript("[[0, 2]]"),
      "error: its subscript has an array of indices; use ops.take [N317]");
  EXPECT_EQ(
      subscript("{\"class_name\": \"__numpy__\", \"config\": {\"value\": "
                "[0, 2], \"dtype\": \"int64\"}}"),
      "error: its subscript has an array of indices; use ops.take [N317]");
  EXPECT_EQ(subscript("3"), "3");
  EXPECT_EQ(subscript(R"([{"class_name": "__ellipsis__", "config": {}}, 0,
      {"class_name": "__slice__",
       "config": {"start": 1, "stop": null, "step": 2}}, null])"),
            "..., 0, 1::2, None");
  EXPECT_EQ(subscript(R"({"class_name": "__slice__", "config": {}})"), ":");
  EXPECT_EQ(subscript("\"a\""),
            "error: its subscript is neither a number nor a slice [N317]");
  EXPECT_EQ(subscript("1.5"),
            "error: its subscript is neither a number nor a slice [N317]");
}

TEST(KerasJson, LooksLikeJson) {
  EXPECT_TRUE(looksLikeJson(" {\n \"class_name\": 1}"));
  EXPECT_FALSE(looksLikeJson("{-# dialect_resources: {} #-}"));
  EXPECT_FALSE(looksLikeJson("nn.model @m {\n}"));
}
