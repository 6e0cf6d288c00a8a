//===- KerasWindows.cpp - windows of functions of keras.ops ---------------===//
//
// See the header. What can be wrong with a key that does not know the rank of
// what it is for, or with a kernel that is no weight, is refused here.
//
//===----------------------------------------------------------------------===//

#include "dialect/KerasWindows.h"
#include "dialect/NNKerasProductOps.h"
#include "dialect/WeightSpecs.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;
using llvm::Expected;
using llvm::Twine;

Expected<SmallVector<int64_t>>
nn::spreadOverAxes(StringRef key, ArrayRef<int64_t> values, int64_t spatial) {
  if (values.size() == 1)
    return SmallVector<int64_t>(size_t(std::max<int64_t>(spatial, 1)),
                                values.front());
  if (int64_t(values.size()) != spatial)
    return shapeError("'" + key + "' expects one integer or one for each of " +
                      Twine(spatial) + " spatial axes, but has " +
                      Twine(values.size()) + " [N304]");
  return llvm::to_vector(values);
}

ConvSpec KernelWindows::getSpec() const {
  ConvSpec spec;
  spec.filters = 0;
  spec.kernel = size;
  spec.strides = strides;
  spec.dilation = dilation;
  spec.padding = padding;
  spec.channelsFirst = channelsFirst;
  return spec;
}

static bool hasWord(LayerOpInterface op, StringRef key, StringRef word) {
  auto value = op->getAttrOfType<StringAttr>(key);
  return value && value.getValue() == word;
}

Expected<KernelWindows> nn::getKernelWindows(LayerOpInterface op,
                                             ShapeRef kernel) {
  KernelWindows windows;
  windows.size = llvm::to_vector(kernel.drop_back(2));
  int64_t spatial = int64_t(windows.size.size());
  windows.strides = windows.dilation = SmallVector<int64_t>(spatial, 1);
  auto set = [&](StringRef key, SmallVector<int64_t> &axes) -> llvm::Error {
    auto values = op->getAttrOfType<DenseI64ArrayAttr>(key);
    if (!values)
      return llvm::Error::success();
    auto spread = spreadOverAxes(key, values.asArrayRef(), spatial);
    if (!spread)
      return spread.takeError();
    axes = *spread;
    return llvm::Error::success();
  };
  if (llvm::Error error = set("strides", windows.strides))
    return error;
  if (llvm::Error error = set("dilation_rate", windows.dilation))
    return error;
  if (op->getAttr("output_padding"))
    if (llvm::Error error =
            set("output_padding", windows.outputPadding.emplace()))
      return error;
  if (hasWord(op, "padding", "same"))
    windows.padding = PaddingMode::Same;
  windows.channelsFirst = hasWord(op, "data_format", "channels_first");
  return windows;
}

//===----------------------------------------------------------------------===//
// Convolutions
//===----------------------------------------------------------------------===//

/// The kernels have the input's rank and no open axes.
static llvm::Error checkKernels(ShapeRef input, ArrayRef<Shape> kernels) {
  if (input.size() < 3 || input.size() > 5)
    return shapeError("expects an input with one to three spatial axes, but "
                      "got " +
                      toString(input) + " [N301]");
  for (const Shape &kernel : kernels)
    if (kernel.size() != input.size() ||
        llvm::any_of(kernel, [](int64_t extent) { return extent < 1; }))
      return shapeError("expects a kernel of " + Twine(input.size()) +
                        " axes of known extents, but got " + toString(kernel) +
                        " [N303]");
  return llvm::Error::success();
}

/// A kernel that is for `channels` of an input that has others.
static llvm::Error wrongChannels(ShapeRef kernel, int64_t channels,
                                 ShapeRef input) {
  return shapeError("its kernel " + toString(kernel) + " is for " +
                    Twine(channels) + " channels, which do not go with " +
                    toString(input) + " [N302]");
}

static ShapeOr inferConvShape(ShapeRef input, ShapeRef kernel,
                              const KernelWindows &windows, int64_t channels) {
  int64_t inner = kernel[kernel.size() - 2];
  if (channels == kDynamic || channels % inner != 0)
    return wrongChannels(kernel, inner, input);
  ConvSpec spec = windows.getSpec();
  spec.groups = countGroups(channels, kernel);
  spec.filters = kernel.back();
  return inferConv(input, spec);
}

static ShapeOr inferDepthwiseShape(ShapeRef input, ShapeRef kernel,
                                   const KernelWindows &windows,
                                   int64_t channels) {
  int64_t inner = kernel[kernel.size() - 2];
  if (channels != inner)
    return wrongChannels(kernel, inner, input);
  ConvSpec spec = windows.getSpec();
  spec.depthMultiplier = kernel.back();
  return inferConv(input, spec);
}

static ShapeOr inferSeparableShape(ShapeRef input, ArrayRef<Shape> kernels,
                                   const KernelWindows &windows,
                                   const AxisLayout &layout) {
  ShapeOr shape = inferDepthwiseShape(input, kernels[0], windows,
                                      input[layout.channelAxis()]);
  if (!shape)
    return shape;
  int64_t &channels = (*shape)[layout.channelAxis()];
  Shape pointwise(kernels[1].size(), 1);
  pointwise[pointwise.size() - 2] = channels;
  pointwise.back() = kernels[1].back();
  if (pointwise != kernels[1])
    return shapeError("expects a pointwise kernel " + toString(pointwise) +
                      ", but got " + toString(kernels[1]) + " [N302]");
  channels = pointwise.back();
  return shape;
}

static ShapeOr inferTransposedShape(ShapeRef input, ShapeRef kernel,
                                    const KernelWindows &windows,
                                    int64_t channels) {
  if (channels != kernel.back())
    return wrongChannels(kernel, kernel.back(), input);
  ConvSpec spec = windows.getSpec();
  spec.filters = kernel[kernel.size() - 2];
  std::optional<ShapeRef> more;
  if (windows.outputPadding)
    more = *windows.outputPadding;
  return inferConvTranspose(input, spec, more);
}

ShapesOr nn::inferConvolutionShape(LayerOpInterface op,
                                   ArrayRef<Shape> inputs) {
  auto shapes = getArgumentShapes(op, inputs);
  if (!shapes)
    return shapes.takeError();
  const Shape &input = shapes->front();
  auto kernels = ArrayRef(*shapes).drop_front();
  if (llvm::Error error = checkKernels(input, kernels))
    return error;
  auto windows = getKernelWindows(op, kernels.front());
  if (!windows)
    return windows.takeError();
  AxisLayout layout{windows->channelsFirst, int64_t(input.size())};
  int64_t channels = input[layout.channelAxis()];
  if (isa<OpsConvOp>(*op))
    return one(inferConvShape(input, kernels[0], *windows, channels));
  if (isa<OpsDepthwiseConvOp>(*op))
    return one(inferDepthwiseShape(input, kernels[0], *windows, channels));
  if (isa<OpsSeparableConvOp>(*op))
    return one(inferSeparableShape(input, kernels, *windows, layout));
  return one(inferTransposedShape(input, kernels[0], *windows, channels));
}

/// Each element of the result, or of the input of a transposed convolution,
/// meets the kernels once, all channels together.
int64_t nn::countConvolutionMacs(LayerOpInterface op) {
  auto shapeOf = [](Value value) {
    return Shape(cast<RankedTensorType>(value.getType()).getShape());
  };
  auto inputs = llvm::map_to_vector(op->getOperands(), shapeOf);
  auto shapes = llvm::cantFail(getArgumentShapes(op, inputs));
  auto kernels = ArrayRef(shapes).drop_front();
  auto windows = llvm::cantFail(getKernelWindows(op, kernels.front()));
  Shape positions =
      isa<OpsConvTransposeOp>(*op) ? inputs[0] : shapeOf(op->getResult(0));
  AxisLayout layout{windows.channelsFirst, int64_t(positions.size())};
  positions[layout.channelAxis()] = 1;
  int64_t perPosition = 0;
  for (const Shape &kernel : kernels)
    perPosition += cappedProduct(kernel);
  return cappedProduct({sampleElements(positions), perPosition});
}
