//===- Constants.h - constants in the place of tensors ----------*- C++ -*-===//
//
// A function of keras.ops takes a number, a (nested) list of numbers or an
// array where it takes a tensor. In the dialect that is a key: 2, 0.5, true,
// [[1, 2], [3, 4]], or dense<…> : tensor<…> where the element type matters.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_DIALECT_CONSTANTS_H
#define NNC_DIALECT_CONSTANTS_H

#include "dialect/ShapeInference.h"
#include "dialect/TypePromotion.h"
#include "mlir/IR/BuiltinAttributes.h"

namespace nnc::nn {

/// Whether a key's value is a constant: not ragged, of one kind or of integers
/// and floats.
bool isConstant(mlir::Attribute value);

/// The shape of a value that isConstant; empty for one number.
Shape getConstantShape(mlir::Attribute value);

/// Its part in a promotion: weak for one number; a list is int32, float32 or
/// bool.
PromotionType getConstantType(mlir::Attribute value);

/// Its elements converted to `element`.
mlir::DenseElementsAttr convertConstant(mlir::Attribute value,
                                        mlir::Type element);

} // namespace nnc::nn

#endif // NNC_DIALECT_CONSTANTS_H
