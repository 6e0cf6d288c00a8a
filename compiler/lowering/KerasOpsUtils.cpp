//===- KerasOpsUtils.cpp - what functions of keras.ops are built of -------===//
//
// See the header. Loops here only copy or convert, so that fusion takes them
// into what reads them.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/KerasOpsUtils.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace nnc;

Value nnc::constantTensor(LocBuilder &b, Attribute constant, Type element) {
  return arith::ConstantOp::create(b, nn::convertConstant(constant, element));
}

Value nnc::argumentTensor(LocBuilder &b, nn::LayerOpInterface op,
                          const nn::Argument &argument, Type element) {
  if (argument.constant)
    return constantTensor(b, argument.constant, element);
  return castTensor(b, op->getOperand(argument.operand), element);
}

Value nnc::broadcastTo(LocBuilder &b, Value tensor, ShapeRef shape) {
  if (shapeOf(tensor) == shape)
    return tensor;
  return elementwise(b, shape, ValueRange(tensor),
                     [](LocBuilder &, ValueRange x) { return x[0]; });
}

Value nnc::reverseAxis(LocBuilder &b, Value tensor, int64_t axis) {
  ShapeRef shape = shapeOf(tensor);
  int64_t rank = int64_t(shape.size());
  SmallVector<AffineExpr> place;
  for (int64_t i = 0; i < rank; ++i)
    place.push_back(b.getAffineDimExpr(unsigned(i)));
  place[axis] = b.getAffineConstantExpr(shape[axis] - 1) - place[axis];
  AffineMap maps[] = {AffineMap::get(unsigned(rank), 0, place, b.getContext()),
                      b.getMultiDimIdentityMap(unsigned(rank))};
  SmallVector<utils::IteratorType> iterators(rank,
                                             utils::IteratorType::parallel);
  auto op = linalg::GenericOp::create(
      b, TypeRange(tensor.getType()), ValueRange(tensor),
      ValueRange(empty(b, tensor.getType())), maps, iterators,
      [](OpBuilder &inner, Location loc, ValueRange x) {
        linalg::YieldOp::create(inner, loc, x[0]);
      });
  return op.getResult(0);
}

Value nnc::concat(LocBuilder &b, ValueRange tensors, int64_t axis) {
  if (tensors.size() == 1)
    return tensors[0];
  return tensor::ConcatOp::create(b, axis, tensors);
}

Value nnc::flatten(LocBuilder &b, Value tensor) {
  return reshape(b, tensor, {typeOf(tensor).getNumElements()});
}

Value nnc::indexAlong(LocBuilder &b, int64_t axis) {
  return arith::IndexCastOp::create(b, b.getI32Type(),
                                    linalg::IndexOp::create(b, axis));
}

Value nnc::withReduced(LocBuilder &b, Value input, Value reduced,
                       ArrayRef<int64_t> axes, ScalarBody body) {
  SmallVector<int64_t> all, kept;
  for (int64_t i = 0, rank = rankOf(input); i < rank; ++i) {
    all.push_back(i);
    if (!llvm::is_contained(axes, i))
      kept.push_back(i);
  }
  Placed operands[] = {{input, all}, {reduced, kept}};
  return elementwise(b, shapeOf(input), operands, body);
}
