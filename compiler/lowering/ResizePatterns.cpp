//===- ResizePatterns.cpp - images of another size ------------------------===//
//
// Resizing, CenterCrop and UpSampling2D. One axis after the other is made of
// weighted elements of the input's, which ones and with what weights is known
// now. It follows Keras (and JAX): half-pixel centres, the kernel widened only
// for `antialias`, weights of what lies inside the image scaled to a sum of 1.
// An axis whose size stays is left alone. Integers are computed as floats and
// rounded, unless they are only moved.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/AxisTaps.h"
#include "compiler/lowering/Patterns.h"
#include "dialect/NNImageOps.h"
#include "dialect/NNShapeOps.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/MathExtras.h"
#include <cmath>
#include <numeric>

using namespace mlir;

namespace nnc {
namespace {

//===----------------------------------------------------------------------===//
// Which elements, with what weights
//===----------------------------------------------------------------------===//

/// An interpolation kernel: its weight at distance x >= 0, 0 from `radius` on.
struct ResizeKernel {
  int64_t radius;
  double (*weight)(double x);
};

double triangle(double x) { return std::max(0.0, 1.0 - x); }

/// Keys's cubic with a = -0.5.
double cubic(double x) {
  if (x < 1.0)
    return (1.5 * x - 2.5) * x * x + 1.0;
  return x < 2.0 ? ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0 : 0.0;
}

template <int radius> double lanczos(double x) {
  if (x > radius)
    return 0.0;
  if (x <= 1e-3)
    return 1.0;
  double angle = llvm::numbers::pi * x;
  return radius * std::sin(angle) * std::sin(angle / radius) / (angle * angle);
}

ResizeKernel findKernel(StringRef interpolation) {
  return llvm::StringSwitch<ResizeKernel>(interpolation)
      .Case("bilinear", {1, triangle})
      .Case("bicubic", {2, cubic})
      .Case("lanczos3", {3, lanczos<3>})
      .Default({5, lanczos<5>});
}

/// The elements from `first` on that make one element of the result.
struct Taps {
  int64_t first;
  SmallVector<double> weights;
};

/// Element i of `out` as the kernel has it.
Taps interpolate(int64_t i, int64_t in, int64_t out, const ResizeKernel &kernel,
                 bool antialias) {
  double scale = double(in) / double(out);
  double width = antialias ? std::max(scale, 1.0) : 1.0;
  double centre = (double(i) + 0.5) * scale - 0.5;
  double reach = double(kernel.radius) * width;
  int64_t end = std::min<int64_t>(int64_t(std::floor(centre + reach)), in - 1);
  Taps taps = {std::max<int64_t>(int64_t(std::ceil(centre - reach)), 0), {}};
  for (int64_t k = taps.first; k <= end; ++k)
    taps.weights.push_back(kernel.weight(std::abs(centre - double(k)) / width));
  double sum = std::accumulate(taps.weights.begin(), taps.weights.end(), 0.0);
  for (double &weight : taps.weights)
    weight /= sum;
  return taps;
}

/// Element i of `out` as the mean of the part of the input that it covers.
Taps cover(int64_t i, int64_t in, int64_t out) {
  // In units of 1 / out of an element.
  int64_t begin = i * in, end = begin + in;
  Taps taps = {begin / out, {}};
  for (int64_t k = taps.first; k * out < end; ++k)
    taps.weights.push_back(
        double(std::min(end, (k + 1) * out) - std::max(begin, k * out)) /
        double(in));
  return taps;
}

AxisTaps makeTaps(int64_t in, int64_t out, StringRef interpolation,
                  bool antialias) {
  SmallVector<Taps> rows;
  size_t most = 0;
  for (int64_t i = 0; i < out; ++i) {
    rows.push_back(
        interpolation == "area"
            ? cover(i, in, out)
            : interpolate(i, in, out, findKernel(interpolation), antialias));
    most = std::max(most, rows.back().weights.size());
  }
  AxisTaps table(out, int64_t(most));
  for (const Taps &row : rows)
    for (int64_t k = 0; k < int64_t(most); ++k) {
      bool inside = k < int64_t(row.weights.size());
      // Shorter rows repeat their last element, with weight 0.
      int64_t last = row.first + int64_t(row.weights.size()) - 1;
      table.push(inside ? row.first + k : last, inside ? row.weights[k] : 0.0);
    }
  return table;
}

/// For each element of the result the one whose part of the input holds its
/// centre.
SmallVector<int32_t> nearest(int64_t in, int64_t out) {
  SmallVector<int32_t> indices;
  for (int64_t i = 0; i < out; ++i)
    indices.push_back(int32_t((2 * i + 1) * in / (2 * out)));
  return indices;
}

//===----------------------------------------------------------------------===//
// Images, channels last
//===----------------------------------------------------------------------===//

/// What Resizing's keys say, without its borders.
struct Resize {
  int64_t height, width;
  StringRef interpolation;
  bool antialias = false;
};

Value resize(LocBuilder &b, Value image, const Resize &to) {
  for (auto [axis, out] : {std::pair(1, to.height), std::pair(2, to.width)}) {
    int64_t in = shapeOf(image)[axis];
    if (in == out)
      continue;
    if (to.interpolation == "nearest")
      image = gatherAlong(b, image, axis, nearest(in, out));
    else
      image = sumAlong(b, image, axis,
                       makeTaps(in, out, to.interpolation, to.antialias));
  }
  return image;
}

/// The largest part in the middle with the result's aspect ratio.
Value crop(LocBuilder &b, Value image, int64_t height, int64_t width) {
  ShapeRef shape = shapeOf(image);
  nn::ImageBox box = nn::cropToAspect(shape[1], shape[2], height, width);
  return slice(b, image, {0, box.top, box.left, 0},
               {shape[0], box.height, box.width, shape[3]});
}

/// The image with `value` around it to give it the result's aspect ratio.
Value surround(LocBuilder &b, Value image, int64_t height, int64_t width,
               double value) {
  ShapeRef shape = shapeOf(image);
  auto [rows, columns] = nn::padToAspect(shape[1], shape[2], height, width);
  SmallVector<int64_t> border = {0, rows, columns, 0};
  return pad(b, image, border, border, value);
}

//===----------------------------------------------------------------------===//
// The layers
//===----------------------------------------------------------------------===//

/// The layer's input, channels last.
template <typename LayerOp> Value getImage(LayerOp op, LayerBuilder &b) {
  Value image = op.getInputs().front();
  return op.getDataFormat() == "channels_first" ? toChannelsLast(b, image)
                                                : image;
}

template <typename LayerOp>
Lowered inFormat(LayerOp op, LayerBuilder &b, Value image) {
  return SmallVector<Value>{op.getDataFormat() == "channels_first"
                                ? toChannelsFirst(b, image)
                                : image};
}

Lowered lowerUpSampling2D(nn::UpSampling2DOp op, LayerBuilder &b) {
  Value image = getImage(op, b);
  ArrayRef<int64_t> factors = op.getSize();
  if (op.getInterpolation() == "nearest")
    return inFormat(op, b, repeatAxes(b, image, 1, factors));
  ShapeRef shape = shapeOf(image);
  Resize to = {shape[1] * factors[0], shape[2] * factors[1],
               op.getInterpolation()};
  return inFormat(op, b, resize(b, image, to));
}

/// Each element as body makes it, of type `type`.
Value convert(LocBuilder &b, Value tensor, Type type, ScalarBody body) {
  return elementwise(b, shapeOf(tensor), ValueRange(tensor), body, type);
}

Lowered lowerResizing(nn::ResizingOp op, LayerBuilder &b) {
  Value image = getImage(op, b);
  int64_t height = op.getHeight(), width = op.getWidth();
  Type element = typeOf(image).getElementType(), f32 = b.getF32Type();
  bool isUnsigned = isUnsignedOperand(op, 0);
  bool moves = op.getInterpolation() == "nearest" && !op.getPadToAspectRatio();
  bool rounds = isa<IntegerType>(element) && !moves;
  if (rounds)
    image = convert(b, image, f32, [&](LocBuilder &at, ValueRange x) {
      return castScalar(at, x[0], f32, {isUnsigned, false});
    });
  if (op.getCropToAspectRatio())
    image = crop(b, image, height, width);
  else if (op.getPadToAspectRatio())
    image = surround(b, image, height, width, op.getFillValue());
  image = resize(b, image,
                 {height, width, op.getInterpolation(), op.getAntialias()});
  if (rounds)
    image = convert(b, image, element, [&](LocBuilder &at, ValueRange x) {
      Value whole = math::RoundEvenOp::create(at, x[0]);
      return castScalar(at, whole, element, {false, isUnsigned});
    });
  return inFormat(op, b, image);
}

Lowered lowerCenterCrop(nn::CenterCropOp op, LayerBuilder &b) {
  Value image = getImage(op, b);
  ShapeRef shape = shapeOf(image);
  int64_t height = op.getHeight(), width = op.getWidth();
  int64_t rows = shape[1] - height, columns = shape[2] - width;
  if (rows >= 0 && columns >= 0)
    return inFormat(op, b,
                    slice(b, image, {0, rows / 2, columns / 2, 0},
                          {shape[0], height, width, shape[3]}));
  return inFormat(
      op, b,
      resize(b, crop(b, image, height, width), {height, width, "bilinear"}));
}

} // namespace

void populateResizePatterns(RewritePatternSet &patterns,
                            LoweringReport &report) {
  addLayer<nn::UpSampling2DOp>(patterns, report, lowerUpSampling2D);
  addLayer<nn::ResizingOp>(patterns, report, lowerResizing);
  addLayer<nn::CenterCropOp>(patterns, report, lowerCenterCrop);
}

} // namespace nnc
