//===- Convolution.cpp - the sums of a convolution ------------------------===//
//
// One contraction over a padded channels-last tensor, for any number of
// spatial axes: batch, positions, [groups,] kernel, input channels, and the
// output channels innermost.
//
// A transposed convolution is one of these with its kernel turned round. With
// strides s, every s-th element of the kernel meets one element of the result:
// the elements of an axis, counted as q · s + p, take those of phase p, which
// are a small kernel of their own, and no zero between the inputs is ever made.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/Convolution.h"
#include "compiler/lowering/KerasOpsUtils.h"

#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace nnc;

namespace {
/// The loops of a convolution: batch and positions, then phases of positions or
/// what the channels need outside the kernel, then the kernel, then what they
/// need inside. `phases` are the spatial axes whose positions have a phase,
/// each with an outer loop of its own.
class ConvLoops {
public:
  ConvLoops(LocBuilder &b, const Window &window, int64_t outer, int64_t inner,
            ArrayRef<int64_t> phases = {})
      : b(b), window(window), phases(phases), outer(outer), loops(0) {
    loops = 1 + 2 * window.spatialRank() + outer + inner;
    reductions.assign(loops, false);
    for (int64_t i = 0; i < window.spatialRank(); ++i)
      reductions[kernelLoop(i)] = true;
  }

  AffineExpr outerLoop(int64_t i) {
    return b.getAffineDimExpr(1 + window.spatialRank() + i);
  }
  AffineExpr innerLoop(int64_t i) {
    return b.getAffineDimExpr(kernelLoop(window.spatialRank()) + i);
  }
  /// Declares that inner loop i is summed over.
  void sumInner(int64_t i) {
    reductions[kernelLoop(window.spatialRank()) + i] = true;
  }

  AffineMap inputMap(ArrayRef<AffineExpr> channels) {
    SmallVector<AffineExpr> exprs = {b.getAffineDimExpr(0)};
    for (int64_t i = 0; i < window.spatialRank(); ++i)
      exprs.push_back(b.getAffineDimExpr(1 + i) * window.strides[i] +
                      b.getAffineDimExpr(kernelLoop(i)) * window.dilation[i]);
    return close(exprs, channels);
  }
  AffineMap kernelMap(ArrayRef<AffineExpr> channels) {
    SmallVector<AffineExpr> exprs;
    for (int64_t i = 0; i < window.spatialRank(); ++i)
      pushAxis(exprs, i, kernelLoop(i));
    return close(exprs, channels);
  }
  AffineMap resultMap(ArrayRef<AffineExpr> channels) {
    SmallVector<AffineExpr> exprs = {b.getAffineDimExpr(0)};
    for (int64_t i = 0; i < window.spatialRank(); ++i)
      pushAxis(exprs, i, 1 + i);
    return close(exprs, channels);
  }

  SmallVector<bool> reductions;

private:
  int64_t kernelLoop(int64_t i) const {
    return 1 + window.spatialRank() + outer + i;
  }
  /// A loop along spatial axis `axis`, and the axis's phase behind it.
  void pushAxis(SmallVector<AffineExpr> &exprs, int64_t axis, int64_t loop) {
    exprs.push_back(b.getAffineDimExpr(loop));
    for (auto [i, split] : llvm::enumerate(phases))
      if (split == axis)
        exprs.push_back(outerLoop(int64_t(i)));
  }
  AffineMap close(SmallVector<AffineExpr> &exprs,
                  ArrayRef<AffineExpr> channels) {
    llvm::append_range(exprs, channels);
    return AffineMap::get(loops, 0, exprs, b.getContext());
  }

  LocBuilder &b;
  const Window &window;
  ArrayRef<int64_t> phases;
  int64_t outer, loops;
};
} // namespace

/// Pads `input` for the window; `positions` gets batch and output positions.
static Value padFor(LocBuilder &b, Value input, const Window &window,
                    Shape &positions) {
  SmallVector<int64_t> low(rankOf(input), 0), high(rankOf(input), 0);
  positions = {shapeOf(input)[0]};
  for (int64_t i = 0; i < window.spatialRank(); ++i) {
    // Shape inference has already succeeded with the same numbers.
    nn::AxisGeometry axis = llvm::cantFail(
        nn::inferAxis(shapeOf(input)[i + 1],
                      {window.size[i], window.strides[i], window.dilation[i]},
                      window.padding));
    low[i + 1] = axis.low;
    high[i + 1] = axis.high;
    positions.push_back(axis.out);
  }
  return pad(b, input, low, high, 0.0);
}

/// `shape` with its last extent split in two.
static Shape splitLast(ShapeRef shape, int64_t first) {
  Shape split(shape);
  split.back() = first;
  split.push_back(shape.back() / first);
  return split;
}

/// kernel: (spatial…, channels / groups, filters).
Value nnc::convolve(LocBuilder &b, Value input, Value kernel,
                    const Window &window, int64_t groups) {
  Shape shape;
  input = padFor(b, input, window, shape);
  int64_t filters = shapeOf(kernel).back();
  Shape flat(shape);
  flat.push_back(filters);
  if (groups == 1) {
    ConvLoops loops(b, window, /*outer=*/0, /*inner=*/2);
    AffineExpr in = loops.innerLoop(0), out = loops.innerLoop(1);
    loops.sumInner(0);
    return contract(
        b, input, kernel, flat,
        {loops.inputMap(in), loops.kernelMap({in, out}), loops.resultMap(out)},
        loops.reductions);
  }
  // Input channels and filters are both ordered by group.
  input = reshape(b, input, splitLast(shapeOf(input), groups));
  kernel = reshape(b, kernel, splitLast(shapeOf(kernel), groups));
  ConvLoops loops(b, window, /*outer=*/1, /*inner=*/2);
  AffineExpr group = loops.outerLoop(0), in = loops.innerLoop(0),
             out = loops.innerLoop(1);
  loops.sumInner(0);
  Value result =
      contract(b, input, kernel, splitLast(flat, groups),
               {loops.inputMap({group, in}), loops.kernelMap({in, group, out}),
                loops.resultMap({group, out})},
               loops.reductions);
  return reshape(b, result, flat);
}

/// kernel: (spatial…, channels, multiplier); channel c's results are at
/// c · multiplier + m.
Value nnc::convolveDepthwise(LocBuilder &b, Value input, Value kernel,
                             const Window &window) {
  Shape shape;
  input = padFor(b, input, window, shape);
  int64_t channels = shapeOf(kernel)[window.spatialRank()];
  int64_t multiplier = shapeOf(kernel).back();
  shape.push_back(channels);
  if (multiplier == 1) {
    // The channels alone are innermost, without a loop of one inside them.
    kernel = reshape(b, kernel, shapeOf(kernel).drop_back());
    ConvLoops loops(b, window, /*outer=*/0, /*inner=*/1);
    AffineExpr channel = loops.innerLoop(0);
    return contract(b, input, kernel, shape,
                    {loops.inputMap(channel), loops.kernelMap(channel),
                     loops.resultMap(channel)},
                    loops.reductions);
  }
  Shape flat(shape);
  flat.back() *= multiplier;
  shape.push_back(multiplier);
  ConvLoops loops(b, window, /*outer=*/0, /*inner=*/2);
  AffineExpr channel = loops.innerLoop(0), copy = loops.innerLoop(1);
  Value result =
      contract(b, input, kernel, shape,
               {loops.inputMap(channel), loops.kernelMap({channel, copy}),
                loops.resultMap({channel, copy})},
               loops.reductions);
  return reshape(b, result, flat);
}

//===----------------------------------------------------------------------===//
// Transposed
//===----------------------------------------------------------------------===//

static TransposedAxis getTransposedAxis(int64_t in, const Window &window,
                                        int64_t i,
                                        std::optional<int64_t> outputPadding) {
  int64_t size = window.size[i], stride = window.strides[i];
  int64_t dilation = window.dilation[i];
  // Shape inference has already succeeded with the same numbers.
  nn::TransposedGeometry kept = llvm::cantFail(nn::inferTransposedAxis(
      in, {size, stride, dilation}, window.padding, outputPadding));
  TransposedAxis axis;
  axis.stride = stride;
  axis.taps = llvm::divideCeil(size, stride);
  int64_t first = kept.crop / stride; // the first position of a phase
  axis.count = (kept.crop + kept.out - 1) / stride - first + 1;
  int64_t reach = (axis.taps - 1) * dilation;
  axis.low = reach - first;
  axis.high = std::max<int64_t>(0, axis.count + reach - axis.low - in);
  axis.crop = kept.crop - first * stride;
  axis.out = kept.out;
  return axis;
}

SmallVector<TransposedAxis>
nnc::getTransposedAxes(ShapeRef input, const Window &window,
                       std::optional<ArrayRef<int64_t>> outputPadding) {
  SmallVector<TransposedAxis> axes;
  for (int64_t i = 0; i < window.spatialRank(); ++i) {
    std::optional<int64_t> more;
    if (outputPadding)
      more = (*outputPadding)[i];
    axes.push_back(getTransposedAxis(input[i + 1], window, i, more));
  }
  return axes;
}

SmallVector<double> nnc::turnKernel(ArrayRef<double> values,
                                    ShapeRef kernelShape,
                                    ArrayRef<TransposedAxis> axes,
                                    Shape &shape) {
  for (const TransposedAxis &axis : axes) {
    shape.push_back(axis.taps);
    if (axis.stride > 1)
      shape.push_back(axis.stride);
  }
  int64_t filters = kernelShape[axes.size()], channels = kernelShape.back();
  int64_t matrix = filters * channels;
  SmallVector<int64_t> to = computeSuffixProduct(shape);
  SmallVector<int64_t> from =
      computeSuffixProduct(kernelShape.take_front(axes.size()));
  SmallVector<double> turned(computeProduct(shape) * matrix, 0.0);
  for (int64_t k = 0, e = int64_t(values.size()) / matrix; k < e; ++k) {
    SmallVector<int64_t> target;
    for (auto [axis, at] : llvm::zip_equal(axes, delinearize(k, from))) {
      target.push_back(axis.taps - 1 - at / axis.stride);
      if (axis.stride > 1)
        target.push_back(at % axis.stride);
    }
    const double *source = values.data() + k * matrix;
    double *result = turned.data() + linearize(target, to) * matrix;
    for (int64_t channel = 0; channel < channels; ++channel)
      for (int64_t filter = 0; filter < filters; ++filter)
        *result++ = source[filter * channels + channel];
  }
  shape.append({channels, filters});
  return turned;
}

Value nnc::turnKernel(LocBuilder &b, Value kernel,
                      ArrayRef<TransposedAxis> axes) {
  int64_t rank = rankOf(kernel), spatial = rank - 2;
  SmallVector<int64_t> low(rank, 0), high(rank, 0);
  Shape shape;
  SmallVector<int64_t> taps; // which axes of `shape` count taps
  for (auto [i, axis] : llvm::enumerate(axes)) {
    high[i] = axis.taps * axis.stride - shapeOf(kernel)[i];
    taps.push_back(int64_t(shape.size()));
    shape.push_back(axis.taps);
    if (axis.stride > 1)
      shape.push_back(axis.stride);
  }
  llvm::append_range(shape, shapeOf(kernel).drop_front(spatial));
  Value turned = reshape(b, pad(b, kernel, low, high, 0.0), shape);
  for (int64_t axis : taps)
    turned = reverseAxis(b, turned, axis);
  auto order = llvm::to_vector(llvm::seq<int64_t>(0, int64_t(shape.size())));
  std::swap(order.back(), order[order.size() - 2]);
  return transpose(b, turned, order);
}

/// The phases' results of each axis side by side, in one contraction.
static Value convolvePhases(LocBuilder &b, Value input, Value kernel,
                            ArrayRef<int64_t> dilation,
                            ArrayRef<TransposedAxis> axes) {
  SmallVector<int64_t> taps, phases, ones(axes.size(), 1);
  SmallVector<int64_t> low = {0}, high = {0};
  Shape wide = {shapeOf(input)[0]};
  for (auto [i, axis] : llvm::enumerate(axes)) {
    taps.push_back(axis.taps);
    low.push_back(axis.low);
    high.push_back(axis.high);
    wide.push_back(axis.count);
    if (axis.stride == 1)
      continue;
    phases.push_back(int64_t(i));
    wide.push_back(axis.stride);
  }
  low.push_back(0);
  high.push_back(0);
  wide.push_back(shapeOf(kernel).back());
  Window window = {taps, ones, dilation, nn::PaddingMode::Valid};
  ConvLoops loops(b, window, int64_t(phases.size()), /*inner=*/2, phases);
  AffineExpr in = loops.innerLoop(0), out = loops.innerLoop(1);
  loops.sumInner(0);
  return contract(
      b, pad(b, input, low, high, 0.0), kernel, wide,
      {loops.inputMap(in), loops.kernelMap({in, out}), loops.resultMap(out)},
      loops.reductions);
}

Value nnc::convolveTransposed(LocBuilder &b, Value input, Value kernel,
                              ArrayRef<int64_t> dilation,
                              ArrayRef<TransposedAxis> axes) {
  Shape merged = {shapeOf(input)[0]}, kept = merged;
  SmallVector<int64_t> offsets = {0};
  for (const TransposedAxis &axis : axes) {
    merged.push_back(axis.count * axis.stride);
    offsets.push_back(axis.crop);
    kept.push_back(axis.out);
  }
  Value result = convolvePhases(b, input, kernel, dilation, axes);
  for (Shape *shape : {&merged, &kept})
    shape->push_back(shapeOf(kernel).back());
  offsets.push_back(0);
  return slice(b, reshape(b, result, merged), offsets, kept);
}
