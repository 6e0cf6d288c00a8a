//===- ShapeInference.cpp - Keras's shape rules as pure functions ---------===//
//
// No operation classes here: shapes and plain values in, a shape or a one-line
// reason out. The rules are those of Keras 3 (`compute_output_shape` of each
// layer); `same` follows TensorFlow.
//
//===----------------------------------------------------------------------===//

#include "dialect/ShapeInference.h"
#include "dialect/NumpyShapes.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/CheckedArithmetic.h"
#include "llvm/Support/raw_ostream.h"

using namespace nnc;
using namespace nnc::nn;
using llvm::ArrayRef;
using llvm::Error;
using llvm::Expected;
using llvm::SmallVector;
using llvm::StringRef;
using llvm::Twine;

//===----------------------------------------------------------------------===//
// Words and numbers
//===----------------------------------------------------------------------===//

std::string nn::toString(ShapeRef shape) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << '(';
  llvm::interleaveComma(shape, os, [&](int64_t extent) {
    if (extent == kDynamic)
      os << "None";
    else
      os << extent;
  });
  os << (shape.size() == 1 ? ",)" : ")");
  return text;
}

Error nn::shapeError(const Twine &message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

Error nn::expectRank(ShapeRef shape, ArrayRef<StringRef> axes) {
  if (shape.size() == axes.size() + 1)
    return Error::success();
  return shapeError("expects a rank-" + Twine(axes.size() + 1) +
                    " input (batch, " + llvm::join(axes, ", ") + "), but got " +
                    toString(shape) + " [N301]");
}

Error nn::expectRankAtLeast(ShapeRef shape, int64_t rank) {
  if (int64_t(shape.size()) >= rank)
    return Error::success();
  return shapeError("expects an input of at least rank " + Twine(rank) +
                    ", batch included, but got " + toString(shape) + " [N301]");
}

Expected<int64_t> nn::checkedProduct(ArrayRef<int64_t> factors) {
  int64_t product = 1;
  for (int64_t factor : factors) {
    auto next = llvm::checkedMul(product, factor);
    if (!next)
      return shapeError("the size overflows [N312]");
    product = *next;
  }
  return product;
}

/// The product of the extents that are known.
static Expected<int64_t> countKnown(ShapeRef shape) {
  SmallVector<int64_t> known;
  llvm::copy_if(shape, std::back_inserter(known),
                [](int64_t extent) { return extent != kDynamic; });
  return checkedProduct(known);
}

Expected<int64_t> nn::countElements(ShapeRef shape) {
  if (shape.empty()) // one number, which no batch has
    return 1;
  auto count = countKnown(shape.drop_front());
  if (count && llvm::is_contained(shape.drop_front(), kDynamic))
    return kDynamic;
  return count;
}

Error nn::checkSize(ShapeRef shape) {
  if (int64_t(shape.size()) > kMaxAxes)
    return shapeError("has " + Twine(shape.size()) +
                      " axes, but there may be 64 at most [N312]");
  auto count = countKnown(shape);
  if (!count)
    return count.takeError();
  if (*count > kMaxElements)
    return shapeError(toString(shape) + " has more than 2^44 elements [N312]");
  return Error::success();
}

Expected<int64_t> nn::normalizeAxis(int64_t axis, int64_t rank,
                                    bool allowBatch) {
  int64_t normalized = axis < 0 ? axis + rank : axis;
  if (axis < -rank || normalized < 0 || normalized >= rank)
    return shapeError("axis " + Twine(axis) + " is outside an input of rank " +
                      Twine(rank) + " [N309]");
  if (normalized == 0 && !allowBatch)
    return shapeError("axis " + Twine(axis) + " is the batch [N309]");
  return normalized;
}

Expected<SmallVector<int64_t>> nn::normalizeAxes(ArrayRef<int64_t> axes,
                                                 int64_t rank) {
  SmallVector<int64_t> result;
  for (int64_t axis : axes) {
    auto normalized = normalizeAxis(axis, rank);
    if (!normalized)
      return normalized.takeError();
    if (llvm::is_contained(result, *normalized))
      return shapeError("axis " + Twine(axis) + " is named twice [N309]");
    result.push_back(*normalized);
  }
  return result;
}

//===----------------------------------------------------------------------===//
// Dense and reshaping
//===----------------------------------------------------------------------===//

ShapeOr nn::inferDense(ShapeRef input, int64_t units) {
  if (Error error = expectRankAtLeast(input, 2))
    return error;
  if (input.back() == kDynamic)
    return shapeError("needs the number of features, but got " +
                      toString(input) + " [N303]");
  Shape result(input);
  result.back() = units;
  return result;
}

ShapeOr nn::inferFlatten(ShapeRef input) {
  auto count = countElements(input);
  if (!count)
    return count.takeError();
  return Shape{input[0], *count};
}

ShapeOr nn::inferReshape(ShapeRef input, ShapeRef target) {
  auto count = countElements(input);
  if (!count)
    return count.takeError();
  int64_t open = -1, known = 1;
  for (auto [i, extent] : llvm::enumerate(target)) {
    if (extent == -1 && open >= 0)
      return shapeError("target_shape has more than one -1 [N316]");
    if (extent == 0 || extent < -1)
      return shapeError("target_shape has the extent " + Twine(extent) +
                        " [N316]");
    if (extent == -1) {
      open = int64_t(i);
      continue;
    }
    auto product = checkedProduct({known, extent});
    if (!product)
      return product.takeError();
    known = *product;
  }
  Shape result{input[0]};
  llvm::append_range(result, target);
  if (*count == kDynamic) {
    if (open >= 0)
      result[open + 1] = kDynamic;
    return result;
  }
  if (open >= 0 ? *count % known != 0 : *count != known)
    return shapeError("cannot make " + toString(result) + " of " +
                      toString(input) + ": " + Twine(known) + " against " +
                      Twine(*count) + " elements [N316]");
  if (open >= 0)
    result[open + 1] = *count / known;
  return result;
}

ShapeOr nn::inferPermute(ShapeRef input, ShapeRef dims) {
  SmallVector<int64_t> sorted(dims);
  llvm::sort(sorted);
  bool permutation = sorted.size() + 1 == input.size();
  for (auto [i, dim] : llvm::enumerate(sorted))
    permutation &= dim == int64_t(i) + 1;
  if (!permutation)
    return shapeError("dims must name each axis from 1 to " +
                      Twine(input.size() - 1) + " once for the input " +
                      toString(input) + " [N309]");
  Shape result{input[0]};
  for (int64_t dim : dims)
    result.push_back(input[dim]);
  return result;
}

//===----------------------------------------------------------------------===//
// Categories
//===----------------------------------------------------------------------===//

ShapeOr nn::inferEncoding(ShapeRef input, StringRef mode, int64_t depth) {
  Shape result(input);
  if (mode == "int")
    return result;
  if (mode == "one_hot") {
    // Each element on its own; a last axis of one becomes the encoding.
    if (result.size() > 1 && result.back() == 1)
      result.pop_back();
    result.push_back(depth);
    return result;
  }
  if (input.size() != 2)
    return shapeError("output_mode = \"" + mode +
                      "\" expects a rank-2 input (batch, elements), but got " +
                      toString(input) + " [N301]");
  result.back() = depth;
  return result;
}

//===----------------------------------------------------------------------===//
// Several inputs
//===----------------------------------------------------------------------===//

/// Two extents that broadcast to one, or nothing.
static std::optional<int64_t> broadcastExtent(int64_t a, int64_t b) {
  if (a == 1)
    return b;
  if (b == 1 || a == b)
    return a;
  if (a == kDynamic || b == kDynamic)
    return kDynamic;
  return std::nullopt;
}

ShapeOr nn::inferBroadcast(ArrayRef<Shape> inputs) {
  size_t rank = 0;
  for (const Shape &input : inputs)
    rank = std::max(rank, input.size());
  Shape result(rank, 1);
  result[0] = inputs.front()[0];
  for (const Shape &input : inputs) {
    // Keras gives a lower rank its missing axes right behind the batch.
    size_t missing = rank - input.size();
    for (size_t i = 1; i < input.size(); ++i) {
      auto extent = broadcastExtent(result[i + missing], input[i]);
      if (!extent)
        return shapeError("inputs " + toString(inputs.front()) + " and " +
                          toString(input) + " do not broadcast [N308]");
      result[i + missing] = *extent;
    }
  }
  return result;
}

ShapeOr nn::inferConcatenate(ArrayRef<Shape> inputs, int64_t axis) {
  Shape result = inputs.front();
  auto normalized = normalizeAxis(axis, int64_t(result.size()));
  if (!normalized)
    return normalized.takeError();
  for (const Shape &input : inputs.drop_front()) {
    bool fits = input.size() == result.size();
    for (size_t i = 1; fits && i < input.size(); ++i)
      fits = int64_t(i) == *normalized || input[i] == result[i];
    if (!fits)
      return shapeError("inputs must agree in all axes but " + Twine(axis) +
                        ", but got " + toString(inputs.front()) + " and " +
                        toString(input) + " [N308]");
    auto sum = addExtents(result[*normalized], input[*normalized]);
    if (!sum)
      return sum.takeError();
    result[*normalized] = *sum;
  }
  return result;
}

ShapeOr nn::inferDot(ShapeRef a, ShapeRef b, ArrayRef<int64_t> axes) {
  if (axes.size() != 1 && axes.size() != 2)
    return shapeError("axes expects an integer or a list of 2 of them [N309]");
  auto axisA = normalizeAxis(axes.front(), int64_t(a.size()));
  if (!axisA)
    return axisA.takeError();
  auto axisB = normalizeAxis(axes.back(), int64_t(b.size()));
  if (!axisB)
    return axisB.takeError();
  if (a[*axisA] != b[*axisB])
    return shapeError("axes of one size are needed, but axis " +
                      Twine(axes.front()) + " of " + toString(a) +
                      " and axis " + Twine(axes.back()) + " of " + toString(b) +
                      " differ [N308]");
  Shape result(a);
  result.erase(result.begin() + *axisA);
  for (auto [i, extent] : llvm::enumerate(b))
    if (i != 0 && int64_t(i) != *axisB)
      result.push_back(extent);
  if (result.size() == 1)
    result.push_back(1);
  return result;
}

ShapeOr nn::inferActivation(Shape input, StringRef name) {
  if (name != "glu")
    return input;
  if (input.size() < 2 || input.back() == kDynamic || input.back() % 2 != 0)
    return shapeError("glu needs an even last axis, but got " +
                      toString(input) + " [N302]");
  input.back() /= 2;
  return input;
}
