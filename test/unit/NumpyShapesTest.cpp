//===- NumpyShapesTest.cpp - numpy's shape rules --------------------------===//
//
// Shapes as numpy has them, with open extents, and the words of the errors.
//
//===----------------------------------------------------------------------===//

#include "dialect/NumpyShapes.h"

#include "mlir/AsmParser/AsmParser.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/Error.h"
#include "gtest/gtest.h"
#include <cstdint>
#include <optional>
#include <string>

using namespace nnc::nn;

namespace {

constexpr int64_t kBatch = kDynamic;
constexpr int64_t kHuge = int64_t(1) << 62;

template <typename Result> std::string text(llvm::Expected<Result> shape) {
  return shape ? toString(*shape) : "error: " + toString(shape.takeError());
}

bool fails(const std::string &result, llvm::StringRef reason) {
  return llvm::StringRef(result).starts_with("error: ") &&
         llvm::StringRef(result).contains(reason);
}

class NumpyShapes : public testing::Test {
protected:
  mlir::Attribute parse(llvm::StringRef value) {
    return mlir::parseAttribute(value, &context);
  }

  std::string pad(llvm::StringRef widths, int64_t rank) {
    auto pairs = numpyPadWidths(parse(widths), rank);
    if (!pairs)
      return "error: " + llvm::toString(pairs.takeError());
    Shape flat;
    for (auto [low, high] : *pairs)
      flat.append({low, high});
    return toString(flat);
  }

  mlir::MLIRContext context;
};

} // namespace

TEST_F(NumpyShapes, Broadcasts) {
  EXPECT_EQ(text(numpyBroadcast({{kBatch, 4, 1}, {3}})), "(None, 4, 3)");
  EXPECT_EQ(text(numpyBroadcast({{kBatch, 4}, {kBatch, 1}})), "(None, 4)");
  EXPECT_EQ(text(numpyBroadcast({{kBatch, 4}, {3, 1}})), "(3, 4)");
  EXPECT_EQ(text(numpyBroadcast({{1, 4}, {kBatch, 4}})), "(None, 4)");
  EXPECT_EQ(text(numpyBroadcast({{}, {}})), "()");
  EXPECT_TRUE(fails(text(numpyBroadcast({{2, 3}, {4}})),
                    "inputs (2, 3) and (4,) do not broadcast"));
}

TEST_F(NumpyShapes, Reduces) {
  int64_t middle[] = {1}, both[] = {0, -1}, twice[] = {1, -2};
  EXPECT_EQ(text(numpyReduce({kBatch, 4, 6}, middle, false)), "(None, 6)");
  EXPECT_EQ(text(numpyReduce({kBatch, 4, 6}, both, true)), "(1, 4, 1)");
  EXPECT_EQ(text(numpyReduce({kBatch, 4}, std::nullopt, false)), "()");
  EXPECT_TRUE(fails(text(numpyReduce({2, 3, 4}, twice, false)),
                    "axis -2 is named twice"));
}

TEST_F(NumpyShapes, Reshapes) {
  EXPECT_EQ(text(numpyReshape({2, 12}, {-1, 8})), "(3, 8)");
  EXPECT_EQ(text(numpyReshape({kBatch, 24}, {-1, 3, 8})), "(None, 3, 8)");
  EXPECT_TRUE(
      fails(text(numpyReshape({2, 12}, {-1, 5})), "5 against 24 elements"));
  EXPECT_TRUE(fails(text(numpyReshape({4}, {-1, -1})), "more than one -1"));
  EXPECT_TRUE(fails(text(numpyReshape({4}, {0})), "the extent 0"));
  EXPECT_TRUE(fails(text(numpyReshape({4}, {kHuge, 4})), "overflows"));
}

TEST_F(NumpyShapes, OrdersAxes) {
  int64_t axes[] = {0, 2, 1}, few[] = {0, 1}, first[] = {0}, last[] = {-1};
  EXPECT_EQ(text(numpyTranspose(axes, 3)), "(0, 2, 1)");
  EXPECT_EQ(text(numpyTranspose(std::nullopt, 3)), "(2, 1, 0)");
  EXPECT_TRUE(fails(text(numpyTranspose(few, 3)), "each of 3 axes once"));
  EXPECT_EQ(text(numpyMoveAxes(first, last, 3)), "(1, 2, 0)");
  EXPECT_EQ(text(numpyMoveAxes(last, first, 3)), "(2, 0, 1)");
}

TEST_F(NumpyShapes, AddsAndLeavesOutAxes) {
  int64_t inner[] = {1}, ends[] = {0, -1};
  EXPECT_EQ(text(numpyExpandDims({kBatch, 4}, inner)), "(None, 1, 4)");
  EXPECT_EQ(text(numpyExpandDims({kBatch, 4}, ends)), "(1, None, 4, 1)");
  EXPECT_EQ(text(numpySqueeze({kBatch, 1, 4}, inner)), "(None, 4)");
  // The batch stays even where it is 1.
  EXPECT_EQ(text(numpySqueeze({1, 1, 4}, std::nullopt)), "(1, 4)");
  EXPECT_TRUE(
      fails(text(numpySqueeze({kBatch, 3}, inner)), "its extent is not 1"));
}

TEST_F(NumpyShapes, ReadsPadWidths) {
  EXPECT_EQ(pad("2 : i64", 2), "(2, 2, 2, 2)");
  EXPECT_EQ(pad("array<i64: 1, 2>", 2), "(1, 2, 1, 2)");
  EXPECT_EQ(pad("[[0 : i64, 0 : i64], [1 : i64, 2 : i64]]", 2), "(0, 0, 1, 2)");
  EXPECT_TRUE(fails(pad("[[0 : i64, 0 : i64], [1 : i64, 2 : i64]]", 3),
                    "a pair for each of 3 axes"));
  EXPECT_TRUE(fails(pad("-1 : i64", 1), "integers of at least 0"));
  EXPECT_TRUE(fails(pad("0.5 : f64", 1), "integers of at least 0"));
}

TEST_F(NumpyShapes, Splits) {
  EXPECT_EQ(text(numpySplit(parse("3 : i64"), 6)), "(2, 2, 2)");
  EXPECT_EQ(text(numpySplit(parse("array<i64: 1, -1>"), 6)), "(1, 4, 1)");
  EXPECT_TRUE(fails(text(numpySplit(parse("4 : i64"), 6)),
                    "cannot split an axis of 6 into 4 equal parts"));
  EXPECT_TRUE(
      fails(text(numpySplit(parse("array<i64: 2, 2>"), 6)), "one is empty"));
  EXPECT_EQ(countParts(parse("array<i64: 2, 4>")), 3U);
}
