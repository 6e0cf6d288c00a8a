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

RankedTensorType nnc::f32Tensor(LocBuilder &b, ShapeRef shape) {
  return RankedTensorType::get(shape, b.getF32Type());
}

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

Value nnc::empty(LocBuilder &b, Type type) {
  auto tensor = cast<RankedTensorType>(type);
  return tensor::EmptyOp::create(b, tensor.getShape(), tensor.getElementType());
}

Value nnc::fill(LocBuilder &b, RankedTensorType type, double value) {
  Value element = scalar(b, value, type.getElementType());
  return linalg::FillOp::create(b, element, empty(b, type)).getResult(0);
}

Value nnc::zeros(LocBuilder &b, ShapeRef shape) {
  return fill(b, f32Tensor(b, shape), 0.0);
}

Value nnc::constantTensor(LocBuilder &b, ShapeRef shape,
                          ArrayRef<float> values) {
  return arith::ConstantOp::create(
      b, DenseElementsAttr::get(f32Tensor(b, shape), values));
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

SmallVector<float> nnc::weightValues(nn::LayerOpInterface layer,
                                     StringRef name) {
  Attribute value = *getGlobal(layer, name).getInitialValue();
  if (auto dense = dyn_cast<DenseElementsAttr>(value))
    return llvm::to_vector(dense.getValues<float>());
  // The pass has checked that the blob is as large as its type says.
  auto resource = cast<DenseResourceElementsAttr>(value);
  ArrayRef<char> bytes = resource.getRawHandle().getBlob()->getData();
  SmallVector<float> values(resource.getType().getNumElements());
  std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
  return values;
}

Value nnc::derivedWeight(LocBuilder &b, nn::LayerOpInterface layer,
                         StringRef sibling, StringRef name, ShapeRef shape,
                         ArrayRef<float> values) {
  memref::GlobalOp source = getGlobal(layer, sibling);
  StringRef prefix = source.getSymName();
  prefix = prefix.take_front(prefix.rfind('.') + 1);
  auto value = DenseElementsAttr::get(f32Tensor(b, shape), values);
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
      top, symbol, b.getStringAttr("private"),
      MemRefType::get(shape, b.getF32Type()), value, /*constant=*/true,
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

Value nnc::accumulate(LocBuilder &b, ValueRange inputs, ShapeRef shape,
                      double init, ArrayRef<AffineMap> maps,
                      ArrayRef<bool> reductions, ScalarBody body) {
  SmallVector<IteratorType> iterators;
  for (bool reduction : reductions)
    iterators.push_back(reduction ? IteratorType::reduction
                                  : IteratorType::parallel);
  auto type =
      RankedTensorType::get(shape, typeOf(inputs.front()).getElementType());
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

Value nnc::matmul(LocBuilder &b, Value lhs, Value rhs) {
  AffineExpr m = b.getAffineDimExpr(0), k = b.getAffineDimExpr(1),
             n = b.getAffineDimExpr(2);
  auto map = [&](AffineExpr row, AffineExpr column) {
    return AffineMap::get(3, 0, {row, column}, b.getContext());
  };
  return contract(b, lhs, rhs, {shapeOf(lhs)[0], shapeOf(rhs)[1]},
                  {map(m, k), map(k, n), map(m, n)}, {false, true, false});
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
