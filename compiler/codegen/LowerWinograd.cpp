//===- LowerWinograd.cpp - transforms and products in blocks of tiles -----===//
//
// For each block of tiles, its inputs are transformed into a buffer that stays
// in the second cache, [element][tile][channel]. Then, for some channels of
// the output at a time, a `kernel.reduce` multiplies each element's matrix by
// its weights, and the products are transformed back, finished by the epilogue
// and stored. What is left over at the end of an axis is a smaller block.
// Parallel tasks do blocks each, or share out the rows of tiles and then the
// channels of every block; each has products of its own, and inputs of its own
// where it transforms them.
//
// Tiles reach into the zeros around an image and beyond the last result. A tile
// within the image is loaded without any test; at the border zeros take the
// place of what is not there. Tiles that lack the same results are a run with
// code of its own.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/KernelBlock.h"
#include "compiler/codegen/Passes.h"
#include "compiler/codegen/WinogradLoops.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/Support/SaveAndRestore.h"

namespace nnc {
#define GEN_PASS_DEF_LOWERWINOGRADPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {

void WinogradLoops::transformInput() {
  auto all = [](int64_t) { return SmallVector<int64_t>(); };
  overTiles(all, all, [&](ArrayRef<int64_t>, ArrayRef<int64_t>) {
    std::optional<Value> inside = isInside();
    if (!inside)
      return transformInputTile(/*atBorder=*/false);
    auto either = scf::IfOp::create(builder, loc, *inside,
                                    /*withElseRegion=*/true);
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(either.thenBlock());
    transformInputTile(/*atBorder=*/false);
    builder.setInsertionPointToStart(either.elseBlock());
    transformInputTile(/*atBorder=*/true);
  });
}

/// Where a row or column of the tile is in the image, or its nearest neighbour
/// in it, and whether it is there.
WinogradLoops::Edge WinogradLoops::findEdge(Axis axis, int64_t element) {
  unsigned side = axis - Rows;
  int64_t extent =
      cast<MemRefType>(op.getInput().getType()).getDimSize(1 + side);
  AffineExpr at = builder.getAffineDimExpr(0) * transform.size + element -
                  op.getMargin()[side];
  MLIRContext *context = builder.getContext();
  auto value = [&](OpFoldResult result) {
    return getValueOrCreateConstantIndexOp(builder, loc, result);
  };
  Value place = value(
      affine::makeComposedFoldedAffineApply(builder, loc, at, {tile[axis]}));
  OpFoldResult low = affine::makeComposedFoldedAffineMax(
      builder, loc,
      AffineMap::get(1, 0, {at, builder.getAffineConstantExpr(0)}, context),
      tile[axis]);
  AffineExpr last = builder.getAffineConstantExpr(extent - 1);
  OpFoldResult nearest = affine::makeComposedFoldedAffineMin(
      builder, loc,
      AffineMap::get(1, 0, {builder.getAffineDimExpr(0), last}, context), low);
  Value isThere = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                        place, value(nearest));
  return {nearest, isThere};
}

/// The elements of the tile at `channel`.
TileElements WinogradLoops::loadInput(OpFoldResult channel, int64_t width) {
  ArrayRef<int64_t> strides = input.strides;
  AffineExpr dims[4];
  bindDimsList(builder.getContext(), MutableArrayRef(dims));
  AffineExpr from = dims[Images] * strides[0] +
                    dims[Rows] * (transform.size * strides[1]) +
                    dims[Columns] * (transform.size * strides[2]) + dims[3];
  TileElements elements(transform.extent(), transform.extent());
  for (int64_t row = 0; row < elements.rows; ++row)
    for (int64_t column = 0; column < elements.columns; ++column) {
      int64_t fixed = (row - op.getMargin()[0]) * strides[1] +
                      (column - op.getMargin()[1]) * strides[2];
      Value where = index(from, {tile[0], tile[1], tile[2], channel}, fixed);
      elements.at(row, column) = load(input.buffer, where, width);
    }
  return elements;
}

/// The same for a tile that leaves the image, where it is zero.
TileElements WinogradLoops::loadBorder(ArrayRef<Edge> rows,
                                       ArrayRef<Edge> columns,
                                       OpFoldResult channel, int64_t width) {
  ArrayRef<int64_t> strides = input.strides;
  AffineExpr dims[4];
  bindDimsList(builder.getContext(), MutableArrayRef(dims));
  AffineExpr from = dims[0] * strides[0] + dims[1] * strides[1] +
                    dims[2] * strides[2] + dims[3];
  TileElements elements(transform.extent(), transform.extent());
  for (auto [i, row] : llvm::enumerate(rows))
    for (auto [j, column] : llvm::enumerate(columns)) {
      Value where =
          index(from, {tile[Images], row.nearest, column.nearest, channel},
                /*fixed=*/0);
      Value value = load(input.buffer, where, width);
      Value zero = arith::ConstantOp::create(
          builder, loc, builder.getZeroAttr(value.getType()));
      Value isThere =
          arith::AndIOp::create(builder, loc, row.isThere, column.isThere);
      elements.at(i, j) =
          arith::SelectOp::create(builder, loc, isThere, value, zero);
    }
  return elements;
}

void WinogradLoops::transformInputTile(bool atBorder) {
  SmallVector<Edge> rows, columns;
  for (int64_t i = 0; i < transform.extent() && atBorder; ++i) {
    rows.push_back(findEdge(Rows, i));
    columns.push_back(findEdge(Columns, i));
  }
  AffineExpr to =
      tileInBlock() * inputs.strides[1] + builder.getAffineDimExpr(6);
  int64_t channels = cast<MemRefType>(op.getInput().getType()).getDimSize(3);
  overChannels({builder.getIndexAttr(0), channels}, [&](OpFoldResult channel,
                                                        int64_t width) {
    TileElements elements = atBorder ? loadBorder(rows, columns, channel, width)
                                     : loadInput(channel, width);
    Type type = width == 1 ? Type(builder.getF32Type())
                           : VectorType::get({width}, builder.getF32Type());
    elements = transformTile(builder, loc, transform.input, elements, type);
    for (auto [i, value] : llvm::enumerate(elements.values)) {
      Value where = index(to,
                          {tile[0], tile[1], tile[2], block[Images].first,
                           block[Rows].first, block[Columns].first, channel},
                          int64_t(i) * inputs.strides[0]);
      store(value, inputs.buffer, where, width);
    }
  });
}

void WinogradLoops::multiply() {
  MLIRContext *context = builder.getContext();
  int64_t elements = transform.extent() * transform.extent();
  int64_t tiles =
      block[Images].count * block[Rows].count * block[Columns].count;
  auto weightsType = cast<MemRefType>(op.getWeights().getType());
  int64_t channels = weightsType.getDimSize(2);

  AffineExpr dims[4];
  bindDimsList(context, MutableArrayRef(dims));
  SmallVector<OpFoldResult> offsets(4, builder.getIndexAttr(0)), sizes,
      steps(4, builder.getIndexAttr(1));
  offsets[0] = affine::makeComposedFoldedAffineApply(
      builder, loc, dims[0].floorDiv(panel), {block[Channels].first});
  for (int64_t extent :
       {int64_t(llvm::divideCeil(block[Channels].count, panel)), elements,
        channels, panel})
    sizes.push_back(builder.getIndexAttr(extent));
  Value weights = memref::SubViewOp::create(builder, loc, op.getWeights(),
                                            offsets, sizes, steps);

  AffineMap maps[] = {
      AffineMap::get(4, 0, {dims[0], dims[1], dims[2]}, context),
      AffineMap::get(
          4, 0, {dims[3].floorDiv(panel), dims[0], dims[2], dims[3] % panel},
          context),
      AffineMap::get(4, 0, {dims[0], dims[1], dims[3]}, context)};
  auto product = kernel::ReduceOp::create(
      builder, loc, TypeRange(),
      ArrayRef<int64_t>{elements, tiles, channels, block[Channels].count},
      ArrayRef<int64_t>{2}, builder.getAffineMapArrayAttr(maps),
      builder.getF32FloatAttr(0), kernel::TilingAttr(),
      ValueRange{inputTiles, weights}, ValueRange(), productTiles);
  IRMapping mapping;
  op.getBody().cloneInto(&product.getBody(), mapping);
  OpBuilder::InsertionGuard guard(builder);
  Block *epilogue = builder.createBlock(&product.getEpilogue());
  kernel::YieldOp::create(builder, loc,
                          epilogue->addArgument(builder.getF32Type(), loc));
}

void WinogradLoops::transformOutput() {
  overTiles([&](int64_t tile) { return resultsInside(tile, 0); },
            [&](int64_t tile) { return resultsInside(tile, 1); },
            [&](ArrayRef<int64_t> rows, ArrayRef<int64_t> columns) {
              overChannels(block[Channels],
                           [&](OpFoldResult channel, int64_t width) {
                             transformOutputTile(rows, columns, channel, width);
                           });
            });
}

/// The result at `row` and `column` of the tile, in the output or in an extra.
Value WinogradLoops::index(ArrayRef<int64_t> strides, int64_t row,
                           int64_t column, OpFoldResult channel) {
  AffineExpr dims[5];
  bindDimsList(builder.getContext(), MutableArrayRef(dims));
  AffineExpr moving = dims[Images] * strides[0] +
                      dims[Rows] * (transform.size * strides[1]) +
                      dims[Columns] * (transform.size * strides[2]) +
                      (dims[3] + dims[4]) * strides[3];
  return index(moving,
               {tile[0], tile[1], tile[2], block[Channels].first, channel},
               row * strides[1] + column * strides[2]);
}

/// The elements that belong to a result; one scalar where they are the same for
/// all channels.
Value WinogradLoops::loadExtra(unsigned extra, int64_t row, int64_t column,
                               OpFoldResult channel, int64_t width) {
  const FlatBuffer &flat = extras[extra];
  if (!isa<MemRefType>(flat.buffer.getType()))
    return flat.buffer;
  return load(flat.buffer, index(flat.strides, row, column, channel),
              flat.strides[3] == 0 ? 1 : width);
}

void WinogradLoops::transformOutputTile(ArrayRef<int64_t> rows,
                                        ArrayRef<int64_t> columns,
                                        OpFoldResult channel, int64_t width) {
  AffineExpr from =
      tileInBlock() * products.strides[1] + builder.getAffineDimExpr(6);
  TileElements elements(transform.extent(), transform.extent());
  for (auto [i, value] : llvm::enumerate(elements.values)) {
    Value where = index(from,
                        {tile[0], tile[1], tile[2], block[Images].first,
                         block[Rows].first, block[Columns].first, channel},
                        int64_t(i) * products.strides[0]);
    value = load(products.buffer, where, width);
  }
  Type type = width == 1 ? Type(builder.getF32Type())
                         : VectorType::get({width}, builder.getF32Type());
  elements = transformTile(builder, loc, transform.output, elements, type);
  auto widen = [&](Value value, int64_t width) -> Value {
    if (width == 1 || isa<VectorType>(value.getType()))
      return value;
    return vector::BroadcastOp::create(
        builder, loc, VectorType::get({width}, value.getType()), value);
  };
  // An extra may be in the place of the output: all loads come first.
  SmallVector<std::pair<Value, Value>> results;
  for (int64_t row : rows)
    for (int64_t column : columns) {
      SmallVector<Value> arguments = {elements.at(row, column)};
      for (unsigned extra = 0; extra < extras.size(); ++extra)
        arguments.push_back(loadExtra(extra, row, column, channel, width));
      Value value = cloneOnVectors(builder, op.getEpilogue().front(), arguments,
                                   width, widen);
      results.push_back({value, index(output.strides, row, column, channel)});
    }
  for (auto [value, where] : results)
    store(value, output.buffer, where, width);
}

/// The results of the block from its transformed inputs.
void WinogradLoops::makeResults(Value task) {
  productTiles = openScratch(productScratch, task);
  products = flatten(productTiles);
  overBlocks(Channels, [&] {
    multiply();
    transformOutput();
  });
}

void WinogradLoops::emit() {
  auto openInputs = [&](Value task) {
    inputTiles = openScratch(inputScratch, task);
    inputs = flatten(inputTiles);
  };
  auto overTileBlocks = [&](Body body) {
    overBlocks(Images,
               [&] { overBlocks(Rows, [&] { overBlocks(Columns, body); }); });
  };
  Axis axis = axisOfTasks();
  if (axis != Channels) {
    share(countBlocks(axis), [&](Value task, const Part &part) {
      parts[axis] = part;
      openInputs(task);
      overTileBlocks([&] {
        transformInput();
        makeResults(task);
      });
    });
    return;
  }
  openInputs(Value());
  overTileBlocks([&] {
    share(block[Rows].count, [&](Value, const Part &part) {
      llvm::SaveAndRestore<std::optional<Part>> rows(rowsOfTask, part);
      transformInput();
    });
    share(countBlocks(Channels), [&](Value task, const Part &part) {
      parts[Channels] = part;
      makeResults(task);
    });
  });
}

namespace {

struct LowerWinogradPass : impl::LowerWinogradPassBase<LowerWinogradPass> {
  using Base::Base;

  void runOnOperation() override {
    SmallVector<kernel::WinogradOp> ops;
    getOperation()->walk([&](kernel::WinogradOp op) { ops.push_back(op); });
    for (kernel::WinogradOp op : ops)
      if (failed(lower(op)))
        return signalPassFailure();
  }

private:
  LogicalResult lower(kernel::WinogradOp op) {
    if (!isa<MemRefType>(op.getOutput().getType()))
      return op.emitError("expects buffers, but has tensors");
    for (OpOperand &operand : op->getOpOperands()) {
      auto type = dyn_cast<MemRefType>(operand.get().getType());
      bool alongChannels = operand.getOperandNumber() < op.getNumReduced() ||
                           op.getMap(operand).isFunctionOfDim(3);
      if (type && alongChannels && type.getStridesAndOffset().first.back() != 1)
        return op.emitError("the channels of operand ")
               << operand.getOperandNumber() << " are not contiguous";
    }
    OpBuilder builder(op);
    int64_t lanes = std::max<int64_t>(vectorBytes / sizeof(float), 1);
    WinogradLoops(builder, op, lanes).emit();
    op.erase();
    return success();
  }
};

} // namespace
} // namespace nnc
