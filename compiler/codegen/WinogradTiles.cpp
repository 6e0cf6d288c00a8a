//===- WinogradTiles.cpp - the transform of one tile ----------------------===//
//
// The factors are known: ±1 is an addition or a subtraction, 0 is left out. Any
// other factor is a multiply-add, rounded once where the machine has one.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/WinogradTiles.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;

namespace nnc {
namespace {

/// Adds up multiples of values.
class Sum {
public:
  Sum(OpBuilder &builder, Location loc, Type type)
      : builder(builder), loc(loc), type(type) {}

  void add(double factor, Value value);
  Value value; ///< null for zero

private:
  Value constant(double factor) {
    TypedAttr value = builder.getFloatAttr(getElementTypeOrSelf(type), factor);
    if (auto vector = dyn_cast<VectorType>(type))
      value = DenseElementsAttr::get(vector, Attribute(value));
    return arith::ConstantOp::create(builder, loc, value);
  }

  OpBuilder &builder;
  Location loc;
  Type type;
};

} // namespace

void Sum::add(double factor, Value element) {
  if (factor == 0)
    return;
  if (!value && factor == 1)
    value = element;
  else if (!value && factor == -1)
    value = arith::NegFOp::create(builder, loc, element);
  else if (!value)
    value = arith::MulFOp::create(builder, loc, element, constant(factor));
  else if (factor == 1)
    value = arith::AddFOp::create(builder, loc, value, element);
  else if (factor == -1)
    value = arith::SubFOp::create(builder, loc, value, element);
  else
    value = math::FmaOp::create(builder, loc, element, constant(factor), value);
}

/// Positive factors come first, so that a difference needs no negation.
static Value combine(OpBuilder &builder, Location loc, ArrayRef<double> factors,
                     ArrayRef<Value> values, Type type) {
  Sum sum(builder, loc, type);
  for (bool negative : {false, true})
    for (auto [factor, value] : llvm::zip_equal(factors, values))
      if ((factor < 0) == negative)
        sum.add(factor, value);
  return sum.value;
}

TileElements transformTile(OpBuilder &builder, Location loc,
                           ArrayRef<Matrix> steps, TileElements tile,
                           Type type) {
  for (const Matrix &step : steps) { // down the columns
    TileElements next(step.size(), tile.columns);
    for (int64_t column = 0; column < tile.columns; ++column) {
      SmallVector<Value> values;
      for (int64_t row = 0; row < tile.rows; ++row)
        values.push_back(tile.at(row, column));
      for (auto [row, factors] : llvm::enumerate(step))
        next.at(row, column) = combine(builder, loc, factors, values, type);
    }
    tile = std::move(next);
  }
  for (const Matrix &step : steps) { // along the rows
    TileElements next(tile.rows, step.size());
    for (int64_t row = 0; row < tile.rows; ++row) {
      ArrayRef<Value> values =
          ArrayRef(tile.values).slice(row * tile.columns, tile.columns);
      for (auto [column, factors] : llvm::enumerate(step))
        next.at(row, column) = combine(builder, loc, factors, values, type);
    }
    tile = std::move(next);
  }
  return tile;
}

} // namespace nnc
