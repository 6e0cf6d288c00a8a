//===- LoweringUtils.cpp - small builders that all layers share -----------===//
//
// Thin wrappers that leave only what differs from layer to layer at the call:
// shapes, maps and scalar bodies. Nothing here knows a layer.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/LoweringUtils.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/ReshapeOpsUtils.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVectorExtras.h"
#include <cmath>

using namespace mlir;
using namespace nnc;

using utils::IteratorType;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

RankedTensorType nnc::typeOf(Value tensor) {
  return cast<RankedTensorType>(tensor.getType());
}

ShapeRef nnc::shapeOf(Value tensor) { return typeOf(tensor).getShape(); }

int64_t nnc::rankOf(Value tensor) { return typeOf(tensor).getRank(); }

Type nnc::elementOf(Value tensor) { return typeOf(tensor).getElementType(); }

//===----------------------------------------------------------------------===//
// Scalars and new tensors
//===----------------------------------------------------------------------===//

Value nnc::scalar(LocBuilder &b, double value, Type type) {
  if (!type)
    type = b.getF32Type();
  if (isa<FloatType>(type))
    return arith::ConstantOp::create(b, b.getFloatAttr(type, value));
  return arith::ConstantOp::create(b, b.getIntegerAttr(type, int64_t(value)));
}

/// `x` truncated towards zero, never outside `to`, where the conversion would
/// be undefined.
static Value floatToInteger(LocBuilder &b, Value x, IntegerType to,
                            bool toUnsigned) {
  unsigned bits = to.getWidth();
  auto compare = [&](arith::CmpFPredicate predicate, double limit) -> Value {
    return arith::CmpFOp::create(b, predicate, x,
                                 scalar(b, limit, x.getType()));
  };
  // Powers of two and 0, so that no float type rounds them.
  double low = toUnsigned ? 0.0 : -std::ldexp(1.0, int(bits) - 1);
  double end = std::ldexp(1.0, int(bits) - (toUnsigned ? 0 : 1));
  Value tooLarge = compare(arith::CmpFPredicate::OGE, end);
  Value aboveLow = compare(arith::CmpFPredicate::OGT, low);
  Value belowEnd = compare(arith::CmpFPredicate::OLT, end);
  Value inside =
      arith::SelectOp::create(b, aboveLow, x, scalar(b, low, x.getType()));
  // Neither is true of a NaN.
  inside =
      arith::SelectOp::create(b, belowEnd, inside, scalar(b, 0.0, x.getType()));
  Value converted;
  if (toUnsigned)
    converted = arith::FPToUIOp::create(b, to, inside);
  else
    converted = arith::FPToSIOp::create(b, to, inside);
  APInt largest =
      toUnsigned ? APInt::getMaxValue(bits) : APInt::getSignedMaxValue(bits);
  Value most = arith::ConstantOp::create(b, b.getIntegerAttr(to, largest));
  return arith::SelectOp::create(b, tooLarge, most, converted);
}

static Value isNotZero(LocBuilder &b, Value x) {
  Value zero = scalar(b, 0.0, x.getType());
  if (isa<FloatType>(x.getType()))
    return arith::CmpFOp::create(b, arith::CmpFPredicate::UNE, x, zero);
  return arith::CmpIOp::create(b, arith::CmpIPredicate::ne, x, zero);
}

/// Between floats. A double goes to a half without a stop at a float, which
/// would round twice.
static Value floatToFloat(LocBuilder &b, Value x, FloatType to) {
  if (x.getType().getIntOrFloatBitWidth() < to.getWidth())
    return arith::ExtFOp::create(b, to, x);
  if (x.getType().getIntOrFloatBitWidth() > to.getWidth())
    return arith::TruncFOp::create(b, to, x);
  // Between the two halves.
  return floatToFloat(b, arith::ExtFOp::create(b, b.getF32Type(), x), to);
}

static Value integerToFloat(LocBuilder &b, Value x, FloatType to,
                            bool fromUnsigned) {
  // Every integer that a half can hold is one that a float can hold.
  FloatType type = to.getWidth() < 32 ? b.getF32Type() : to;
  Value result;
  if (fromUnsigned)
    result = arith::UIToFPOp::create(b, type, x);
  else
    result = arith::SIToFPOp::create(b, type, x);
  return type == to ? result : floatToFloat(b, result, to);
}

static Value integerToInteger(LocBuilder &b, Value x, IntegerType to,
                              bool fromUnsigned) {
  if (x.getType().getIntOrFloatBitWidth() > to.getWidth())
    return arith::TruncIOp::create(b, to, x);
  if (x.getType().getIntOrFloatBitWidth() == to.getWidth())
    return x;
  if (fromUnsigned)
    return arith::ExtUIOp::create(b, to, x);
  return arith::ExtSIOp::create(b, to, x);
}

Value nnc::castScalar(LocBuilder &b, Value x, Type to, Signs signs) {
  if (x.getType() == to)
    return x;
  if (to.isInteger(1))
    return isNotZero(b, x);
  bool fromUnsigned = signs.fromUnsigned || x.getType().isInteger(1);
  auto toFloat = dyn_cast<FloatType>(to);
  auto fromFloat = dyn_cast<FloatType>(x.getType());
  if (!fromFloat)
    return toFloat
               ? integerToFloat(b, x, toFloat, fromUnsigned)
               : integerToInteger(b, x, cast<IntegerType>(to), fromUnsigned);
  if (toFloat)
    return floatToFloat(b, x, toFloat);
  // The limits of integers are no numbers of float16.
  if (fromFloat.getWidth() < 32)
    x = floatToFloat(b, x, b.getF32Type());
  return floatToInteger(b, x, cast<IntegerType>(to), signs.toUnsigned);
}

Value nnc::empty(LocBuilder &b, Type type) {
  auto tensor = cast<RankedTensorType>(type);
  return tensor::EmptyOp::create(b, tensor.getShape(), tensor.getElementType());
}

Value nnc::fill(LocBuilder &b, RankedTensorType type, double value) {
  Value element = scalar(b, value, type.getElementType());
  return linalg::FillOp::create(b, element, empty(b, type)).getResult(0);
}

Value nnc::zeros(LocBuilder &b, ShapeRef shape, Type type) {
  return fill(b, RankedTensorType::get(shape, type), 0.0);
}

/// The values rounded to a float type.
static DenseElementsAttr makeElements(ShapeRef shape, ArrayRef<double> values,
                                      Type type) {
  const llvm::fltSemantics &format = cast<FloatType>(type).getFloatSemantics();
  SmallVector<APFloat> rounded;
  for (double value : values) {
    bool inexact;
    rounded.emplace_back(value);
    rounded.back().convert(format, APFloat::rmNearestTiesToEven, &inexact);
  }
  return DenseElementsAttr::get(RankedTensorType::get(shape, type), rounded);
}

Value nnc::constantTensor(LocBuilder &b, ShapeRef shape,
                          ArrayRef<double> values, Type type) {
  return arith::ConstantOp::create(b, makeElements(shape, values, type));
}

//===----------------------------------------------------------------------===//
// Weights
//===----------------------------------------------------------------------===//

/// The global that a weight has become.
static memref::GlobalOp getGlobal(nn::LayerOpInterface layer, StringRef name) {
  return SymbolTable::lookupNearestSymbolFrom<memref::GlobalOp>(
      layer, nn::getWeightRef(layer, name));
}

static Value readGlobal(LocBuilder &b, memref::GlobalOp global) {
  MemRefType type = global.getType();
  Value buffer = memref::GetGlobalOp::create(b, type, global.getSymName());
  return bufferization::ToTensorOp::create(
      b, RankedTensorType::get(type.getShape(), type.getElementType()), buffer,
      /*restrict=*/true);
}

Value nnc::weight(LocBuilder &b, nn::LayerOpInterface layer, StringRef name) {
  return readGlobal(b, getGlobal(layer, name));
}

/// The elements of a blob, which the pass has checked to be as large as its
/// type says.
template <typename T>
static SmallVector<double> readBlob(DenseResourceElementsAttr value) {
  ArrayRef<char> bytes = value.getRawHandle().getBlob()->getData();
  SmallVector<T> elements(value.getType().getNumElements());
  std::memcpy(elements.data(), bytes.data(), elements.size() * sizeof(T));
  return SmallVector<double>(elements.begin(), elements.end());
}

SmallVector<double> nnc::weightValues(nn::LayerOpInterface layer,
                                      StringRef name) {
  Attribute value = *getGlobal(layer, name).getInitialValue();
  if (auto dense = dyn_cast<DenseElementsAttr>(value))
    return llvm::map_to_vector(
        dense.getValues<APFloat>(),
        [](const APFloat &element) { return element.convertToDouble(); });
  auto resource = cast<DenseResourceElementsAttr>(value);
  return resource.getElementType().isF64() ? readBlob<double>(resource)
                                           : readBlob<float>(resource);
}

Value nnc::derivedWeight(LocBuilder &b, nn::LayerOpInterface layer,
                         StringRef sibling, StringRef name, ShapeRef shape,
                         ArrayRef<double> values) {
  memref::GlobalOp source = getGlobal(layer, sibling);
  Type element = source.getType().getElementType();
  StringRef prefix = source.getSymName();
  prefix = prefix.take_front(prefix.rfind('.') + 1);
  DenseElementsAttr value = makeElements(shape, values, element);
  std::string symbol = (prefix + name).str();
  for (int64_t suffix = 1;; ++suffix) {
    Operation *taken =
        SymbolTable::lookupNearestSymbolFrom(source, b.getStringAttr(symbol));
    if (!taken)
      break;
    auto global = dyn_cast<memref::GlobalOp>(taken);
    if (global && global.getInitialValueAttr() == value)
      return readGlobal(b, global);
    symbol = (prefix + name + "_" + Twine(suffix)).str();
  }
  LocBuilder top(source.getLoc(), source->getContext());
  top.setInsertionPointAfter(source);
  auto global = memref::GlobalOp::create(
      top, symbol, b.getStringAttr("private"), MemRefType::get(shape, element),
      value, /*constant=*/true,
      /*alignment=*/IntegerAttr());
  return readGlobal(b, global);
}

//===----------------------------------------------------------------------===//
// Elementwise, reductions, contractions
//===----------------------------------------------------------------------===//

/// A linalg.generic with one result; the body gets the inputs' elements, then
/// the result's.
static Value generic(LocBuilder &b, ValueRange inputs, Value init,
                     ArrayRef<AffineMap> maps, ArrayRef<IteratorType> iterators,
                     ScalarBody body) {
  auto op = linalg::GenericOp::create(
      b, TypeRange(init.getType()), inputs, ValueRange(init), maps, iterators,
      [&](OpBuilder &inner, Location loc, ValueRange arguments) {
        LocBuilder at(loc, inner);
        linalg::YieldOp::create(at, body(at, arguments));
      });
  return op.getResult(0);
}

Value nnc::elementwise(LocBuilder &b, ShapeRef shape, ArrayRef<Placed> inputs,
                       ScalarBody body, Type elementType) {
  int64_t rank = shape.size();
  SmallVector<Value> tensors;
  SmallVector<AffineMap> maps;
  for (const Placed &input : inputs) {
    SmallVector<AffineExpr> exprs;
    for (auto [extent, axis] :
         llvm::zip_equal(shapeOf(input.tensor), input.axes))
      exprs.push_back(extent == 1 && shape[axis] != 1
                          ? b.getAffineConstantExpr(0)
                          : b.getAffineDimExpr(axis));
    tensors.push_back(input.tensor);
    maps.push_back(AffineMap::get(rank, 0, exprs, b.getContext()));
  }
  maps.push_back(b.getMultiDimIdentityMap(rank));
  if (!elementType)
    elementType = typeOf(inputs.front().tensor).getElementType();
  Value init = empty(b, RankedTensorType::get(shape, elementType));
  SmallVector<IteratorType> iterators(rank, IteratorType::parallel);
  return generic(b, tensors, init, maps, iterators,
                 [&](LocBuilder &at, ValueRange arguments) {
                   return body(at, arguments.drop_back());
                 });
}

Value nnc::elementwise(LocBuilder &b, ShapeRef shape, ValueRange inputs,
                       ScalarBody body, Type elementType) {
  SmallVector<Placed> placed;
  for (Value input : inputs) {
    int64_t missing = int64_t(shape.size()) - rankOf(input);
    placed.push_back({input, llvm::to_vector(llvm::seq<int64_t>(
                                 missing, int64_t(shape.size())))});
  }
  return elementwise(b, shape, placed, body, elementType);
}

Value nnc::map(LocBuilder &b, Value input, ScalarBody body) {
  return elementwise(b, shapeOf(input), ValueRange(input), body);
}

Value nnc::castTensor(LocBuilder &b, Value tensor, Type to, Signs signs) {
  if (elementOf(tensor) == to)
    return tensor;
  return elementwise(
      b, shapeOf(tensor), ValueRange(tensor),
      [&](LocBuilder &at, ValueRange x) {
        return castScalar(at, x[0], to, signs);
      },
      to);
}

Value nnc::reduce(LocBuilder &b, Value input, ArrayRef<int64_t> axes,
                  double init, ScalarBody body) {
  RankedTensorType type = typeOf(input);
  SmallVector<bool> reductions;
  SmallVector<AffineExpr> kept;
  Shape shape;
  for (int64_t axis = 0; axis < type.getRank(); ++axis) {
    reductions.push_back(llvm::is_contained(axes, axis));
    if (reductions.back())
      continue;
    kept.push_back(b.getAffineDimExpr(axis));
    shape.push_back(type.getDimSize(axis));
  }
  AffineMap maps[] = {b.getMultiDimIdentityMap(type.getRank()),
                      AffineMap::get(type.getRank(), 0, kept, b.getContext())};
  return accumulate(b, ValueRange(input), shape, init, maps, reductions, body);
}

Value nnc::reduceSum(LocBuilder &b, Value input, ArrayRef<int64_t> axes) {
  return reduce(b, input, axes, 0.0, [](LocBuilder &at, ValueRange x) {
    return arith::AddFOp::create(at, x[1], x[0]);
  });
}

Value nnc::reduceMax(LocBuilder &b, Value input, ArrayRef<int64_t> axes) {
  double lowest = -std::numeric_limits<double>::infinity();
  return reduce(b, input, axes, lowest, [](LocBuilder &at, ValueRange x) {
    return arith::MaximumFOp::create(at, x[1], x[0]);
  });
}

Value nnc::reduceMin(LocBuilder &b, Value input, ArrayRef<int64_t> axes) {
  double highest = std::numeric_limits<double>::infinity();
  return reduce(b, input, axes, highest, [](LocBuilder &at, ValueRange x) {
    return arith::MinimumFOp::create(at, x[1], x[0]);
  });
}

Value nnc::accumulate(LocBuilder &b, ValueRange inputs, ShapeRef shape,
                      double init, ArrayRef<AffineMap> maps,
                      ArrayRef<bool> reductions, ScalarBody body,
                      Type elementType) {
  SmallVector<IteratorType> iterators;
  for (bool reduction : reductions)
    iterators.push_back(reduction ? IteratorType::reduction
                                  : IteratorType::parallel);
  if (!elementType)
    elementType = typeOf(inputs.front()).getElementType();
  auto type = RankedTensorType::get(shape, elementType);
  return generic(b, inputs, fill(b, type, init), maps, iterators, body);
}

Value nnc::contract(LocBuilder &b, Value lhs, Value rhs, ShapeRef shape,
                    ArrayRef<AffineMap> maps, ArrayRef<bool> reductions) {
  return accumulate(b, ValueRange{lhs, rhs}, shape, 0.0, maps, reductions,
                    [](LocBuilder &at, ValueRange x) {
                      Value product = arith::MulFOp::create(at, x[0], x[1]);
                      return arith::AddFOp::create(at, x[2], product);
                    });
}

/// The maps of a product of matrices over (row, summed, column).
static SmallVector<AffineMap> matmulMaps(LocBuilder &b) {
  AffineExpr m = b.getAffineDimExpr(0), k = b.getAffineDimExpr(1),
             n = b.getAffineDimExpr(2);
  auto map = [&](AffineExpr row, AffineExpr column) {
    return AffineMap::get(3, 0, {row, column}, b.getContext());
  };
  return {map(m, k), map(k, n), map(m, n)};
}

Value nnc::matmul(LocBuilder &b, Value lhs, Value rhs) {
  return contract(b, lhs, rhs, {shapeOf(lhs)[0], shapeOf(rhs)[1]},
                  matmulMaps(b), {false, true, false});
}

Value nnc::integerMatmul(LocBuilder &b, Value lhs, Value rhs,
                         IntegerType type) {
  auto result = RankedTensorType::get({shapeOf(lhs)[0], shapeOf(rhs)[1]}, type);
  IteratorType iterators[] = {IteratorType::parallel, IteratorType::reduction,
                              IteratorType::parallel};
  return generic(b, ValueRange{lhs, rhs}, fill(b, result, 0.0), matmulMaps(b),
                 iterators, [&](LocBuilder &at, ValueRange x) -> Value {
                   Value a = castScalar(at, x[0], type);
                   Value w = castScalar(at, x[1], type);
                   return arith::AddIOp::create(
                       at, x[2], arith::MulIOp::create(at, a, w));
                 });
}

Value nnc::add(LocBuilder &b, Value lhs, Value rhs) {
  return elementwise(b, shapeOf(lhs), ValueRange{lhs, rhs},
                     [](LocBuilder &at, ValueRange x) {
                       return arith::AddFOp::create(at, x[0], x[1]);
                     });
}

Value nnc::addBias(LocBuilder &b, Value tensor, Value bias) {
  return add(b, tensor, bias);
}

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//

/// One expand_shape or collapse_shape; null where one is not enough.
static Value reshapeOnce(LocBuilder &b, Value tensor, ShapeRef shape) {
  RankedTensorType from = typeOf(tensor);
  auto to = RankedTensorType::get(shape, from.getElementType());
  if (from == to)
    return tensor;
  if (from.getRank() == to.getRank())
    return {};
  auto groups = getReassociationIndicesForReshape(from, to);
  if (!groups)
    return {};
  if (from.getRank() > to.getRank())
    return tensor::CollapseShapeOp::create(b, to, tensor, *groups);
  return tensor::ExpandShapeOp::create(b, to, tensor, *groups);
}

Value nnc::reshape(LocBuilder &b, Value tensor, ShapeRef shape) {
  if (Value done = reshapeOnce(b, tensor, shape))
    return done;
  Value flat = reshapeOnce(b, tensor, {typeOf(tensor).getNumElements()});
  return reshapeOnce(b, flat, shape);
}

Value nnc::transpose(LocBuilder &b, Value tensor,
                     ArrayRef<int64_t> permutation) {
  if (llvm::is_sorted(permutation))
    return tensor;
  Shape shape;
  for (int64_t axis : permutation)
    shape.push_back(shapeOf(tensor)[axis]);
  auto type = RankedTensorType::get(shape, typeOf(tensor).getElementType());
  return linalg::TransposeOp::create(b, tensor, empty(b, type), permutation)
      ->getResult(0);
}

Value nnc::toChannelsLast(LocBuilder &b, Value tensor) {
  SmallVector<int64_t> permutation = {0};
  llvm::append_range(permutation, llvm::seq<int64_t>(2, rankOf(tensor)));
  permutation.push_back(1);
  return transpose(b, tensor, permutation);
}

Value nnc::toChannelsFirst(LocBuilder &b, Value tensor) {
  SmallVector<int64_t> permutation = {0, rankOf(tensor) - 1};
  llvm::append_range(permutation, llvm::seq<int64_t>(1, rankOf(tensor) - 1));
  return transpose(b, tensor, permutation);
}

Value nnc::repeatAxes(LocBuilder &b, Value tensor, int64_t first,
                      ArrayRef<int64_t> counts) {
  if (llvm::all_of(counts, [](int64_t count) { return count == 1; }))
    return tensor;
  // Repetition is a broadcast into an axis of its own that a view then merges.
  Shape wide, merged(shapeOf(tensor));
  Placed source{tensor, {}};
  for (auto [axis, extent] : llvm::enumerate(shapeOf(tensor))) {
    source.axes.push_back(int64_t(wide.size()));
    wide.push_back(extent);
    int64_t i = int64_t(axis) - first;
    if (i < 0 || i >= int64_t(counts.size()))
      continue;
    wide.push_back(counts[i]);
    merged[axis] *= counts[i];
  }
  auto copy = [](LocBuilder &, ValueRange elements) { return elements[0]; };
  return reshape(b, elementwise(b, wide, source, copy), merged);
}

Value nnc::pad(LocBuilder &b, Value tensor, ArrayRef<int64_t> low,
               ArrayRef<int64_t> high, double value) {
  auto isZero = [](int64_t amount) { return amount == 0; };
  if (llvm::all_of(low, isZero) && llvm::all_of(high, isZero))
    return tensor;
  RankedTensorType type = typeOf(tensor);
  Shape shape;
  for (auto [extent, before, after] :
       llvm::zip_equal(type.getShape(), low, high))
    shape.push_back(before + extent + after);
  auto toFold = [&](ArrayRef<int64_t> amounts) {
    return getAsIndexOpFoldResult(b.getContext(), amounts);
  };
  Value element = scalar(b, value, type.getElementType());
  return tensor::PadOp::create(
      b, RankedTensorType::get(shape, type.getElementType()), tensor,
      toFold(low), toFold(high), element);
}

/// A stride of 1 along each of `rank` axes.
static SmallVector<OpFoldResult> unitStrides(LocBuilder &b, int64_t rank) {
  return SmallVector<OpFoldResult>(rank, b.getIndexAttr(1));
}

Value nnc::slice(LocBuilder &b, Value tensor, ArrayRef<int64_t> offsets,
                 ShapeRef sizes) {
  if (shapeOf(tensor) == sizes)
    return tensor;
  return tensor::ExtractSliceOp::create(
      b, tensor, getAsIndexOpFoldResult(b.getContext(), offsets),
      getAsIndexOpFoldResult(b.getContext(), sizes),
      unitStrides(b, rankOf(tensor)));
}

Value nnc::sliceAxis(LocBuilder &b, Value tensor, int64_t axis, int64_t offset,
                     int64_t size) {
  SmallVector<int64_t> offsets(rankOf(tensor), 0);
  Shape sizes(shapeOf(tensor));
  offsets[axis] = offset;
  sizes[axis] = size;
  return slice(b, tensor, offsets, sizes);
}

Value nnc::insert(LocBuilder &b, Value tensor, Value into,
                  ArrayRef<int64_t> offsets) {
  return tensor::InsertSliceOp::create(
      b, tensor, into, getAsIndexOpFoldResult(b.getContext(), offsets),
      getAsIndexOpFoldResult(b.getContext(), shapeOf(tensor)),
      unitStrides(b, rankOf(tensor)));
}
