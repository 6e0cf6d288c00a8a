//===- IndexKeyTest.cpp - x[…] as Python writes it ------------------------===//
//
// Keys are resolved as Python and numpy do, and refused with a reason.
//
//===----------------------------------------------------------------------===//

#include "dialect/IndexKey.h"

#include "llvm/Support/Error.h"
#include "gtest/gtest.h"
#include <string>

using namespace nnc::nn;

namespace {

/// The result's shape, and what is taken of each axis as start:step:size.
std::string take(llvm::StringRef key, ShapeRef shape) {
  auto items = parseIndexKey(key);
  if (!items)
    return "error: " + llvm::toString(items.takeError());
  auto indexing = resolveIndex(*items, shape);
  if (!indexing)
    return "error: " + llvm::toString(indexing.takeError());
  std::string text = toString(indexing->result);
  for (const AxisIndex &axis : indexing->axes)
    text += " " + std::to_string(axis.start) + ":" + std::to_string(axis.step) +
            ":" + toString({axis.size});
  return text + (indexing->movesFirstAxis ? " moved" : "");
}

bool fails(llvm::StringRef key, ShapeRef shape, llvm::StringRef reason) {
  std::string text = take(key, shape);
  return llvm::StringRef(text).starts_with("error: ") &&
         llvm::StringRef(text).contains(reason);
}

const Shape kShape = {kDynamic, 4, 6};

} // namespace

TEST(IndexKey, TakesIntegersAndSlices) {
  EXPECT_EQ(take(":, 1:3, ::2", {5, 4, 6}),
            "(5, 2, 3) 0:1:(5,) 1:1:(2,) 0:2:(3,)");
  EXPECT_EQ(take(":, -1", {5, 4, 6}), "(5, 6) 0:1:(5,) 3:1:(1,) 0:1:(6,)");
  EXPECT_EQ(take("..., 0", {5, 4}), "(5,) 0:1:(5,) 0:1:(1,)");
  EXPECT_EQ(take("0:None, None, 2", {5, 4}), "(5, 1) 0:1:(5,) 2:1:(1,)");
}

TEST(IndexKey, CutsSlicesToWhatThereIs) {
  EXPECT_EQ(take("-9:99", {5}), "(5,) 0:1:(5,)");
  EXPECT_EQ(take("::-1", {5}), "(5,) 4:-1:(5,) moved");
  EXPECT_EQ(take("-2:-5:-2", {5}), "(2,) 3:-2:(2,) moved");
  EXPECT_EQ(take("9::-3", {5}), "(2,) 4:-3:(2,) moved");
}

TEST(IndexKey, KnowsWhatMovesTheFirstAxis) {
  EXPECT_EQ(take(":, 0, 1:", kShape),
            "(None, 5) 0:1:(None,) 0:1:(1,) 1:1:(5,)");
  EXPECT_TRUE(llvm::StringRef(take("None", kShape)).ends_with("moved"));
  EXPECT_TRUE(llvm::StringRef(take("0", kShape)).ends_with("moved"));
  EXPECT_TRUE(llvm::StringRef(take("1:", kShape)).ends_with("moved"));
  EXPECT_FALSE(llvm::StringRef(take("...", kShape)).ends_with("moved"));
}

TEST(IndexKey, RefusesWhatIsNotThere) {
  EXPECT_TRUE(fails(":, 4", kShape, "index 4 is outside an axis of 4"));
  EXPECT_TRUE(fails(":, -5", kShape, "index -5 is outside an axis of 4"));
  EXPECT_TRUE(fails(":, 2:2", kShape, "takes nothing of an axis of 4"));
  EXPECT_TRUE(fails("0, 0, 0, 0", kShape, "key names 4 axes of"));
  EXPECT_TRUE(fails("..., ...", kShape, "more than one '...'"));
  EXPECT_TRUE(fails("::0", kShape, "has a step of 0"));
  EXPECT_TRUE(fails("[0, 1]", kShape, "key '[0' is no integer"));
  EXPECT_TRUE(fails("1:2:3:4", kShape, "key '1:2:3:4' is no integer"));
  EXPECT_TRUE(fails("99999999999999999999", kShape, "is no integer"));
}
