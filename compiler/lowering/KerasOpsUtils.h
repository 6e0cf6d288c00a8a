//===- KerasOpsUtils.h - what functions of keras.ops need -------*- C++ -*-===//
//
// Arguments that are tensors or constants, and the moves that several functions
// share.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_LOWERING_KERASOPSUTILS_H
#define NNC_COMPILER_LOWERING_KERASOPSUTILS_H

#include "compiler/lowering/LoweringUtils.h"
#include "compiler/lowering/Patterns.h"
#include "compiler/lowering/ScalarMath.h"
#include "dialect/KerasOps.h"

namespace nnc {

inline Lowered oneResult(mlir::Value result) {
  return llvm::SmallVector<mlir::Value>{result};
}

/// The layer's only or first result.
inline ShapeRef resultShape(mlir::Operation *op) {
  return shapeOf(op->getResult(0));
}
inline mlir::Type resultElement(mlir::Operation *op) {
  return typeOf(op->getResult(0)).getElementType();
}

/// A constant of a key as a tensor.
mlir::Value constantTensor(LocBuilder &b, mlir::Attribute constant,
                           mlir::Type element);

/// The layer's argument as a tensor of `element`s.
mlir::Value argumentTensor(LocBuilder &b, nn::LayerOpInterface op,
                           const nn::Argument &argument, mlir::Type element);

/// The tensor repeated to `shape` as in numpy.
mlir::Value broadcastTo(LocBuilder &b, mlir::Value tensor, ShapeRef shape);

/// The elements of `axis` backwards.
mlir::Value reverseAxis(LocBuilder &b, mlir::Value tensor, int64_t axis);

/// `tensors` one after the other along `axis`.
mlir::Value concat(LocBuilder &b, mlir::ValueRange tensors, int64_t axis);

/// All elements in one axis.
mlir::Value flatten(LocBuilder &b, mlir::Value tensor);

/// body(element, the value of `reduced`, which lacks `axes`, that belongs to
/// it).
mlir::Value withReduced(LocBuilder &b, mlir::Value input, mlir::Value reduced,
                        llvm::ArrayRef<int64_t> axes, ScalarBody body);

/// linalg.index as an i32.
mlir::Value indexAlong(LocBuilder &b, int64_t axis);

} // namespace nnc

#endif // NNC_COMPILER_LOWERING_KERASOPSUTILS_H
