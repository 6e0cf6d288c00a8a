//===- NNConvOps.cpp - convolutions ---------------------------------------===//
//
// Shapes, weights and costs of the convolutions, for any number of spatial
// axes. Kernels are (spatial…, input channels / groups, filters), transposed
// ones (spatial…, filters, input channels), depthwise ones (spatial…, channels,
// multiplier).
//
//===----------------------------------------------------------------------===//

#include "dialect/NNConvOps.h"
#include "dialect/WeightSpecs.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;
using llvm::Expected;

/// How the layer's kernel slides.
template <typename OpTy> static ConvSpec getWindowSpec(OpTy op) {
  ConvSpec spec;
  spec.filters = 0;
  spec.kernel = op.getKernelSize();
  spec.strides = op.getStrides();
  spec.dilation = op.getDilationRate();
  spec.padding = parsePadding(op.getPadding());
  spec.channelsFirst = op.getDataFormat() == "channels_first";
  return spec;
}

/// The channels of a shape of this layer's.
template <typename OpTy> static int64_t getChannels(OpTy op, ShapeRef shape) {
  bool first = op.getDataFormat() == "channels_first";
  return shape[AxisLayout{first, int64_t(shape.size())}.channelAxis()];
}

template <typename OpTy> static int64_t getInputChannels(OpTy op) {
  return getChannels(op, inputShape(op));
}

/// Positions of one sample: all of `shape` but batch and channels.
template <typename OpTy> static int64_t countPositions(OpTy op, Shape shape) {
  bool first = op.getDataFormat() == "channels_first";
  shape[AxisLayout{first, int64_t(shape.size())}.channelAxis()] = 1;
  return sampleElements(shape);
}

template <typename OpTy> static int64_t countOutputPositions(OpTy op) {
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  return countPositions(op, Shape(type.getShape()));
}

template <typename OpTy>
static Expected<SmallVector<Shape>> activated(OpTy op, ShapeOr shape) {
  return single(shape ? inferActivation(*shape, op.getActivation())
                      : std::move(shape));
}

/// Adds the bias over `channels` if the layer has one.
template <typename OpTy>
static SmallVector<WeightSpec> withBias(OpTy op, SmallVector<WeightSpec> specs,
                                        int64_t channels) {
  if (op.getUseBias())
    specs.push_back(
        trained(op, "bias", {channels}, op.getBiasInitializer(), "zeros"));
  return specs;
}

//===----------------------------------------------------------------------===//
// Conv
//===----------------------------------------------------------------------===//

template <typename OpTy>
static Expected<SmallVector<Shape>> inferConvShapes(OpTy op, ShapeRef input) {
  if (op.getPadding() == "causal" && op.getDataFormat() == "channels_first")
    return shapeError("padding = \"causal\" needs data_format = "
                      "\"channels_last\" [N305]");
  ConvSpec spec = getWindowSpec(op);
  spec.filters = op.getFilters();
  spec.groups = op.getGroups();
  return activated(op, inferConv(input, spec));
}

template <typename OpTy>
static SmallVector<WeightSpec> getConvWeights(OpTy op) {
  int64_t groups = op.getGroups(), filters = op.getFilters();
  Shape kernel(op.getKernelSize());
  kernel.append({getInputChannels(op) / groups, filters});
  return withBias(op,
                  {trained(op, "kernel", kernel, op.getKernelInitializer(),
                           "glorot_uniform")},
                  filters);
}

template <typename OpTy> static int64_t countConvMacs(OpTy op) {
  int64_t groups = op.getGroups(), filters = op.getFilters();
  return cappedProduct({countOutputPositions(op),
                        cappedProduct(op.getKernelSize()),
                        getInputChannels(op) / groups, filters});
}

//===----------------------------------------------------------------------===//
// ConvTranspose
//===----------------------------------------------------------------------===//

template <typename OpTy>
static Expected<SmallVector<Shape>> inferTransposeShapes(OpTy op,
                                                         ShapeRef input) {
  ConvSpec spec = getWindowSpec(op);
  spec.filters = op.getFilters();
  return activated(op, inferConvTranspose(input, spec, op.getOutputPadding()));
}

template <typename OpTy>
static SmallVector<WeightSpec> getTransposeWeights(OpTy op) {
  int64_t filters = op.getFilters();
  Shape kernel(op.getKernelSize());
  kernel.append({filters, getInputChannels(op)});
  return withBias(op,
                  {trained(op, "kernel", kernel, op.getKernelInitializer(),
                           "glorot_uniform")},
                  filters);
}

/// Each element of the input meets the whole kernel.
template <typename OpTy> static int64_t countTransposeMacs(OpTy op) {
  return cappedProduct({countPositions(op, inputShape(op)),
                        cappedProduct(op.getKernelSize()), getInputChannels(op),
                        int64_t(op.getFilters())});
}

//===----------------------------------------------------------------------===//
// DepthwiseConv
//===----------------------------------------------------------------------===//

template <typename OpTy>
static ShapeOr inferDepthwiseShape(OpTy op, ShapeRef input) {
  ConvSpec spec = getWindowSpec(op);
  spec.depthMultiplier = op.getDepthMultiplier();
  return inferConv(input, spec);
}

template <typename OpTy>
static Expected<SmallVector<Shape>> inferDepthwiseShapes(OpTy op,
                                                         ShapeRef input) {
  return activated(op, inferDepthwiseShape(op, input));
}

/// (spatial…, channels, multiplier)
template <typename OpTy> static Shape getDepthwiseKernel(OpTy op) {
  Shape kernel(op.getKernelSize());
  kernel.append({getInputChannels(op), op.getDepthMultiplier()});
  return kernel;
}

template <typename OpTy>
static SmallVector<WeightSpec> getDepthwiseWeights(OpTy op) {
  return withBias(op,
                  {trained(op, "kernel", getDepthwiseKernel(op),
                           op.getDepthwiseInitializer(), "glorot_uniform")},
                  getInputChannels(op) * op.getDepthMultiplier());
}

template <typename OpTy> static int64_t countDepthwiseMacs(OpTy op) {
  return cappedProduct(
      {countOutputPositions(op), cappedProduct(getDepthwiseKernel(op))});
}

//===----------------------------------------------------------------------===//
// SeparableConv
//===----------------------------------------------------------------------===//

template <typename OpTy>
static Expected<SmallVector<Shape>> inferSeparableShapes(OpTy op,
                                                         ShapeRef input) {
  ShapeOr shape = inferDepthwiseShape(op, input);
  if (!shape)
    return shape.takeError();
  bool first = op.getDataFormat() == "channels_first";
  AxisLayout layout{first, int64_t(shape->size())};
  (*shape)[layout.channelAxis()] = op.getFilters();
  return activated(op, std::move(shape));
}

template <typename OpTy>
static SmallVector<WeightSpec> getSeparableWeights(OpTy op) {
  Shape pointwise(op.getKernelSize().size(), 1);
  pointwise.append(
      {getInputChannels(op) * op.getDepthMultiplier(), op.getFilters()});
  return withBias(op,
                  {trained(op, "depthwise_kernel", getDepthwiseKernel(op),
                           op.getDepthwiseInitializer(), "glorot_uniform"),
                   trained(op, "pointwise_kernel", pointwise,
                           op.getPointwiseInitializer(), "glorot_uniform")},
                  op.getFilters());
}

template <typename OpTy> static int64_t countSeparableMacs(OpTy op) {
  int64_t between = getInputChannels(op) * op.getDepthMultiplier();
  return cappedProduct({countOutputPositions(op), between,
                        cappedProduct(op.getKernelSize()) + op.getFilters()});
}

//===----------------------------------------------------------------------===//
// The layers
//===----------------------------------------------------------------------===//

#define NN_CONV_LAYER(Op, Kind)                                                \
  Expected<SmallVector<Shape>> Op::inferShapes(ArrayRef<Shape> inputs) {       \
    return infer##Kind##Shapes(*this, inputs[0]);                              \
  }                                                                            \
  SmallVector<WeightSpec> Op::getWeightSpecs() {                               \
    return get##Kind##Weights(*this);                                          \
  }                                                                            \
  int64_t Op::getMacs() { return count##Kind##Macs(*this); }

NN_CONV_LAYER(Conv1DOp, Conv)
NN_CONV_LAYER(Conv2DOp, Conv)
NN_CONV_LAYER(Conv3DOp, Conv)
NN_CONV_LAYER(Conv1DTransposeOp, Transpose)
NN_CONV_LAYER(Conv2DTransposeOp, Transpose)
NN_CONV_LAYER(Conv3DTransposeOp, Transpose)
NN_CONV_LAYER(DepthwiseConv1DOp, Depthwise)
NN_CONV_LAYER(DepthwiseConv2DOp, Depthwise)
NN_CONV_LAYER(SeparableConv1DOp, Separable)
NN_CONV_LAYER(SeparableConv2DOp, Separable)
#undef NN_CONV_LAYER

//===----------------------------------------------------------------------===//
// Generated definitions
//===----------------------------------------------------------------------===//

void NNDialect::addConvOps() {
  addOperations<
#define GET_OP_LIST
#include "dialect/NNConvOps.cpp.inc"
      >();
}

#define GET_OP_CLASSES
#include "dialect/NNConvOps.cpp.inc"
