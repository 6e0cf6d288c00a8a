//===- AttentionTest.cpp - einsums and shapes of attention ----------------===//

#include "dialect/Attention.h"

#include "dialect/Einsum.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Error.h"
#include "gtest/gtest.h"
#include <string>

using namespace nnc::nn;

namespace {

constexpr int64_t kNone = kDynamic;

std::string text(llvm::Error error) {
  return error ? "error: " + toString(std::move(error)) : "fits";
}

std::string axesText(std::optional<llvm::ArrayRef<int64_t>> given,
                     int64_t rank) {
  auto axes = normalizeAttentionAxes(given, rank);
  return axes ? toString(Shape(*axes)) : "error: " + toString(axes.takeError());
}

AttentionShapes steps(int64_t queries, int64_t values) {
  AttentionShapes shapes;
  shapes.query = {kNone, queries, 8};
  shapes.value = {kNone, values, 6};
  shapes.key = {kNone, values, 7};
  return shapes;
}

} // namespace

TEST(Attention, EquationsOverOneAxis) {
  HeadEquations equations = makeHeadEquations(3, {1}, 1);
  EXPECT_EQ(equations.project, "abz,zxy->abxy");
  EXPECT_EQ(equations.scores, "abxy,aBxy->axbB");
  EXPECT_EQ(equations.combine, "axbB,aBxy->abxy");
  EXPECT_EQ(equations.output, "abxy,xyk->abk");
}

TEST(Attention, EquationsOverTwoAxesAndInBatches) {
  HeadEquations both = makeHeadEquations(4, {1, 2}, 2);
  EXPECT_EQ(both.scores, "abcxy,aBCxy->axbcBC");
  EXPECT_EQ(both.combine, "axbcBC,aBCxy->abcxy");
  EXPECT_EQ(both.output, "abcxy,xykl->abckl");
  EXPECT_EQ(makeHeadEquations(4, {2}, 1).scores, "abcxy,abCxy->abxcC");
  EXPECT_EQ(makeHeadEquations(4, {1}, 1).scores, "abcxy,aBcxy->acxbB");
}

TEST(Attention, Axes) {
  EXPECT_EQ(axesText(std::nullopt, 3), "(1,)");
  EXPECT_EQ(axesText(std::nullopt, 4), "(1, 2)");
  EXPECT_EQ(axesText(llvm::ArrayRef<int64_t>({-2}), 4), "(2,)");
  EXPECT_EQ(axesText(llvm::ArrayRef<int64_t>({-1}), 4),
            "error: attention_axes names the features [N309]");
  EXPECT_EQ(axesText(llvm::ArrayRef<int64_t>({0}), 4),
            "error: axis 0 is the batch [N309]");
  EXPECT_EQ(axesText(std::nullopt, 2),
            "error: expects inputs of rank 3 to 8, but got rank 2 [N301]");
}

TEST(Attention, Inputs) {
  AttentionShapes shapes = steps(5, 9);
  EXPECT_EQ(text(checkSequences(shapes)), "fits");
  shapes.key[1] = 8;
  EXPECT_EQ(
      text(checkSequences(shapes)),
      "error: expects one batch, and as many values as keys, but got "
      "query (None, 5, 8), value (None, 9, 6) and key (None, 8, 7) [N308]");
  shapes = steps(5, 9);
  shapes.valueMask = Shape{kNone, 9};
  EXPECT_EQ(text(checkSequences(shapes)), "fits");
  shapes.queryMask = Shape{kNone, 9};
  EXPECT_EQ(text(checkSequences(shapes)),
            "error: query_mask expects (None, 5), but got (None, 9) [N313]");
  AttentionShapes images;
  images.query = images.value = images.key = {kNone, 3, 4, 6};
  EXPECT_EQ(text(checkHeadInputs(images, {1, 2})), "fits");
  EXPECT_EQ(text(checkSequences(images)),
            "error: expects a rank-3 input (batch, steps, features), but got "
            "(None, 3, 4, 6) [N301]");
  images.value = images.key = {kNone, 3, 5, 6};
  EXPECT_EQ(text(checkHeadInputs(images, {2})), "fits");
  EXPECT_NE(text(checkHeadInputs(images, {1})), "fits");
}

TEST(Attention, MasksLieAtTheEndsOfTheScores) {
  EXPECT_EQ(Shape(placeAttentionMask(3, 4, 1)), (Shape{0, 2, 3}));
  EXPECT_EQ(Shape(placeAttentionMask(4, 4, 1)), (Shape{0, 1, 2, 3}));
  EXPECT_EQ(Shape(placeAttentionMask(5, 6, 2)), (Shape{0, 2, 3, 4, 5}));
  AttentionShapes shapes = steps(5, 9);
  Shape scores = {kNone, 2, 5, 9};
  shapes.attentionMask = Shape{kNone, 5, 9};
  EXPECT_EQ(text(checkAttentionMask(shapes, scores, 1)), "fits");
  shapes.attentionMask = Shape{kNone, 1, 5, 9};
  EXPECT_EQ(text(checkAttentionMask(shapes, scores, 1)), "fits");
  shapes.valueMask = Shape{kNone, 9};
  EXPECT_EQ(text(checkAttentionMask(shapes, scores, 1)),
            "error: attention_mask (None, 1, 5, 9) needs rank 3 beside other "
            "masks [N313]");
  shapes.attentionMask = Shape{kNone, 9, 5};
  EXPECT_EQ(text(checkAttentionMask(shapes, scores, 1)),
            "error: attention_mask (None, 9, 5) does not fit the scores (None, "
            "2, 5, 9) [N313]");
}
