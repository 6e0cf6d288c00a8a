//===- AttentionPatterns.cpp - lowering of the attention layers -----------===//
//
// Projections and the two products are einsums; between them scores are masked
// and go through a softmax that subtracts the largest. Masks differ as they do
// in Keras: layers with projections put -1e9 in the place of what is masked,
// the others subtract 1e9 from it. Where all of a row is masked, the former
// therefore attend to everything alike.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/Activations.h"
#include "compiler/lowering/EinsumLowering.h"
#include "compiler/lowering/KerasOpsUtils.h"
#include "compiler/lowering/Patterns.h"
#include "dialect/Attention.h"
#include "dialect/NNAttentionOps.h"
#include "dialect/NNKerasProductOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

using namespace mlir;
using namespace nnc;

//===----------------------------------------------------------------------===//
// Masks
//===----------------------------------------------------------------------===//

namespace {

/// What keeps scores (batch, …, queries, keys) from counting.
struct ScoreMasks {
  SmallVector<Placed> masks; ///< of bool; a score counts where all are true
  bool causal = false;       ///< keys behind the query do not count
  int64_t window = 0;        ///< > 0: nor do keys that far from it
  bool subtract = false;     ///< subtract, or else replace
  double amount = 1e9;       ///< what is subtracted, or stands there negated

  bool any() const { return !masks.empty() || causal || window > 0; }
};

} // namespace

/// Whether the place in the loops, whose last two are query and key, counts.
static Value isInReach(LocBuilder &b, int64_t rank, const ScoreMasks &masks) {
  using Predicate = arith::CmpIPredicate;
  Value query = linalg::IndexOp::create(b, rank - 2);
  Value key = linalg::IndexOp::create(b, rank - 1);
  Value keep = scalar(b, 1, b.getI1Type());
  auto require = [&](Value ahead, Value behind, Predicate predicate,
                     int64_t limit) {
    Value distance = arith::SubIOp::create(b, ahead, behind);
    Value bound = arith::ConstantIndexOp::create(b, limit);
    Value near = arith::CmpIOp::create(b, predicate, distance, bound);
    keep = arith::AndIOp::create(b, keep, near);
  };
  if (masks.causal)
    require(key, query, Predicate::sle, 0);
  if (masks.window > 0) {
    require(key, query, Predicate::slt, masks.window);
    require(query, key, Predicate::slt, masks.window);
  }
  return keep;
}

static Value maskScores(LocBuilder &b, Value scores, const ScoreMasks &masks) {
  if (!masks.any())
    return scores;
  int64_t rank = rankOf(scores);
  SmallVector<Placed> operands = {
      {scores, llvm::to_vector(llvm::seq<int64_t>(0, rank))}};
  llvm::append_range(operands, masks.masks);
  return elementwise(
      b, shapeOf(scores), operands, [&](LocBuilder &at, ValueRange x) -> Value {
        Value keep = isInReach(at, rank, masks);
        for (Value mask : x.drop_front())
          keep = arith::AndIOp::create(at, keep, mask);
        Type type = x[0].getType();
        Value masked = masks.subtract
                           ? arith::SubFOp::create(
                                 at, x[0], scalar(at, masks.amount, type))
                                 .getResult()
                           : scalar(at, -masks.amount, type);
        return arith::SelectOp::create(at, keep, x[0], masked);
      });
}

//===----------------------------------------------------------------------===//
// Without projections
//===----------------------------------------------------------------------===//

/// x · factor, which has one element.
static Value scaleBy(LocBuilder &b, Value x, Value factor) {
  Placed operands[] = {{x, llvm::to_vector(llvm::seq<int64_t>(0, rankOf(x)))},
                       {factor, {}}};
  return elementwise(b, shapeOf(x), operands, [](LocBuilder &at, ValueRange x) {
    return arith::MulFOp::create(at, x[0], x[1]);
  });
}

/// Sums of a function of query + key over the features; `scale`, if there is
/// one, is the last argument of `body` but the sum: a number or one for each
/// feature.
static Value sumOverFeatures(LocBuilder &b, Value query, Value key, Value scale,
                             ScalarBody body) {
  auto map = [&](ArrayRef<unsigned> axes) {
    SmallVector<AffineExpr> exprs;
    for (unsigned axis : axes)
      exprs.push_back(b.getAffineDimExpr(axis));
    return AffineMap::get(4, 0, exprs, b.getContext());
  };
  SmallVector<Value> inputs = {query, key};
  SmallVector<AffineMap> maps = {map({0, 1, 3}), map({0, 2, 3})};
  if (scale) {
    inputs.push_back(scale);
    maps.push_back(rankOf(scale) == 0 ? map({}) : map({3}));
  }
  maps.push_back(map({0, 1, 2}));
  Shape shape = {shapeOf(query)[0], shapeOf(query)[1], shapeOf(key)[1]};
  return accumulate(b, inputs, shape, 0.0, maps, {false, false, false, true},
                    body);
}

static Value plainScores(nn::AttentionOp op, LayerBuilder &b, Value query,
                         Value key) {
  Value scale = op.getUseScale() ? weight(b, op, "scale") : Value();
  if (op.getScoreMode() == "dot") {
    Value scores = einsum(b, nn::kPlainScores, {query, key});
    return scale ? scaleBy(b, scores, scale) : scores;
  }
  Value sum = sumOverFeatures(
      b, query, key, scale, [&](LocBuilder &at, ValueRange x) -> Value {
        Value both = arith::AddFOp::create(at, x[0], x[1]);
        if (scale)
          both = arith::MulFOp::create(at, x[2], both);
        Value part = math::TanhOp::create(at, both);
        return arith::AddFOp::create(at, x.back(), part);
      });
  return scaleBy(b, sum, weight(b, op, "concat_score_weight"));
}

static Value plainScores(nn::AdditiveAttentionOp op, LayerBuilder &b,
                         Value query, Value key) {
  Value scale = op.getUseScale() ? weight(b, op, "scale") : Value();
  return sumOverFeatures(
      b, query, key, scale, [&](LocBuilder &at, ValueRange x) -> Value {
        Value part =
            math::TanhOp::create(at, arith::AddFOp::create(at, x[0], x[1]));
        if (scale)
          part = arith::MulFOp::create(at, x[2], part);
        return arith::AddFOp::create(at, x.back(), part);
      });
}

/// Zero where the query is masked.
static Value maskResult(LocBuilder &b, Value result, Value mask) {
  Placed operands[] = {{result, {0, 1, 2}}, {mask, {0, 1}}};
  return elementwise(
      b, shapeOf(result), operands, [](LocBuilder &at, ValueRange x) -> Value {
        Type type = x[0].getType();
        Value factor = arith::SelectOp::create(at, x[1], scalar(at, 1.0, type),
                                               scalar(at, 0.0, type));
        return arith::MulFOp::create(at, x[0], factor);
      });
}

template <typename OpTy> static Lowered lowerPlain(OpTy op, LayerBuilder &b) {
  Value query = op.getInputs()[0], value = op.getInputs()[1];
  Value scores = plainScores(op, b, query, op.getInputs().back());
  ScoreMasks masks;
  masks.causal = op.getUseCausalMask();
  masks.subtract = true;
  if (op.getValueMask())
    masks.masks.push_back({op.getValueMask(), {0, 2}});
  scores = softmax(b, maskScores(b, scores, masks), 2);
  Value result = einsum(b, nn::kPlainCombine, {scores, value});
  if (op.getQueryMask())
    result = maskResult(b, result, op.getQueryMask());
  SmallVector<Value> results = {result};
  if (op.getReturnAttentionScores())
    results.push_back(scores);
  return results;
}

//===----------------------------------------------------------------------===//
// With projections
//===----------------------------------------------------------------------===//

/// The einsum of the input with the kernel of one of the layer's projections,
/// and its bias.
template <typename OpTy>
static Value project(OpTy op, LayerBuilder &b, StringRef name,
                     StringRef equation, Value input) {
  Value kernel = weight(b, op, (name + "_dense/kernel").str());
  Value result = einsum(b, equation, {input, kernel});
  if (!op.getUseBias())
    return result;
  return addBias(b, result, weight(b, op, (name + "_dense/bias").str()));
}

/// The projected query, scaled so that its products with keys stay as large as
/// their elements.
template <typename OpTy>
static Value projectQuery(OpTy op, LayerBuilder &b, StringRef equation,
                          int64_t features) {
  Value query = project(op, b, "query", equation, op.getInputs()[0]);
  double factor = 1.0 / std::sqrt(double(features));
  return map(b, query, [&](LocBuilder &at, ValueRange x) {
    return arith::MulFOp::create(at, x[0], scalar(at, factor, x[0].getType()));
  });
}

template <typename OpTy> static Value getKeyInput(OpTy op) {
  return op.getKey() ? op.getKey() : op.getInputs().back();
}

/// The probabilities that scores (batch, …, heads, queries, keys) with `axes`
/// axes each of queries and keys make.
template <typename OpTy>
static Value attend(OpTy op, LocBuilder &b, Value scores, int64_t axes) {
  int64_t rank = rankOf(scores);
  ScoreMasks masks;
  masks.causal = op.getUseCausalMask();
  masks.window = op.getSlidingWindow().value_or(0);
  if (op.getQueryMask())
    masks.masks.push_back({op.getQueryMask(), {0, rank - 2}});
  for (Value mask : {op.getValueMask(), op.getKeyMask()})
    if (mask)
      masks.masks.push_back({mask, {0, rank - 1}});
  if (Value mask = op.getAttentionMask())
    masks.masks.push_back(
        {mask, nn::placeAttentionMask(rankOf(mask), rank, axes)});
  return softmax(b, maskScores(b, scores, masks),
                 llvm::to_vector(llvm::seq<int64_t>(rank - axes, rank)));
}

/// From heads to the layer's results.
template <typename OpTy>
static Lowered finish(OpTy op, LayerBuilder &b,
                      const nn::HeadEquations &equations, Value heads,
                      Value scores) {
  if (op.getUseGate()) {
    Value gate = applyActivation(
        b, project(op, b, "gate", equations.project, op.getInputs()[0]),
        "sigmoid");
    heads = elementwise(b, shapeOf(heads), ValueRange{heads, gate},
                        [](LocBuilder &at, ValueRange x) {
                          return arith::MulFOp::create(at, x[0], x[1]);
                        });
  }
  SmallVector<Value> results = {
      project(op, b, "output", equations.output, heads)};
  if (op.getReturnAttentionScores())
    results.push_back(scores);
  return results;
}

static Lowered lowerMultiHeadAttention(nn::MultiHeadAttentionOp op,
                                       LayerBuilder &b) {
  Value input = op.getInputs()[0];
  int64_t rank = rankOf(input);
  SmallVector<int64_t> axes =
      llvm::cantFail(nn::normalizeAttentionAxes(op.getAttentionAxes(), rank));
  nn::HeadEquations equations = nn::makeHeadEquations(
      rank, axes, rankOf(op.getOutputs()[0]) - (rank - 1));
  Value query = projectQuery(op, b, equations.project, op.getKeyDim());
  Value key = project(op, b, "key", equations.project, getKeyInput(op));
  Value value = project(op, b, "value", equations.project, op.getInputs()[1]);
  Value scores = einsum(b, equations.scores, {query, key});
  scores = attend(op, b, scores, int64_t(axes.size()));
  Value heads = einsum(b, equations.combine, {scores, value});
  return finish(op, b, equations, heads, scores);
}

/// Instead of repeating keys and values, the query heads get an axis for the
/// groups that share them.
static Lowered lowerGroupQueryAttention(nn::GroupQueryAttentionOp op,
                                        LayerBuilder &b) {
  nn::HeadEquations equations = nn::makeHeadEquations(3, {1}, 1);
  Value query = projectQuery(op, b, equations.project, op.getHeadDim());
  Value key = project(op, b, "key", equations.project, getKeyInput(op));
  Value value = project(op, b, "value", equations.project, op.getInputs()[1]);
  Shape inHeads(shapeOf(query));
  int64_t heads = inHeads[2], groups = op.getNumKeyValueHeads();
  Shape inGroups = {inHeads[0], inHeads[1], groups, heads / groups, inHeads[3]};
  Value scores =
      einsum(b, nn::kGroupScores, {reshape(b, query, inGroups), key});
  Shape scoreGroups(shapeOf(scores));
  Shape scoreHeads = {scoreGroups[0], heads, scoreGroups[3], scoreGroups[4]};
  scores = attend(op, b, reshape(b, scores, scoreHeads), 1);
  Value result =
      einsum(b, nn::kGroupCombine, {reshape(b, scores, scoreGroups), value});
  return finish(op, b, equations, reshape(b, result, inHeads), scores);
}

//===----------------------------------------------------------------------===//
// The function of keras.ops
//===----------------------------------------------------------------------===//

/// An argument of a function that broadcasts to scores; nothing where it is the
/// constant `neutral`.
static std::optional<Placed> placeOnScores(nn::OpsDotProductAttentionOp op,
                                           LocBuilder &b, StringRef name,
                                           Attribute neutral, Type type,
                                           ShapeRef scores) {
  if (op->getAttr(name) == neutral)
    return std::nullopt;
  auto arguments = llvm::cantFail(nn::bindArguments(op, op->getNumOperands()));
  auto index =
      llvm::find(op.getParameters(), name) - op.getParameters().begin();
  Value tensor = argumentTensor(b, op, arguments[index], type);
  return Placed{broadcastTo(b, tensor, scores), {0, 1, 2, 3}};
}

/// The scaled query in the groups of heads that share keys and values, and the
/// largest negative number but for a third in the place of what is masked.
static Lowered lowerDotProductAttention(nn::OpsDotProductAttentionOp op,
                                        LayerBuilder &b) {
  Value query = op.getInputs()[0];
  auto type = cast<FloatType>(elementOf(query));
  Value key = castTensor(b, op.getInputs()[1], type);
  Value value = castTensor(b, op.getInputs()[2], type);
  Shape inHeads(shapeOf(query));
  int64_t heads = inHeads[2], groups = shapeOf(key)[2];
  Shape inGroups = {inHeads[0], inHeads[1], groups, heads / groups, inHeads[3]};
  Value products =
      einsum(b, nn::kGroupScores, {reshape(b, query, inGroups), key});
  Shape scoreGroups(shapeOf(products));
  Shape scoreHeads = {inHeads[0], heads, inHeads[1], shapeOf(key)[1]};
  SmallVector<Placed> operands = {
      {reshape(b, products, scoreHeads), {0, 1, 2, 3}}};
  if (auto bias = placeOnScores(op, b, "bias", b.getF64FloatAttr(0.0), type,
                                scoreHeads))
    operands.push_back(*bias);
  double factor = op.getScale() ? op.getScaleAttr().getValueAsDouble()
                                : 1.0 / std::sqrt(double(inHeads[3]));
  Value scores = elementwise(
      b, scoreHeads, operands, [&](LocBuilder &at, ValueRange x) -> Value {
        Value y = arith::MulFOp::create(at, x[0], scalar(at, factor, type));
        return x.size() == 1 ? y
                             : arith::AddFOp::create(at, y, x[1]).getResult();
      });
  ScoreMasks masks;
  masks.causal = op.getIsCausal();
  masks.amount =
      0.7 * APFloat::getLargest(type.getFloatSemantics()).convertToDouble();
  if (auto mask = placeOnScores(op, b, "mask", b.getBoolAttr(true),
                                b.getI1Type(), scoreHeads))
    masks.masks.push_back(*mask);
  scores = softmax(b, maskScores(b, scores, masks), 3);
  Value result =
      einsum(b, nn::kGroupCombine, {reshape(b, scores, scoreGroups), value});
  return oneResult(reshape(b, result, inHeads));
}

void nnc::populateAttentionPatterns(RewritePatternSet &patterns,
                                    LoweringReport &report) {
  addLayer<nn::AdditiveAttentionOp>(patterns, report, lowerPlain);
  addLayer<nn::AttentionOp>(patterns, report, lowerPlain);
  addLayer<nn::GroupQueryAttentionOp>(patterns, report,
                                      lowerGroupQueryAttention);
  addLayer<nn::OpsDotProductAttentionOp>(patterns, report,
                                         lowerDotProductAttention);
  addLayer<nn::MultiHeadAttentionOp>(patterns, report, lowerMultiHeadAttention);
}
