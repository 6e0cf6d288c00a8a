//===- LoweringUtils.h - small builders that all layers share ---*- C++ -*-===//
//
// Everything here builds static tensors at the builder's insertion point and
// location. Shapes are whole, the batch first. Loops run in the order of the
// iterators, outermost first, so the order of every sum can be read off the
// call.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_LOWERING_LOWERINGUTILS_H
#define NNC_COMPILER_LOWERING_LOWERINGUTILS_H

#include "dialect/NNOps.h"
#include "mlir/Dialect/Utils/StructuredOpsUtils.h"
#include "mlir/IR/AffineMap.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"

namespace nnc {

using Shape = nn::Shape;
using ShapeRef = nn::ShapeRef;

/// A builder at a layer: everything it makes has the layer's location.
class LayerBuilder : public mlir::ImplicitLocOpBuilder {
public:
  LayerBuilder(mlir::Location loc, const mlir::OpBuilder &at,
               llvm::SmallVectorImpl<mlir::Value> &statuses)
      : mlir::ImplicitLocOpBuilder(loc, at), statuses(statuses) {}

  /// An i32 that the body returns unless it is 0. It must be defined at the top
  /// level of the body's function.
  void addStatus(mlir::Value status) { statuses.push_back(status); }

private:
  llvm::SmallVectorImpl<mlir::Value> &statuses;
};

/// A builder with a location; a LayerBuilder is one.
using LocBuilder = mlir::ImplicitLocOpBuilder;

/// The body of an elementwise computation or a reduction on scalars.
using ScalarBody =
    llvm::function_ref<mlir::Value(LocBuilder &, mlir::ValueRange)>;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// The type and the shape of a value that is a static tensor.
mlir::RankedTensorType typeOf(mlir::Value tensor);
ShapeRef shapeOf(mlir::Value tensor);
int64_t rankOf(mlir::Value tensor);
mlir::Type elementOf(mlir::Value tensor);

/// `axis` counted from 0 where it may count from the end.
inline int64_t fromStart(int64_t axis, int64_t rank) {
  return axis < 0 ? axis + rank : axis;
}

//===----------------------------------------------------------------------===//
// Scalars and new tensors
//===----------------------------------------------------------------------===//

/// A scalar constant of type `type`, f32 if left out.
mlir::Value scalar(LocBuilder &b, double value, mlir::Type type = {});

/// Which side of a cast has unsigned integers.
struct Signs {
  bool fromUnsigned = false, toUnsigned = false;
};

/// A scalar in another element type, as `ops.cast` converts it: floats to
/// integers towards zero, what is out of bounds to the nearest there is, NaN to
/// 0; to a truth value whether it is not 0.
mlir::Value castScalar(LocBuilder &b, mlir::Value x, mlir::Type to,
                       Signs signs = {});

mlir::Value empty(LocBuilder &b, mlir::Type type);
mlir::Value fill(LocBuilder &b, mlir::RankedTensorType type, double value);
/// Zeros of element type `type`.
mlir::Value zeros(LocBuilder &b, ShapeRef shape, mlir::Type type);

/// A constant of float type `type`, row-major; values are rounded to it.
mlir::Value constantTensor(LocBuilder &b, ShapeRef shape,
                           llvm::ArrayRef<double> values, mlir::Type type);

//===----------------------------------------------------------------------===//
// Weights
//===----------------------------------------------------------------------===//

/// The layer's weight, which must exist, as a tensor.
mlir::Value weight(LocBuilder &b, nn::LayerOpInterface layer,
                   llvm::StringRef name);

/// The values of the layer's weight as they are known now.
llvm::SmallVector<double> weightValues(nn::LayerOpInterface layer,
                                       llvm::StringRef name);

/// A new weight computed at compile time from those of the layer, of the type
/// of its weight `sibling` and named beside it: `@mlp.bn.gamma` →
/// `@mlp.bn.<name>`. Bodies that ask for the same values share it.
mlir::Value derivedWeight(LocBuilder &b, nn::LayerOpInterface layer,
                          llvm::StringRef sibling, llvm::StringRef name,
                          ShapeRef shape, llvm::ArrayRef<double> values);

/// Every element in another type, as castScalar converts it.
mlir::Value castTensor(LocBuilder &b, mlir::Value tensor, mlir::Type to,
                       Signs signs = {});

//===----------------------------------------------------------------------===//
// Elementwise, reductions, contractions
//===----------------------------------------------------------------------===//

/// body over inputs that broadcast to `shape` as in numpy: aligned at the last
/// axis, extents of 1 repeat. The result has the element type that the body
/// yields, which must be `elementType` (the first input's if left out).
mlir::Value elementwise(LocBuilder &b, ShapeRef shape, mlir::ValueRange inputs,
                        ScalarBody body, mlir::Type elementType = {});

/// The same over one tensor.
mlir::Value map(LocBuilder &b, mlir::Value input, ScalarBody body);

/// An input whose axis i lies along axis `axes[i]` of the result.
struct Placed {
  mlir::Value tensor;
  llvm::SmallVector<int64_t> axes;
};
mlir::Value elementwise(LocBuilder &b, ShapeRef shape,
                        llvm::ArrayRef<Placed> inputs, ScalarBody body,
                        mlir::Type elementType = {});

/// body(element, accumulator) over `axes`, which vanish from the shape; starts
/// at `init`.
mlir::Value reduce(LocBuilder &b, mlir::Value input,
                   llvm::ArrayRef<int64_t> axes, double init, ScalarBody body);
/// Sums, maxima and minima over `axes`. A maximum with a NaN is NaN.
mlir::Value reduceSum(LocBuilder &b, mlir::Value input,
                      llvm::ArrayRef<int64_t> axes);
mlir::Value reduceMax(LocBuilder &b, mlir::Value input,
                      llvm::ArrayRef<int64_t> axes);
mlir::Value reduceMin(LocBuilder &b, mlir::Value input,
                      llvm::ArrayRef<int64_t> axes);

/// body(elements of the inputs…, accumulator) from `init`, over iterators of
/// which `reductions` says whether they are reduced. One map per input, the
/// result's last. The result has the element type that the body yields, which
/// must be `elementType` (the first input's if left out).
mlir::Value accumulate(LocBuilder &b, mlir::ValueRange inputs, ShapeRef shape,
                       double init, llvm::ArrayRef<mlir::AffineMap> maps,
                       llvm::ArrayRef<bool> reductions, ScalarBody body,
                       mlir::Type elementType = {});

/// acc + lhs · rhs from zero. One map per operand and the result's last, over
/// the iterators; `reductions` says which iterators are summed over.
mlir::Value contract(LocBuilder &b, mlir::Value lhs, mlir::Value rhs,
                     ShapeRef shape, llvm::ArrayRef<mlir::AffineMap> maps,
                     llvm::ArrayRef<bool> reductions);
/// [m, k] · [k, n], the columns innermost.
mlir::Value matmul(LocBuilder &b, mlir::Value lhs, mlir::Value rhs);

/// The same of integers, whose products are added as integers of type `type`.
mlir::Value integerMatmul(LocBuilder &b, mlir::Value lhs, mlir::Value rhs,
                          mlir::IntegerType type);

mlir::Value add(LocBuilder &b, mlir::Value lhs, mlir::Value rhs);
/// tensor + bias along its last axis.
mlir::Value addBias(LocBuilder &b, mlir::Value tensor, mlir::Value bias);

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//

/// The same elements, row-major, in another shape.
mlir::Value reshape(LocBuilder &b, mlir::Value tensor, ShapeRef shape);
/// Axis i of the result is axis permutation[i] of the input.
mlir::Value transpose(LocBuilder &b, mlir::Value tensor,
                      llvm::ArrayRef<int64_t> permutation);
/// (batch, channels, …) ↔ (batch, …, channels).
mlir::Value toChannelsLast(LocBuilder &b, mlir::Value tensor);
mlir::Value toChannelsFirst(LocBuilder &b, mlir::Value tensor);
/// Each element of axis first + i counts[i] times in a row.
mlir::Value repeatAxes(LocBuilder &b, mlir::Value tensor, int64_t first,
                       llvm::ArrayRef<int64_t> counts);
/// Adds low[i] and high[i] elements of `value` to axis i.
mlir::Value pad(LocBuilder &b, mlir::Value tensor, llvm::ArrayRef<int64_t> low,
                llvm::ArrayRef<int64_t> high, double value);
/// The part of `sizes` that begins at `offsets`.
mlir::Value slice(LocBuilder &b, mlir::Value tensor,
                  llvm::ArrayRef<int64_t> offsets, ShapeRef sizes);
/// `size` elements of one axis from `offset` on.
mlir::Value sliceAxis(LocBuilder &b, mlir::Value tensor, int64_t axis,
                      int64_t offset, int64_t size);
/// `into` with `tensor` written at `offsets`.
mlir::Value insert(LocBuilder &b, mlir::Value tensor, mlir::Value into,
                   llvm::ArrayRef<int64_t> offsets);

} // namespace nnc

#endif // NNC_COMPILER_LOWERING_LOWERINGUTILS_H
