//===- WinogradLoops.cpp - loops over tiles and channels ------------------===//
//
// What is left over at the end of an axis is a smaller block. Tiles reach into
// the zeros around an image and beyond the last result: those along an axis
// that have the same elements are a run with code of its own. Channels are cut
// into vectors of powers of two.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/WinogradLoops.h"
#include "compiler/codegen/KernelOperands.h"
#include "compiler/codegen/Tasks.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace nnc {

/// Channels of a tile's row in a buffer, so that rows fall into different sets
/// of the cache: their distance is an odd number of cache lines.
static int64_t padded(int64_t channels) {
  int64_t lines = llvm::divideCeil(channels, 16);
  return (lines | 1) * 16;
}

/// How far an image, a row, a column and a channel of the output take an extra.
static SmallVector<int64_t> stridesOfExtra(OpOperand &extra) {
  SmallVector<int64_t> steps(4, 0);
  auto type = dyn_cast<MemRefType>(extra.get().getType());
  if (!type)
    return steps;
  AffineMap map = cast<kernel::WinogradOp>(extra.getOwner()).getMap(extra);
  auto [strides, offset] = type.getStridesAndOffset();
  for (auto [stride, expr] : llvm::zip_equal(strides, map.getResults()))
    if (auto dim = dyn_cast<AffineDimExpr>(expr))
      steps[dim.getPosition()] = stride;
  return steps;
}

WinogradLoops::WinogradLoops(OpBuilder &builder, kernel::WinogradOp op,
                             int64_t lanes)
    : builder(builder), loc(op.getLoc()), op(op),
      transform(WinogradTransform::get(op.getBlocking().getSize())),
      lanes(lanes) {
  auto inputType = cast<MemRefType>(op.getInput().getType());
  auto outputType = cast<MemRefType>(op.getOutput().getType());
  panel = cast<MemRefType>(op.getWeights().getType()).getDimSize(3);
  kernel::BlockingAttr blocking = op.getBlocking();
  int64_t size = transform.size;
  extents[Images] = outputType.getDimSize(0);
  extents[Rows] = llvm::divideCeil(outputType.getDimSize(1), size);
  extents[Columns] = llvm::divideCeil(outputType.getDimSize(2), size);
  extents[Channels] = outputType.getDimSize(3);
  int64_t blocks[] = {blocking.getImages(), blocking.getRows(),
                      blocking.getColumns(), blocking.getChannels()};
  for (int axis = 0; axis < Axes; ++axis)
    most[axis] = std::min(blocks[axis], extents[axis]);

  for (Axis axis : {Images, Rows, Columns, Channels})
    parts[axis] = {builder.getIndexAttr(0),
                   builder.getIndexAttr(countBlocks(axis))};

  int64_t tasks = blocking.getTasks();
  inputScratch = allocate(blocking.getShareChannels() ? 1 : tasks,
                          inputType.getDimSize(3));
  productScratch = allocate(tasks, most[Channels]);
  input = flatten(op.getInput());
  output = flatten(op.getOutput());
  for (OpOperand &extra : op.getExtrasMutable()) {
    FlatBuffer flat = flatten(extra.get());
    extras.push_back({flat.buffer, stridesOfExtra(extra)});
  }
}

/// Scratch memory for a block's tiles, with a first axis for the tasks if each
/// has a copy.
Value WinogradLoops::allocate(int64_t copies, int64_t channels) {
  int64_t elements = transform.extent() * transform.extent();
  int64_t tiles = most[Images] * most[Rows] * most[Columns];
  SmallVector<int64_t> shape = {elements, tiles, padded(channels)};
  if (copies > 1)
    shape.insert(shape.begin(), copies);
  return memref::AllocOp::create(builder, loc,
                                 MemRefType::get(shape, builder.getF32Type()),
                                 builder.getI64IntegerAttr(64));
}

/// The copy of `task`, or the only one.
Value WinogradLoops::openScratch(Value scratch, Value task) {
  auto type = cast<MemRefType>(scratch.getType());
  if (type.getRank() == 3)
    return scratch;
  SmallVector<OpFoldResult> offsets(4, builder.getIndexAttr(0)), sizes,
      steps(4, builder.getIndexAttr(1));
  offsets[0] = task;
  for (int64_t extent : type.getShape())
    sizes.push_back(builder.getIndexAttr(extent));
  sizes[0] = builder.getIndexAttr(1);
  MemRefType own = memref::SubViewOp::inferRankReducedResultType(
      type.getShape().drop_front(), type, offsets, sizes, steps);
  return memref::SubViewOp::create(builder, loc, own, scratch, offsets, sizes,
                                   steps);
}

/// A scalar stays as it is.
FlatBuffer WinogradLoops::flatten(Value buffer) {
  auto type = dyn_cast<MemRefType>(buffer.getType());
  if (!type)
    return {buffer, {}};
  return {flattenBuffer(builder, loc, buffer),
          type.getStridesAndOffset().first};
}

/// Where `moving` and `fixed` lead: the first is the same for a whole tile, the
/// second becomes the displacement of the instruction.
Value WinogradLoops::index(AffineExpr moving, ArrayRef<OpFoldResult> loops,
                           int64_t fixed) {
  Value start = getValueOrCreateConstantIndexOp(
      builder, loc,
      affine::makeComposedFoldedAffineApply(builder, loc, moving, loops));
  return arith::AddIOp::create(builder, loc, start, constant(fixed));
}

Value WinogradLoops::load(Value buffer, Value where, int64_t width) {
  if (width == 1)
    return memref::LoadOp::create(builder, loc, buffer, where);
  Type element = cast<MemRefType>(buffer.getType()).getElementType();
  return vector::LoadOp::create(builder, loc, VectorType::get({width}, element),
                                buffer, where);
}

void WinogradLoops::store(Value value, Value buffer, Value where,
                          int64_t width) {
  if (width == 1)
    memref::StoreOp::create(builder, loc, value, buffer, where);
  else
    vector::StoreOp::create(builder, loc, value, buffer, where);
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

/// Nothing where there is no turn, no loop where there is one.
void WinogradLoops::overLoop(OpFoldResult low, OpFoldResult high, int64_t step,
                             llvm::function_ref<void(OpFoldResult)> body) {
  std::optional<int64_t> first = getConstantIntValue(low);
  std::optional<int64_t> last = getConstantIntValue(high);
  if (first && last && *first >= *last)
    return;
  if (first && last && *first + step >= *last)
    return body(low);
  auto loop = scf::ForOp::create(
      builder, loc, getValueOrCreateConstantIndexOp(builder, loc, low),
      getValueOrCreateConstantIndexOp(builder, loc, high), constant(step));
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(loop.getBody());
  body(loop.getInductionVar());
}

int64_t WinogradLoops::countBlocks(Axis axis) const {
  return llvm::divideCeil(extents[axis], most[axis]);
}

/// The axis whose blocks are shared out.
WinogradLoops::Axis WinogradLoops::axisOfTasks() {
  if (op.getBlocking().getShareChannels())
    return Channels;
  Axis axes[] = {Images, Rows, Columns};
  return *llvm::max_element(
      axes, [&](Axis a, Axis b) { return countBlocks(a) < countBlocks(b); });
}

/// Runs `body` on parts of 0 … `count` in tasks, or on all of it.
void WinogradLoops::share(int64_t count,
                          llvm::function_ref<void(Value, const Part &)> body) {
  int64_t tasks = std::min(op.getBlocking().getTasks(), count);
  if (tasks <= 1)
    return body(Value(),
                {builder.getIndexAttr(0), builder.getIndexAttr(count)});
  makeTasks(
      builder, loc, tasks, count,
      [&](Value task, Value first, Value end) { body(task, {first, end}); });
}

/// Runs `body` on each block of an axis that is the task's.
void WinogradLoops::overBlocks(Axis axis, Body body) {
  int64_t size = most[axis], whole = extents[axis] / size * size;
  auto at = [&](OpFoldResult first, int64_t count) {
    block[axis] = {first, count};
    body();
  };
  const Part &part = parts[axis];
  AffineExpr start = builder.getAffineDimExpr(0) * size;
  OpFoldResult low =
      affine::makeComposedFoldedAffineApply(builder, loc, start, {part.first});
  OpFoldResult high = affine::makeComposedFoldedAffineMin(
      builder, loc,
      AffineMap::get(1, 0, {start, builder.getAffineConstantExpr(whole)},
                     builder.getContext()),
      {part.end});
  overLoop(low, high, size, [&](OpFoldResult first) { at(first, size); });
  if (whole == extents[axis])
    return;
  OpBuilder::InsertionGuard guard(builder);
  if (auto end = dyn_cast<Value>(part.end)) {
    Value isLast = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                         end, constant(countBlocks(axis)));
    auto only = scf::IfOp::create(builder, loc, isLast);
    builder.setInsertionPointToStart(only.thenBlock());
  }
  at(builder.getIndexAttr(whole), extents[axis] - whole);
}

/// Runs `body` on the tiles of the block along an axis; those that have the
/// same elements share one loop.
void WinogradLoops::overRuns(Axis axis, Elements elements, OnRun body) {
  const Span &span = block[axis];
  MLIRContext *context = builder.getContext();
  AffineExpr start = builder.getAffineDimExpr(0);
  AffineExpr within = builder.getAffineDimExpr(1);
  Part part = {builder.getIndexAttr(0), builder.getIndexAttr(span.count)};
  if (axis == Rows && rowsOfTask)
    part = *rowsOfTask;
  for (int64_t first = 0, last; first < extents[axis]; first = last) {
    SmallVector<int64_t> inside = elements(first);
    for (last = first + 1; last < extents[axis] && elements(last) == inside;)
      ++last;
    SmallVector<AffineExpr> starts = {start + within};
    if (first != 0)
      starts.push_back(builder.getAffineConstantExpr(first));
    OpFoldResult low = affine::makeComposedFoldedAffineMax(
        builder, loc, AffineMap::get(2, 0, starts, context),
        {span.first, part.first});
    SmallVector<AffineExpr> ends = {start + within};
    if (last != extents[axis])
      ends.push_back(builder.getAffineConstantExpr(last));
    OpFoldResult high = affine::makeComposedFoldedAffineMin(
        builder, loc, AffineMap::get(2, 0, ends, context),
        {span.first, part.end});
    overLoop(low, high, 1, [&](OpFoldResult at) { body(at, inside); });
  }
}

/// Runs `body` on each tile of the block, with the elements that it has along
/// both axes.
void WinogradLoops::overTiles(Elements rows, Elements columns, OnTile body) {
  AffineExpr start = builder.getAffineDimExpr(0);
  OpFoldResult end = affine::makeComposedFoldedAffineApply(
      builder, loc, start + block[Images].count, {block[Images].first});
  overLoop(block[Images].first, end, 1, [&](OpFoldResult image) {
    tile[Images] = image;
    overRuns(Rows, rows, [&](OpFoldResult row, ArrayRef<int64_t> down) {
      tile[Rows] = row;
      overRuns(Columns, columns,
               [&](OpFoldResult column, ArrayRef<int64_t> across) {
                 tile[Columns] = column;
                 body(down, across);
               });
    });
  });
}

/// Runs `body` on vectors of channels, counted from the start of the span; what
/// is left over is cut into powers of two.
void WinogradLoops::overChannels(const Span &span, OnChannels body) {
  int64_t whole = span.count / lanes * lanes;
  overLoop(builder.getIndexAttr(0), builder.getIndexAttr(whole), lanes,
           [&](OpFoldResult first) { body(first, lanes); });
  for (int64_t at = whole; at < span.count;) {
    int64_t width = llvm::bit_floor(static_cast<uint64_t>(span.count - at));
    body(builder.getIndexAttr(at), width);
    at += width;
  }
}

/// The tiles [first, last) along an axis that lie within the image.
std::pair<int64_t, int64_t> WinogradLoops::tilesInside(unsigned side) {
  auto type = cast<MemRefType>(op.getInput().getType());
  int64_t margin = op.getMargin()[side];
  int64_t room = type.getDimSize(1 + side) + margin - transform.extent();
  int64_t first = llvm::divideCeil(margin, transform.size);
  int64_t last = room < 0 ? 0 : room / transform.size + 1;
  last = std::min(last, extents[Rows + side]);
  return {std::min(first, last), last};
}

/// Whether the tile lies within the image; nothing if all do.
std::optional<Value> WinogradLoops::isInside() {
  Value inside;
  auto require = [&](Axis axis, int64_t bound, arith::CmpIPredicate how) {
    Value at = getValueOrCreateConstantIndexOp(builder, loc, tile[axis]);
    Value holds = arith::CmpIOp::create(builder, loc, how, at, constant(bound));
    inside =
        inside ? arith::AndIOp::create(builder, loc, inside, holds) : holds;
  };
  for (Axis axis : {Rows, Columns}) {
    auto [first, last] = tilesInside(axis - Rows);
    if (first > 0)
      require(axis, first, arith::CmpIPredicate::sge);
    if (last < extents[axis])
      require(axis, last, arith::CmpIPredicate::slt);
  }
  if (!inside)
    return std::nullopt;
  return inside;
}

/// Which results of a tile along an axis there are.
SmallVector<int64_t> WinogradLoops::resultsInside(int64_t tile, unsigned side) {
  auto type = cast<MemRefType>(op.getOutput().getType());
  int64_t left = type.getDimSize(1 + side) - tile * transform.size;
  return llvm::to_vector(llvm::seq<int64_t>(0, std::min(left, transform.size)));
}

/// The number of a tile in its block, from its place (d0, d1, d2) and the
/// block's (d3, d4, d5).
AffineExpr WinogradLoops::tileInBlock() const {
  auto at = [&](Axis axis) {
    return builder.getAffineDimExpr(axis) - builder.getAffineDimExpr(3 + axis);
  };
  return (at(Images) * block[Rows].count + at(Rows)) * block[Columns].count +
         at(Columns);
}

//===----------------------------------------------------------------------===//
// Transforms
//===----------------------------------------------------------------------===//

Value WinogradLoops::constant(int64_t value) {
  return arith::ConstantIndexOp::create(builder, loc, value);
}

} // namespace nnc
