//===- Quantization.h - how Keras has quantized a layer ---------*- C++ -*-===//
//
// Layers whose policy is int8_from_… have int8 weights with a scale, and may
// quantize what they are given. Their `quantization_config` says how.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_DIALECT_QUANTIZATION_H
#define NNC_DIALECT_QUANTIZATION_H

#include "dialect/Einsum.h"
#include "mlir/IR/BuiltinAttributes.h"
#include <optional>

namespace nnc::nn {

/// How int8 layers quantize their input, each row by its largest magnitude: to
/// round(x · high / (max|x| + epsilon)), not below `low`.
struct AbsMaxQuantizer {
  double low = -127.0, high = 127.0, epsilon = 1e-7;
};

/// {class_name = "Int8QuantizationConfig", config = {activation_quantizer = …}}
/// with no quantizer or an AbsMaxQuantizer of int8.
bool isInt8Config(mlir::Attribute value);

/// The quantizer of a layer's input: Keras's default where there is no config,
/// nothing where the config has none.
std::optional<AbsMaxQuantizer> getInputQuantizer(mlir::Attribute config);

/// Whether that quantizer goes over the last axis, as it has to where a layer
/// does not say over which.
bool quantizesLastAxis(mlir::Attribute config);

/// An error unless Keras can lay the scales of the input and the kernel along
/// the result of an EinsumDense, which some equations defeat.
llvm::Error checkScaleAxes(const Einsum &einsum);

} // namespace nnc::nn

#endif // NNC_DIALECT_QUANTIZATION_H
