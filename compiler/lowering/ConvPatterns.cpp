//===- ConvPatterns.cpp - lowering of the convolutions --------------------===//
//
// The sums of Convolution.h with the layer's weights, then bias and activation.
// channels_first is transposed at the borders.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/Activations.h"
#include "compiler/lowering/Convolution.h"
#include "compiler/lowering/Patterns.h"
#include "dialect/NNConvOps.h"

using namespace mlir;
using namespace nnc;

template <typename LayerOp> static Window getWindow(LayerOp op) {
  return {op.getKernelSize(), op.getStrides(), op.getDilationRate(),
          nn::parsePadding(op.getPadding())};
}

template <typename LayerOp>
static Value convolveTransposed(LayerOp op, LocBuilder &b, Value input) {
  Window window = getWindow(op);
  SmallVector<TransposedAxis> axes =
      getTransposedAxes(shapeOf(input), window, op.getOutputPadding());
  Shape shape;
  SmallVector<double> turned =
      turnKernel(weightValues(op, "kernel"), shapeOf(weight(b, op, "kernel")),
                 axes, shape);
  Value kernel = derivedWeight(b, op, "kernel", "turned_kernel", shape, turned);
  return convolveTransposed(b, input, kernel, window.dilation, axes);
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

template <typename LayerOp>
static Lowered lowerConvTranspose(LayerOp op, LayerBuilder &b) {
  return finish(op, b, convolveTransposed(op, b, getInput(op, b)));
}

template <typename LayerOp>
static Lowered lowerDepthwiseConv(LayerOp op, LayerBuilder &b) {
  return finish(op, b,
                convolveDepthwise(b, getInput(op, b), weight(b, op, "kernel"),
                                  getWindow(op)));
}

template <typename LayerOp>
static Lowered lowerSeparableConv(LayerOp op, LayerBuilder &b) {
  Window window = getWindow(op);
  Value between = convolveDepthwise(b, getInput(op, b),
                                    weight(b, op, "depthwise_kernel"), window);
  SmallVector<int64_t> ones(window.spatialRank(), 1);
  Window point = {ones, ones, ones, nn::PaddingMode::Valid};
  return finish(op, b,
                convolve(b, between, weight(b, op, "pointwise_kernel"), point,
                         /*groups=*/1));
}

void nnc::populateConvPatterns(RewritePatternSet &patterns,
                               LoweringReport &report) {
  using namespace nn;
  addLayer<Conv1DOp>(patterns, report, lowerConv<Conv1DOp>);
  addLayer<Conv2DOp>(patterns, report, lowerConv<Conv2DOp>);
  addLayer<Conv3DOp>(patterns, report, lowerConv<Conv3DOp>);
  addLayer<Conv1DTransposeOp>(patterns, report,
                              lowerConvTranspose<Conv1DTransposeOp>);
  addLayer<Conv2DTransposeOp>(patterns, report,
                              lowerConvTranspose<Conv2DTransposeOp>);
  addLayer<Conv3DTransposeOp>(patterns, report,
                              lowerConvTranspose<Conv3DTransposeOp>);
  addLayer<DepthwiseConv1DOp>(patterns, report,
                              lowerDepthwiseConv<DepthwiseConv1DOp>);
  addLayer<DepthwiseConv2DOp>(patterns, report,
                              lowerDepthwiseConv<DepthwiseConv2DOp>);
  addLayer<SeparableConv1DOp>(patterns, report,
                              lowerSeparableConv<SeparableConv1DOp>);
  addLayer<SeparableConv2DOp>(patterns, report,
                              lowerSeparableConv<SeparableConv2DOp>);
}
