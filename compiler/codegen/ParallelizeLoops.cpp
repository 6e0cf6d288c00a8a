//===- ParallelizeLoops.cpp - tasks for operations on buffers -------------===//
//
// Elementwise operations, softmax, normalization and other reductions along
// rows are cut along a loop on which no result depends but its own, and shared
// out to parallel tasks. Operations that follow each other and are cut alike
// become one parallel loop: a task does them all for its rows, which stay in
// its cache, and nobody waits in between. Each sum is added as before, since no
// reduction is cut. What is left over where tasks do not share a loop evenly is
// done after them.
//
// This runs before the arena is planned, so that buffers of one parallel loop
// have memory of their own. Nothing happens where the work is not worth the
// handing out, nor in loops that carry buffers.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/Passes.h"
#include "compiler/codegen/Tasks.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Utils/Utils.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/MemRef/Utils/MemRefUtils.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace nnc {
#define GEN_PASS_DEF_PARALLELIZELOOPSPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {

/// More tasks than threads even out what other work delays.
static constexpr int64_t kMostTasks = 8;
/// Cycles of a function that becomes a polynomial, and of a division.
static constexpr int64_t kFunctionCycles = 16, kDivisionCycles = 8;
/// The axis of a buffer that is not cut.
static constexpr int64_t kWhole = -1;

namespace {

/// What tasks touch of a buffer: parts of it along an axis, or all of it.
struct Access {
  Value root, buffer;
  int64_t axis;
  bool writes;
};

/// Operations that are cut alike.
class Group {
public:
  /// Takes the operation in, cut along `loop`, if tasks of all need not wait
  /// for each other.
  bool add(linalg::LinalgOp op, unsigned loop, int64_t lanes);
  /// The same along any loop that fits the others.
  bool add(linalg::LinalgOp op, int64_t lanes);
  /// Replaces the operations by tasks if these are worth it.
  void emit();

  size_t size() const { return members.size(); }
  /// How much work is shared by how many tasks.
  double getGain() const { return gain; }

private:
  struct Member {
    linalg::LinalgOp op;
    unsigned loop;
  };

  bool isApart(ArrayRef<Access> added) const;

  int64_t extent = 0;
  double cycles = 0, gain = 0;
  SmallVector<Member> members;
  SmallVector<Access> accesses;
};

} // namespace

/// The memory that a buffer is part of; null if others may be part of it, too.
static Value findRoot(Value buffer) {
  buffer = memref::skipViewLikeOps(cast<MemrefValue>(buffer));
  if (auto argument = dyn_cast<BlockArgument>(buffer))
    return isa<func::FuncOp>(argument.getOwner()->getParentOp()) ? buffer
                                                                 : Value();
  return isa<memref::AllocOp, memref::GetGlobalOp>(buffer.getDefiningOp())
             ? buffer
             : Value();
}

/// The axis of the operand that `loop` runs along; nothing if it runs along it
/// in any other way.
static std::optional<int64_t> findAxis(linalg::LinalgOp op, OpOperand &operand,
                                       unsigned loop) {
  int64_t axis = kWhole;
  AffineMap map = op.getMatchingIndexingMap(&operand);
  for (auto [i, expr] : llvm::enumerate(map.getResults())) {
    if (!expr.isFunctionOfDim(loop))
      continue;
    if (axis != kWhole || expr != getAffineDimExpr(loop, op.getContext()))
      return std::nullopt;
    axis = int64_t(i);
  }
  return axis;
}

/// What the operation touches if `loop` is cut; nothing if it cannot be.
static std::optional<SmallVector<Access>> findAccesses(linalg::LinalgOp op,
                                                       unsigned loop) {
  SmallVector<Access> accesses;
  for (OpOperand &operand : op->getOpOperands()) {
    Value buffer = operand.get();
    if (!isa<MemRefType>(buffer.getType()))
      continue;
    std::optional<int64_t> axis = findAxis(op, operand, loop);
    bool writes = op.isDpsInit(&operand);
    if (!axis || (writes && *axis == kWhole))
      return std::nullopt;
    accesses.push_back({findRoot(buffer), buffer, *axis, writes});
  }
  bool isPlain = true;
  op.getBlock()->walk([&](Operation *inner) {
    if (auto load = dyn_cast<memref::LoadOp>(inner))
      accesses.push_back(
          {findRoot(load.getMemRef()), load.getMemRef(), kWhole, false});
    else
      isPlain &= isMemoryEffectFree(inner);
  });
  bool isKnown =
      llvm::all_of(accesses, [](const Access &access) { return access.root; });
  if (!isPlain || !isKnown)
    return std::nullopt;
  return accesses;
}

/// How many tasks a loop has work for; one if it is the innermost, whose turns
/// are those of vectors.
static int64_t rankLoop(linalg::LinalgOp op, unsigned loop) {
  return loop + 1 == op.getNumLoops()
             ? 1
             : std::min(op.getStaticLoopRanges()[loop], kMostTasks);
}

/// The parallel loops, the best to cut first: outer ones with enough turns.
static SmallVector<unsigned> findLoops(linalg::LinalgOp op) {
  SmallVector<int64_t> ranges = op.getStaticLoopRanges();
  SmallVector<unsigned> loops;
  if (!op.hasPureBufferSemantics() ||
      llvm::any_of(ranges, ShapedType::isDynamic))
    return loops;
  op.getParallelDims(loops);
  llvm::erase_if(loops, [&](unsigned loop) { return ranges[loop] < 2; });
  llvm::stable_sort(loops, [&](unsigned a, unsigned b) {
    return rankLoop(op, a) > rankLoop(op, b);
  });
  return loops;
}

/// An estimate, of vectors of so many lanes.
static double countCycles(linalg::LinalgOp op, int64_t lanes) {
  int64_t cost = op->getNumOperands();
  for (Operation &inner : op.getBlock()->without_terminator()) {
    bool isSimple = isa<math::FmaOp, math::AbsFOp>(inner);
    if (isa_and_present<math::MathDialect>(inner.getDialect()) && !isSimple)
      cost += kFunctionCycles;
    else if (isa<arith::DivFOp>(inner))
      cost += kDivisionCycles;
    else
      cost += inner.hasTrait<OpTrait::ConstantLike>() ? 0 : 1;
  }
  double cycles = double(cost) / double(lanes);
  for (int64_t range : op.getStaticLoopRanges())
    cycles *= double(range);
  return cycles;
}

/// Whether tasks that do what they have so far and this touch the memory that
/// any of them writes each at its own place.
bool Group::isApart(ArrayRef<Access> added) const {
  auto areApart = [](const Access &a, const Access &b) {
    return a.root != b.root || (!a.writes && !b.writes) ||
           (a.buffer == b.buffer && a.axis == b.axis && a.axis != kWhole);
  };
  return llvm::all_of(added, [&](const Access &a) {
    auto isApartFromA = [&](const Access &b) { return areApart(a, b); };
    return llvm::all_of(accesses, isApartFromA) &&
           llvm::all_of(added, isApartFromA);
  });
}

bool Group::add(linalg::LinalgOp op, unsigned loop, int64_t lanes) {
  int64_t range = op.getStaticLoopRanges()[loop];
  if (!members.empty() && range != extent)
    return false;
  std::optional<SmallVector<Access>> added = findAccesses(op, loop);
  if (!added || !isApart(*added))
    return false;
  llvm::append_range(accesses, *added);
  members.push_back({op, loop});
  extent = range;
  double more = countCycles(op, lanes);
  cycles += more;
  gain += more * double(rankLoop(op, loop));
  return true;
}

bool Group::add(linalg::LinalgOp op, int64_t lanes) {
  return llvm::any_of(findLoops(op),
                      [&](unsigned loop) { return add(op, loop, lanes); });
}

/// Makes the part of the operation from `first` on of `size` turns of a loop.
static void makePart(OpBuilder &builder, linalg::LinalgOp op, unsigned loop,
                     OpFoldResult first, int64_t size) {
  SmallVector<Value> operands;
  for (OpOperand &operand : op->getOpOperands()) {
    Value buffer = operand.get();
    auto type = dyn_cast<MemRefType>(buffer.getType());
    int64_t axis = type ? *findAxis(op, operand, loop) : kWhole;
    if (axis == kWhole) {
      operands.push_back(buffer);
      continue;
    }
    SmallVector<OpFoldResult> offsets(type.getRank(), builder.getIndexAttr(0)),
        sizes, steps(type.getRank(), builder.getIndexAttr(1));
    for (int64_t extent : type.getShape())
      sizes.push_back(builder.getIndexAttr(extent));
    offsets[axis] = first;
    sizes[axis] = builder.getIndexAttr(size);
    operands.push_back(memref::SubViewOp::create(builder, op.getLoc(), buffer,
                                                 offsets, sizes, steps));
  }
  auto part = cast<linalg::LinalgOp>(
      clone(builder, op.getOperation(), TypeRange(), operands));
  SmallVector<OpFoldResult> starts(op.getNumLoops(), builder.getIndexAttr(0));
  starts[loop] = first;
  linalg::offsetIndices(builder, part, starts);
}

/// About as many tasks as wanted; if possible they share the loop evenly.
static int64_t chooseTasks(int64_t extent, int64_t wanted) {
  for (int64_t tasks = wanted; tasks <= 2 * wanted; ++tasks)
    if (extent % tasks == 0)
      return tasks;
  return std::min(wanted, extent);
}

void Group::emit() {
  int64_t wanted = std::min(countTasks(cycles, kMostTasks), extent);
  if (wanted < 2)
    return;
  int64_t tasks = chooseTasks(extent, wanted), size = extent / tasks;
  OpBuilder builder(members.back().op);
  makeTasks(builder, members.front().op.getLoc(), tasks, tasks * size,
            [&](Value, Value first, Value) {
              for (auto [op, loop] : members)
                makePart(builder, op, loop, first, size);
            });
  int64_t rest = extent - tasks * size;
  for (auto [op, loop] : members) {
    if (rest != 0)
      makePart(builder, op, loop, builder.getIndexAttr(tasks * size), rest);
    op.erase();
  }
}

/// Whether the operation may stay in front of those that come before it.
static bool isPassedBy(Operation &op) {
  return isa<memref::AllocOp>(op) || (isPure(&op) && op.getNumRegions() == 0);
}

/// The group of the first operations that gains the most.
static Group findGroup(ArrayRef<linalg::LinalgOp> ops, int64_t lanes) {
  Group best;
  for (unsigned loop : findLoops(ops.front())) {
    Group group;
    if (!group.add(ops.front(), loop, lanes))
      continue;
    for (linalg::LinalgOp op : ops.drop_front())
      if (!group.add(op, lanes))
        break;
    if (group.getGain() > best.getGain())
      best = group;
  }
  return best;
}

/// Operations that follow each other.
static void parallelize(ArrayRef<linalg::LinalgOp> ops, int64_t lanes) {
  while (!ops.empty()) {
    Group group = findGroup(ops, lanes);
    group.emit();
    ops = ops.drop_front(std::max<size_t>(group.size(), 1));
  }
}

static void parallelize(Block &block, int64_t lanes) {
  SmallVector<SmallVector<linalg::LinalgOp>> runs(1);
  for (Operation &op : block)
    if (auto structured = dyn_cast<linalg::LinalgOp>(op))
      runs.back().push_back(structured);
    else if (!isPassedBy(op))
      runs.emplace_back();
  for (ArrayRef<linalg::LinalgOp> run : runs)
    parallelize(run, lanes);
}

namespace {

struct ParallelizeLoopsPass
    : impl::ParallelizeLoopsPassBase<ParallelizeLoopsPass> {
  using Base::Base;

  void runOnOperation() override {
    SmallVector<Block *> blocks;
    getOperation()->walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (isa<linalg::LinalgOp, scf::ForallOp>(op))
        return WalkResult::skip();
      for (Region &region : op->getRegions())
        for (Block &block : region)
          blocks.push_back(&block);
      return WalkResult::advance();
    });
    int64_t lanes = std::max<int64_t>(vectorBytes / sizeof(float), 1);
    for (Block *block : blocks)
      parallelize(*block, lanes);
  }
};

} // namespace
} // namespace nnc
