//===- Attention.cpp - shapes of attention, as pure functions -------------===//
//
// The rules are those of Keras 3. What Keras leaves to broadcasting that gives
// no sense, masks of steps for inputs with more than one axis of them, is
// refused.
//
//===----------------------------------------------------------------------===//

#include "dialect/Attention.h"

#include "llvm/ADT/STLExtras.h"

using namespace nnc;
using namespace nnc::nn;
using llvm::ArrayRef;
using llvm::Error;
using llvm::Expected;
using llvm::SmallVector;
using llvm::StringRef;
using llvm::Twine;

/// More than Keras has letters for would need.
static constexpr int64_t kMaxRank = 8;

//===----------------------------------------------------------------------===//
// Einsums
//===----------------------------------------------------------------------===//

/// `count` letters from `first` on.
static std::string letters(char first, int64_t count) {
  std::string text;
  for (int64_t i = 0; i < count; ++i)
    text += char(first + i);
  return text;
}

HeadEquations nn::makeHeadEquations(int64_t rank, ArrayRef<int64_t> axes,
                                    int64_t outputAxes) {
  // Small letters: the axes of the query without its features, then head and
  // features of a head; capitals: the key's where they are others.
  std::string steps = letters('a', rank - 1), others = steps;
  for (int64_t axis : axes)
    others[axis] = char('A' + axis);
  std::string batch, queries, keys;
  for (auto [axis, letter] : llvm::enumerate(steps))
    if (!llvm::is_contained(axes, int64_t(axis)))
      batch += letter;
  for (int64_t axis : axes) {
    queries += steps[axis];
    keys += others[axis];
  }
  std::string scores = batch + "x" + queries + keys;
  std::string out = letters('k', outputAxes);
  HeadEquations equations;
  equations.project = steps + "z,zxy->" + steps + "xy";
  equations.scores = steps + "xy," + others + "xy->" + scores;
  equations.combine = scores + "," + others + "xy->" + steps + "xy";
  equations.output = steps + "xy,xy" + out + "->" + steps + out;
  return equations;
}

Expected<SmallVector<int64_t>>
nn::normalizeAttentionAxes(std::optional<ArrayRef<int64_t>> given,
                           int64_t rank) {
  if (rank < 3 || rank > kMaxRank)
    return shapeError("expects inputs of rank 3 to " + Twine(kMaxRank) +
                      ", but got rank " + Twine(rank) + " [N301]");
  if (!given)
    return llvm::to_vector(llvm::seq<int64_t>(1, rank - 1));
  if (given->empty())
    return shapeError("attention_axes names no axis [N309]");
  auto axes = normalizeAxes(*given, rank);
  if (axes && llvm::is_contained(*axes, rank - 1))
    return shapeError("attention_axes names the features [N309]");
  return axes;
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

static bool canAgree(int64_t a, int64_t b) {
  return a == b || a == kDynamic || b == kDynamic;
}

static Error checkMask(StringRef name, const std::optional<Shape> &mask,
                       ShapeRef input) {
  if (!mask)
    return Error::success();
  ShapeRef wanted = input.drop_back();
  bool fits = mask->size() == wanted.size();
  for (size_t i = 0; fits && i < wanted.size(); ++i)
    fits = canAgree((*mask)[i], wanted[i]);
  if (fits)
    return Error::success();
  return shapeError(name + " expects " + toString(wanted) + ", but got " +
                    toString(*mask) + " [N313]");
}

static Error checkMasks(const AttentionShapes &shapes) {
  if (Error error = checkMask("query_mask", shapes.queryMask, shapes.query))
    return error;
  if (Error error = checkMask("value_mask", shapes.valueMask, shapes.value))
    return error;
  return checkMask("key_mask", shapes.keyMask, shapes.key);
}

Error nn::checkSequences(const AttentionShapes &shapes) {
  static constexpr StringRef names[] = {"steps", "features"};
  for (const Shape *shape : {&shapes.query, &shapes.value, &shapes.key})
    if (Error error = expectRank(*shape, names))
      return error;
  if (Error error = checkHeadInputs(shapes, {1}))
    return error;
  return checkMasks(shapes);
}

Error nn::checkHeadInputs(const AttentionShapes &shapes,
                          ArrayRef<int64_t> axes) {
  size_t rank = shapes.query.size();
  auto describe = [&] {
    return "query " + toString(shapes.query) + ", value " +
           toString(shapes.value) + " and key " + toString(shapes.key);
  };
  if (shapes.value.size() != rank || shapes.key.size() != rank)
    return shapeError("expects inputs of one rank, but got " + describe() +
                      " [N301]");
  for (const Shape *shape : {&shapes.query, &shapes.value, &shapes.key})
    if (shape->back() == kDynamic)
      return shapeError("needs the number of features, but got " + describe() +
                        " [N303]");
  for (size_t i = 0; i + 1 < rank; ++i) {
    bool attended = llvm::is_contained(axes, int64_t(i));
    if (!canAgree(shapes.value[i], shapes.key[i]) ||
        (!attended && !canAgree(shapes.query[i], shapes.value[i])))
      return shapeError("expects one batch, and as many values as keys, but "
                        "got " +
                        describe() + " [N308]");
  }
  bool hasMask = shapes.queryMask || shapes.valueMask || shapes.keyMask;
  if (hasMask && rank != 3)
    return shapeError("masks of steps need inputs of rank 3, but got " +
                      describe() + " [N313]");
  return hasMask ? checkMasks(shapes) : Error::success();
}

SmallVector<int64_t> nn::placeAttentionMask(int64_t maskRank, int64_t rank,
                                            int64_t axes) {
  SmallVector<int64_t> places;
  for (int64_t i = 0; i < maskRank; ++i)
    places.push_back(i < maskRank - 2 * axes ? i : i + rank - maskRank);
  return places;
}

Error nn::checkAttentionMask(const AttentionShapes &shapes, ShapeRef scores,
                             int64_t axes) {
  if (!shapes.attentionMask)
    return Error::success();
  ShapeRef mask = *shapes.attentionMask;
  int64_t rank = int64_t(scores.size()), maskRank = int64_t(mask.size());
  bool fits = maskRank > 2 * axes && maskRank <= rank;
  if (fits)
    for (auto [extent, place] :
         llvm::zip_equal(mask, placeAttentionMask(maskRank, rank, axes)))
      fits &= extent == 1 || canAgree(extent, scores[place]);
  if (!fits)
    return shapeError("attention_mask " + toString(mask) +
                      " does not fit the scores " + toString(scores) +
                      " [N313]");
  bool hasMask = shapes.queryMask || shapes.valueMask || shapes.keyMask;
  if (hasMask && maskRank != 3)
    return shapeError("attention_mask " + toString(mask) +
                      " needs rank 3 beside other masks [N313]");
  return Error::success();
}
