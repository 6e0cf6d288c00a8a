//===- LowerKernels.cpp - kernels to vector loops -------------------------===//
//
// The loops around the blocks of a kernel: over all positions, over blocks of
// rows, and over blocks of columns inside or outside of those. What is left
// over at the end of rows or columns is a smaller block of its own. The blocks
// of rows at which a window leaves the input are written out one by one, those
// between them are a loop without any test.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/KernelBlock.h"
#include "compiler/codegen/Passes.h"
#include "compiler/codegen/Tasks.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/Support/SaveAndRestore.h"

namespace nnc {
#define GEN_PASS_DEF_LOWERKERNELSPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {
namespace {

class KernelLoops {
public:
  KernelLoops(OpBuilder &builder, kernel::ReduceOp kernel, int64_t lanes)
      : builder(builder), loc(kernel.getLoc()), nest(makeNest(kernel)),
        operands(builder, kernel, nest),
        block(builder, kernel, nest, operands, lanes),
        tiling(*kernel.getTiling()) {
    for (auto [i, loop] : llvm::enumerate(nest.loops))
      if (!loop.reduces && int64_t(i) != nest.rows &&
          int64_t(i) != nest.columns)
        positions.push_back(int64_t(i));
  }

  /// Blocks of columns begin where panels do, or lie within one.
  bool fitsPanels() const;
  void emit();

private:
  using Body = llvm::function_ref<void()>;

  /// A run of equal blocks along one loop; `atBorder` ones are written out.
  struct Run {
    int64_t first, count, size;
    bool atBorder;
  };

  void runBlocks(int64_t loop, const Run &run, Body body);
  void runTasks(int64_t loop, const Run &run, int64_t tasks, Body body);
  void runLoop(int64_t loop, const Run &run, Value first, Value end, Body body);
  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(builder, loc, value);
  }
  SmallVector<Run> cutColumns() const;
  SmallVector<Run> cutRows() const;
  bool leavesInput(int64_t first, int64_t size) const;
  int64_t endOfInside() const;
  void overPositions(unsigned index, Body body);
  void overRows(Body body);
  void overColumns(Body body);

  OpBuilder &builder;
  Location loc;
  KernelNest nest;
  KernelOperands operands;
  KernelBlock block;
  kernel::TilingAttr tiling;
  SmallVector<int64_t> positions;
  bool isInLoop = false; ///< the outermost loop is open
  Run rows = {0, 1, 1, false}, columns = {0, 1, 1, false};
};

} // namespace

bool KernelLoops::fitsPanels() const {
  if (tiling.getColumns() >= nest.extent(nest.columns)) // one block
    return true;
  return llvm::all_of(nest.accesses, [&](const NestAccess &access) {
    return !access.hasPanels() || tiling.getColumns() % access.width == 0 ||
           access.width % tiling.getColumns() == 0;
  });
}

/// Runs `body` at the start of each block of the run.
void KernelLoops::runBlocks(int64_t loop, const Run &run, Body body) {
  if (loop == kNone)
    return body();
  if (run.count == 1 || run.atBorder) {
    for (int64_t i = 0; i < run.count; ++i) {
      operands.at[loop] = builder.getIndexAttr(run.first + i * run.size);
      body();
    }
    return;
  }
  int64_t tasks = isInLoop ? 1 : std::min(tiling.getTasks(), run.count);
  llvm::SaveAndRestore open(isInLoop, true);
  if (tasks > 1)
    runTasks(loop, run, tasks, body);
  else
    runLoop(loop, run, constant(0), constant(run.count), body);
}

/// Shares the run out to tasks, a range of blocks to each.
void KernelLoops::runTasks(int64_t loop, const Run &run, int64_t tasks,
                           Body body) {
  makeTasks(builder, loc, tasks, run.count, [&](Value, Value first, Value end) {
    runLoop(loop, run, first, end, body);
  });
}

/// Runs `body` for the blocks of the run from `first` to before `end`.
void KernelLoops::runLoop(int64_t loop, const Run &run, Value first, Value end,
                          Body body) {
  auto over = scf::ForOp::create(builder, loc, first, end, constant(1));
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(over.getBody());
  AffineExpr start = builder.getAffineDimExpr(0) * run.size + run.first;
  operands.at[loop] = affine::makeComposedFoldedAffineApply(
      builder, loc, start, {over.getInductionVar()});
  body();
}

SmallVector<KernelLoops::Run> KernelLoops::cutColumns() const {
  int64_t extent = nest.extent(nest.columns);
  int64_t size = std::min(tiling.getColumns(), extent);
  SmallVector<Run> runs = {{0, extent / size, size, false}};
  if (extent % size != 0)
    runs.push_back({extent / size * size, 1, extent % size, false});
  return runs;
}

/// Whether a tap of a row in the block lies outside of the input.
bool KernelLoops::leavesInput(int64_t first, int64_t size) const {
  const NestWindow *window = nest.windowAt(nest.rows);
  if (!window)
    return false;
  int64_t reach = (nest.extent(window->tap) - 1) * window->dilation;
  return first * window->stride < window->low ||
         (first + size - 1) * window->stride + reach - window->low >=
             window->extent;
}

/// The row after the last one whose taps all lie before the input's end.
int64_t KernelLoops::endOfInside() const {
  int64_t extent = nest.extent(nest.rows);
  const NestWindow *window =
      nest.rows == kNone ? nullptr : nest.windowAt(nest.rows);
  if (!window)
    return extent;
  int64_t reach = (nest.extent(window->tap) - 1) * window->dilation;
  int64_t last = window->extent - 1 - reach + window->low;
  return std::min(extent, last / window->stride + 1);
}

/// The rows may be more than can be looked at one by one; those at the border
/// are few.
SmallVector<KernelLoops::Run> KernelLoops::cutRows() const {
  int64_t extent = nest.extent(nest.rows);
  SmallVector<Run> runs;
  for (int64_t first = 0; first < extent;) {
    int64_t size = std::min(tiling.getRows(), extent - first);
    bool atBorder = nest.rows != kNone && leavesInput(first, size);
    int64_t count = atBorder ? 1 : (endOfInside() - first) / size;
    if (!runs.empty() && runs.back().size == size &&
        runs.back().atBorder == atBorder)
      runs.back().count += count;
    else
      runs.push_back({first, count, size, atBorder});
    first += count * size;
  }
  return runs;
}

void KernelLoops::overPositions(unsigned index, Body body) {
  if (index == positions.size())
    return body();
  Run run = {0, nest.extent(positions[index]), 1, false};
  runBlocks(positions[index], run, [&] { overPositions(index + 1, body); });
}

void KernelLoops::overRows(Body body) {
  for (const Run &run : cutRows()) {
    rows = run;
    runBlocks(nest.rows, run, body);
  }
}

void KernelLoops::overColumns(Body body) {
  for (const Run &run : cutColumns()) {
    columns = run;
    runBlocks(nest.columns, run, body);
  }
}

void KernelLoops::emit() {
  auto emitBlock = [&] { block.emit(rows.size, columns.size, rows.atBorder); };
  if (tiling.getColumnsOuter())
    overColumns([&] { overPositions(0, [&] { overRows(emitBlock); }); });
  else
    overPositions(0, [&] { overRows([&] { overColumns(emitBlock); }); });
}

namespace {

struct LowerKernelsPass : impl::LowerKernelsPassBase<LowerKernelsPass> {
  using Base::Base;

  void runOnOperation() override {
    SmallVector<kernel::ReduceOp> kernels;
    getOperation()->walk(
        [&](kernel::ReduceOp kernel) { kernels.push_back(kernel); });
    for (kernel::ReduceOp kernel : kernels)
      if (failed(lower(kernel)))
        return signalPassFailure();
  }

private:
  LogicalResult lower(kernel::ReduceOp kernel) {
    if (!hasFixedStrides(kernel))
      return kernel.emitError("expects buffers of fixed shape and strides");
    kernel::TilingAttr tiling = kernel.getTilingAttr();
    if (!tiling || tiling.getRows() < 1 || tiling.getColumns() < 1)
      return kernel.emitError("the blocks of this reduction are not decided");
    OpBuilder builder(kernel);
    unsigned bytes = llvm::divideCeil(
        kernel.getAccumulatorType().getIntOrFloatBitWidth(), 8);
    int64_t lanes = std::max<int64_t>(vectorBytes / bytes, 1);
    KernelLoops loops(builder, kernel, lanes);
    if (!loops.fitsPanels())
      return kernel.emitError("blocks of ")
             << tiling.getColumns() << " columns do not fit the packed weights";
    loops.emit();
    kernel.erase();
    return success();
  }
};

} // namespace
} // namespace nnc
