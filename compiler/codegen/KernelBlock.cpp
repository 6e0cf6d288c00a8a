//===- KernelBlock.cpp - one block of a kernel ----------------------------===//
//
// The sums of a block are values that the loops of the reduction carry, so
// that they stay in registers; the arithmetic is cloned on vectors, the
// epilogue too, and the only store follows it. The columns of a block are cut
// into vectors of powers of two, so that nothing is masked. Taps outside of
// the input are left out: along the rows by writing the taps of a border block
// out, each for the rows that it has; along other loops by the loop's bounds.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/KernelBlock.h"
#include "compiler/codegen/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;

namespace nnc {

Value KernelBlock::constant(int64_t value) {
  return arith::ConstantIndexOp::create(builder, loc, value);
}

void KernelBlock::emit(int64_t rows, int64_t columns, bool border) {
  atBorder = border;
  reductions.clear();
  for (auto [i, loop] : llvm::enumerate(nest.loops))
    if (loop.reduces)
      reductions.push_back(int64_t(i));
  pieces.clear();
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t column = 0; column < columns;) {
      int64_t width = llvm::bit_floor(
          static_cast<uint64_t>(std::min(columns - column, lanes)));
      pieces.push_back({row, column, width});
      column += width;
    }
  finish(reduce(/*level=*/0, {0, rows}, start()));
}

KernelBlock::Values KernelBlock::start() {
  Values sums;
  for (const Piece &piece : pieces) {
    TypedAttr init = kernel.getInit();
    if (piece.width > 1)
      init = DenseElementsAttr::get(
          VectorType::get({piece.width}, init.getType()), Attribute(init));
    sums.push_back(arith::ConstantOp::create(builder, loc, init));
  }
  return sums;
}

/// Whether the window moves with the rows of the block. Where there is one
/// position only, or no rows, it is clipped by its loop's bounds.
static bool movesWithRows(const KernelNest &nest, const NestWindow *window) {
  return window && nest.rows != kNone && window->position == nest.rows;
}

/// Taps along the rows are written out at the border, and wherever that lets
/// neighbouring rows share what they load.
bool KernelBlock::isUnrolled(unsigned level) const {
  int64_t loop = reductions[level];
  const NestWindow *window = nest.windowOf(loop);
  if (atBorder && movesWithRows(nest, window))
    return true;
  bool clipped = window && !movesWithRows(nest, window);
  return unrollTaps && !clipped && level + 1 == reductions.size();
}

KernelBlock::Values KernelBlock::reduce(unsigned level, Rows rows,
                                        Values sums) {
  if (level == reductions.size())
    return step(rows, std::move(sums));
  return isUnrolled(level) ? unroll(level, rows, std::move(sums))
                           : loopOver(level, rows, std::move(sums));
}

/// The rows whose tap lies within the input.
KernelBlock::Rows KernelBlock::clip(Rows rows, const NestWindow &window,
                                    int64_t tap) const {
  int64_t start = getConstantIntValue(operands.at[nest.rows]).value();
  auto isOutside = [&](int64_t row) {
    int64_t at =
        (start + row) * window.stride + tap * window.dilation - window.low;
    return at < 0 || at >= window.extent;
  };
  while (rows.first < rows.last && isOutside(rows.first))
    ++rows.first;
  while (rows.first < rows.last && isOutside(rows.last - 1))
    --rows.last;
  return rows;
}

KernelBlock::Values KernelBlock::unroll(unsigned level, Rows rows,
                                        Values sums) {
  int64_t loop = reductions[level];
  const NestWindow *window = nest.windowOf(loop);
  for (int64_t tap = 0; tap < nest.extent(loop); ++tap) {
    Rows inside = rows;
    if (atBorder && movesWithRows(nest, window))
      inside = clip(rows, *window, tap);
    operands.at[loop] = builder.getIndexAttr(tap);
    if (inside.first < inside.last)
      sums = reduce(level + 1, inside, std::move(sums));
  }
  return sums;
}

/// From which to which turn a loop reads within the input.
std::pair<Value, Value> KernelBlock::findBounds(int64_t loop) {
  const NestWindow *window = nest.windowOf(loop);
  if (!window || movesWithRows(nest, window))
    return {constant(0), constant(nest.extent(loop))};
  OpFoldResult position = builder.getIndexAttr(0);
  if (window->position != kNone)
    position = operands.at[window->position];
  // first = ⌈(low - position · stride) / dilation⌉, and as for the last.
  AffineExpr shift = window->low - builder.getAffineDimExpr(0) * window->stride;
  AffineExpr zero = builder.getAffineConstantExpr(0);
  AffineExpr extent = builder.getAffineConstantExpr(nest.extent(loop));
  AffineExpr end =
      (shift + (window->extent - 1)).floorDiv(window->dilation) + 1;
  MLIRContext *context = builder.getContext();
  OpFoldResult low = affine::makeComposedFoldedAffineMax(
      builder, loc,
      AffineMap::get(1, 0, {zero, shift.ceilDiv(window->dilation)}, context),
      position);
  OpFoldResult high = affine::makeComposedFoldedAffineMin(
      builder, loc, AffineMap::get(1, 0, {extent, end}, context), position);
  return {getValueOrCreateConstantIndexOp(builder, loc, low),
          getValueOrCreateConstantIndexOp(builder, loc, high)};
}

KernelBlock::Values KernelBlock::loopOver(unsigned level, Rows rows,
                                          Values sums) {
  int64_t loop = reductions[level];
  auto [low, high] = findBounds(loop);
  SmallVector<unsigned> carried; // only what the loop changes
  Values initial;
  for (auto [i, piece] : llvm::enumerate(pieces)) {
    if (piece.row < rows.first || piece.row >= rows.last)
      continue;
    carried.push_back(i);
    initial.push_back(sums[i]);
  }
  auto over = scf::ForOp::create(builder, loc, low, high, constant(1), initial);
  over->setDiscardableAttr(kReducesAttr, builder.getUnitAttr());
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(over.getBody());
    operands.at[loop] = over.getInductionVar();
    Values inside = sums;
    for (auto [i, argument] :
         llvm::zip_equal(carried, over.getRegionIterArgs()))
      inside[i] = argument;
    inside = reduce(level + 1, rows, std::move(inside));
    Values yielded;
    for (unsigned i : carried)
      yielded.push_back(inside[i]);
    scf::YieldOp::create(builder, loc, yielded);
  }
  for (auto [i, result] : llvm::zip_equal(carried, over.getResults()))
    sums[i] = result;
  return sums;
}

Value cloneOnVectors(OpBuilder &builder, Block &block, ValueRange arguments,
                     int64_t width,
                     llvm::function_ref<Value(Value, int64_t)> widen) {
  IRMapping mapping;
  mapping.map(block.getArguments(), arguments);
  for (Operation &inner : block.without_terminator()) {
    SmallVector<Value> values;
    for (Value operand : inner.getOperands())
      values.push_back(mapping.lookupOrDefault(operand));
    bool isWide = llvm::any_of(
        values, [](Value value) { return isa<VectorType>(value.getType()); });
    Type type = inner.getResult(0).getType();
    if (isWide) {
      type = VectorType::get({width}, type);
      for (Value &value : values)
        value = widen(value, width);
    }
    OperationState state(inner.getLoc(), inner.getName(), values, type,
                         inner.getAttrs());
    mapping.map(inner.getResult(0), builder.create(state)->getResult(0));
  }
  return widen(mapping.lookupOrDefault(block.getTerminator()->getOperand(0)),
               width);
}

Value KernelBlock::clone(Block &block, ValueRange arguments, int64_t width) {
  return cloneOnVectors(
      builder, block, arguments, width,
      [&](Value value, int64_t width) { return operands.widen(value, width); });
}

KernelBlock::Values KernelBlock::step(Rows rows, Values sums) {
  for (auto [i, piece] : llvm::enumerate(pieces)) {
    if (piece.row < rows.first || piece.row >= rows.last)
      continue;
    SmallVector<Value> arguments;
    for (unsigned input = 0; input < nest.inputs; ++input)
      arguments.push_back(operands.load(input, piece));
    arguments.push_back(sums[i]);
    sums[i] = clone(kernel.getBody().front(), arguments, piece.width);
  }
  return sums;
}

void KernelBlock::finish(Values sums) {
  for (auto [sum, piece] : llvm::zip_equal(sums, pieces)) {
    SmallVector<Value> arguments = {sum};
    for (unsigned i = nest.inputs; i + 1 < nest.accesses.size(); ++i)
      arguments.push_back(operands.load(i, piece));
    operands.store(clone(kernel.getEpilogue().front(), arguments, piece.width),
                   piece);
  }
}

} // namespace nnc
