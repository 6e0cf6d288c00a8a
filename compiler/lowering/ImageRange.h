//===- ImageRange.h - the range of an image's values ------------*- C++ -*-===//
//
// Layers that change contrast count in values from 0 to 255 and bring others
// there and back.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_LOWERING_IMAGERANGE_H
#define NNC_COMPILER_LOWERING_IMAGERANGE_H

#include "compiler/lowering/LoweringUtils.h"

namespace nnc {

/// A layer's `value_range`.
struct ValueRangeKey {
  double low, high;
  bool operator==(const ValueRangeKey &other) const {
    return low == other.low && high == other.high;
  }
};

/// The key's numbers, [0, 255] where it is absent.
ValueRangeKey getValueRange(std::optional<mlir::Attribute> key);

/// A scalar of the range as one from 0 to 255, and back.
mlir::Value toBytes(LocBuilder &b, mlir::Value x, const ValueRangeKey &range);
mlir::Value fromBytes(LocBuilder &b, mlir::Value x, const ValueRangeKey &range);

} // namespace nnc

#endif // NNC_COMPILER_LOWERING_IMAGERANGE_H
