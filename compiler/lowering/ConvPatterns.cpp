//===- ConvPatterns.cpp - lowering of the convolutions --------------------===//
//
// One contraction over a padded channels-last tensor, for any number of
// spatial axes: batch, positions, [groups,] kernel, input channels, and the
// output channels innermost. channels_first is transposed at the borders.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/Activations.h"
#include "compiler/lowering/Patterns.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace nnc;

namespace {
/// How a kernel slides, whatever it does with the channels.
struct Window {
  ArrayRef<int64_t> size, strides, dilation;
  nn::PaddingMode padding;

  int64_t spatialRank() const { return size.size(); }
};

/// The loops of a convolution: batch and positions, then what the channels
/// need outside the kernel, then the kernel, then what they need inside.
class ConvLoops {
public:
  ConvLoops(LocBuilder &b, const Window &window, int64_t outer, int64_t inner)
      : b(b), window(window), outer(outer), loops(0) {
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
      exprs.push_back(b.getAffineDimExpr(kernelLoop(i)));
    return close(exprs, channels);
  }
  AffineMap resultMap(ArrayRef<AffineExpr> channels) {
    SmallVector<AffineExpr> exprs;
    for (int64_t i = 0; i <= window.spatialRank(); ++i)
      exprs.push_back(b.getAffineDimExpr(i));
    return close(exprs, channels);
  }

  SmallVector<bool> reductions;

private:
  int64_t kernelLoop(int64_t i) const {
    return 1 + window.spatialRank() + outer + i;
  }
  AffineMap close(SmallVector<AffineExpr> &exprs,
                  ArrayRef<AffineExpr> channels) {
    llvm::append_range(exprs, channels);
    return AffineMap::get(loops, 0, exprs, b.getContext());
  }

  LocBuilder &b;
  const Window &window;
  int64_t outer, loops;
};
} // namespace

template <typename LayerOp> static Window getWindow(LayerOp op) {
  return {op.getKernelSize(), op.getStrides(), op.getDilationRate(),
          nn::parsePadding(op.getPadding())};
}

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
static Value convolve(LocBuilder &b, Value input, Value kernel,
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
static Value convolveDepthwise(LocBuilder &b, Value input, Value kernel,
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

/// Bias, activation and the way back to the layer's data format.
template <typename LayerOp>
static Lowered finish(LayerOp op, LayerBuilder &b, Value result) {
  if (op.getUseBias())
    result = addBias(b, result, weight(b, op, "bias"));
  StringRef activation = op.getActivation();
  if (op.getDataFormat() == "channels_last")
    return SmallVector<Value>{applyActivation(b, result, activation)};
  // Activations that look along an axis take the last of Keras's own layout.
  if (!isElementwiseActivation(activation))
    return SmallVector<Value>{
        applyActivation(b, toChannelsFirst(b, result), activation)};
  return SmallVector<Value>{
      toChannelsFirst(b, applyActivation(b, result, activation))};
}

/// The layer's input, channels last.
template <typename LayerOp> static Value getInput(LayerOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  return op.getDataFormat() == "channels_first" ? toChannelsLast(b, input)
                                                : input;
}

template <typename LayerOp>
static Lowered lowerConv(LayerOp op, LayerBuilder &b) {
  return finish(op, b,
                convolve(b, getInput(op, b), weight(b, op, "kernel"),
                         getWindow(op), op.getGroups()));
}

static Lowered lowerDepthwiseConv2D(nn::DepthwiseConv2DOp op, LayerBuilder &b) {
  return finish(op, b,
                convolveDepthwise(b, getInput(op, b), weight(b, op, "kernel"),
                                  getWindow(op)));
}

static Lowered lowerSeparableConv2D(nn::SeparableConv2DOp op, LayerBuilder &b) {
  Value between = convolveDepthwise(
      b, getInput(op, b), weight(b, op, "depthwise_kernel"), getWindow(op));
  static constexpr int64_t ones[] = {1, 1};
  Window point = {ones, ones, ones, nn::PaddingMode::Valid};
  return finish(op, b,
                convolve(b, between, weight(b, op, "pointwise_kernel"), point,
                         /*groups=*/1));
}

void nnc::populateConvPatterns(RewritePatternSet &patterns,
                               LoweringReport &report) {
  addLayer<nn::Conv1DOp>(patterns, report, lowerConv<nn::Conv1DOp>);
  addLayer<nn::Conv2DOp>(patterns, report, lowerConv<nn::Conv2DOp>);
  addLayer<nn::DepthwiseConv2DOp>(patterns, report, lowerDepthwiseConv2D);
  addLayer<nn::SeparableConv2DOp>(patterns, report, lowerSeparableConv2D);
}
