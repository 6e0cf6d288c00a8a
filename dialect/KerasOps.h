//===- KerasOps.h - the rules that functions of keras.ops share -*- C++ -*-===//
//
// Operands and constants of a call, element types of results, shapes along axes
// and what mixes samples. The operations' records name these functions; those
// of one operation alone stand in its family's file.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_DIALECT_KERASOPS_H
#define NNC_DIALECT_KERASOPS_H

#include "dialect/Constants.h"
#include "dialect/NNOps.h"
#include "dialect/NumpyShapes.h"

namespace nnc::nn {

using ShapesOr = llvm::Expected<llvm::SmallVector<Shape>>;

//===----------------------------------------------------------------------===//
// Arguments
//===----------------------------------------------------------------------===//

/// What a parameter that takes a tensor is given.
struct Argument {
  mlir::Attribute constant; ///< null: an operand
  unsigned operand = 0;
};

/// The layer's tensors in the order of its parameters: keys where there are
/// such, `operands` operands for the others. An error if the numbers do not
/// agree.
llvm::Expected<llvm::SmallVector<Argument>>
bindArguments(LayerOpInterface layer, size_t operands);

/// Their shapes, from those of the operands.
ShapesOr getArgumentShapes(LayerOpInterface layer,
                           llvm::ArrayRef<Shape> inputs);

/// Their parts in a promotion, from the operands' element types.
llvm::Expected<llvm::SmallVector<PromotionType>>
getArgumentTypes(LayerOpInterface layer, llvm::ArrayRef<mlir::Type> operands);

//===----------------------------------------------------------------------===//
// Element types
//===----------------------------------------------------------------------===//

/// That of the first operand.
TypesOr keepFirstType(LayerOpInterface layer, llvm::ArrayRef<mlir::Type>);
/// The same, int32 for bool.
TypesOr keepNumberType(LayerOpInterface layer, llvm::ArrayRef<mlir::Type>);
/// The same, which must be a float.
TypesOr keepFloatType(LayerOpInterface layer, llvm::ArrayRef<mlir::Type>);
/// That of the first argument, which may be a constant.
TypesOr keepArgumentType(LayerOpInterface layer, llvm::ArrayRef<mlir::Type>);
/// What all arguments have in common.
TypesOr promoteArguments(LayerOpInterface layer, llvm::ArrayRef<mlir::Type>);
/// The same, int32 for bool.
TypesOr promoteNumbers(LayerOpInterface layer, llvm::ArrayRef<mlir::Type>);
/// The same, a float.
TypesOr promoteWithFloat(LayerOpInterface layer, llvm::ArrayRef<mlir::Type>);
/// What all arguments but the first, a condition, have in common.
TypesOr promoteChoices(LayerOpInterface layer, llvm::ArrayRef<mlir::Type>);
TypesOr giveBool(LayerOpInterface layer, llvm::ArrayRef<mlir::Type>);
TypesOr giveInt32(LayerOpInterface layer, llvm::ArrayRef<mlir::Type>);
/// The key `dtype`, or float32.
TypesOr inferDTypeKey(LayerOpInterface layer, llvm::ArrayRef<mlir::Type>);
/// The key `dtype`, or that of the first operand.
TypesOr inferLikeType(LayerOpInterface layer, llvm::ArrayRef<mlir::Type>);
/// The key `dtype`, or that of the first operand, int32 for bool.
TypesOr inferCumulativeType(LayerOpInterface layer, llvm::ArrayRef<mlir::Type>);
/// The same, of 32 bits for shorter integers.
TypesOr inferSumType(LayerOpInterface layer, llvm::ArrayRef<mlir::Type>);
/// That of the first operand, and int32.
TypesOr inferTopKTypes(LayerOpInterface layer, llvm::ArrayRef<mlir::Type>);

//===----------------------------------------------------------------------===//
// Shapes, and what mixes samples
//===----------------------------------------------------------------------===//

inline ShapesOr one(ShapeOr shape) {
  if (!shape)
    return shape.takeError();
  return llvm::SmallVector<Shape>{*shape};
}

inline ShapesOr inferSameShape(LayerOpInterface, llvm::ArrayRef<Shape> inputs) {
  return one(inputs[0]);
}
ShapesOr inferBroadcastShape(LayerOpInterface layer,
                             llvm::ArrayRef<Shape> inputs);

inline bool neverMixes(LayerOpInterface, llvm::ArrayRef<Shape>) {
  return false;
}
/// Where a tensor's batch lies along another axis than the first.
bool mixesByBroadcast(LayerOpInterface layer, llvm::ArrayRef<Shape> inputs);

/// Whether `axis` is the first of `rank` axes.
inline bool isFirstAxis(int64_t axis, int64_t rank) {
  return axis == 0 || axis == -rank;
}
/// Whether `axes`, or all axes, have the first among them.
inline bool hasFirstAxis(std::optional<llvm::ArrayRef<int64_t>> axes,
                         ShapeRef shape) {
  return !axes || llvm::any_of(*axes, [&](int64_t axis) {
    return isFirstAxis(axis, int64_t(shape.size()));
  });
}

/// Functions along one axis or several: the key `axis` has a default.
template <typename Op>
ShapesOr inferShapeAlongAxes(Op op, llvm::ArrayRef<Shape> inputs) {
  auto axes = numpyAxes(op.getAxis(), int64_t(inputs[0].size()));
  if (!axes)
    return axes.takeError();
  return one(inputs[0]);
}
template <typename Op>
ShapesOr inferShapeAlongAxis(Op op, llvm::ArrayRef<Shape> inputs) {
  int64_t axis = op.getAxis();
  auto axes = numpyAxes(llvm::ArrayRef(axis), int64_t(inputs[0].size()));
  if (!axes)
    return axes.takeError();
  return one(inputs[0]);
}
/// Without the key `axis`, all axes.
template <typename Op>
ShapesOr inferShapeAlongOptionalAxes(Op op, llvm::ArrayRef<Shape> inputs) {
  return inferShapeAlongAxes(op, inputs);
}

template <typename Op>
bool mixesAlongAxes(Op op, llvm::ArrayRef<Shape> inputs) {
  return hasFirstAxis(op.getAxis(), inputs[0]);
}
template <typename Op>
bool mixesAlongOptionalAxes(Op op, llvm::ArrayRef<Shape> inputs) {
  return hasFirstAxis(op.getAxis(), inputs[0]);
}
template <typename Op>
bool mixesAlongAxis(Op op, llvm::ArrayRef<Shape> inputs) {
  return isFirstAxis(op.getAxis(), int64_t(inputs[0].size()));
}
template <typename Op>
bool mixesAlongOptionalAxis(Op op, llvm::ArrayRef<Shape> inputs) {
  return !op.getAxis() || isFirstAxis(*op.getAxis(), int64_t(inputs[0].size()));
}

} // namespace nnc::nn

#endif // NNC_DIALECT_KERASOPS_H
