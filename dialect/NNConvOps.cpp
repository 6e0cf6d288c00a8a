//===- NNConvOps.cpp - convolutions ---------------------------------------===//
//
// Shapes, weights and costs of the convolutions. Kernels are (spatial…, input
// channels / groups, filters), depthwise ones (spatial…, channels, multiplier).
//
//===----------------------------------------------------------------------===//

#include "dialect/NNOps.h"
#include "dialect/WeightSpecs.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;
using llvm::Expected;

/// What Conv1D, Conv2D and SeparableConv2D say in the same keys.
template <typename OpTy> static ConvSpec getConvSpec(OpTy op) {
  ConvSpec spec;
  spec.filters = op.getFilters();
  spec.kernel = op.getKernelSize();
  spec.strides = op.getStrides();
  spec.dilation = op.getDilationRate();
  spec.padding = parsePadding(op.getPadding());
  spec.channelsFirst = op.getDataFormat() == "channels_first";
  return spec;
}

static int64_t getChannels(LayerOpInterface layer, bool channelsFirst) {
  Shape shape = inputShape(layer);
  return shape[AxisLayout{channelsFirst, int64_t(shape.size())}.channelAxis()];
}

/// Output positions of one sample: all of the result but batch and channels.
static int64_t countPositions(LayerOpInterface layer, bool channelsFirst) {
  auto type = cast<RankedTensorType>(layer->getResult(0).getType());
  Shape shape(type.getShape());
  shape[AxisLayout{channelsFirst, int64_t(shape.size())}.channelAxis()] = 1;
  return sampleElements(shape);
}

template <typename OpTy>
static Expected<SmallVector<Shape>> inferConvShapes(OpTy op, ShapeRef input,
                                                    const ConvSpec &spec) {
  ShapeOr shape = inferConv(input, spec);
  return single(shape ? inferActivation(*shape, op.getActivation())
                      : std::move(shape));
}

//===----------------------------------------------------------------------===//
// Conv1D, Conv2D
//===----------------------------------------------------------------------===//

template <typename OpTy> static ConvSpec getGroupedSpec(OpTy op) {
  ConvSpec spec = getConvSpec(op);
  spec.groups = op.getGroups();
  return spec;
}

template <typename OpTy>
static SmallVector<WeightSpec> getConvWeights(OpTy op) {
  ConvSpec spec = getGroupedSpec(op);
  Shape kernel(spec.kernel);
  kernel.push_back(getChannels(op, spec.channelsFirst) / spec.groups);
  kernel.push_back(spec.filters);
  SmallVector<WeightSpec> specs = {trained(
      op, "kernel", kernel, op.getKernelInitializer(), "glorot_uniform")};
  if (op.getUseBias())
    specs.push_back(
        trained(op, "bias", {spec.filters}, op.getBiasInitializer(), "zeros"));
  return specs;
}

template <typename OpTy> static int64_t countConvMacs(OpTy op) {
  ConvSpec spec = getGroupedSpec(op);
  return cappedProduct(
      {countPositions(op, spec.channelsFirst), cappedProduct(spec.kernel),
       getChannels(op, spec.channelsFirst) / spec.groups, spec.filters});
}

Expected<SmallVector<Shape>> Conv1DOp::inferShapes(ArrayRef<Shape> inputs) {
  if (getPadding() == "causal" && getDataFormat() == "channels_first")
    return shapeError("padding = \"causal\" needs data_format = "
                      "\"channels_last\"");
  return inferConvShapes(*this, inputs[0], getGroupedSpec(*this));
}
SmallVector<WeightSpec> Conv1DOp::getWeightSpecs() {
  return getConvWeights(*this);
}
int64_t Conv1DOp::getMacs() { return countConvMacs(*this); }

Expected<SmallVector<Shape>> Conv2DOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferConvShapes(*this, inputs[0], getGroupedSpec(*this));
}
SmallVector<WeightSpec> Conv2DOp::getWeightSpecs() {
  return getConvWeights(*this);
}
int64_t Conv2DOp::getMacs() { return countConvMacs(*this); }

//===----------------------------------------------------------------------===//
// DepthwiseConv2D
//===----------------------------------------------------------------------===//

Expected<SmallVector<Shape>>
DepthwiseConv2DOp::inferShapes(ArrayRef<Shape> inputs) {
  ConvSpec spec;
  spec.filters = 0;
  spec.kernel = getKernelSize();
  spec.strides = getStrides();
  spec.dilation = getDilationRate();
  spec.padding = parsePadding(getPadding());
  spec.channelsFirst = getDataFormat() == "channels_first";
  spec.depthMultiplier = getDepthMultiplier();
  return inferConvShapes(*this, inputs[0], spec);
}

SmallVector<WeightSpec> DepthwiseConv2DOp::getWeightSpecs() {
  int64_t channels = getChannels(*this, getDataFormat() == "channels_first");
  Shape kernel(getKernelSize());
  kernel.append({channels, getDepthMultiplier()});
  SmallVector<WeightSpec> specs = {trained(
      *this, "kernel", kernel, getDepthwiseInitializer(), "glorot_uniform")};
  if (getUseBias())
    specs.push_back(trained(*this, "bias", {channels * getDepthMultiplier()},
                            getBiasInitializer(), "zeros"));
  return specs;
}

int64_t DepthwiseConv2DOp::getMacs() {
  bool channelsFirst = getDataFormat() == "channels_first";
  return cappedProduct(
      {countPositions(*this, channelsFirst), cappedProduct(getKernelSize()),
       getChannels(*this, channelsFirst), getDepthMultiplier()});
}

//===----------------------------------------------------------------------===//
// SeparableConv2D
//===----------------------------------------------------------------------===//

Expected<SmallVector<Shape>>
SeparableConv2DOp::inferShapes(ArrayRef<Shape> inputs) {
  ConvSpec spec = getConvSpec(*this);
  spec.depthMultiplier = getDepthMultiplier();
  ShapeOr shape = inferConv(inputs[0], spec);
  if (!shape)
    return shape.takeError();
  AxisLayout layout{spec.channelsFirst, int64_t(shape->size())};
  (*shape)[layout.channelAxis()] = getFilters();
  return single(inferActivation(*shape, getActivation()));
}

SmallVector<WeightSpec> SeparableConv2DOp::getWeightSpecs() {
  int64_t channels = getChannels(*this, getDataFormat() == "channels_first");
  Shape depthwise(getKernelSize());
  depthwise.append({channels, getDepthMultiplier()});
  Shape pointwise = {1, 1, channels * getDepthMultiplier(), getFilters()};
  SmallVector<WeightSpec> specs = {
      trained(*this, "depthwise_kernel", depthwise, getDepthwiseInitializer(),
              "glorot_uniform"),
      trained(*this, "pointwise_kernel", pointwise, getPointwiseInitializer(),
              "glorot_uniform")};
  if (getUseBias())
    specs.push_back(
        trained(*this, "bias", {getFilters()}, getBiasInitializer(), "zeros"));
  return specs;
}

int64_t SeparableConv2DOp::getMacs() {
  bool channelsFirst = getDataFormat() == "channels_first";
  int64_t between = getChannels(*this, channelsFirst) * getDepthMultiplier();
  return cappedProduct({countPositions(*this, channelsFirst), between,
                        cappedProduct(getKernelSize()) + getFilters()});
}
