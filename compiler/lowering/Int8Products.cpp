//===- Int8Products.cpp - products with Keras's int8 weights --------------===//
//
// See the header. Values are rounded where Keras rounds them: the factor of a
// row is one of the compute type, and a result is divided once, by the product
// of both scales.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/Int8Products.h"
#include "compiler/lowering/EinsumLowering.h"
#include "dialect/Einsum.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace nnc;

namespace {

/// An int8 tensor, what it was multiplied by, and along which axes of the
/// tensor that lies.
struct Quantized {
  Value tensor;
  Placed scale;
};

} // namespace

/// Multiplies so that the largest magnitude over `axes` becomes `high`, and
/// rounds to int8.
static Quantized quantize(LocBuilder &b, Value input, ArrayRef<int64_t> axes,
                          const nn::AbsMaxQuantizer &quantizer) {
  Type type = elementOf(input);
  Value magnitudes = map(b, input, [](LocBuilder &at, ValueRange x) -> Value {
    return math::AbsFOp::create(at, x[0]);
  });
  Value scale = map(b, reduceMax(b, magnitudes, axes),
                    [&](LocBuilder &at, ValueRange x) -> Value {
                      Value most = arith::AddFOp::create(
                          at, x[0], scalar(at, quantizer.epsilon, type));
                      return arith::DivFOp::create(
                          at, scalar(at, quantizer.high, type), most);
                    });
  auto all = llvm::to_vector(llvm::seq<int64_t>(0, rankOf(input)));
  SmallVector<int64_t> kept = all;
  llvm::erase_if(kept,
                 [&](int64_t axis) { return llvm::is_contained(axes, axis); });
  Placed operands[] = {{input, all}, {scale, kept}};
  Type i8 = b.getIntegerType(8);
  auto round = [&](LocBuilder &at, ValueRange x) -> Value {
    Value y = arith::MulFOp::create(at, x[0], x[1]);
    y = math::RoundEvenOp::create(at, y);
    y = arith::MaximumFOp::create(at, y, scalar(at, quantizer.low, type));
    y = arith::MinimumFOp::create(at, y, scalar(at, quantizer.high, type));
    return castScalar(at, y, i8);
  };
  return {elementwise(b, shapeOf(input), operands, round, i8), {scale, kept}};
}

/// product / scale, of a product of floats.
static Value divide(LocBuilder &b, Value product, Value scale) {
  return elementwise(b, shapeOf(product), ValueRange{product, scale},
                     [](LocBuilder &at, ValueRange x) -> Value {
                       return arith::DivFOp::create(at, x[0], x[1]);
                     });
}

/// product / (inputScale · scale), of a product of integers.
static Value divide(LocBuilder &b, Value product, const Placed &inputScale,
                    Value scale) {
  Type type = elementOf(scale);
  int64_t rank = rankOf(product);
  Placed operands[] = {
      {product, llvm::to_vector(llvm::seq<int64_t>(0, rank))},
      inputScale,
      {scale, llvm::to_vector(llvm::seq<int64_t>(rank - rankOf(scale), rank))}};
  return elementwise(
      b, shapeOf(product), operands,
      [&](LocBuilder &at, ValueRange x) -> Value {
        Value factor = arith::MulFOp::create(at, x[1], x[2]);
        return arith::DivFOp::create(at, castScalar(at, x[0], type), factor);
      },
      type);
}

Value nnc::int8Matmul(LocBuilder &b, Value rows, Value kernel, Value scale,
                      const InputQuantizer &quantizer) {
  if (!quantizer)
    return divide(b, matmul(b, rows, castTensor(b, kernel, elementOf(rows))),
                  scale);
  Quantized quantized = quantize(b, rows, /*axes=*/1, *quantizer);
  Value product = integerMatmul(b, quantized.tensor, kernel, b.getI32Type());
  return divide(b, product, quantized.scale, scale);
}

Value nnc::int8Einsum(LocBuilder &b, StringRef equation, Value input,
                      Value kernel, Value scale,
                      const InputQuantizer &quantizer) {
  if (!quantizer)
    return divide(
        b,
        einsum(b, equation, {input, castTensor(b, kernel, elementOf(input))}),
        scale);
  // The layer's shape rules have been through the same analysis.
  nn::Einsum axes = llvm::cantFail(nn::analyzeEinsum(
      equation, {Shape(shapeOf(input)), Shape(shapeOf(kernel))}));
  SmallVector<int64_t> summed, places;
  for (auto [axis, index] : llvm::enumerate(axes.operands[0])) {
    if (axes.isContracted(index))
      summed.push_back(int64_t(axis));
    else
      places.push_back(llvm::find(axes.result, index) - axes.result.begin());
  }
  Quantized quantized = quantize(b, input, summed, *quantizer);
  Value product =
      einsum(b, equation, {quantized.tensor, kernel}, b.getI32Type());
  return divide(b, product, {quantized.scale.tensor, places}, scale);
}
