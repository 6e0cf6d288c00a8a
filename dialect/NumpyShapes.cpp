//===- NumpyShapes.cpp - numpy's shape rules as pure functions ------------===//
//
// See the header. An open extent agrees with every other one, since Keras
// compares them only when the model runs.
//
//===----------------------------------------------------------------------===//

#include "dialect/NumpyShapes.h"

#include "dialect/Keys.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace nnc;
using namespace nnc::nn;
using llvm::ArrayRef;
using llvm::Expected;
using llvm::SmallVector;
using llvm::Twine;

Expected<SmallVector<int64_t>>
nn::numpyAxes(std::optional<ArrayRef<int64_t>> axes, int64_t rank) {
  if (!axes)
    return llvm::to_vector(llvm::seq<int64_t>(0, rank));
  SmallVector<int64_t> result;
  for (int64_t axis : *axes) {
    auto normalized = normalizeAxis(axis, rank, /*allowBatch=*/true);
    if (!normalized)
      return normalized.takeError();
    if (llvm::is_contained(result, *normalized))
      return shapeError("axis " + Twine(axis) + " is named twice [N309]");
    result.push_back(*normalized);
  }
  return result;
}

Expected<int64_t> nn::addExtents(int64_t first, int64_t second) {
  if (first == kDynamic || second == kDynamic)
    return kDynamic;
  auto sum = llvm::checkedAdd(first, second);
  if (!sum)
    return shapeError("the size overflows [N312]");
  return *sum;
}

Expected<int64_t> nn::multiplyExtent(int64_t extent, int64_t count) {
  if (extent == kDynamic)
    return kDynamic;
  return checkedProduct({extent, count});
}

Expected<int64_t> nn::countAll(ShapeRef shape) {
  if (llvm::is_contained(shape, kDynamic))
    return kDynamic;
  return checkedProduct(shape);
}

ShapeOr nn::numpyBroadcast(ArrayRef<Shape> shapes) {
  size_t rank = 0;
  for (const Shape &shape : shapes)
    rank = std::max(rank, shape.size());
  Shape result(rank, 1);
  for (const Shape &shape : shapes) {
    size_t missing = rank - shape.size();
    for (auto [i, extent] : llvm::enumerate(shape)) {
      int64_t &known = result[i + missing];
      if (known == 1 || (known == kDynamic && extent != 1))
        known = extent;
      else if (extent != 1 && extent != kDynamic && extent != known)
        return shapeError("inputs " + toString(shapes.front()) + " and " +
                          toString(shape) + " do not broadcast [N308]");
    }
  }
  return result;
}

ShapeOr nn::numpyReduce(ShapeRef shape, std::optional<ArrayRef<int64_t>> axes,
                        bool keepdims) {
  auto reduced = numpyAxes(axes, int64_t(shape.size()));
  if (!reduced)
    return reduced.takeError();
  Shape result;
  for (auto [axis, extent] : llvm::enumerate(shape)) {
    if (!llvm::is_contained(*reduced, int64_t(axis)))
      result.push_back(extent);
    else if (keepdims)
      result.push_back(1);
  }
  return result;
}

ShapeOr nn::numpyReshape(ShapeRef shape, ShapeRef target) {
  int64_t open = -1;
  Shape result(target), known;
  for (auto [i, extent] : llvm::enumerate(target)) {
    if (extent == -1 && open >= 0)
      return shapeError("newshape has more than one -1 [N316]");
    if (extent == 0 || extent < -1)
      return shapeError("newshape has the extent " + Twine(extent) + " [N316]");
    if (extent == -1)
      open = int64_t(i);
    else
      known.push_back(extent);
  }
  auto needed = checkedProduct(known);
  if (!needed)
    return needed.takeError();
  auto count = countAll(shape);
  if (!count)
    return count.takeError();
  if (*count == kDynamic) {
    if (open >= 0)
      result[open] = kDynamic;
    return result;
  }
  if (open >= 0 ? *count % *needed != 0 : *count != *needed)
    return shapeError("cannot make " + toString(target) + " of " +
                      toString(shape) + ": " + Twine(*needed) + " against " +
                      Twine(*count) + " elements [N316]");
  if (open >= 0)
    result[open] = *count / *needed;
  return result;
}

Expected<SmallVector<int64_t>>
nn::numpyTranspose(std::optional<ArrayRef<int64_t>> axes, int64_t rank) {
  auto order = numpyAxes(axes, rank);
  if (!order)
    return order.takeError();
  if (!axes)
    std::reverse(order->begin(), order->end());
  if (int64_t(order->size()) != rank)
    return shapeError("axes must name each of " + Twine(rank) +
                      " axes once [N309]");
  return order;
}

Expected<SmallVector<int64_t>> nn::numpyMoveAxes(ArrayRef<int64_t> source,
                                                 ArrayRef<int64_t> destination,
                                                 int64_t rank) {
  auto from = numpyAxes(source, rank);
  if (!from)
    return from.takeError();
  auto to = numpyAxes(destination, rank);
  if (!to)
    return to.takeError();
  if (from->size() != to->size())
    return shapeError(
        "source and destination name different numbers of axes [N309]");
  SmallVector<std::pair<int64_t, int64_t>> moves;
  for (auto [axis, place] : llvm::zip_equal(*from, *to))
    moves.push_back({place, axis});
  llvm::sort(moves);
  SmallVector<int64_t> order;
  for (int64_t axis = 0; axis < rank; ++axis)
    if (!llvm::is_contained(*from, axis))
      order.push_back(axis);
  for (auto [place, axis] : moves)
    order.insert(order.begin() + place, axis);
  return order;
}

ShapeOr nn::numpyExpandDims(ShapeRef shape, ArrayRef<int64_t> axes) {
  int64_t rank = int64_t(shape.size() + axes.size());
  auto places = numpyAxes(axes, rank);
  if (!places)
    return places.takeError();
  Shape result;
  for (int64_t axis = 0; axis < rank; ++axis) {
    if (llvm::is_contained(*places, axis)) {
      result.push_back(1);
      continue;
    }
    result.push_back(shape.front());
    shape = shape.drop_front();
  }
  return result;
}

ShapeOr nn::numpySqueeze(ShapeRef shape,
                         std::optional<ArrayRef<int64_t>> axes) {
  auto gone = numpyAxes(axes, int64_t(shape.size()));
  if (!gone)
    return gone.takeError();
  Shape result;
  for (auto [axis, extent] : llvm::enumerate(shape)) {
    bool named = llvm::is_contained(*gone, int64_t(axis));
    if (axes && named && extent != 1)
      return shapeError("axis " + Twine(axis) + " of " + toString(shape) +
                        " cannot be left out: its extent is not 1 [N309]");
    // Without axes Keras asks the model's shapes, in which the batch is open.
    if (!named || extent != 1 || (!axes && axis == 0))
      result.push_back(extent);
  }
  return result;
}

ShapeOr nn::numpyConcatenate(ArrayRef<Shape> shapes, int64_t axis) {
  Shape result = shapes.front();
  auto normalized =
      normalizeAxis(axis, int64_t(result.size()), /*allowBatch=*/true);
  if (!normalized)
    return normalized.takeError();
  for (const Shape &shape : shapes.drop_front()) {
    bool fits = shape.size() == result.size();
    for (size_t i = 0; fits && i < shape.size(); ++i) {
      if (int64_t(i) == *normalized)
        continue;
      fits = shape[i] == result[i] || shape[i] == kDynamic ||
             result[i] == kDynamic;
      if (result[i] == kDynamic)
        result[i] = shape[i];
    }
    if (!fits)
      return shapeError("inputs must agree in all axes but " + Twine(axis) +
                        ", but got " + toString(shapes.front()) + " and " +
                        toString(shape) + " [N308]");
    auto sum = addExtents(result[*normalized], shape[*normalized]);
    if (!sum)
      return sum.takeError();
    result[*normalized] = *sum;
  }
  return result;
}

ShapeOr nn::numpyBroadcastTo(ShapeRef shape, ShapeRef target) {
  if (target.size() < shape.size())
    return shapeError("cannot repeat " + toString(shape) + " to " +
                      Twine(target.size()) + " axes [N316]");
  Shape result(target);
  size_t missing = target.size() - shape.size();
  for (auto [i, extent] : llvm::enumerate(result)) {
    int64_t own = i < missing ? 1 : shape[i - missing];
    if (extent == -1)
      extent = own;
    if (extent < 1 && extent != kDynamic)
      return shapeError("shape has the extent " + Twine(extent) + " [N316]");
    if (own != 1 && own != kDynamic && own != extent)
      return shapeError("cannot repeat " + toString(shape) + " to " +
                        toString(target) + " [N316]");
  }
  return result;
}

Expected<SmallVector<std::pair<int64_t, int64_t>>>
nn::numpyPadWidths(mlir::Attribute padWidth, int64_t rank) {
  Numbers numbers = *getNumbers(padWidth);
  SmallVector<int64_t> widths;
  for (double width : numbers.values) {
    if (width < 0 || width > double(kMaxElements) ||
        width != double(int64_t(width)))
      return shapeError("pad_width expects integers of at least 0 [N304]");
    widths.push_back(int64_t(width));
  }
  ShapeRef shape = numbers.shape;
  SmallVector<std::pair<int64_t, int64_t>> result;
  if (widths.size() == 1)
    result.assign(rank, {widths[0], widths[0]});
  else if (widths.size() == 2 && (shape.size() == 1 || shape[0] == 1))
    result.assign(rank, {widths[0], widths[1]});
  else if (shape.size() == 2 && shape[0] == rank && shape[1] == 2)
    for (int64_t i = 0; i < rank; ++i)
      result.push_back({widths[2 * i], widths[2 * i + 1]});
  else
    return shapeError("pad_width expects a pair for each of " + Twine(rank) +
                      " axes, but has the shape " + toString(shape) +
                      " [N304]");
  return result;
}

size_t nn::countParts(mlir::Attribute indicesOrSections) {
  if (auto places = llvm::dyn_cast<mlir::DenseI64ArrayAttr>(indicesOrSections))
    return size_t(places.size()) + 1;
  int64_t count = llvm::cast<mlir::IntegerAttr>(indicesOrSections).getInt();
  return size_t(std::clamp<int64_t>(count, 1, 1 << 20));
}

Expected<SmallVector<int64_t>> nn::numpySplit(mlir::Attribute indicesOrSections,
                                              int64_t extent) {
  if (extent == kDynamic)
    return shapeError("cannot split an axis of unknown extent [N303]");
  auto places = llvm::dyn_cast<mlir::DenseI64ArrayAttr>(indicesOrSections);
  if (!places) {
    int64_t count = llvm::cast<mlir::IntegerAttr>(indicesOrSections).getInt();
    if (count < 1 || extent % count != 0)
      return shapeError("cannot split an axis of " + Twine(extent) + " into " +
                        Twine(count) + " equal parts [N316]");
    return SmallVector<int64_t>(count, extent / count);
  }
  SmallVector<int64_t> sizes;
  int64_t last = 0;
  auto addPart = [&](int64_t end) {
    sizes.push_back(end - last);
    last = end;
  };
  for (int64_t place : places.asArrayRef())
    addPart(std::clamp<int64_t>(
        place < 0 ? std::max(place, -extent) + extent : place, 0, extent));
  addPart(extent);
  if (llvm::any_of(sizes, [](int64_t size) { return size <= 0; }))
    return shapeError("splits an axis of " + Twine(extent) +
                      " into parts of which one is empty [N307]");
  return sizes;
}
