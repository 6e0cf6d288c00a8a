//===- NNKerasProductOps.cpp - sums of products in keras.ops --------------===//
//
// Every product is written as an einsum; shapes, costs and what mixes samples
// follow from its equation.
//
//===----------------------------------------------------------------------===//

#include "dialect/NNKerasProductOps.h"
#include "dialect/KerasWindows.h"
#include "dialect/WeightSpecs.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;
using llvm::Expected;
using llvm::Twine;

/// More axes than any product has; their letters are all different.
static constexpr size_t kMaxRank = 20;

/// `count` letters from `first` on.
static std::string letters(char first, size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i)
    text += char(first + i);
  return text;
}

//===----------------------------------------------------------------------===//
// Equations
//===----------------------------------------------------------------------===//

/// Vectors are rows on the left and columns on the right; stacks broadcast.
static Expected<std::string> matmulEquation(size_t lhs, size_t rhs) {
  if (lhs == 0 || rhs == 0)
    return shapeError("expects tensors of at least one axis [N301]");
  std::string left = lhs == 1 ? "k" : "...mk", right = rhs == 1 ? "k" : "...kn";
  std::string result = lhs > 2 || rhs > 2 ? "..." : "";
  if (lhs <= 2 && rhs <= 2) {
    left = StringRef(left).drop_while([](char c) { return c == '.'; }).str();
    right = StringRef(right).drop_while([](char c) { return c == '.'; }).str();
  }
  result += std::string(lhs == 1 ? "" : "m") + (rhs == 1 ? "" : "n");
  return left + "," + right + "->" + result;
}

/// Axis `axisA` of the first with `axisB` of the second; no axes: all pairs.
static std::string pairEquation(size_t lhs, size_t rhs, ArrayRef<int64_t> axesA,
                                ArrayRef<int64_t> axesB) {
  std::string left = letters('a', lhs), right = letters('A', rhs), result;
  for (auto [a, b] : llvm::zip_equal(axesA, axesB))
    right[b] = left[a];
  for (auto [axis, letter] : llvm::enumerate(left))
    if (!llvm::is_contained(axesA, int64_t(axis)))
      result += letter;
  for (auto [axis, letter] : llvm::enumerate(right))
    if (!llvm::is_contained(axesB, int64_t(axis)))
      result += letter;
  return left + "," + right + "->" + result;
}

static std::string dotEquation(size_t lhs, size_t rhs) {
  if (lhs == 0 || rhs == 0)
    return pairEquation(lhs, rhs, {}, {});
  int64_t last = int64_t(lhs) - 1, other = rhs == 1 ? 0 : int64_t(rhs) - 2;
  return pairEquation(lhs, rhs, {last}, {other});
}

static Expected<std::string> innerEquation(size_t lhs, size_t rhs) {
  if (lhs == 0 || rhs == 0)
    return pairEquation(lhs, rhs, {}, {});
  return pairEquation(lhs, rhs, {int64_t(lhs) - 1}, {int64_t(rhs) - 1});
}

/// The axes named by a key that is one number or two lists.
static Expected<std::string> tensordotEquation(OpsTensordotOp op, size_t lhs,
                                               size_t rhs) {
  Numbers axes{{2.0}, {}};
  if (op.getAxes())
    axes = *getNumbers(*op.getAxes());
  SmallVector<int64_t> named[2];
  if (axes.shape.empty()) {
    double count = axes.values.front();
    if (count < 0 || count > double(std::min(lhs, rhs)) ||
        count != double(int64_t(count)))
      return shapeError("axes sums over more axes than there are [N309]");
    for (int64_t i = 0; i < int64_t(count); ++i) {
      named[0].push_back(int64_t(lhs) - int64_t(count) + i);
      named[1].push_back(i);
    }
    return pairEquation(lhs, rhs, named[0], named[1]);
  }
  if (axes.shape.front() != 2 || axes.values.size() % 2 != 0)
    return shapeError(
        "axes expects a number or two lists of one length [N309]");
  size_t half = axes.values.size() / 2;
  for (auto [i, value] : llvm::enumerate(axes.values))
    named[i / half].push_back(int64_t(value));
  auto first = numpyAxes(ArrayRef<int64_t>(named[0]), int64_t(lhs));
  if (!first)
    return first.takeError();
  auto second = numpyAxes(ArrayRef<int64_t>(named[1]), int64_t(rhs));
  if (!second)
    return second.takeError();
  return pairEquation(lhs, rhs, *first, *second);
}

/// All elements in one axis.
static llvm::Error flattenAll(SmallVectorImpl<Shape> &shapes) {
  for (Shape &shape : shapes) {
    auto count = countAll(shape);
    if (!count)
      return count.takeError();
    shape = {*count};
  }
  return llvm::Error::success();
}

Expected<Product> nn::getProduct(LayerOpInterface layer,
                                 ArrayRef<Shape> operands) {
  auto shapes = getArgumentShapes(layer, operands);
  if (!shapes)
    return shapes.takeError();
  Product product{"", *shapes};
  for (const Shape &shape : product.shapes)
    if (shape.size() > kMaxRank)
      return shapeError("has more than " + Twine(kMaxRank) + " axes [N312]");
  if (auto einsum = dyn_cast<OpsEinsumOp>(*layer)) {
    product.equation = einsum.getSubscripts().str();
    return product;
  }
  if (isa<OpsOuterOp, OpsVdotOp>(*layer))
    if (llvm::Error error = flattenAll(product.shapes))
      return error;
  size_t lhs = product.shapes[0].size(), rhs = product.shapes[1].size();
  auto equation =
      llvm::TypeSwitch<Operation *, Expected<std::string>>(layer)
          .Case([&](OpsMatmulOp) { return matmulEquation(lhs, rhs); })
          .Case([&](OpsDotOp) { return dotEquation(lhs, rhs); })
          .Case([&](OpsInnerOp) { return innerEquation(lhs, rhs); })
          .Case([&](OpsOuterOp) { return std::string("i,j->ij"); })
          .Case([&](OpsTensordotOp op) {
            return tensordotEquation(op, lhs, rhs);
          })
          .Default([](Operation *) { return std::string("i,i->"); });
  if (!equation)
    return equation.takeError();
  product.equation = *equation;
  return product;
}

//===----------------------------------------------------------------------===//
// What follows from them
//===----------------------------------------------------------------------===//

static Expected<Einsum> analyze(LayerOpInterface layer,
                                ArrayRef<Shape> operands) {
  auto product = getProduct(layer, operands);
  if (!product)
    return product.takeError();
  return analyzeEinsum(product->equation, product->shapes);
}

namespace nnc::nn {
namespace {

ShapesOr inferProductShape(LayerOpInterface layer, ArrayRef<Shape> inputs) {
  auto einsum = analyze(layer, inputs);
  if (!einsum)
    return einsum.takeError();
  for (const Einsum &pair : pairwise(*einsum))
    if (llvm::Error error = checkSize(pair.resultShape()))
      return error;
  return one(einsum->resultShape());
}

/// Samples stay apart where the first axis of each tensor, and no other one, is
/// the first of the result.
bool mixesByProduct(LayerOpInterface layer, ArrayRef<Shape> inputs) {
  if (isa<OpsOuterOp, OpsVdotOp>(*layer))
    return true;
  auto arguments = llvm::cantFail(bindArguments(layer, inputs.size()));
  Einsum einsum = llvm::cantFail(analyze(layer, inputs));
  if (einsum.result.empty() || einsum.resultShape().front() != kDynamic)
    return true;
  unsigned batch = einsum.result.front();
  for (auto [argument, axes] : llvm::zip_equal(arguments, einsum.operands))
    if (!argument.constant && (axes.empty() || axes.front() != batch ||
                               llvm::count(axes, batch) != 1))
      return true;
  return false;
}

/// One multiplication for each place in each nest of loops, the batch apart.
int64_t countMacs(LayerOpInterface layer) {
  SmallVector<Shape> inputs;
  for (Value input : layer->getOperands())
    inputs.emplace_back(cast<RankedTensorType>(input.getType()).getShape());
  Einsum einsum = llvm::cantFail(analyze(layer, inputs));
  int64_t macs = 0;
  for (const Einsum &pair : pairwise(einsum)) {
    SmallVector<int64_t> factors;
    llvm::copy_if(pair.extents, std::back_inserter(factors),
                  [](int64_t extent) { return extent != kDynamic; });
    macs += cappedProduct(factors);
  }
  return std::min(macs, kMaxMacs + 1);
}

//===----------------------------------------------------------------------===//
// Attention
//===----------------------------------------------------------------------===//

/// Whether the heads of a query find keys and values: of one shape, and as many
/// for each group of heads.
bool headsFit(ShapeRef query, ShapeRef key, ShapeRef value) {
  return query.size() == 4 && key.size() == 4 && key == value &&
         query[0] == key[0] && query[3] == key[3] && query[3] > 0 &&
         query[2] > 0 && key[2] > 0 && query[2] % key[2] == 0;
}

ShapesOr inferDotProductAttentionShape(OpsDotProductAttentionOp op,
                                       ArrayRef<Shape> inputs) {
  auto shapes = getArgumentShapes(op, inputs);
  if (!shapes)
    return shapes.takeError();
  ShapeRef query = (*shapes)[0], key = (*shapes)[1], value = (*shapes)[2];
  if (!headsFit(query, key, value))
    return shapeError(
        "expects a query (batch, steps, heads, features), and key "
        "and value of one shape that has as many heads or "
        "divides them, but got " +
        toString(query) + ", " + toString(key) + " and " + toString(value) +
        " [N301]");
  Shape scores = {query[0], query[2], query[1], key[1]};
  for (auto [name, shape] :
       {std::pair("bias", (*shapes)[3]), std::pair("mask", (*shapes)[4])}) {
    auto result = numpyBroadcast({scores, shape});
    if (!result)
      return result.takeError();
    if (*result != scores)
      return shapeError(Twine("'") + name + "' of shape " + toString(shape) +
                        " does not broadcast to " + toString(scores) +
                        " [N308]");
  }
  return one(Shape(query));
}

/// A tensor that has no batch, or another one, belongs to no sample.
bool mixesDotProductAttention(OpsDotProductAttentionOp,
                              ArrayRef<Shape> inputs) {
  return llvm::any_of(inputs, [](const Shape &shape) {
    return shape.size() != 4 || shape.front() != kDynamic;
  });
}

} // namespace

/// Each element of a query meets that of each key, and each score a value's.
int64_t OpsDotProductAttentionOp::getMacs() {
  int64_t steps =
      cast<RankedTensorType>(getInputs()[1].getType()).getShape()[1];
  int64_t queries = sampleElements(inputShape(*this));
  return steps == kDynamic ? 0 : cappedProduct({queries, steps, 2});
}

int64_t OpsMatmulOp::getMacs() { return countMacs(*this); }
int64_t OpsDotOp::getMacs() { return countMacs(*this); }
int64_t OpsInnerOp::getMacs() { return countMacs(*this); }
int64_t OpsOuterOp::getMacs() { return countMacs(*this); }
int64_t OpsVdotOp::getMacs() { return countMacs(*this); }
int64_t OpsTensordotOp::getMacs() { return countMacs(*this); }
int64_t OpsEinsumOp::getMacs() { return countMacs(*this); }

int64_t OpsConvOp::getMacs() { return countConvolutionMacs(*this); }
int64_t OpsDepthwiseConvOp::getMacs() { return countConvolutionMacs(*this); }
int64_t OpsSeparableConvOp::getMacs() { return countConvolutionMacs(*this); }
int64_t OpsConvTransposeOp::getMacs() { return countConvolutionMacs(*this); }

} // namespace nnc::nn

//===----------------------------------------------------------------------===//
// Generated definitions
//===----------------------------------------------------------------------===//

void NNDialect::addKerasProductOps() {
  addOperations<
#define GET_OP_LIST
#include "dialect/NNKerasProductOps.cpp.inc"
      >();
}

#define GET_OP_CLASSES
#include "dialect/NNKerasProductOps.cpp.inc"
