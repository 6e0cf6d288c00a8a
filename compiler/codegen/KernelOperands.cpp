//===- KernelOperands.cpp - loads and stores of a kernel ------------------===//
//
// Every operand is seen as a buffer of rank 1. An address is the sum of what
// the loops contribute, computed once for a block of code, and of a constant
// for row, column and written-out taps, which becomes the displacement of the
// instruction.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/KernelOperands.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace nnc {

Value flattenBuffer(OpBuilder &builder, Location loc, Value buffer) {
  auto type = cast<MemRefType>(buffer.getType());
  auto [strides, offset] = type.getStridesAndOffset();
  int64_t span = 1;
  for (auto [stride, extent] : llvm::zip_equal(strides, type.getShape()))
    span += stride * (extent - 1);
  OpFoldResult start = builder.getIndexAttr(offset);
  if (ShapedType::isDynamic(offset)) {
    auto metadata =
        memref::ExtractStridedMetadataOp::create(builder, loc, buffer);
    buffer = metadata.getBaseBuffer();
    start = metadata.getOffset();
  }
  auto layout =
      StridedLayoutAttr::get(builder.getContext(), offset, /*strides=*/{1});
  OpFoldResult size = builder.getIndexAttr(span);
  OpFoldResult step = builder.getIndexAttr(1);
  return memref::ReinterpretCastOp::create(
      builder, loc, MemRefType::get({span}, type.getElementType(), layout),
      buffer, start, size, step);
}

KernelOperands::KernelOperands(OpBuilder &builder, kernel::ReduceOp kernel,
                               const KernelNest &nest)
    : at(nest.loops.size(), builder.getIndexAttr(0)), builder(builder),
      loc(kernel.getLoc()), nest(nest) {
  for (Value operand : kernel->getOperands())
    operands.push_back(isa<MemRefType>(operand.getType())
                           ? flattenBuffer(builder, loc, operand)
                           : operand);
}

/// Forgets what another block has computed.
void KernelOperands::enterBlock() {
  if (block == builder.getInsertionBlock())
    return;
  block = builder.getInsertionBlock();
  moving.clear();
  loaded.clear();
  widened.clear();
}

bool KernelOperands::changesAlongColumns(unsigned index) const {
  return nest.columns != kNone &&
         nest.accesses[index].strides[nest.columns] != 0;
}

/// What constants contribute: loops that stand at one, the row, the column.
int64_t KernelOperands::fixedOffset(const NestAccess &access,
                                    Piece piece) const {
  int64_t offset = access.offset, column = piece.column;
  for (auto [i, stride] : llvm::enumerate(access.strides)) {
    std::optional<int64_t> index = getConstantIntValue(at[i]);
    if (index && int64_t(i) == nest.columns)
      column += *index;
    else if (index)
      offset += stride * *index;
  }
  if (nest.rows != kNone)
    offset += access.strides[nest.rows] * piece.row;
  if (nest.columns == kNone || access.strides[nest.columns] == 0)
    return offset;
  if (!access.hasPanels())
    return offset + column;
  return offset + column / access.width * access.panelStride +
         column % access.width;
}

/// What induction variables contribute; null if nothing.
Value KernelOperands::movingOffset(unsigned index) {
  auto [it, isNew] = moving.try_emplace(index);
  if (!isNew)
    return it->second;
  const NestAccess &access = nest.accesses[index];
  SmallVector<OpFoldResult> variables;
  AffineExpr sum = builder.getAffineConstantExpr(0);
  for (auto [i, stride] : llvm::enumerate(access.strides)) {
    if (stride == 0 || getConstantIntValue(at[i]))
      continue;
    AffineExpr variable = builder.getAffineDimExpr(variables.size());
    variables.push_back(at[i]);
    if (int64_t(i) == nest.columns && access.hasPanels())
      sum = sum + variable.floorDiv(access.width) * access.panelStride +
            variable % access.width;
    else
      sum = sum + variable * stride;
  }
  if (variables.empty())
    return {};
  return it->second = getValueOrCreateConstantIndexOp(
             builder, loc,
             affine::makeComposedFoldedAffineApply(builder, loc, sum,
                                                   variables));
}

Value KernelOperands::address(unsigned index, Piece piece) {
  Value fixed = arith::ConstantIndexOp::create(
      builder, loc, fixedOffset(nest.accesses[index], piece));
  Value variable = movingOffset(index);
  if (!variable)
    return fixed;
  return arith::AddIOp::create(builder, loc, variable, fixed);
}

Value KernelOperands::load(unsigned index, Piece piece) {
  Value operand = operands[index];
  auto type = dyn_cast<MemRefType>(operand.getType());
  if (!type)
    return operand;
  enterBlock();
  int64_t width = changesAlongColumns(index) ? piece.width : 1;
  if (width == 1 && !changesAlongColumns(index))
    piece.column = 0;
  int64_t fixed = fixedOffset(nest.accesses[index], piece);
  Value &value = loaded[{index, fixed, width}];
  if (value)
    return value;
  Value where = address(index, piece);
  if (width == 1)
    value = memref::LoadOp::create(builder, loc, operand, where);
  else
    value = vector::LoadOp::create(
        builder, loc, VectorType::get({width}, type.getElementType()), operand,
        where);
  return value;
}

Value KernelOperands::widen(Value value, int64_t width) {
  if (width == 1 || isa<VectorType>(value.getType()))
    return value;
  enterBlock();
  Value &wide = widened[{value.getAsOpaquePointer(), width}];
  if (!wide)
    wide = vector::BroadcastOp::create(
        builder, loc, VectorType::get({width}, value.getType()), value);
  return wide;
}

void KernelOperands::store(Value value, Piece piece) {
  enterBlock();
  unsigned index = operands.size() - 1;
  Value where = address(index, piece);
  if (piece.width == 1)
    memref::StoreOp::create(builder, loc, value, operands[index], where);
  else
    vector::StoreOp::create(builder, loc, widen(value, piece.width),
                            operands[index], where);
}

} // namespace nnc
