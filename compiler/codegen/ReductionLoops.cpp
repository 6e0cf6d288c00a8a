//===- ReductionLoops.cpp - loops of a reduction --------------------------===//
//
// The accumulator is a value that the innermost loop carries: one number, or
// a vector of P partial sums of which element k goes to number k mod P. The
// body is cloned on that type. The elements after the last full round are
// added one by one to the partial sums they belong to, and a tree of halves
// joins the sums. Inputs that are contiguous along the loop are loaded as
// vectors, others element by element; the order is the same.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/ReductionLoops.h"
#include "compiler/codegen/Reduction.h"
#include "compiler/codegen/SumOrder.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;

namespace nnc {
namespace {

class ReductionBuilder {
public:
  ReductionBuilder(RewriterBase &builder, linalg::LinalgOp op)
      : builder(builder), loc(op.getLoc()), op(op), combiner(findCombiner(op)),
        element(getElementTypeOrSelf(op.getDpsInits()[0].getType())),
        extent(op.getStaticLoopRanges().back()) {
    if (auto attr = op->getAttrOfType<IntegerAttr>(kSumAttr))
      sums = attr.getInt();
  }

  void build();

private:
  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(builder, loc, value);
  }
  SmallVector<Value> indices(OpOperand &operand, Value k);
  bool isContiguous(OpOperand &operand);
  Value load(OpOperand &operand, Value k, int64_t lanes);
  Value cloneBody(Value k, Value accumulator, int64_t lanes);
  Value sumRow();
  Value addRemainder(Value partial);
  Value join(Value partial);

  RewriterBase &builder;
  Location loc;
  linalg::LinalgOp op;
  Operation *combiner;
  Type element;
  int64_t extent;
  int64_t sums = 1;
  SmallVector<Value> outer; ///< induction variables of the outer loops
};

} // namespace

/// Where the operand is read when the innermost loop is at `k`.
SmallVector<Value> ReductionBuilder::indices(OpOperand &operand, Value k) {
  SmallVector<Value> loops = outer;
  loops.push_back(k);
  AffineMap map = op.getMatchingIndexingMap(&operand);
  SmallVector<Value> result;
  for (unsigned i = 0; i < map.getNumResults(); ++i)
    result.push_back(affine::makeComposedAffineApply(
        builder, loc, map.getSubMap({i}), getAsOpFoldResult(loops)));
  return result;
}

/// Whether consecutive `k` are read as one vector. A truth value has a byte in
/// memory, but a bit in a vector there.
bool ReductionBuilder::isContiguous(OpOperand &operand) {
  auto type = cast<MemRefType>(operand.get().getType());
  if (type.getElementType().isInteger(1))
    return false;
  AffineMap map = op.getMatchingIndexingMap(&operand);
  unsigned loop = op.getNumLoops() - 1;
  return type.isLastDimUnitStride() && map.getNumResults() != 0 &&
         map.getResults().back() ==
             getAffineDimExpr(loop, builder.getContext()) &&
         llvm::none_of(map.getResults().drop_back(), [&](AffineExpr expr) {
           return expr.isFunctionOfDim(loop);
         });
}

/// `lanes` consecutive elements from `k` on, or one scalar.
Value ReductionBuilder::load(OpOperand &operand, Value k, int64_t lanes) {
  Value memref = operand.get();
  if (!isa<MemRefType>(memref.getType())) // a scalar operand
    return lanes == 1 ? memref
                      : vector::BroadcastOp::create(
                            builder, loc,
                            VectorType::get({lanes}, memref.getType()), memref);
  Type type = getElementTypeOrSelf(memref.getType());
  if (lanes == 1)
    return memref::LoadOp::create(builder, loc, memref, indices(operand, k));
  auto vectorType = VectorType::get({lanes}, type);
  AffineMap map = op.getMatchingIndexingMap(&operand);
  if (!map.isFunctionOfDim(op.getNumLoops() - 1)) {
    Value scalar =
        memref::LoadOp::create(builder, loc, memref, indices(operand, k));
    return vector::BroadcastOp::create(builder, loc, vectorType, scalar);
  }
  // In memory a truth value is a byte, in a vector a bit.
  if (isContiguous(operand) && !type.isInteger(1))
    return vector::LoadOp::create(builder, loc, vectorType, memref,
                                  indices(operand, k));
  SmallVector<Value> scalars;
  for (int64_t lane = 0; lane < lanes; ++lane) {
    Value at = arith::AddIOp::create(builder, loc, k, constant(lane));
    scalars.push_back(
        memref::LoadOp::create(builder, loc, memref, indices(operand, at)));
  }
  return vector::FromElementsOp::create(builder, loc, vectorType, scalars);
}

/// A value from outside of the body or a constant in it, for every lane.
static Value widen(OpBuilder &builder, Location loc, Value value,
                   int64_t lanes) {
  if (lanes == 1 || isa<VectorType>(value.getType()))
    return value;
  return vector::BroadcastOp::create(
      builder, loc, VectorType::get({lanes}, value.getType()), value);
}

/// The new accumulator after the elements from `k` on.
Value ReductionBuilder::cloneBody(Value k, Value accumulator, int64_t lanes) {
  IRMapping mapping;
  Block *body = op.getBlock();
  for (OpOperand *input : op.getDpsInputOperands()) {
    BlockArgument argument = op.getMatchingBlockArgument(input);
    if (!argument.use_empty())
      mapping.map(argument, load(*input, k, lanes));
  }
  mapping.map(body->getArguments().back(), accumulator);
  for (Operation &inner : body->without_terminator()) {
    SmallVector<Value> operands;
    for (Value operand : inner.getOperands())
      operands.push_back(
          widen(builder, loc, mapping.lookupOrDefault(operand), lanes));
    Type type = inner.getResult(0).getType();
    if (inner.hasTrait<OpTrait::ConstantLike>()) {
      mapping.map(inner.getResult(0), builder.clone(inner)->getResult(0));
      continue;
    }
    if (lanes != 1)
      type = VectorType::get({lanes}, type);
    OperationState state(inner.getLoc(), inner.getName(), operands, type,
                         inner.getAttrs());
    mapping.map(inner.getResult(0), builder.create(state)->getResult(0));
  }
  return widen(builder, loc,
               mapping.lookupOrDefault(body->getTerminator()->getOperand(0)),
               lanes);
}

/// Adds what the last, incomplete round leaves over, each element to its own
/// partial sum.
Value ReductionBuilder::addRemainder(Value partial) {
  for (int64_t k = extent / sums * sums; k < extent; ++k) {
    int64_t lane = k % sums;
    Value before = vector::ExtractOp::create(builder, loc, partial, lane);
    Value after = cloneBody(constant(k), before, 1);
    partial = vector::InsertOp::create(builder, loc, after, partial, lane);
  }
  return partial;
}

/// Joins the partial sums, the upper half into the lower half each time.
Value ReductionBuilder::join(Value partial) {
  for (int64_t half = sums / 2; half >= 1; half /= 2) {
    auto low = llvm::to_vector(llvm::seq<int64_t>(0, half));
    auto high = llvm::to_vector(llvm::seq<int64_t>(half, 2 * half));
    Value a = vector::ShuffleOp::create(builder, loc, partial, partial, low);
    Value b = vector::ShuffleOp::create(builder, loc, partial, partial, high);
    partial = combine(builder, loc, combiner, a, b);
  }
  return vector::ExtractOp::create(builder, loc, partial, 0);
}

/// The sum along the innermost loop, without what the output holds already.
Value ReductionBuilder::sumRow() {
  Type type = VectorType::get({sums}, element);
  Value start =
      arith::ConstantOp::create(builder, loc, neutralElement(combiner, type));
  auto loop = scf::ForOp::create(builder, loc, constant(0),
                                 constant(extent / sums * sums), constant(sums),
                                 ValueRange{start});
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(loop.getBody());
    Value sum =
        cloneBody(loop.getInductionVar(), loop.getRegionIterArg(0), sums);
    scf::YieldOp::create(builder, loc, sum);
  }
  return join(addRemainder(loop.getResult(0)));
}

void ReductionBuilder::build() {
  OpBuilder::InsertionGuard guard(builder);
  SmallVector<int64_t> ranges = op.getStaticLoopRanges();
  for (int64_t range : ArrayRef<int64_t>(ranges).drop_back()) {
    auto loop = scf::ForOp::create(builder, loc, constant(0), constant(range),
                                   constant(1));
    outer.push_back(loop.getInductionVar());
    builder.setInsertionPointToStart(loop.getBody());
  }
  OpOperand &output = *op.getDpsInitOperand(0);
  SmallVector<Value> at = indices(output, constant(0));
  Value before = memref::LoadOp::create(builder, loc, output.get(), at);
  Value after;
  if (sums > 1) {
    after = combine(builder, loc, combiner, before, sumRow());
  } else {
    auto loop = scf::ForOp::create(builder, loc, constant(0), constant(extent),
                                   constant(1), ValueRange{before});
    OpBuilder::InsertionGuard inner(builder);
    builder.setInsertionPointToStart(loop.getBody());
    scf::YieldOp::create(
        builder, loc,
        cloneBody(loop.getInductionVar(), loop.getRegionIterArg(0), 1));
    after = loop.getResult(0);
  }
  memref::StoreOp::create(builder, loc, after, output.get(), at);
}

void lowerReduction(RewriterBase &rewriter, linalg::LinalgOp op) {
  ReductionBuilder(rewriter, op).build();
}

} // namespace nnc
