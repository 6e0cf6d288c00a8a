//===- IndexKey.h - x[…] as Python writes it --------------------*- C++ -*-===//
//
// Reads the key of an indexing, "..., 0, 1:5:2", and works out what it takes
// of a shape. Pure functions.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_DIALECT_INDEXKEY_H
#define NNC_DIALECT_INDEXKEY_H

#include "dialect/ShapeInference.h"
#include "llvm/ADT/StringRef.h"
#include <optional>

namespace nnc::nn {

/// One part of a key.
struct IndexItem {
  enum class Kind { Integer, Slice, Ellipsis, NewAxis };
  Kind kind;
  std::optional<int64_t> start, stop, step; ///< an integer is in `start`
};

/// Reads a key; the error says what of it is not understood.
llvm::Expected<llvm::SmallVector<IndexItem>> parseIndexKey(llvm::StringRef key);

/// What is taken of one axis of the input: `size` elements from `start`, `step`
/// apart. Unknown extents are taken whole, which kDynamic says.
struct AxisIndex {
  int64_t start = 0, step = 1, size = 0;
  bool isWhole(int64_t extent) const {
    return start == 0 && step == 1 && size == extent;
  }
};

/// What a key takes of a shape.
struct Indexing {
  llvm::SmallVector<AxisIndex> axes; ///< one for each axis of the input
  Shape result; ///< without the axes that integers take, with new ones
  bool movesFirstAxis = false; ///< axis 0 is not axis 0 of the result, whole
};

llvm::Expected<Indexing> resolveIndex(llvm::ArrayRef<IndexItem> key,
                                      ShapeRef shape);

} // namespace nnc::nn

#endif // NNC_DIALECT_INDEXKEY_H
