//===- AxisTaps.cpp - weighted elements along one axis --------------------===//
//
// The loops are the result's axes up to the one in question, the taps, and the
// other axes inside, so that the innermost loop runs over contiguous elements
// unless the axis is the last.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/AxisTaps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace nnc;

Value nnc::tableOf(LocBuilder &b, ShapeRef shape, ArrayRef<double> values,
                   Type type) {
  auto tensor = RankedTensorType::get(shape, type);
  if (type.isF64())
    return arith::ConstantOp::create(b, DenseElementsAttr::get(tensor, values));
  SmallVector<float> singles(values);
  return arith::ConstantOp::create(
      b, DenseElementsAttr::get(tensor, ArrayRef<float>(singles)));
}

Value nnc::tableOf(LocBuilder &b, ShapeRef shape, ArrayRef<int32_t> values) {
  auto type = RankedTensorType::get(shape, b.getI32Type());
  return arith::ConstantOp::create(b, DenseElementsAttr::get(type, values));
}

Value nnc::tableOf(LocBuilder &b, ShapeRef shape, ArrayRef<int64_t> values) {
  auto type = RankedTensorType::get(shape, b.getI64Type());
  return arith::ConstantOp::create(b, DenseElementsAttr::get(type, values));
}

/// input[…, index, …], `index` along `axis`, the other indices those of the
/// loops, of which loop `skipped` is none of the input's.
static Value readAt(LocBuilder &at, Value input, int64_t axis, Value index,
                    int64_t skipped) {
  SmallVector<Value> indices;
  for (int64_t i = 0, rank = rankOf(input); i < rank; ++i)
    indices.push_back(
        i == axis
            ? arith::IndexCastOp::create(at, at.getIndexType(), index)
                  .getResult()
            : linalg::IndexOp::create(at, i < skipped ? i : i + 1).getResult());
  return tensor::ExtractOp::create(at, input, indices);
}

Value nnc::combineAlong(LocBuilder &b, Value input, int64_t axis,
                        const AxisTaps &taps, double init, ScalarBody body) {
  int64_t rank = rankOf(input), loops = rank + 1, tap = axis + 1;
  Type type = typeOf(input).getElementType();
  Value weights = tableOf(b, {taps.count, taps.taps}, taps.weights, type);
  Value indices = tableOf(b, {taps.count, taps.taps}, taps.indices);
  Shape shape(shapeOf(input));
  shape[axis] = taps.count;
  SmallVector<AffineExpr> result;
  for (int64_t i = 0; i < rank; ++i)
    result.push_back(b.getAffineDimExpr(i < tap ? i : i + 1));
  auto table = AffineMap::get(
      loops, 0, {b.getAffineDimExpr(axis), b.getAffineDimExpr(tap)},
      b.getContext());
  SmallVector<bool> reductions(loops, false);
  reductions[tap] = true;
  return accumulate(
      b, ValueRange{weights, indices}, shape, init,
      {table, table, AffineMap::get(loops, 0, result, b.getContext())},
      reductions, [&](LocBuilder &at, ValueRange x) {
        Value element = readAt(at, input, axis, x[1], tap);
        return body(at, ValueRange{x[0], element, x[2]});
      });
}

Value nnc::sumAlong(LocBuilder &b, Value input, int64_t axis,
                    const AxisTaps &taps) {
  return combineAlong(b, input, axis, taps, 0.0,
                      [](LocBuilder &at, ValueRange x) -> Value {
                        Value product = arith::MulFOp::create(at, x[1], x[0]);
                        return arith::AddFOp::create(at, x[2], product);
                      });
}

Value nnc::gatherAlong(LocBuilder &b, Value input, int64_t axis,
                       ArrayRef<int32_t> indices) {
  Shape shape(shapeOf(input));
  shape[axis] = int64_t(indices.size());
  Placed table[] = {{tableOf(b, {shape[axis]}, indices), {axis}}};
  return elementwise(
      b, shape, table,
      [&](LocBuilder &at, ValueRange x) {
        return readAt(at, input, axis, x[0], /*skipped=*/rankOf(input));
      },
      typeOf(input).getElementType());
}
