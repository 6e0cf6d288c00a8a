//===- Activations.h - Keras's 30 activations -------------------*- C++ -*-===//
//
// The exact formulas of Keras 3 with its default arguments, NaN included.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_LOWERING_ACTIVATIONS_H
#define NNC_COMPILER_LOWERING_ACTIVATIONS_H

#include "compiler/lowering/LoweringUtils.h"

namespace nnc {

/// The activation `name` of Keras (aliases too) on a tensor. `glu` halves the
/// last axis; softmax, log_softmax and sparsemax act along it.
mlir::Value applyActivation(LocBuilder &b, mlir::Value tensor,
                            llvm::StringRef name);

/// Whether the activation looks at one element at a time.
bool isElementwiseActivation(llvm::StringRef name);

/// The same on one element; only for elementwise activations.
mlir::Value scalarActivation(LocBuilder &b, mlir::Value x,
                             llvm::StringRef name);

/// alpha · expm1(x) below zero.
mlir::Value scalarElu(LocBuilder &b, mlir::Value x, double alpha);
/// slope · x below zero.
mlir::Value scalarLeakyRelu(LocBuilder &b, mlir::Value x, double slope);
mlir::Value scalarRelu(LocBuilder &b, mlir::Value x);
/// x where x > threshold, otherwise `value`.
mlir::Value scalarThreshold(LocBuilder &b, mlir::Value x, double threshold,
                            double value);

/// exp(x) / sum(exp(x)) along `axes` together.
mlir::Value softmax(LocBuilder &b, mlir::Value tensor,
                    llvm::ArrayRef<int64_t> axes);

} // namespace nnc

#endif // NNC_COMPILER_LOWERING_ACTIVATIONS_H
