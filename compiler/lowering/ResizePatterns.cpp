//===- ResizePatterns.cpp - images made larger ----------------------------===//
//
// UpSampling2D. Nearest repeats rows and columns. The others interpolate along
// one axis after the other: since the factor s is an integer, output q·s + p
// of an axis is a weighted sum of the inputs around q, with weights that are
// known now. They follow Keras (and JAX): half-pixel centres, the kernel not
// widened, weights of what lies inside the image scaled to a sum of 1. A
// factor of 1 leaves its axis alone.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/Patterns.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/MathExtras.h"
#include <cmath>

using namespace mlir;

namespace nnc {
namespace {

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

/// The weights [size, factor, 2·reach + 1] of an axis of `size` elements:
/// output q·factor + p takes inputs q - reach … q + reach.
SmallVector<float> computeWeights(int64_t size, int64_t factor, int64_t reach,
                                  const ResizeKernel &kernel) {
  SmallVector<float> weights;
  for (int64_t q = 0; q < size; ++q) {
    for (int64_t p = 0; p < factor; ++p) {
      double centre = double(q) + (double(p) + 0.5) / double(factor) - 0.5;
      SmallVector<double> taps;
      double sum = 0.0;
      for (int64_t i = q - reach; i <= q + reach; ++i) {
        bool inside = i >= 0 && i < size;
        taps.push_back(inside ? kernel.weight(std::abs(centre - double(i)))
                              : 0.0);
        sum += taps.back();
      }
      for (double tap : taps)
        weights.push_back(float(tap / sum));
    }
  }
  return weights;
}

/// Makes axis `axis` `factor` times as long.
Value interpolate(LocBuilder &b, Value input, int64_t axis, int64_t factor,
                  const ResizeKernel &kernel) {
  if (factor == 1)
    return input;
  ShapeRef shape = shapeOf(input);
  int64_t rank = rankOf(input), size = shape[axis];
  int64_t reach = std::min(kernel.radius, size - 1);
  Value weights = constantTensor(b, {size, factor, 2 * reach + 1},
                                 computeWeights(size, factor, reach, kernel));
  Shape border(rank, 0);
  border[axis] = reach;
  Value padded = pad(b, input, border, border, 0.0);

  // The loops: axes up to `axis`, the position in between, the taps, the rest.
  auto iterator = [&](int64_t i) { return b.getAffineDimExpr(unsigned(i)); };
  Shape wide, merged(shape);
  SmallVector<AffineExpr> from, to;
  for (int64_t i = 0; i < rank; ++i) {
    AffineExpr along = iterator(i <= axis ? i : i + 2);
    wide.push_back(shape[i]);
    to.push_back(along);
    from.push_back(i == axis ? along + iterator(axis + 2) : along);
    if (i == axis) {
      wide.push_back(factor);
      to.push_back(iterator(axis + 1));
    }
  }
  SmallVector<AffineExpr> taps = {iterator(axis), iterator(axis + 1),
                                  iterator(axis + 2)};
  SmallVector<bool> reductions(rank + 2, false);
  reductions[axis + 2] = true;
  auto mapTo = [&](ArrayRef<AffineExpr> axes) {
    return AffineMap::get(unsigned(rank) + 2, 0, axes, b.getContext());
  };
  Value result = contract(b, padded, weights, wide,
                          {mapTo(from), mapTo(taps), mapTo(to)}, reductions);
  merged[axis] *= factor;
  return reshape(b, result, merged);
}

/// Rows and columns repeated, in one step.
Value repeat(LocBuilder &b, Value input, ArrayRef<int64_t> factors,
             ShapeRef result) {
  ShapeRef shape = shapeOf(input);
  Placed source{input, {0, 1, 3, 5}};
  Shape wide = {shape[0], shape[1], factors[0], shape[2], factors[1], shape[3]};
  auto copy = [](LocBuilder &, ValueRange elements) { return elements[0]; };
  return reshape(b, elementwise(b, wide, source, copy), result);
}

Lowered lowerUpSampling2D(nn::UpSampling2DOp op, LayerBuilder &b) {
  Value image = op.getInputs().front();
  bool channelsFirst = op.getDataFormat() == "channels_first";
  if (channelsFirst)
    image = toChannelsLast(b, image);
  ArrayRef<int64_t> factors = op.getSize();
  Shape result(shapeOf(image));
  result[1] *= factors[0];
  result[2] *= factors[1];
  if (op.getInterpolation() == "nearest") {
    image = repeat(b, image, factors, result);
  } else {
    ResizeKernel kernel = findKernel(op.getInterpolation());
    image = interpolate(b, image, 1, factors[0], kernel);
    image = interpolate(b, image, 2, factors[1], kernel);
  }
  return SmallVector<Value>{channelsFirst ? toChannelsFirst(b, image) : image};
}

} // namespace

void populateResizePatterns(RewritePatternSet &patterns,
                            LoweringReport &report) {
  addLayer<nn::UpSampling2DOp>(patterns, report, lowerUpSampling2D);
}

} // namespace nnc
