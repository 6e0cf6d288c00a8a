//===- ShapeInferenceTest.cpp - Keras's shape rules -----------------------===//
//
// The rules as pure functions: what Keras's compute_output_shape gives, and the
// words of the errors.
//
//===----------------------------------------------------------------------===//

#include "dialect/ShapeInference.h"

#include "llvm/Support/Error.h"
#include "gtest/gtest.h"
#include <cstdint>
#include <string>
#include <utility>

using namespace nnc::nn;

namespace {

constexpr int64_t kHuge = int64_t(1) << 62;
constexpr int64_t kBatch = kDynamic;

std::string text(ShapeOr shape) {
  return shape ? toString(*shape) : "error: " + toString(shape.takeError());
}

std::string text(llvm::Expected<AxisGeometry> axis) {
  if (!axis)
    return "error: " + toString(axis.takeError());
  return std::to_string(axis->out) + " +" + std::to_string(axis->low) + "/" +
         std::to_string(axis->high);
}

std::string text(llvm::Expected<TransposedGeometry> axis) {
  if (!axis)
    return "error: " + toString(axis.takeError());
  return std::to_string(axis->out) + " -" + std::to_string(axis->crop);
}

bool fails(const std::string &result, llvm::StringRef reason) {
  return llvm::StringRef(result).starts_with("error: ") &&
         llvm::StringRef(result).contains(reason);
}

} // namespace

TEST(ShapeInference, PrintsShapesAsKeras) {
  EXPECT_EQ(toString(Shape{kDynamic, 28, 28, 1}), "(None, 28, 28, 1)");
  EXPECT_EQ(toString(Shape{7}), "(7,)");
  EXPECT_EQ(toString(Shape{}), "()");
}

TEST(ShapeInference, SlidesWindows) {
  EXPECT_EQ(text(inferAxis(5, {3, 1, 1}, PaddingMode::Valid)), "3 +0/0");
  EXPECT_EQ(text(inferAxis(5, {3, 2, 1}, PaddingMode::Valid)), "2 +0/0");
  EXPECT_EQ(text(inferAxis(5, {3, 1, 2}, PaddingMode::Valid)), "1 +0/0");
  // An even window leaves the odd zero for the end.
  EXPECT_EQ(text(inferAxis(5, {2, 1, 1}, PaddingMode::Same)), "5 +0/1");
  EXPECT_EQ(text(inferAxis(8, {3, 2, 1}, PaddingMode::Same)), "4 +0/1");
  EXPECT_EQ(text(inferAxis(7, {3, 2, 1}, PaddingMode::Same)), "4 +1/1");
  EXPECT_EQ(text(inferAxis(5, {1, 3, 1}, PaddingMode::Same)), "2 +0/0");
  EXPECT_EQ(text(inferAxis(5, {3, 1, 2}, PaddingMode::Causal)), "5 +4/0");
  EXPECT_EQ(text(inferAxis(5, {2, 2, 1}, PaddingMode::Causal)), "3 +1/0");
}

TEST(ShapeInference, RefusesWindowsThatDoNotFit) {
  EXPECT_TRUE(fails(text(inferAxis(2, {3, 1, 1}, PaddingMode::Valid)),
                    "its window spans 3 elements, but the input has 2"));
  EXPECT_TRUE(fails(text(inferAxis(5, {kHuge, 1, 4}, PaddingMode::Valid)),
                    "overflows"));
}

TEST(ShapeInference, Convolutions) {
  int64_t kernel[] = {3, 2}, ones[] = {1, 1}, twos[] = {2, 2};
  ConvSpec spec;
  spec.filters = 6;
  spec.kernel = kernel;
  spec.strides = ones;
  spec.dilation = ones;
  EXPECT_EQ(text(inferConv({kBatch, 8, 8, 4}, spec)), "(None, 6, 7, 6)");
  spec.channelsFirst = true;
  EXPECT_EQ(text(inferConv({kBatch, 4, 8, 8}, spec)), "(None, 6, 6, 7)");
  spec.channelsFirst = false;
  spec.depthMultiplier = 2;
  EXPECT_EQ(text(inferConv({kBatch, 8, 8, 4}, spec)), "(None, 6, 7, 8)");
  spec.depthMultiplier = 0;
  spec.groups = 3;
  EXPECT_TRUE(fails(text(inferConv({kBatch, 8, 8, 4}, spec)),
                    "channels are not a multiple of groups = 3"));
  spec.groups = 4;
  EXPECT_TRUE(fails(text(inferConv({kBatch, 8, 8, 4}, spec)),
                    "filters = 6 is not a multiple of groups = 4"));
  spec.groups = 1;
  spec.strides = twos;
  spec.dilation = twos;
  EXPECT_TRUE(
      fails(text(inferConv({kBatch, 8, 8, 4}, spec)), "exclude each other"));
  EXPECT_TRUE(fails(text(inferConv({kBatch, 784}, spec)),
                    "expects a rank-4 input (batch, height, width, channels), "
                    "but got (None, 784)"));
}

TEST(ShapeInference, TransposedWindows) {
  PaddingMode valid = PaddingMode::Valid, same = PaddingMode::Same;
  EXPECT_EQ(text(inferTransposedAxis(4, {3, 1, 1}, valid, {})), "6 -0");
  EXPECT_EQ(text(inferTransposedAxis(4, {3, 2, 1}, valid, {})), "9 -0");
  // A stride beyond the window leaves room behind the last element.
  EXPECT_EQ(text(inferTransposedAxis(4, {2, 3, 1}, valid, {})), "12 -0");
  EXPECT_EQ(text(inferTransposedAxis(4, {3, 1, 2}, valid, {})), "8 -0");
  EXPECT_EQ(text(inferTransposedAxis(4, {3, 2, 1}, valid, 1)), "10 -0");
  EXPECT_EQ(text(inferTransposedAxis(4, {3, 1, 1}, same, {})), "4 -1");
  EXPECT_EQ(text(inferTransposedAxis(4, {3, 2, 1}, same, {})), "8 -0");
  EXPECT_EQ(text(inferTransposedAxis(4, {4, 2, 1}, same, {})), "8 -1");
  EXPECT_EQ(text(inferTransposedAxis(4, {3, 2, 1}, same, 0)), "7 -1");
  EXPECT_EQ(text(inferTransposedAxis(4, {3, 2, 1}, same, 1)), "8 -0");
  EXPECT_EQ(text(inferTransposedAxis(kDynamic, {3, 2, 1}, same, {})),
            std::to_string(kDynamic) + " -0");
  EXPECT_TRUE(fails(text(inferTransposedAxis(4, {3, 2, 1}, valid, 2)),
                    "output_padding = 2 is not below strides = 2"));
  EXPECT_TRUE(fails(text(inferTransposedAxis(1, {2, 2, 1}, same, 0)),
                    "nothing is left of the input's 1 elements"));
  EXPECT_TRUE(fails(text(inferTransposedAxis(4, {3, kHuge, 1}, valid, {})),
                    "overflows"));
}

TEST(ShapeInference, TransposedConvolutions) {
  int64_t kernel[] = {3, 2}, strides[] = {2, 1}, ones[] = {1, 1};
  int64_t padding[] = {1, 0};
  ConvSpec spec;
  spec.filters = 6;
  spec.kernel = kernel;
  spec.strides = strides;
  spec.dilation = ones;
  EXPECT_EQ(text(inferConvTranspose({kBatch, 4, 5, 3}, spec, {})),
            "(None, 9, 6, 6)");
  EXPECT_EQ(text(inferConvTranspose({kBatch, 4, 5, 3}, spec, padding)),
            "(None, 10, 6, 6)");
  spec.channelsFirst = true;
  EXPECT_EQ(text(inferConvTranspose({kBatch, 3, kDynamic, 5}, spec, {})),
            "(None, 6, None, 6)");
  EXPECT_TRUE(fails(text(inferConvTranspose({kBatch, 5, 3}, spec, {})),
                    "expects a rank-4 input"));
}

TEST(ShapeInference, AdaptiveWindowsCoverTheInput) {
  using Bounds = std::pair<int64_t, int64_t>;
  EXPECT_EQ(adaptiveWindow(0, 7, 3), Bounds(0, 3));
  EXPECT_EQ(adaptiveWindow(1, 7, 3), Bounds(2, 5));
  EXPECT_EQ(adaptiveWindow(2, 7, 3), Bounds(4, 7));
  EXPECT_EQ(adaptiveWindow(3, 3, 5), Bounds(1, 3));
  int64_t size[] = {2, 9};
  EXPECT_EQ(text(inferAdaptivePool({kBatch, 5, 6, 3}, size, false)),
            "(None, 2, 9, 3)");
  EXPECT_TRUE(fails(text(inferAdaptivePool({kBatch, 5, kHuge, 3}, size, false)),
                    "more than 2^20 elements"));
}

TEST(ShapeInference, ImagesKeepTheirAspect) {
  ImageBox box = cropToAspect(5, 8, 4, 4);
  EXPECT_EQ(box.height, 5);
  EXPECT_EQ(box.width, 5);
  EXPECT_EQ(box.top, 0);
  EXPECT_EQ(box.left, 1);
  box = cropToAspect(1, 100, 1000, 1);
  EXPECT_EQ(box.height, 1);
  EXPECT_EQ(box.width, 1);
  using Border = std::pair<int64_t, int64_t>;
  EXPECT_EQ(padToAspect(5, 8, 4, 4), Border(1, 0));
  EXPECT_EQ(padToAspect(8, 5, 4, 4), Border(0, 1));
  EXPECT_EQ(padToAspect(4, 4, 2, 2), Border(0, 0));
  EXPECT_EQ(text(inferResize({kBatch, 5, kDynamic, 3}, 7, 8, false)),
            "(None, 7, 8, 3)");
  EXPECT_TRUE(fails(text(inferResize({kBatch, 5, 6, 3}, kHuge, 8, false)),
                    "more than 2^20 elements"));
}

TEST(ShapeInference, EncodedCategories) {
  EXPECT_EQ(text(inferEncoding({kBatch, 3}, "int", 7)), "(None, 3)");
  EXPECT_EQ(text(inferEncoding({kBatch, 3}, "one_hot", 7)), "(None, 3, 7)");
  EXPECT_EQ(text(inferEncoding({kBatch, 3, 1}, "one_hot", 7)), "(None, 3, 7)");
  EXPECT_EQ(text(inferEncoding({kBatch}, "one_hot", 7)), "(None, 7)");
  EXPECT_EQ(text(inferEncoding({kBatch, 3}, "count", 7)), "(None, 7)");
  EXPECT_TRUE(fails(text(inferEncoding({kBatch, 3, 4}, "multi_hot", 7)),
                    "output_mode = \"multi_hot\" expects a rank-2 input"));
}

TEST(ShapeInference, MelSpectrograms) {
  EXPECT_EQ(text(inferMelSpectrogram({kBatch, 512}, 128, 64, 12)),
            "(None, 12, 9)");
  EXPECT_EQ(text(inferMelSpectrogram({kBatch, 30}, 13, 5, 4)), "(None, 4, 6)");
  EXPECT_EQ(text(inferMelSpectrogram({kBatch, kDynamic}, 128, 64, 12)),
            "(None, 12, None)");
  EXPECT_TRUE(fails(text(inferMelSpectrogram({kBatch, 64}, 128, 64, 12)),
                    "needs more than 64 samples to mirror"));
}

TEST(ShapeInference, OpenExtentsStayOpen) {
  int64_t kernel[] = {3}, ones[] = {1};
  ConvSpec spec;
  spec.filters = 6;
  spec.kernel = kernel;
  spec.strides = ones;
  spec.dilation = ones;
  EXPECT_EQ(text(inferConv({kBatch, kDynamic, 4}, spec)), "(None, None, 6)");
  EXPECT_EQ(text(inferFlatten({kBatch, kDynamic, 4})), "(None, None)");
  EXPECT_EQ(text(inferReshape({kBatch, kDynamic, 4}, {2, -1})),
            "(None, 2, None)");
}

TEST(ShapeInference, Pooling) {
  int64_t size[] = {2, 2};
  PoolSpec spec;
  spec.size = size;
  spec.strides = size;
  EXPECT_EQ(text(inferPool({kBatch, 5, 5, 3}, spec)), "(None, 2, 2, 3)");
  spec.padding = PaddingMode::Same;
  EXPECT_EQ(text(inferPool({kBatch, 5, 5, 3}, spec)), "(None, 3, 3, 3)");
  EXPECT_EQ(text(inferGlobalPool({kBatch, 5, 5, 3}, 2, false, false)),
            "(None, 3)");
  EXPECT_EQ(text(inferGlobalPool({kBatch, 3, 5, 5}, 2, true, true)),
            "(None, 3, 1, 1)");
}

TEST(ShapeInference, Reshaping) {
  EXPECT_EQ(text(inferFlatten({kBatch, 4, 4, 2})), "(None, 32)");
  EXPECT_EQ(text(inferFlatten({kBatch})), "(None, 1)");
  EXPECT_EQ(text(inferReshape({kBatch, 12}, {3, -1})), "(None, 3, 4)");
  EXPECT_TRUE(fails(text(inferReshape({kBatch, 12}, {5, -1})), "cannot make"));
  EXPECT_TRUE(
      fails(text(inferReshape({kBatch, 12}, {-1, -1})), "more than one -1"));
  EXPECT_TRUE(fails(text(inferReshape({kBatch, 12}, {0, 12})), "extent 0"));
  EXPECT_EQ(text(inferPermute({kBatch, 2, 3, 4}, {3, 1, 2})),
            "(None, 4, 2, 3)");
  EXPECT_TRUE(fails(text(inferPermute({kBatch, 2, 3}, {1, 1})), "once"));
  EXPECT_TRUE(fails(text(inferPermute({kBatch, 2, 3}, {1})), "once"));
}

TEST(ShapeInference, Borders) {
  EXPECT_EQ(text(inferBorder({kBatch, 4, 5, 2}, {{1, 0}, {2, 3}}, false)),
            "(None, 5, 10, 2)");
  EXPECT_EQ(text(inferBorder({kBatch, 2, 4, 5}, {{-1, 0}, {-2, -2}}, true)),
            "(None, 2, 3, 1)");
  EXPECT_TRUE(fails(text(inferBorder({kBatch, 4, 2}, {{-2, -2}}, false)),
                    "crops 4 of 4 elements"));
  EXPECT_TRUE(fails(text(inferBorder({kBatch, 4, 2}, {{kHuge, kHuge}}, false)),
                    "overflows"));
  EXPECT_EQ(text(inferUpSampling({kBatch, 4, 2}, {3}, false)), "(None, 12, 2)");
}

TEST(ShapeInference, Merging) {
  EXPECT_EQ(text(inferBroadcast({{kBatch, 4, 3}, {kBatch, 1, 3}})),
            "(None, 4, 3)");
  // A lower rank gets its missing axes behind the batch.
  EXPECT_EQ(text(inferBroadcast({{kBatch, 4, 3}, {kBatch, 3}})),
            "(None, 4, 3)");
  EXPECT_TRUE(fails(text(inferBroadcast({{kBatch, 4}, {kBatch, 3}})),
                    "do not broadcast"));
  EXPECT_EQ(text(inferConcatenate({{kBatch, 4, 3}, {kBatch, 2, 3}}, 1)),
            "(None, 6, 3)");
  EXPECT_EQ(text(inferConcatenate({{kBatch, 4, 3}, {kBatch, 4, 5}}, -1)),
            "(None, 4, 8)");
  EXPECT_TRUE(fails(text(inferConcatenate({{kBatch, 4}, {kBatch, 4}}, 0)),
                    "axis 0 is the batch"));
  EXPECT_TRUE(fails(text(inferConcatenate({{kBatch, 4, 3}, {kBatch, 2, 4}}, 1)),
                    "must agree"));
  EXPECT_EQ(text(inferDot({kBatch, 4, 3}, {kBatch, 3, 5}, {2, 1})),
            "(None, 4, 5)");
  EXPECT_EQ(text(inferDot({kBatch, 4}, {kBatch, 4}, {1})), "(None, 1)");
  EXPECT_TRUE(fails(text(inferDot({kBatch, 4}, {kBatch, 5}, {1})), "differ"));
}

TEST(ShapeInference, GluHalvesTheLastAxis) {
  EXPECT_EQ(text(inferActivation({kBatch, 6}, "glu")), "(None, 3)");
  EXPECT_EQ(text(inferActivation({kBatch, 5}, "relu")), "(None, 5)");
  EXPECT_TRUE(fails(text(inferActivation({kBatch, 5}, "glu")), "even"));
}

TEST(ShapeInference, AxesCountFromEitherEnd) {
  EXPECT_EQ(llvm::cantFail(normalizeAxis(-1, 4)), 3);
  EXPECT_EQ(llvm::cantFail(normalizeAxis(0, 4, /*allowBatch=*/true)), 0);
  for (int64_t axis : {int64_t(4), int64_t(-5), int64_t(0), INT64_MIN}) {
    auto normalized = normalizeAxis(axis, 4);
    EXPECT_FALSE(bool(normalized)) << axis;
    llvm::consumeError(normalized.takeError());
  }
}

TEST(ShapeInference, ProductsDoNotWrap) {
  EXPECT_EQ(llvm::cantFail(checkedProduct({3, 4, 5})), 60);
  auto product = checkedProduct({kHuge, 4});
  EXPECT_FALSE(bool(product));
  llvm::consumeError(product.takeError());
  auto count = countElements({kBatch, kHuge, 4});
  EXPECT_FALSE(bool(count));
  llvm::consumeError(count.takeError());
}

TEST(ShapeInference, OpenExtentsHideNoOverflow) {
  EXPECT_EQ(llvm::cantFail(countElements({kBatch, 3, kDynamic})), kDynamic);
  auto count = countElements({kBatch, kHuge, kDynamic, 4});
  EXPECT_FALSE(bool(count));
  llvm::consumeError(count.takeError());
}

TEST(ShapeInference, SizesAreBounded) {
  auto message = [](llvm::Error error) { return toString(std::move(error)); };
  EXPECT_FALSE(bool(checkSize({kBatch, kMaxElements})));
  EXPECT_FALSE(bool(checkSize({kBatch, 3, kDynamic})));
  EXPECT_EQ(message(checkSize({2, kMaxElements})),
            "(2, 17592186044416) has more than 2^44 elements [N312]");
  EXPECT_EQ(message(checkSize({kBatch, kHuge, 4})),
            "the size overflows [N312]");
  EXPECT_EQ(message(checkSize(llvm::SmallVector<int64_t>(65, 1))),
            "has 65 axes, but there may be 64 at most [N312]");
}

TEST(ShapeInference, AxesAreNamedOnce) {
  auto axes = normalizeAxes({-1, 1}, 3);
  ASSERT_TRUE(bool(axes));
  EXPECT_EQ(*axes, (llvm::SmallVector<int64_t>{2, 1}));
  auto twice = normalizeAxes({2, -1}, 3);
  ASSERT_FALSE(bool(twice));
  EXPECT_EQ(toString(twice.takeError()), "axis -1 is named twice [N309]");
  auto outside = normalizeAxes({3}, 3);
  ASSERT_FALSE(bool(outside));
  EXPECT_EQ(toString(outside.takeError()),
            "axis 3 is outside an input of rank 3 [N309]");
}
