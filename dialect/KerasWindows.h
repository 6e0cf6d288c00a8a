//===- KerasWindows.h - windows of functions of keras.ops -------*- C++ -*-===//
//
// Convolutions and pooling in keras.ops take their kernels as tensors and one
// number for all spatial axes or one for each. Here that becomes what the
// layers' shape rules and lowering take.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_DIALECT_KERASWINDOWS_H
#define NNC_DIALECT_KERASWINDOWS_H

#include "dialect/KerasOps.h"

namespace nnc::nn {

/// The values of a key, of which one stands for all of `spatial` axes.
llvm::Expected<llvm::SmallVector<int64_t>>
spreadOverAxes(llvm::StringRef key, llvm::ArrayRef<int64_t> values,
               int64_t spatial);

/// How the kernel of a convolution slides, a number for each spatial axis.
struct KernelWindows {
  llvm::SmallVector<int64_t> size, strides, dilation;
  std::optional<llvm::SmallVector<int64_t>> outputPadding;
  PaddingMode padding = PaddingMode::Valid;
  bool channelsFirst = false;

  /// The same for the layers' rules, which refers to these lists.
  ConvSpec getSpec() const;
};

/// That of `op`, a convolution of an input with as many axes as `kernel` has.
llvm::Expected<KernelWindows> getKernelWindows(LayerOpInterface op,
                                               ShapeRef kernel);

/// The groups of channels for which a convolution has kernels of their own.
inline int64_t countGroups(int64_t channels, ShapeRef kernel) {
  return channels / kernel[kernel.size() - 2];
}

/// The shape that a convolution gives, and its costs.
ShapesOr inferConvolutionShape(LayerOpInterface op,
                               llvm::ArrayRef<Shape> inputs);
int64_t countConvolutionMacs(LayerOpInterface op);

/// A kernel that is a tensor belongs to no sample.
inline bool mixesByKernel(LayerOpInterface, llvm::ArrayRef<Shape> inputs) {
  return inputs.size() != 1;
}

} // namespace nnc::nn

#endif // NNC_DIALECT_KERASWINDOWS_H
