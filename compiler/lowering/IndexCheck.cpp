//===- IndexCheck.cpp - indices that address memory -----------------------===//
//
// Values that come from outside are compared with the table's bounds before
// they are used, and a body that met a wrong one says so with its status.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/IndexCheck.h"
#include "compiler/lowering/Patterns.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace nnc;

/// Whether the index is within a table of `rows`. Floats are truncated towards
/// zero as Keras's cast to integers does, so -0.5 is row 0.
static Value isInTable(LocBuilder &b, Value index, int64_t rows) {
  auto type = dyn_cast<FloatType>(index.getType());
  if (!type) {
    // An unsigned comparison takes negative indices for huge ones.
    if (rows > INT32_MAX && index.getType().isInteger(32))
      return arith::CmpIOp::create(b, arith::CmpIPredicate::sge, index,
                                   scalar(b, 0, index.getType()));
    return arith::CmpIOp::create(b, arith::CmpIPredicate::ult, index,
                                 scalar(b, double(rows), index.getType()));
  }
  // Every float below `rows` is below the next float from `rows` upwards; every
  // index must fit an i32.
  APFloat end(type.getFloatSemantics());
  end.convertFromAPInt(APInt(64, std::min(rows, int64_t(1) << 31)),
                       /*IsSigned=*/false, APFloat::rmTowardPositive);
  Value above = arith::CmpFOp::create(b, arith::CmpFPredicate::OGT, index,
                                      scalar(b, -1.0, type));
  Value below = arith::CmpFOp::create(b, arith::CmpFPredicate::OLT, index,
                                      scalar(b, end.convertToDouble(), type));
  return arith::AndIOp::create(b, above, below);
}

/// The index as an integer, 0 for one outside the table, which thus is never
/// read outside its memory.
Value nnc::safeIndex(LocBuilder &b, Value index, int64_t rows) {
  Value ok = isInTable(b, index, rows);
  Value zero = scalar(b, 0.0, index.getType());
  Value safe = arith::SelectOp::create(b, ok, index, zero);
  if (isa<IntegerType>(index.getType()))
    return safe;
  return arith::FPToSIOp::create(b, b.getI32Type(), safe);
}

Value nnc::checkAll(LocBuilder &b, Value tensor,
                    llvm::function_ref<Value(LocBuilder &, Value)> isGood) {
  Type i32 = b.getI32Type();
  Value status = elementwise(
      b, shapeOf(tensor), ValueRange(tensor),
      [&](LocBuilder &at, ValueRange x) -> Value {
        Value ok = isGood(at, x[0]);
        Value good = scalar(at, 0, i32);
        Value bad = scalar(at, kIndexError, i32);
        return arith::SelectOp::create(at, ok, good, bad);
      },
      i32);
  SmallVector<int64_t> axes =
      llvm::to_vector(llvm::seq<int64_t>(0, rankOf(status)));
  Value worst =
      reduce(b, status, axes, 0, [](LocBuilder &at, ValueRange x) -> Value {
        return arith::OrIOp::create(at, x[1], x[0]);
      });
  return tensor::ExtractOp::create(b, worst, ValueRange());
}

Value nnc::checkIndices(LocBuilder &b, Value indices, int64_t rows) {
  return checkAll(b, indices, [&](LocBuilder &at, Value index) {
    return isInTable(at, index, rows);
  });
}
