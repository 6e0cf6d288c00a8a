//===- NNAttentionOps.cpp - attention -------------------------------------===//
//
// Shapes, weights and costs of the attention layers. The projections of the
// multi-head layers are objects of their own in Keras, with a kernel and a bias
// each: their weights are `query_dense/kernel`, `query_dense/bias`, ….
//
//===----------------------------------------------------------------------===//

#include "dialect/NNAttentionOps.h"
#include "dialect/Attention.h"
#include "dialect/WeightSpecs.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;
using llvm::Error;
using llvm::Expected;

using ShapesOr = Expected<SmallVector<Shape>>;

/// One result, or the scores as a second.
static SmallVector<Shape> withScores(Shape result, Shape scores, bool both) {
  SmallVector<Shape> results = {std::move(result)};
  if (both)
    results.push_back(std::move(scores));
  return results;
}

/// The shapes of the operands, whose types are inferred.
static SmallVector<Shape> operandShapes(Operation *op) {
  SmallVector<Shape> shapes;
  for (Type type : op->getOperandTypes())
    shapes.emplace_back(cast<RankedTensorType>(type).getShape());
  return shapes;
}

//===----------------------------------------------------------------------===//
// Without projections
//===----------------------------------------------------------------------===//

template <typename OpTy>
static AttentionShapes sortPlain(OpTy op, ArrayRef<Shape> inputs) {
  size_t next = op.getInputs().size();
  AttentionShapes shapes;
  shapes.query = inputs[0];
  shapes.value = inputs[1];
  shapes.key = inputs[next - 1];
  if (op.getQueryMask())
    shapes.queryMask = inputs[next++];
  if (op.getValueMask())
    shapes.valueMask = inputs[next];
  return shapes;
}

template <typename OpTy>
static ShapesOr inferPlain(OpTy op, ArrayRef<Shape> inputs) {
  AttentionShapes shapes = sortPlain(op, inputs);
  if (Error error = checkSequences(shapes))
    return error;
  const Shape &query = shapes.query, &value = shapes.value;
  if (query[2] != shapes.key[2])
    return shapeError("expects query and key with as many features, but got " +
                      toString(query) + " and " + toString(shapes.key) +
                      " [N308]");
  return withScores({query[0], query[1], value[2]},
                    {query[0], query[1], value[1]},
                    op.getReturnAttentionScores());
}

template <typename OpTy> static int64_t countPlainMacs(OpTy op) {
  AttentionShapes shapes = sortPlain(op, operandShapes(op));
  Shape scores = {shapes.query[0], shapes.query[1], shapes.value[1]};
  return countEinsumMacs(kPlainScores, {shapes.query, shapes.key}) +
         countEinsumMacs(kPlainCombine, {scores, shapes.value});
}

ShapesOr AttentionOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferPlain(*this, inputs);
}

SmallVector<WeightSpec> AttentionOp::getWeightSpecs() {
  SmallVector<WeightSpec> specs;
  if (getUseScale())
    specs.push_back(trained(*this, "scale", {}, {}, "ones"));
  if (getScoreMode() == "concat")
    specs.push_back(trained(*this, "concat_score_weight", {}, {}, "ones"));
  return specs;
}

int64_t AttentionOp::getMacs() { return countPlainMacs(*this); }
unsigned AttentionOp::getResultCount() {
  return getReturnAttentionScores() ? 2 : 1;
}

ShapesOr AdditiveAttentionOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferPlain(*this, inputs);
}

SmallVector<WeightSpec> AdditiveAttentionOp::getWeightSpecs() {
  if (!getUseScale())
    return {};
  return {trained(*this, "scale", {inputShape(*this).back()}, {},
                  "glorot_uniform")};
}

int64_t AdditiveAttentionOp::getMacs() { return countPlainMacs(*this); }
unsigned AdditiveAttentionOp::getResultCount() {
  return getReturnAttentionScores() ? 2 : 1;
}

//===----------------------------------------------------------------------===//
// With projections
//===----------------------------------------------------------------------===//

template <typename OpTy>
static AttentionShapes sortProjected(OpTy op, ArrayRef<Shape> inputs) {
  size_t next = op.getInputs().size();
  AttentionShapes shapes;
  shapes.query = inputs[0];
  shapes.value = inputs[1];
  shapes.key = op.getKey() ? inputs[next] : inputs[next - 1];
  next += op.getKey() ? 1 : 0;
  if (op.getQueryMask())
    shapes.queryMask = inputs[next++];
  if (op.getValueMask())
    shapes.valueMask = inputs[next++];
  if (op.getKeyMask())
    shapes.keyMask = inputs[next++];
  if (op.getAttentionMask())
    shapes.attentionMask = inputs[next];
  return shapes;
}

template <typename OpTy> static Error checkKeyGivenOnce(OpTy op) {
  if (op.getInputs().size() == 3 && op.getKey())
    return shapeError("the key is given as third input and by keyword [N307]");
  return Error::success();
}

namespace {

/// Collects the weights of a layer's projections in Keras's order.
template <typename OpTy> class Projections {
public:
  explicit Projections(OpTy op) : op(op) {}

  /// A projection of inputs that end in `in` to ones that end in `out`.
  void add(StringRef name, ShapeRef in, ShapeRef out) {
    Shape kernel(in);
    llvm::append_range(kernel, out);
    specs.push_back(trained(op, (name + "_dense/kernel").str(), kernel,
                            op.getKernelInitializer(), "glorot_uniform"));
    if (op.getUseBias())
      specs.push_back(trained(op, (name + "_dense/bias").str(), out,
                              op.getBiasInitializer(), "zeros"));
  }

  SmallVector<WeightSpec> specs;

private:
  OpTy op;
};

} // namespace

//===----------------------------------------------------------------------===//
// MultiHeadAttention
//===----------------------------------------------------------------------===//

/// What takes the place of the query's features in the result.
static Shape getOutputExtents(MultiHeadAttentionOp op, ShapeRef query) {
  auto given = op.getOutputShape();
  return given && !given->empty() ? Shape(*given) : Shape{query.back()};
}

/// The input in heads of `features` each.
static Shape inHeads(ShapeRef input, int64_t heads, int64_t features) {
  Shape shape(input.drop_back());
  shape.append({heads, features});
  return shape;
}

static Error checkHeadKeys(MultiHeadAttentionOp op,
                           const AttentionShapes &shapes) {
  if (Error error = checkKeyGivenOnce(op))
    return error;
  if (auto given = op.getOutputShape())
    for (int64_t extent : *given)
      if (extent <= 0)
        return shapeError("output_shape has the extent " + Twine(extent) +
                          " [N316]");
  if (op.getOutputShape().value_or(ArrayRef<int64_t>()).size() > 8)
    return shapeError("output_shape has more than 8 extents [N312]");
  bool stepwise = op.getUseCausalMask() || op.getSlidingWindow();
  if (stepwise && shapes.query.size() != 3)
    return shapeError("a causal mask and a sliding window need inputs of rank "
                      "3, but got " +
                      toString(shapes.query) + " [N313]");
  return Error::success();
}

ShapesOr MultiHeadAttentionOp::inferShapes(ArrayRef<Shape> inputs) {
  AttentionShapes shapes = sortProjected(*this, inputs);
  int64_t rank = int64_t(shapes.query.size());
  auto axes = normalizeAttentionAxes(getAttentionAxes(), rank);
  if (!axes)
    return axes.takeError();
  if (Error error = checkHeadKeys(*this, shapes))
    return error;
  if (Error error = checkHeadInputs(shapes, *axes))
    return error;
  Shape extents = getOutputExtents(*this, shapes.query);
  HeadEquations equations =
      makeHeadEquations(rank, *axes, int64_t(extents.size()));
  auto scores = analyzeEinsum(
      equations.scores, {inHeads(shapes.query, getNumHeads(), getKeyDim()),
                         inHeads(shapes.key, getNumHeads(), getKeyDim())});
  if (!scores)
    return scores.takeError();
  Shape scoreShape = scores->resultShape();
  if (Error error =
          checkAttentionMask(shapes, scoreShape, int64_t(axes->size())))
    return error;
  Shape result(ArrayRef(shapes.query).drop_back());
  llvm::append_range(result, extents);
  return withScores(result, scoreShape, getReturnAttentionScores());
}

SmallVector<WeightSpec> MultiHeadAttentionOp::getWeightSpecs() {
  AttentionShapes shapes = sortProjected(*this, operandShapes(*this));
  int64_t heads = getNumHeads();
  int64_t keys = getKeyDim(), values = getValueDim().value_or(keys);
  Projections<MultiHeadAttentionOp> weights(*this);
  weights.add("query", {shapes.query.back()}, {heads, keys});
  weights.add("key", {shapes.key.back()}, {heads, keys});
  if (getUseGate())
    weights.add("gate", {shapes.query.back()}, {heads, values});
  weights.add("value", {shapes.value.back()}, {heads, values});
  weights.add("output", {heads, values}, getOutputExtents(*this, shapes.query));
  return weights.specs;
}

int64_t MultiHeadAttentionOp::getMacs() {
  AttentionShapes shapes = sortProjected(*this, operandShapes(*this));
  int64_t heads = getNumHeads(), rank = int64_t(shapes.query.size());
  int64_t keys = getKeyDim(), values = getValueDim().value_or(keys);
  Shape extents = getOutputExtents(*this, shapes.query);
  HeadEquations equations = makeHeadEquations(
      rank, llvm::cantFail(normalizeAttentionAxes(getAttentionAxes(), rank)),
      int64_t(extents.size()));
  auto project = [&](ShapeRef input, int64_t features) {
    return countEinsumMacs(equations.project,
                           {Shape(input), {input.back(), heads, features}});
  };
  Shape queryHeads = inHeads(shapes.query, heads, keys);
  Shape keyHeads = inHeads(shapes.key, heads, keys);
  Shape scores =
      llvm::cantFail(analyzeEinsum(equations.scores, {queryHeads, keyHeads}))
          .resultShape();
  Shape output = {heads, values};
  llvm::append_range(output, extents);
  return project(shapes.query, keys) + project(shapes.key, keys) +
         (getUseGate() ? project(shapes.query, values) : 0) +
         project(shapes.value, values) +
         countEinsumMacs(equations.scores, {queryHeads, keyHeads}) +
         countEinsumMacs(equations.combine,
                         {scores, inHeads(shapes.value, heads, values)}) +
         countEinsumMacs(equations.output,
                         {inHeads(shapes.query, heads, values), output});
}

unsigned MultiHeadAttentionOp::getResultCount() {
  return getReturnAttentionScores() ? 2 : 1;
}

//===----------------------------------------------------------------------===//
// GroupQueryAttention
//===----------------------------------------------------------------------===//

ShapesOr GroupQueryAttentionOp::inferShapes(ArrayRef<Shape> inputs) {
  AttentionShapes shapes = sortProjected(*this, inputs);
  if (Error error = checkKeyGivenOnce(*this))
    return error;
  if (getNumQueryHeads() % getNumKeyValueHeads() != 0)
    return shapeError("num_query_heads = " + Twine(getNumQueryHeads()) +
                      " is not a multiple of num_key_value_heads = " +
                      Twine(getNumKeyValueHeads()) + " [N305]");
  if (Error error = checkSequences(shapes))
    return error;
  Shape scores = {shapes.query[0], getNumQueryHeads(), shapes.query[1],
                  shapes.value[1]};
  if (Error error = checkAttentionMask(shapes, scores, 1))
    return error;
  return withScores(shapes.query, scores, getReturnAttentionScores());
}

SmallVector<WeightSpec> GroupQueryAttentionOp::getWeightSpecs() {
  AttentionShapes shapes = sortProjected(*this, operandShapes(*this));
  int64_t heads = getNumQueryHeads(), groups = getNumKeyValueHeads();
  int64_t features = getHeadDim(), in = shapes.query.back();
  Projections<GroupQueryAttentionOp> weights(*this);
  weights.add("query", {in}, {heads, features});
  weights.add("key", {shapes.key.back()}, {groups, features});
  if (getUseGate())
    weights.add("gate", {in}, {heads, features});
  weights.add("value", {shapes.value.back()}, {groups, features});
  weights.add("output", {heads, features}, {in});
  return weights.specs;
}

int64_t GroupQueryAttentionOp::getMacs() {
  AttentionShapes shapes = sortProjected(*this, operandShapes(*this));
  int64_t heads = getNumQueryHeads(), groups = getNumKeyValueHeads();
  int64_t features = getHeadDim();
  auto project = [&](ShapeRef input, int64_t count) {
    return countEinsumMacs(makeHeadEquations(3, {1}, 1).project,
                           {Shape(input), {input.back(), count, features}});
  };
  Shape queries(ArrayRef(shapes.query).drop_back());
  queries.append({groups, heads / groups, features});
  // The products with keys and with values, the projections of query and
  // result, and those of key and value.
  return 2 * countEinsumMacs(kGroupScores,
                             {queries, inHeads(shapes.key, groups, features)}) +
         (getUseGate() ? 3 : 2) * project(shapes.query, heads) +
         project(shapes.key, groups) + project(shapes.value, groups);
}

unsigned GroupQueryAttentionOp::getResultCount() {
  return getReturnAttentionScores() ? 2 : 1;
}

//===----------------------------------------------------------------------===//
// Generated definitions
//===----------------------------------------------------------------------===//

void NNDialect::addAttentionOps() {
  addOperations<
#define GET_OP_LIST
#include "dialect/NNAttentionOps.cpp.inc"
      >();
}

#define GET_OP_CLASSES
#include "dialect/NNAttentionOps.cpp.inc"
