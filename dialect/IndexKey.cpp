//===- IndexKey.cpp - x[…] as Python writes it ----------------------------===//
//
// Python's rules: negative places count from the end, slices are cut to what
// there is, `...` stands for all axes that nothing else names.
//
//===----------------------------------------------------------------------===//

#include "dialect/IndexKey.h"

#include "llvm/ADT/STLExtras.h"

using namespace nnc;
using namespace nnc::nn;
using llvm::ArrayRef;
using llvm::Error;
using llvm::Expected;
using llvm::SmallVector;
using llvm::StringRef;
using llvm::Twine;

using Kind = IndexItem::Kind;

static Error unreadable(StringRef text) {
  return shapeError("key '" + Twine(text) +
                    "' is no integer, slice, 'None' or '...' [N317]");
}

/// "start:stop:step", each of which may be missing or None.
static Expected<IndexItem> parseSlice(StringRef text) {
  IndexItem item{Kind::Slice, {}, {}, {}};
  SmallVector<StringRef> parts;
  text.split(parts, ':');
  if (parts.size() > 3)
    return unreadable(text);
  std::optional<int64_t> *fields[] = {&item.start, &item.stop, &item.step};
  for (auto [part, field] : llvm::zip(parts, fields)) {
    part = part.trim();
    int64_t value;
    if (part.empty() || part == "None")
      continue;
    if (part.getAsInteger(10, value))
      return unreadable(text);
    *field = value;
  }
  if (item.step == 0)
    return shapeError("key '" + Twine(text) + "' has a step of 0 [N317]");
  return item;
}

Expected<SmallVector<IndexItem>> nn::parseIndexKey(StringRef key) {
  key = key.trim();
  if (key.size() > 1 && key.front() == '(' && key.back() == ')')
    key = key.drop_front().drop_back();
  SmallVector<StringRef> parts;
  key.split(parts, ',');
  if (parts.size() > 1 && parts.back().trim().empty())
    parts.pop_back(); // Python's (0,)
  SmallVector<IndexItem> items;
  for (StringRef part : parts) {
    part = part.trim();
    int64_t value;
    if (part == "...") {
      items.push_back({Kind::Ellipsis, {}, {}, {}});
    } else if (part == "None") {
      items.push_back({Kind::NewAxis, {}, {}, {}});
    } else if (part.contains(':')) {
      auto slice = parseSlice(part);
      if (!slice)
        return slice.takeError();
      items.push_back(*slice);
    } else if (!part.getAsInteger(10, value)) {
      items.push_back({Kind::Integer, value, {}, {}});
    } else {
      return unreadable(part);
    }
  }
  return items;
}

/// A bound of a slice, counted from the start and cut to [low, high].
static int64_t clampBound(std::optional<int64_t> bound, int64_t extent,
                          int64_t otherwise, int64_t low, int64_t high) {
  if (!bound)
    return otherwise;
  int64_t place = *bound < 0 ? std::max(*bound, -extent - 1) + extent : *bound;
  return std::clamp(place, low, high);
}

/// What a slice takes of an axis. An axis of unknown extent is taken whole, or
/// an unknown part of it.
static AxisIndex resolveSlice(const IndexItem &item, int64_t extent) {
  int64_t step = item.step.value_or(1);
  if (extent == kDynamic) {
    bool whole = item.start.value_or(0) == 0 && !item.stop && step == 1;
    return {whole ? 0 : 1, step, kDynamic};
  }
  AxisIndex index{0, step, 0};
  uint64_t distance = step > 0 ? uint64_t(step) : -uint64_t(step);
  if (step > 0) {
    index.start = clampBound(item.start, extent, 0, 0, extent);
    int64_t stop = clampBound(item.stop, extent, extent, 0, extent);
    if (stop > index.start)
      index.size = int64_t(uint64_t(stop - index.start - 1) / distance) + 1;
  } else {
    index.start = clampBound(item.start, extent, extent - 1, -1, extent - 1);
    int64_t stop = clampBound(item.stop, extent, -1, -1, extent - 1);
    if (stop < index.start)
      index.size = int64_t(uint64_t(index.start - stop - 1) / distance) + 1;
  }
  return index;
}

static Expected<AxisIndex> resolveInteger(int64_t place, int64_t extent) {
  if (extent == kDynamic)
    return AxisIndex{place, 1, 1};
  if (place < -extent || place >= extent)
    return shapeError("index " + Twine(place) + " is outside an axis of " +
                      Twine(extent) + " [N317]");
  return AxisIndex{place < 0 ? place + extent : place, 1, 1};
}

/// The key with as many whole slices as axes in the place of `...`, or at the
/// end.
static Expected<SmallVector<IndexItem>> expandEllipsis(ArrayRef<IndexItem> key,
                                                       ShapeRef shape) {
  auto isEllipsis = [](const IndexItem &item) {
    return item.kind == Kind::Ellipsis;
  };
  size_t named = llvm::count_if(key, [](const IndexItem &item) {
    return item.kind == Kind::Integer || item.kind == Kind::Slice;
  });
  if (llvm::count_if(key, isEllipsis) > 1)
    return shapeError("key has more than one '...' [N317]");
  if (named > shape.size())
    return shapeError("key names " + Twine(named) + " axes of " +
                      toString(shape) + " [N317]");
  SmallVector<IndexItem> expanded(key);
  auto *place = llvm::find_if(expanded, isEllipsis);
  if (place != expanded.end())
    place = expanded.erase(place);
  expanded.insert(place, shape.size() - named,
                  IndexItem{Kind::Slice, {}, {}, {}});
  return expanded;
}

Expected<Indexing> nn::resolveIndex(ArrayRef<IndexItem> key, ShapeRef shape) {
  auto items = expandEllipsis(key, shape);
  if (!items)
    return items.takeError();
  Indexing indexing;
  for (const IndexItem &item : *items) {
    if (item.kind == Kind::NewAxis) {
      indexing.movesFirstAxis |= indexing.axes.empty();
      indexing.result.push_back(1);
      continue;
    }
    int64_t extent = shape[indexing.axes.size()];
    if (item.kind == Kind::Slice) {
      AxisIndex index = resolveSlice(item, extent);
      if (index.size == 0)
        return shapeError("takes nothing of an axis of " + Twine(extent) +
                          " [N317]");
      indexing.movesFirstAxis |=
          indexing.axes.empty() && !index.isWhole(extent);
      indexing.axes.push_back(index);
      indexing.result.push_back(index.size);
      continue;
    }
    auto index = resolveInteger(*item.start, extent);
    if (!index)
      return index.takeError();
    indexing.movesFirstAxis |= indexing.axes.empty();
    indexing.axes.push_back(*index);
  }
  return indexing;
}
