//===- NumpyShapes.h - numpy's shape rules as pure functions ----*- C++ -*-===//
//
// The shapes of keras.ops's functions, which know no batch: every axis is one
// like the others, kDynamic where its extent is open. Each function gives the
// result's shape or an error in one line, without the layer's name.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_DIALECT_NUMPYSHAPES_H
#define NNC_DIALECT_NUMPYSHAPES_H

#include "dialect/ShapeInference.h"
#include "mlir/IR/BuiltinAttributes.h"
#include <optional>

namespace nnc::nn {

/// `axes` counted from 0, in their order, or all axes; the first may be named.
/// An error if one is named twice or is outside.
llvm::Expected<llvm::SmallVector<int64_t>>
numpyAxes(std::optional<llvm::ArrayRef<int64_t>> axes, int64_t rank);

/// Aligned at the last axis; extents of 1 repeat.
ShapeOr numpyBroadcast(llvm::ArrayRef<Shape> shapes);

/// Without `axes`, or with 1 in their place.
ShapeOr numpyReduce(ShapeRef shape, std::optional<llvm::ArrayRef<int64_t>> axes,
                    bool keepdims);

/// The same elements in the shape `target`, in which one extent may be -1.
ShapeOr numpyReshape(ShapeRef shape, ShapeRef target);

/// Axis i of the result is this axis of the input: `axes`, or all backwards.
llvm::Expected<llvm::SmallVector<int64_t>>
numpyTranspose(std::optional<llvm::ArrayRef<int64_t>> axes, int64_t rank);
/// The same where axes `source` go to the places `destination`.
llvm::Expected<llvm::SmallVector<int64_t>>
numpyMoveAxes(llvm::ArrayRef<int64_t> source,
              llvm::ArrayRef<int64_t> destination, int64_t rank);

/// With axes of extent 1 that have the places `axes` in the result.
ShapeOr numpyExpandDims(ShapeRef shape, llvm::ArrayRef<int64_t> axes);
/// Without `axes`, whose extents are 1; by default all such but the first axis.
ShapeOr numpySqueeze(ShapeRef shape,
                     std::optional<llvm::ArrayRef<int64_t>> axes);

/// One behind the other along `axis`.
ShapeOr numpyConcatenate(llvm::ArrayRef<Shape> shapes, int64_t axis);

/// `shape` repeated to `target`, in which -1 stands for what there is.
ShapeOr numpyBroadcastTo(ShapeRef shape, ShapeRef target);

/// What is added before and after each axis, from a key `pad_width` in any of
/// numpy's forms: one number, a pair, or one pair for each axis.
llvm::Expected<llvm::SmallVector<std::pair<int64_t, int64_t>>>
numpyPadWidths(mlir::Attribute padWidth, int64_t rank);

/// The extents of the parts into which an axis of `extent` is split: so many
/// equal ones for an integer, those between places for a list.
llvm::Expected<llvm::SmallVector<int64_t>>
numpySplit(mlir::Attribute indicesOrSections, int64_t extent);
/// How many they are.
size_t countParts(mlir::Attribute indicesOrSections);

/// The product of an extent and a count, kDynamic where the extent is open.
llvm::Expected<int64_t> multiplyExtent(int64_t extent, int64_t count);

/// The sum of two extents, kDynamic where one is open.
llvm::Expected<int64_t> addExtents(int64_t first, int64_t second);

/// All elements, kDynamic where an extent is open.
llvm::Expected<int64_t> countAll(ShapeRef shape);

} // namespace nnc::nn

#endif // NNC_DIALECT_NUMPYSHAPES_H
