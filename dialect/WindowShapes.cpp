//===- WindowShapes.cpp - Keras's shape rules of spatial axes -------------===//
//
// Convolutions, pooling, borders and sizes: how windows slide over the axes
// between batch and channels, and what becomes of their extents. `same` follows
// TensorFlow. Declared in ShapeInference.h.
//
//===----------------------------------------------------------------------===//

#include "dialect/ShapeInference.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace nnc;
using namespace nnc::nn;
using llvm::ArrayRef;
using llvm::Error;
using llvm::Expected;
using llvm::SmallVector;
using llvm::StringRef;
using llvm::Twine;

/// a * b + c, or nothing on overflow.
static Expected<int64_t> mulAdd(int64_t a, int64_t b, int64_t c) {
  auto product = llvm::checkedMul(a, b);
  auto sum = product ? llvm::checkedAdd(*product, c) : product;
  if (!sum)
    return shapeError("the size overflows [N312]");
  return *sum;
}

//===----------------------------------------------------------------------===//
// Windows
//===----------------------------------------------------------------------===//

PaddingMode nn::parsePadding(StringRef keras) {
  return llvm::StringSwitch<PaddingMode>(keras)
      .Case("same", PaddingMode::Same)
      .Case("causal", PaddingMode::Causal)
      .Default(PaddingMode::Valid);
}

Expected<AxisGeometry> nn::inferAxis(int64_t in, Window window,
                                     PaddingMode padding) {
  auto extent = mulAdd(window.size - 1, window.dilation, 1);
  if (!extent)
    return extent.takeError();
  AxisGeometry geometry;
  if (in == kDynamic) {
    geometry.out = kDynamic;
    return geometry;
  }
  if (padding == PaddingMode::Same) {
    geometry.out = (in - 1) / window.stride + 1;
    auto span = mulAdd(geometry.out - 1, window.stride, *extent);
    if (!span)
      return span.takeError();
    int64_t total = std::max<int64_t>(*span - in, 0);
    geometry.low = total / 2;
    geometry.high = total - geometry.low;
    return geometry;
  }
  if (padding == PaddingMode::Causal)
    geometry.low = *extent - 1;
  auto padded = llvm::checkedAdd(in, geometry.low);
  if (!padded)
    return shapeError("the size overflows [N312]");
  if (*padded < *extent)
    return shapeError("its window spans " + Twine(*extent) +
                      " elements, but the input has " + Twine(in) + " [N307]");
  geometry.out = (*padded - *extent) / window.stride + 1;
  return geometry;
}

Expected<TransposedGeometry>
nn::inferTransposedAxis(int64_t in, Window window, PaddingMode padding,
                        std::optional<int64_t> outputPadding) {
  auto extent = mulAdd(window.size - 1, window.dilation, 1);
  if (!extent)
    return extent.takeError();
  if (outputPadding && *outputPadding >= window.stride)
    return shapeError("output_padding = " + Twine(*outputPadding) +
                      " is not below strides = " + Twine(window.stride) +
                      " [N307]");
  if (std::max(*extent, window.stride) > kMaxElements)
    return shapeError("the size overflows [N312]");
  bool same = padding == PaddingMode::Same;
  // What the result has beyond (in - 1) · stride, and before the first element
  // that it keeps. The halves are rounded as TensorFlow rounds them.
  int64_t more, around;
  if (outputPadding) {
    more = (same ? *extent % 2 : *extent) + *outputPadding;
    around = *extent + *extent % 2 - 2 + *outputPadding;
  } else {
    more = same ? window.stride : std::max(*extent, window.stride);
    around = window.stride + *extent - 2;
  }
  TransposedGeometry geometry;
  if (same)
    geometry.crop = *extent - 1 - std::min((around + 1) / 2, *extent - 1);
  if (in == kDynamic) {
    geometry.out = kDynamic;
    return geometry;
  }
  auto out = mulAdd(in - 1, window.stride, more);
  if (!out)
    return out.takeError();
  if (*out <= 0)
    return shapeError("nothing is left of the input's " + Twine(in) +
                      " elements [N307]");
  geometry.out = *out;
  return geometry;
}

std::pair<int64_t, int64_t> nn::adaptiveWindow(int64_t i, int64_t in,
                                               int64_t out) {
  // floor(i · in / out) and ceil((i + 1) · in / out) without overflow: in =
  // whole · out + rest.
  int64_t whole = in / out, rest = in % out;
  auto begin = i * whole + i * rest / out;
  auto end = (i + 1) * whole + ((i + 1) * rest + out - 1) / out;
  return {begin, end};
}

ImageBox nn::cropToAspect(int64_t imageHeight, int64_t imageWidth,
                          int64_t height, int64_t width) {
  auto part = [](int64_t whole, int64_t wanted) {
    return std::max<int64_t>(std::min(whole, wanted), 1);
  };
  ImageBox box;
  box.height = part(imageHeight, imageWidth * height / width);
  box.width = part(imageWidth, imageHeight * width / height);
  box.top = (imageHeight - box.height) / 2;
  box.left = (imageWidth - box.width) / 2;
  return box;
}

std::pair<int64_t, int64_t> nn::padToAspect(int64_t imageHeight,
                                            int64_t imageWidth, int64_t height,
                                            int64_t width) {
  int64_t rows = std::max(imageHeight, imageWidth * height / width);
  int64_t columns = std::max(imageWidth, imageHeight * width / height);
  int64_t above = (rows - imageHeight) / 2, before = (columns - imageWidth) / 2;
  // Only one of the two is padded.
  return {above, above > 0 ? 0 : before};
}

SmallVector<StringRef> nn::axisNames(int64_t spatialRank, bool channelsFirst) {
  SmallVector<StringRef> names;
  if (spatialRank == 1)
    names = {"steps"};
  else if (spatialRank == 2)
    names = {"height", "width"};
  else
    names = {"depth", "height", "width"};
  names.insert(channelsFirst ? names.begin() : names.end(), "channels");
  return names;
}

/// The strides' and dilations' rule of Keras: not both above 1.
static Error checkDilation(const ConvSpec &spec) {
  auto above1 = [](int64_t value) { return value > 1; };
  if (llvm::any_of(spec.strides, above1) && llvm::any_of(spec.dilation, above1))
    return shapeError(
        "strides > 1 and dilation_rate > 1 exclude each other [N305]");
  return Error::success();
}

/// Channels in and out of a convolution agree with filters and groups.
static Expected<int64_t> inferChannels(int64_t in, const ConvSpec &spec) {
  if (in == kDynamic)
    return shapeError("needs the number of channels, but got None [N303]");
  if (spec.depthMultiplier > 0)
    return checkedProduct({in, spec.depthMultiplier});
  if (in % spec.groups != 0)
    return shapeError("the input's " + Twine(in) +
                      " channels are not a multiple of groups = " +
                      Twine(spec.groups) + " [N302]");
  if (spec.filters % spec.groups != 0)
    return shapeError("filters = " + Twine(spec.filters) +
                      " is not a multiple of groups = " + Twine(spec.groups) +
                      " [N305]");
  return spec.filters;
}

/// `result` over one spatial axis of `extent`, the i-th.
using AxisRule =
    llvm::function_ref<Expected<int64_t>(int64_t i, int64_t extent)>;

/// The input with its spatial axes, of which there are `spatial`, as `rule`
/// says.
static ShapeOr mapSpatial(ShapeRef input, int64_t spatial, bool channelsFirst,
                          AxisRule rule) {
  if (Error error = expectRank(input, axisNames(spatial, channelsFirst)))
    return error;
  AxisLayout layout{channelsFirst, int64_t(input.size())};
  Shape result(input);
  for (int64_t i = 0; i < spatial; ++i) {
    int64_t &extent = result[layout.spatialAxis(i)];
    auto mapped = rule(i, extent);
    if (!mapped)
      return mapped.takeError();
    extent = *mapped;
  }
  return result;
}

/// What inferConv and inferConvTranspose share.
static ShapeOr inferConvAxes(ShapeRef input, const ConvSpec &spec,
                             AxisRule rule) {
  ShapeOr result =
      mapSpatial(input, int64_t(spec.kernel.size()), spec.channelsFirst, rule);
  if (!result)
    return result;
  if (Error error = checkDilation(spec))
    return error;
  AxisLayout layout{spec.channelsFirst, int64_t(input.size())};
  auto channels = inferChannels(input[layout.channelAxis()], spec);
  if (!channels)
    return channels.takeError();
  (*result)[layout.channelAxis()] = *channels;
  return result;
}

ShapeOr nn::inferConv(ShapeRef input, const ConvSpec &spec) {
  return inferConvAxes(
      input, spec, [&](int64_t i, int64_t extent) -> Expected<int64_t> {
        auto geometry = inferAxis(extent, spec.window(i), spec.padding);
        if (!geometry)
          return geometry.takeError();
        return geometry->out;
      });
}

ShapeOr nn::inferConvTranspose(ShapeRef input, const ConvSpec &spec,
                               std::optional<ShapeRef> outputPadding) {
  return inferConvAxes(
      input, spec, [&](int64_t i, int64_t extent) -> Expected<int64_t> {
        std::optional<int64_t> more;
        if (outputPadding)
          more = (*outputPadding)[i];
        auto geometry =
            inferTransposedAxis(extent, spec.window(i), spec.padding, more);
        if (!geometry)
          return geometry.takeError();
        return geometry->out;
      });
}

ShapeOr nn::inferPool(ShapeRef input, const PoolSpec &spec) {
  return mapSpatial(input, int64_t(spec.size.size()), spec.channelsFirst,
                    [&](int64_t i, int64_t extent) -> Expected<int64_t> {
                      auto geometry =
                          inferAxis(extent, {spec.size[i], spec.strides[i], 1},
                                    spec.padding);
                      if (!geometry)
                        return geometry.takeError();
                      return geometry->out;
                    });
}

ShapeOr nn::inferAdaptivePool(ShapeRef input, ShapeRef size,
                              bool channelsFirst) {
  return mapSpatial(input, int64_t(size.size()), channelsFirst,
                    [&](int64_t i, int64_t extent) -> Expected<int64_t> {
                      if (Error error =
                              checkTableAxis(std::max(size[i], extent)))
                        return error;
                      return size[i];
                    });
}

ShapeOr nn::inferGlobalPool(ShapeRef input, int64_t spatialRank,
                            bool channelsFirst, bool keepdims) {
  if (Error error = expectRank(input, axisNames(spatialRank, channelsFirst)))
    return error;
  AxisLayout layout{channelsFirst, int64_t(input.size())};
  if (!keepdims)
    return Shape{input[0], input[layout.channelAxis()]};
  Shape result(input);
  for (int64_t i = 0; i < spatialRank; ++i)
    result[layout.spatialAxis(i)] = 1;
  return result;
}

//===----------------------------------------------------------------------===//
// Borders, sizes and frames
//===----------------------------------------------------------------------===//

ShapeOr nn::inferBorder(ShapeRef input,
                        ArrayRef<std::pair<int64_t, int64_t>> border,
                        bool channelsFirst) {
  auto grow = [&](int64_t i, int64_t extent) -> Expected<int64_t> {
    if (extent == kDynamic)
      return extent;
    auto sum = llvm::checkedAdd(border[i].first, border[i].second);
    auto total = sum ? llvm::checkedAdd(extent, *sum) : sum;
    if (!total)
      return shapeError("the size overflows [N312]");
    if (*total <= 0)
      return shapeError("crops " + Twine(-*sum) + " of " + Twine(extent) +
                        " elements, but at least one must be left of " +
                        toString(input) + " [N307]");
    return *total;
  };
  return mapSpatial(input, int64_t(border.size()), channelsFirst, grow);
}

Error nn::checkTableAxis(int64_t extent) {
  if (extent > kMaxTableAxis)
    return shapeError("has an axis of more than 2^20 elements [N312]");
  return Error::success();
}

ShapeOr nn::inferUpSampling(ShapeRef input, ShapeRef size, bool channelsFirst) {
  auto multiply = [&](int64_t i, int64_t extent) -> Expected<int64_t> {
    return extent == kDynamic ? extent : checkedProduct({extent, size[i]});
  };
  return mapSpatial(input, int64_t(size.size()), channelsFirst, multiply);
}

ShapeOr nn::inferResize(ShapeRef input, int64_t height, int64_t width,
                        bool channelsFirst) {
  return mapSpatial(input, 2, channelsFirst,
                    [&](int64_t i, int64_t extent) -> Expected<int64_t> {
                      int64_t result = i == 0 ? height : width;
                      if (Error error =
                              checkTableAxis(std::max(result, extent)))
                        return error;
                      return result;
                    });
}

ShapeOr nn::inferMelSpectrogram(ShapeRef input, int64_t length, int64_t stride,
                                int64_t bins) {
  static constexpr StringRef axes[] = {"samples"};
  if (Error error = expectRank(input, axes))
    return error;
  Shape result{input[0], bins, kDynamic};
  if (input[1] == kDynamic)
    return result;
  int64_t border = length / 2;
  if (input[1] <= border)
    return shapeError("needs more than " + Twine(border) +
                      " samples to mirror, but got " + toString(input) +
                      " [N307]");
  auto padded = mulAdd(2, border, input[1]);
  if (!padded)
    return padded.takeError();
  if (*padded > kMaxElements)
    return shapeError("the size overflows [N312]");
  result[2] = (*padded - length) / stride + 1;
  return result;
}
