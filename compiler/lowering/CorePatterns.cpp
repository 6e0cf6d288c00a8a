//===- CorePatterns.cpp - lowering of the core layers ---------------------===//
//
// Dense, Embedding, Rescaling and Normalization.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/Activations.h"
#include "compiler/lowering/Patterns.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

using namespace mlir;
using namespace nnc;

//===----------------------------------------------------------------------===//
// Dense
//===----------------------------------------------------------------------===//

/// One product of matrices: every axis but the last counts as rows.
static Lowered lowerDense(nn::DenseOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  Value kernel = weight(b, op, "kernel");
  int64_t in = shapeOf(kernel)[0], units = shapeOf(kernel)[1];
  Shape shape(shapeOf(input));
  shape.back() = units;
  int64_t rows = typeOf(input).getNumElements() / in;
  Value result = matmul(b, reshape(b, input, {rows, in}), kernel);
  result = reshape(b, result, shape);
  if (op.getUseBias())
    result = addBias(b, result, weight(b, op, "bias"));
  return SmallVector<Value>{applyActivation(b, result, op.getActivation())};
}

//===----------------------------------------------------------------------===//
// Embedding
//===----------------------------------------------------------------------===//

/// The status of a body that met an index outside its table: NNC_ERROR_INDEX
/// of nnc/abi.h.
static constexpr int64_t kIndexError = 7;

/// Whether the index is within a table of `rows`. f32 indices are truncated
/// towards zero as Keras's cast to integers does, so -0.5 is row 0.
static Value isInTable(LocBuilder &b, Value index, int64_t rows) {
  if (isa<IntegerType>(index.getType())) {
    // An unsigned comparison takes negative indices for huge ones.
    if (rows > INT32_MAX)
      return arith::CmpIOp::create(b, arith::CmpIPredicate::sge, index,
                                   scalar(b, 0, index.getType()));
    return arith::CmpIOp::create(b, arith::CmpIPredicate::ult, index,
                                 scalar(b, double(rows), index.getType()));
  }
  // Every f32 below `rows` is below the next f32 from `rows` upwards; every
  // index must fit an i32.
  APFloat end(APFloat::IEEEsingle());
  end.convertFromAPInt(APInt(64, std::min(rows, int64_t(1) << 31)),
                       /*IsSigned=*/false, APFloat::rmTowardPositive);
  Value above = arith::CmpFOp::create(b, arith::CmpFPredicate::OGT, index,
                                      scalar(b, -1.0));
  Value below = arith::CmpFOp::create(b, arith::CmpFPredicate::OLT, index,
                                      scalar(b, end.convertToDouble()));
  return arith::AndIOp::create(b, above, below);
}

/// The index as an i32, 0 for one outside the table, which thus is never read
/// outside its memory.
static Value safeIndex(LocBuilder &b, Value index, int64_t rows) {
  Value ok = isInTable(b, index, rows);
  Value zero = scalar(b, 0.0, index.getType());
  Value safe = arith::SelectOp::create(b, ok, index, zero);
  if (isa<IntegerType>(index.getType()))
    return safe;
  return arith::FPToSIOp::create(b, b.getI32Type(), safe);
}

/// An i32: kIndexError if any index is outside the table, else 0.
static Value checkIndices(LocBuilder &b, Value indices, int64_t rows) {
  Type i32 = b.getI32Type();
  Value status = elementwise(
      b, shapeOf(indices), ValueRange(indices),
      [&](LocBuilder &at, ValueRange x) -> Value {
        Value ok = isInTable(at, x[0], rows);
        Value good = scalar(at, 0, i32);
        Value bad = scalar(at, kIndexError, i32);
        return arith::SelectOp::create(at, ok, good, bad);
      },
      i32);
  SmallVector<int64_t> axes =
      llvm::to_vector(llvm::seq<int64_t>(0, rankOf(status)));
  Value worst =
      reduce(b, status, axes, 0, [](LocBuilder &at, ValueRange x) -> Value {
        return arith::OrIOp::create(at, x[1], x[0]);
      });
  return tensor::ExtractOp::create(b, worst, ValueRange());
}

static Lowered lowerEmbedding(nn::EmbeddingOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  int64_t rows = op.getInputDim(), rank = rankOf(input);
  b.addStatus(checkIndices(b, input, rows));
  Value indices = elementwise(
      b, shapeOf(input), ValueRange(input),
      [&](LocBuilder &at, ValueRange x) { return safeIndex(at, x[0], rows); },
      b.getI32Type());
  Value table = weight(b, op, "embeddings");
  Shape shape(shapeOf(input));
  shape.push_back(op.getOutputDim());
  Placed rowOf[] = {{indices, llvm::to_vector(llvm::seq<int64_t>(0, rank))}};
  auto readElement = [&](LocBuilder &at, ValueRange x) -> Value {
    Value row = arith::IndexCastOp::create(at, at.getIndexType(), x[0]);
    Value column = linalg::IndexOp::create(at, rank);
    return tensor::ExtractOp::create(at, table, ValueRange{row, column});
  };
  return SmallVector<Value>{
      elementwise(b, shape, rowOf, readElement, b.getF32Type())};
}

//===----------------------------------------------------------------------===//
// Rescaling and Normalization
//===----------------------------------------------------------------------===//

static SmallVector<float> toFloats(ArrayRef<double> values) {
  return llvm::map_to_vector(values, [](double v) { return float(v); });
}

/// Numbers of a key, as Keras wrote them: a scalar or a constant tensor.
static Value constantOf(LocBuilder &b, Attribute key) {
  nn::Numbers numbers = *nn::getNumbers(key);
  return constantTensor(b, Shape(numbers.shape), toFloats(numbers.values));
}

static Lowered lowerRescaling(nn::RescalingOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  SmallVector<Value> operands = {input, constantOf(b, op.getScale())};
  if (op.getOffset())
    operands.push_back(constantOf(b, *op.getOffset()));
  return SmallVector<Value>{elementwise(
      b, shapeOf(input), operands, [](LocBuilder &at, ValueRange x) -> Value {
        Value scaled = arith::MulFOp::create(at, x[0], x[1]);
        if (x.size() == 2)
          return scaled;
        return arith::AddFOp::create(at, scaled, x[2]);
      })};
}

/// The numbers of a key repeated over `count` elements.
static SmallVector<float> spread(Attribute key, int64_t count) {
  SmallVector<float> values = toFloats(nn::getNumbers(key)->values);
  if (values.size() == 1)
    values.resize(count, values.front());
  return values;
}

/// Keras divides by the deviation, but never by less than its epsilon.
static SmallVector<float> deviations(ArrayRef<float> variances) {
  return llvm::map_to_vector(variances, [](float variance) {
    return std::max(std::sqrt(variance), 1e-7f);
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
    int64_t count =
        RankedTensorType::get(shape, b.getF32Type()).getNumElements();
    mean = constantTensor(b, shape, spread(*op.getMean(), count));
    deviation =
        constantTensor(b, shape, deviations(spread(*op.getVariance(), count)));
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
  addLayer<nn::EmbeddingOp>(patterns, report, lowerEmbedding);
  addLayer<nn::NormalizationOp>(patterns, report, lowerNormalization);
  addLayer<nn::RescalingOp>(patterns, report, lowerRescaling);
}
