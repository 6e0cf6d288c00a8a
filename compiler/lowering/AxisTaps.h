//===- AxisTaps.h - weighted elements along one axis ------------*- C++ -*-===//
//
// Resizing, adaptive pooling and their like make each element along an axis of
// a few elements of that axis, which ones is known when the model is compiled
// and follows no affine rule. A table says it.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_LOWERING_AXISTAPS_H
#define NNC_COMPILER_LOWERING_AXISTAPS_H

#include "compiler/lowering/LoweringUtils.h"

namespace nnc {

/// For each of `count` results the `taps` elements that it is made of, with a
/// weight each; row-major.
struct AxisTaps {
  AxisTaps(int64_t count, int64_t taps) : count(count), taps(taps) {}
  void push(int64_t index, double weight) {
    indices.push_back(int32_t(index));
    weights.push_back(weight);
  }

  int64_t count, taps;
  llvm::SmallVector<int32_t> indices;
  llvm::SmallVector<double> weights;
};

/// A constant tensor of floats of `type`, or of integers.
mlir::Value tableOf(LocBuilder &b, ShapeRef shape,
                    llvm::ArrayRef<double> values, mlir::Type type);
mlir::Value tableOf(LocBuilder &b, ShapeRef shape,
                    llvm::ArrayRef<int32_t> values);
mlir::Value tableOf(LocBuilder &b, ShapeRef shape,
                    llvm::ArrayRef<int64_t> values);

/// body(weight, element, accumulator) over the taps, in their order, from
/// `init`; the axis gets `taps.count` elements.
mlir::Value combineAlong(LocBuilder &b, mlir::Value input, int64_t axis,
                         const AxisTaps &taps, double init, ScalarBody body);

/// The weighted sums of the taps.
mlir::Value sumAlong(LocBuilder &b, mlir::Value input, int64_t axis,
                     const AxisTaps &taps);

/// Element indices[i] of the axis for element i, of any element type.
mlir::Value gatherAlong(LocBuilder &b, mlir::Value input, int64_t axis,
                        llvm::ArrayRef<int32_t> indices);

} // namespace nnc

#endif // NNC_COMPILER_LOWERING_AXISTAPS_H
