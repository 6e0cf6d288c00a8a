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

} // namespace nnc

#endif // NNC_COMPILER_LOWERING_CONVOLUTION_H
