//===- Int8Products.h - products with Keras's int8 weights ------*- C++ -*-===//
//
// Layers whose policy is int8_from_… multiply with an int8 kernel and divide by
// its scale. Where there is a quantizer, the input becomes int8, too, and the
// sums are exact, in integers; without one it stays as it is.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_LOWERING_INT8PRODUCTS_H
#define NNC_COMPILER_LOWERING_INT8PRODUCTS_H

#include "compiler/lowering/LoweringUtils.h"
#include "dialect/Quantization.h"
#include <optional>

namespace nnc {

using InputQuantizer = std::optional<nn::AbsMaxQuantizer>;

/// [m, k] · [k, n], the rows quantized one by one; `scale` is [n].
mlir::Value int8Matmul(LocBuilder &b, mlir::Value rows, mlir::Value kernel,
                       mlir::Value scale, const InputQuantizer &quantizer);

/// The einsum of the input and the kernel. The input is quantized over the axes
/// that are summed over; `scale` broadcasts to the result.
mlir::Value int8Einsum(LocBuilder &b, llvm::StringRef equation,
                       mlir::Value input, mlir::Value kernel, mlir::Value scale,
                       const InputQuantizer &quantizer);

} // namespace nnc

#endif // NNC_COMPILER_LOWERING_INT8PRODUCTS_H
