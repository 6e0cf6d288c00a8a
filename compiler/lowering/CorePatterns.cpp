//===- CorePatterns.cpp - lowering of the core layers ---------------------===//
//
// The dense layers, the embeddings, Rescaling and Normalization.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/Activations.h"
#include "compiler/lowering/EinsumLowering.h"
#include "compiler/lowering/IndexCheck.h"
#include "compiler/lowering/Int8Products.h"
#include "compiler/lowering/Patterns.h"
#include "dialect/NNCoreOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

using namespace mlir;
using namespace nnc;

//===----------------------------------------------------------------------===//
// Dense
//===----------------------------------------------------------------------===//

/// One product of matrices: every axis but the last counts as rows.
static Value multiplyRows(LocBuilder &b, Value input, int64_t units,
                          llvm::function_ref<Value(Value)> multiply) {
  Shape shape(shapeOf(input));
  int64_t in = shape.back();
  shape.back() = units;
  int64_t rows = typeOf(input).getNumElements() / in;
  return reshape(b, multiply(reshape(b, input, {rows, in})), shape);
}

static Value multiply(LocBuilder &b, Value input, Value kernel) {
  return multiplyRows(b, input, shapeOf(kernel)[1],
                      [&](Value rows) { return matmul(b, rows, kernel); });
}

static Lowered lowerDense(nn::DenseOp op, LayerBuilder &b) {
  Value kernel = weight(b, op, "kernel");
  auto multiplyInt8 = [&](Value rows) {
    return int8Matmul(b, rows, kernel, weight(b, op, "kernel_scale"),
                      nn::getInputQuantizer(op.getQuantizationConfigAttr()));
  };
  Value input = op.getInputs()[0];
  Value result = nn::isInt8Quantized(op)
                     ? multiplyRows(b, input, op.getUnits(), multiplyInt8)
                     : multiply(b, input, kernel);
  if (op.getUseBias())
    result = addBias(b, result, weight(b, op, "bias"));
  return SmallVector<Value>{applyActivation(b, result, op.getActivation())};
}

static Lowered lowerEinsumDense(nn::EinsumDenseOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0], kernel = weight(b, op, "kernel");
  Value result =
      nn::isInt8Quantized(op)
          ? int8Einsum(b, op.getEquation(), input, kernel,
                       weight(b, op, "kernel_scale"),
                       nn::getInputQuantizer(op.getQuantizationConfigAttr()))
          : einsum(b, op.getEquation(), {input, kernel});
  if (op.getBiasAxes().value_or("") != "")
    result = addBias(b, result, weight(b, op, "bias"));
  return SmallVector<Value>{applyActivation(b, result, op.getActivation())};
}

/// The kernel is what Keras makes anew in every call, with the mean of its
/// elements, by which Keras scales the product, multiplied in.
static Lowered lowerTernaryDense(nn::TernaryDenseOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  auto values = weightValues(op, "kernel");
  double mean = 0.0;
  for (double value : values)
    mean += std::abs(value);
  mean /= double(values.size());
  double threshold = op.getThreshold().value_or(0.5 * mean);
  double scale = op.getThreshold() ? 1.0 : mean;
  for (auto &value : values)
    value = std::abs(value) > threshold ? std::copysign(scale, value) : 0.0;
  Value kernel = derivedWeight(b, op, "kernel", "ternary_kernel",
                               {shapeOf(input).back(), op.getUnits()}, values);
  Value result = multiply(b, input, kernel);
  if (op.getUseBias())
    result = addBias(b, result, weight(b, op, "bias"));
  return SmallVector<Value>{applyActivation(b, result, op.getActivation())};
}

static Lowered lowerLayerScale(nn::LayerScaleOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  return SmallVector<Value>{
      elementwise(b, shapeOf(input), ValueRange{input, weight(b, op, "gamma")},
                  [](LocBuilder &at, ValueRange x) {
                    return arith::MulFOp::create(at, x[0], x[1]);
                  })};
}

//===----------------------------------------------------------------------===//
// Embedding
//===----------------------------------------------------------------------===//

/// Row `input` of the table for each of its elements.
static Value lookUp(LayerBuilder &b, Value input, Value table) {
  int64_t rows = shapeOf(table)[0], rank = rankOf(input);
  b.addStatus(checkIndices(b, input, rows));
  Value indices = elementwise(
      b, shapeOf(input), ValueRange(input),
      [&](LocBuilder &at, ValueRange x) { return safeIndex(at, x[0], rows); },
      isa<IntegerType>(typeOf(input).getElementType())
          ? typeOf(input).getElementType()
          : Type(b.getI32Type()));
  Shape shape(shapeOf(input));
  shape.push_back(shapeOf(table)[1]);
  Placed rowOf[] = {{indices, llvm::to_vector(llvm::seq<int64_t>(0, rank))}};
  auto readElement = [&](LocBuilder &at, ValueRange x) -> Value {
    Value row = arith::IndexCastOp::create(at, at.getIndexType(), x[0]);
    Value column = linalg::IndexOp::create(at, rank);
    return tensor::ExtractOp::create(at, table, ValueRange{row, column});
  };
  return elementwise(b, shape, rowOf, readElement,
                     typeOf(table).getElementType());
}

/// Rows of an int8 table, each divided by the scale of its row.
static Value lookUpInt8(LayerBuilder &b, Value input, Value table,
                        Value scales) {
  Value rows = lookUp(b, input, table);
  Value column = reshape(b, scales, {shapeOf(scales)[0], 1});
  Type type = elementOf(scales);
  return elementwise(
      b, shapeOf(rows), ValueRange{rows, lookUp(b, input, column)},
      [&](LocBuilder &at, ValueRange x) -> Value {
        return arith::DivFOp::create(at, castScalar(at, x[0], type), x[1]);
      },
      type);
}

template <typename EmbeddingOp>
static Value embed(EmbeddingOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0], table = weight(b, op, "embeddings");
  return nn::isInt8Quantized(op)
             ? lookUpInt8(b, input, table, weight(b, op, "embeddings_scale"))
             : lookUp(b, input, table);
}

static Lowered lowerEmbedding(nn::EmbeddingOp op, LayerBuilder &b) {
  return SmallVector<Value>{embed(op, b)};
}

/// From features to indices: the product with the transposed table, or with one
/// of its own.
static Value reverse(nn::ReversibleEmbeddingOp op, LayerBuilder &b) {
  StringRef transposed = "...x,yx->...y", own = "...x,xy->...y";
  bool tied = op.getTieWeights();
  StringRef table = tied ? "embeddings" : "reverse_embeddings";
  Value input = op.getInputs()[0], kernel = weight(b, op, table);
  if (nn::isInt8Quantized(op))
    return int8Einsum(b, tied ? transposed : own, input, kernel,
                      weight(b, op, (table + "_scale").str()),
                      nn::getInputQuantizer(op.getQuantizationConfigAttr()));
  return tied ? einsum(b, transposed, {input, kernel})
              : multiply(b, input, kernel);
}

static Lowered lowerReversibleEmbedding(nn::ReversibleEmbeddingOp op,
                                        LayerBuilder &b) {
  if (!op.getReverse())
    return SmallVector<Value>{embed(op, b)};
  Value logits = reverse(op, b);
  if (!op.getLogitSoftCap())
    return SmallVector<Value>{logits};
  double cap = *op.getLogitSoftCap();
  return SmallVector<Value>{
      map(b, logits, [&](LocBuilder &at, ValueRange x) -> Value {
        Value limit = scalar(at, cap, x[0].getType());
        Value part = arith::DivFOp::create(at, x[0], limit);
        Value bounded = math::TanhOp::create(at, part);
        return arith::MulFOp::create(at, bounded, limit);
      })};
}

//===----------------------------------------------------------------------===//
// Rescaling and Normalization
//===----------------------------------------------------------------------===//

/// Numbers of a key, as Keras wrote them: a scalar or a constant tensor.
static Value constantOf(LocBuilder &b, Attribute key, Type type) {
  nn::Numbers numbers = *nn::getNumbers(key);
  return constantTensor(b, Shape(numbers.shape), numbers.values, type);
}

static Lowered lowerRescaling(nn::RescalingOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  SmallVector<Value> operands = {
      input, constantOf(b, op.getScale(), elementOf(input))};
  if (op.getOffset())
    operands.push_back(constantOf(b, *op.getOffset(), elementOf(input)));
  return SmallVector<Value>{elementwise(
      b, shapeOf(input), operands, [](LocBuilder &at, ValueRange x) -> Value {
        Value scaled = arith::MulFOp::create(at, x[0], x[1]);
        if (x.size() == 2)
          return scaled;
        return arith::AddFOp::create(at, scaled, x[2]);
      })};
}

/// The numbers of a key repeated over `count` elements.
static SmallVector<double> spread(Attribute key, int64_t count) {
  SmallVector<double> values = nn::getNumbers(key)->values;
  if (values.size() == 1)
    values.resize(count, values.front());
  return values;
}

/// Keras divides by the deviation, but never by less than its epsilon.
static SmallVector<double> deviations(ArrayRef<double> variances) {
  return llvm::map_to_vector(variances, [](double variance) {
    return std::max(std::sqrt(variance), 1e-7);
  });
}

static Lowered lowerNormalization(nn::NormalizationOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  SmallVector<int64_t> axes;
  for (int64_t axis : op.getAxis())
    axes.push_back(fromStart(axis, rankOf(input)));
  llvm::sort(axes);
  Shape shape;
  for (int64_t axis : axes)
    shape.push_back(shapeOf(input)[axis]);

  Value mean, deviation;
  if (op.getMean()) {
    RankedTensorType type = typeOf(input).clone(shape);
    int64_t count = type.getNumElements();
    mean = constantTensor(b, shape, spread(*op.getMean(), count),
                          type.getElementType());
    deviation =
        constantTensor(b, shape, deviations(spread(*op.getVariance(), count)),
                       type.getElementType());
  } else {
    mean = weight(b, op, "mean");
    deviation = derivedWeight(b, op, "variance", "deviation", shape,
                              deviations(weightValues(op, "variance")));
  }
  Placed operands[] = {
      {input, llvm::to_vector(llvm::seq<int64_t>(0, rankOf(input)))},
      {mean, axes},
      {deviation, axes}};
  bool invert = op.getInvert();
  return SmallVector<Value>{elementwise(
      b, shapeOf(input), operands, [&](LocBuilder &at, ValueRange x) -> Value {
        if (invert) {
          Value scaled = arith::MulFOp::create(at, x[0], x[2]);
          return arith::AddFOp::create(at, x[1], scaled);
        }
        Value centred = arith::SubFOp::create(at, x[0], x[1]);
        return arith::DivFOp::create(at, centred, x[2]);
      })};
}

void nnc::populateCorePatterns(RewritePatternSet &patterns,
                               LoweringReport &report) {
  addLayer<nn::DenseOp>(patterns, report, lowerDense);
  addLayer<nn::EinsumDenseOp>(patterns, report, lowerEinsumDense);
  addLayer<nn::EmbeddingOp>(patterns, report, lowerEmbedding);
  addLayer<nn::LayerScaleOp>(patterns, report, lowerLayerScale);
  addLayer<nn::NormalizationOp>(patterns, report, lowerNormalization);
  addLayer<nn::RescalingOp>(patterns, report, lowerRescaling);
  addLayer<nn::ReversibleEmbeddingOp>(patterns, report,
                                      lowerReversibleEmbedding);
  addLayer<nn::TernaryDenseOp>(patterns, report, lowerTernaryDense);
}
