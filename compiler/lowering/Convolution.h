//===- Convolution.h - the sums of a convolution ----------------*- C++ -*-===//

#ifndef NNC_COMPILER_LOWERING_CONVOLUTION_H
#define NNC_COMPILER_LOWERING_CONVOLUTION_H

#include "compiler/lowering/LoweringUtils.h"

namespace nnc {

/// How a kernel slides, whatever it does with the channels.
struct Window {
  llvm::ArrayRef<int64_t> size, strides, dilation;
  nn::PaddingMode padding;

  int64_t spatialRank() const { return size.size(); }
};

/// A padded convolution of a channels-last tensor, without bias. The kernel is
/// (spatial…, channels / groups, filters).
mlir::Value convolve(LocBuilder &b, mlir::Value input, mlir::Value kernel,
                     const Window &window, int64_t groups);

/// The same of each channel on its own: the kernel is (spatial…, channels,
/// multiplier), and channel c's results are at c · multiplier + m.
mlir::Value convolveDepthwise(LocBuilder &b, mlir::Value input,
                              mlir::Value kernel, const Window &window);

//===----------------------------------------------------------------------===//
// Transposed
//===----------------------------------------------------------------------===//

/// One spatial axis of a transposed convolution.
struct TransposedAxis {
  int64_t stride, taps; ///< phases, and elements of the kernel of each
  int64_t low, high;    ///< what the input is padded with
  int64_t count;        ///< results of each phase
  int64_t crop, out;    ///< what is kept of them all
};

llvm::SmallVector<TransposedAxis>
getTransposedAxes(ShapeRef input, const Window &window,
                  std::optional<llvm::ArrayRef<int64_t>> outputPadding);

/// The kernel (spatial…, filters, channels) as (taps[, phase], …, channels,
/// filters), the taps in reverse; its shape goes to `shape`. Taps that a phase
/// does not have are 0.
llvm::SmallVector<double> turnKernel(llvm::ArrayRef<double> values,
                                     ShapeRef kernelShape,
                                     llvm::ArrayRef<TransposedAxis> axes,
                                     Shape &shape);
/// The same of a kernel that is known at run time only.
mlir::Value turnKernel(LocBuilder &b, mlir::Value kernel,
                       llvm::ArrayRef<TransposedAxis> axes);

/// A transposed convolution of a channels-last tensor with a turned kernel.
mlir::Value convolveTransposed(LocBuilder &b, mlir::Value input,
                               mlir::Value kernel,
                               llvm::ArrayRef<int64_t> dilation,
                               llvm::ArrayRef<TransposedAxis> axes);

} // namespace nnc

#endif // NNC_COMPILER_LOWERING_CONVOLUTION_H
