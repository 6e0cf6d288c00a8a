//===- TypePromotion.h - Keras's result_type --------------------*- C++ -*-===//
//
// The element type in which values of several types meet, as a pure function.
// A Python number is weak: it has a kind but no width of its own, so that
// `x + 2.0` keeps a half type and makes a float of an integer.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_DIALECT_TYPEPROMOTION_H
#define NNC_DIALECT_TYPEPROMOTION_H

#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/ArrayRef.h"

namespace nnc::nn {

/// An element type that takes part in a promotion. A weak one says only
/// whether it is an integer or a float.
struct PromotionType {
  mlir::Type type;
  bool weak = false;
};

/// The kind of Python's `float`, weak.
PromotionType pythonFloat(mlir::MLIRContext *context);
/// The kind of Python's `int`, weak.
PromotionType pythonInt(mlir::MLIRContext *context);

/// The least type that holds all of `types`, of which there is at least one.
/// Weak types alone give a type of 32 bits. As with Keras on TensorFlow, 64
/// bits are kept, those of unsigned integers apart.
mlir::Type promoteTypes(llvm::ArrayRef<PromotionType> types);

} // namespace nnc::nn

#endif // NNC_DIALECT_TYPEPROMOTION_H
