//===- ShapeInference.h - Keras's shape rules as pure functions -*- C++ -*-===//
//
// Shapes are whole, the batch first; kDynamic stands for Keras's None. Each
// function gives the result's shape, or an error that says what was found and
// what is needed, in one line, without the layer's name. Every size that is
// computed is checked for overflow.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_DIALECT_SHAPEINFERENCE_H
#define NNC_DIALECT_SHAPEINFERENCE_H

#include "mlir/IR/BuiltinTypeInterfaces.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Error.h"
#include <optional>
#include <utility>

namespace nnc::nn {

using Shape = llvm::SmallVector<int64_t, 6>;
using ShapeRef = llvm::ArrayRef<int64_t>;
using ShapeOr = llvm::Expected<Shape>;
inline constexpr int64_t kDynamic = mlir::ShapedType::kDynamic;

/// "(None, 28, 28, 1)".
std::string toString(ShapeRef shape);

/// An error in one line.
llvm::Error shapeError(const llvm::Twine &message);

/// `expects a rank-4 input (batch, height, width, channels), but got (None,
/// 9)`. `axes` are the names of the axes after the batch.
llvm::Error expectRank(ShapeRef shape, llvm::ArrayRef<llvm::StringRef> axes);

/// At least `rank` axes, the batch included.
llvm::Error expectRankAtLeast(ShapeRef shape, int64_t rank);

/// The elements of one sample (without the batch); kDynamic where an extent is.
/// Error on overflow, of the known extents too.
llvm::Expected<int64_t> countElements(ShapeRef shape);

/// No tensor has more elements, so that bytes, and sums over all tensors of a
/// model, fit 64 bits.
inline constexpr int64_t kMaxElements = int64_t(1) << 44;

/// No tensor has more axes, the batch included; Keras's backends end there or
/// earlier. Loops nest as deep.
inline constexpr int64_t kMaxAxes = 64;

/// No table that a layer needs to find its elements is longer.
inline constexpr int64_t kMaxTable = int64_t(1) << 24;

/// No axis is longer on which tables say what each element is made of; that is
/// several numbers for each.
inline constexpr int64_t kMaxTableAxis = int64_t(1) << 20;

/// No layer does more multiplications for a sample.
inline constexpr int64_t kMaxMacs = int64_t(1) << 50;

/// An error if there are more than kMaxAxes extents, or if the known ones make
/// more than kMaxElements.
llvm::Error checkSize(ShapeRef shape);

/// The axis counted from 0, batch included, of one that may count from the end.
/// Refuses the batch axis unless `allowBatch`.
llvm::Expected<int64_t> normalizeAxis(int64_t axis, int64_t rank,
                                      bool allowBatch = false);

/// Each of `axes` normalized, in their order; an error if one is named twice.
llvm::Expected<llvm::SmallVector<int64_t>>
normalizeAxes(llvm::ArrayRef<int64_t> axes, int64_t rank);

/// How a window slides over one spatial axis.
struct Window {
  int64_t size = 1, stride = 1, dilation = 1;
  int64_t extent() const { return (size - 1) * dilation + 1; }
};
enum class PaddingMode { Valid, Same, Causal };
PaddingMode parsePadding(llvm::StringRef keras);

/// Padding of one axis: `same` puts the odd one at the end, as TensorFlow does;
/// `causal` puts all at the start.
struct AxisGeometry {
  int64_t out = 0, low = 0, high = 0;
};
llvm::Expected<AxisGeometry> inferAxis(int64_t in, Window window,
                                       PaddingMode padding);

/// One axis of a transposed convolution: element i of the input adds to i ·
/// stride, …, i · stride + extent - 1, of which `crop` and what follows up to
/// `out` elements are kept (zeros where nothing was added).
struct TransposedGeometry {
  int64_t out = 0, crop = 0;
};
llvm::Expected<TransposedGeometry>
inferTransposedAxis(int64_t in, Window window, PaddingMode padding,
                    std::optional<int64_t> outputPadding);

/// Where window i of an adaptive pooling of `in` elements to `out` begins and
/// ends.
std::pair<int64_t, int64_t> adaptiveWindow(int64_t i, int64_t in, int64_t out);

/// The part in the middle of an image: where it begins, and how large it is.
struct ImageBox {
  int64_t top = 0, left = 0, height = 0, width = 0;
};
/// The largest part with the aspect ratio of height : width.
ImageBox cropToAspect(int64_t imageHeight, int64_t imageWidth, int64_t height,
                      int64_t width);
/// What is around an image that is padded to that aspect ratio: the rows above
/// (and below) and the columns before (and behind).
std::pair<int64_t, int64_t> padToAspect(int64_t imageHeight, int64_t imageWidth,
                                        int64_t height, int64_t width);

/// The position of the channels and of the spatial axes in a shape.
struct AxisLayout {
  bool channelsFirst = false;
  int64_t rank; ///< batch and channels included
  int64_t channelAxis() const { return channelsFirst ? 1 : rank - 1; }
  int64_t spatialAxis(int64_t i) const { return channelsFirst ? i + 2 : i + 1; }
  int64_t spatialRank() const { return rank - 2; }
};

/// Names of the axes after the batch, for diagnostics.
llvm::SmallVector<llvm::StringRef> axisNames(int64_t spatialRank,
                                             bool channelsFirst);

struct ConvSpec {
  int64_t filters;
  llvm::ArrayRef<int64_t> kernel, strides, dilation;
  PaddingMode padding = PaddingMode::Valid;
  bool channelsFirst = false;
  int64_t groups = 1;
  int64_t depthMultiplier = 0; ///< > 0: depthwise
  Window window(size_t i) const { return {kernel[i], strides[i], dilation[i]}; }
};
ShapeOr inferConv(ShapeRef input, const ConvSpec &spec);
/// `outputPadding` has a number for each spatial axis, if any.
ShapeOr inferConvTranspose(ShapeRef input, const ConvSpec &spec,
                           std::optional<ShapeRef> outputPadding);

struct PoolSpec {
  llvm::ArrayRef<int64_t> size, strides;
  PaddingMode padding = PaddingMode::Valid;
  bool channelsFirst = false;
};
ShapeOr inferPool(ShapeRef input, const PoolSpec &spec);
ShapeOr inferGlobalPool(ShapeRef input, int64_t spatialRank, bool channelsFirst,
                        bool keepdims);
ShapeOr inferAdaptivePool(ShapeRef input, ShapeRef size, bool channelsFirst);

/// (samples) to (bins, frames): frames of `length` every `stride` samples, of
/// the input mirrored by half a frame at both ends.
ShapeOr inferMelSpectrogram(ShapeRef input, int64_t length, int64_t stride,
                            int64_t bins);

/// What a layer that encodes categories gives: see CategoryEncoding.
ShapeOr inferEncoding(ShapeRef input, llvm::StringRef mode, int64_t depth);

ShapeOr inferDense(ShapeRef input, int64_t units);
ShapeOr inferFlatten(ShapeRef input);
/// `target` without the batch, one extent may be -1.
ShapeOr inferReshape(ShapeRef input, ShapeRef target);
/// `dims` count from 1, without the batch.
ShapeOr inferPermute(ShapeRef input, ShapeRef dims);
/// Grows (or for negative amounts crops) the spatial axes by low and high.
ShapeOr inferBorder(ShapeRef input,
                    llvm::ArrayRef<std::pair<int64_t, int64_t>> border,
                    bool channelsFirst);
/// Images of another height and width; theirs must be known.
ShapeOr inferResize(ShapeRef input, int64_t height, int64_t width,
                    bool channelsFirst);
ShapeOr inferUpSampling(ShapeRef input, ShapeRef size, bool channelsFirst);

/// An error if an axis of `extent` elements is too long for a table.
llvm::Error checkTableAxis(int64_t extent);
/// Keras's merge layers: ranks may differ, extents broadcast.
ShapeOr inferBroadcast(llvm::ArrayRef<Shape> inputs);
ShapeOr inferConcatenate(llvm::ArrayRef<Shape> inputs, int64_t axis);
ShapeOr inferDot(ShapeRef a, ShapeRef b, llvm::ArrayRef<int64_t> axes);
/// The shape after activation `name` (glu halves the last axis).
ShapeOr inferActivation(Shape input, llvm::StringRef name);

/// Product that refuses to overflow.
llvm::Expected<int64_t> checkedProduct(llvm::ArrayRef<int64_t> factors);

} // namespace nnc::nn

#endif // NNC_DIALECT_SHAPEINFERENCE_H
