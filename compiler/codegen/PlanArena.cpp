//===- PlanArena.cpp - one planned block of memory per body ---------------===//
//
// A compiled model allocates nothing while it runs: every buffer becomes an
// offset into one arena that the caller provides. A buffer is in use from the
// first to the last operation that touches it or a view of it, as seen from
// the block that holds all of these; buffers that are never in use together
// share bytes. A body without buffers gets an arena of no bytes.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/ArenaPlan.h"
#include "compiler/codegen/LayerLoc.h"
#include "compiler/codegen/LayerSections.h"
#include "compiler/codegen/ModelInfoAttr.h"
#include "compiler/codegen/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/Transforms/BufferViewFlowAnalysis.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Interfaces/LoopLikeInterface.h"
#include "mlir/Interfaces/ViewLikeInterface.h"
#include "llvm/Support/DebugLog.h"

#define DEBUG_TYPE "nnc-plan-arena"

namespace nnc {
#define GEN_PASS_DEF_PLANARENAPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {
namespace {

/// When each operation starts and ends, its regions included.
struct Timeline {
  explicit Timeline(func::FuncOp body) {
    body.walk<WalkOrder::PreOrder>([&](Operation *op) { first[op] = now++; });
    body.walk([&](Operation *op) {
      // By value: a new entry moves those that the map has.
      int64_t end = std::max(last.lookup(op), first.lookup(op));
      last[op] = end;
      int64_t &parentEnd = last[op->getParentOp()];
      parentEnd = std::max(parentEnd, end);
    });
  }

  DenseMap<Operation *, int64_t> first, last;
  int64_t now = 0;
};

} // namespace

static FailureOr<int64_t> sizeInBytes(memref::AllocOp alloc) {
  MemRefType type = alloc.getType();
  Type element = type.getElementType();
  if (!type.hasStaticShape() || !type.getLayout().isIdentity())
    return alloc.emitError("a buffer of type ")
           << type << " has no fixed size to plan for";
  if (!element.isIntOrIndexOrFloat())
    return alloc.emitError("a buffer cannot hold ") << element;
  int64_t bytes = element.isIndex()
                      ? 8
                      : llvm::divideCeil(element.getIntOrFloatBitWidth(), 8);
  for (int64_t extent : type.getShape())
    if (llvm::MulOverflow(bytes, extent, bytes))
      return alloc.emitError("a buffer of type ")
             << type << " is larger than memory";
  return bytes;
}

/// Every operation that touches the buffer or a view of it.
static SmallVector<Operation *> findUsers(memref::AllocOp alloc,
                                          BufferViewFlowAnalysis &aliases) {
  SmallVector<Operation *> users;
  for (Value alias : aliases.resolve(alloc.getResult()))
    for (Operation *user : alias.getUsers())
      if (!isa<memref::DeallocOp, ViewLikeOpInterface>(user))
        users.push_back(user);
  return users;
}

/// Whether the buffer is carried into the next iteration of a loop around its
/// allocation, which would then need one more buffer.
static bool isLoopCarried(memref::AllocOp alloc,
                          BufferViewFlowAnalysis &aliases) {
  return llvm::any_of(aliases.resolve(alloc.getResult()), [&](Value alias) {
    auto argument = dyn_cast<BlockArgument>(alias);
    return argument &&
           argument.getOwner()->getParentOp()->isProperAncestor(alloc);
  });
}

/// From when to when the buffer is in use. The span is measured in the
/// innermost block around all users: inside it an iteration of a loop starts
/// afresh, whereas a loop within it counts as a whole.
static FailureOr<ArenaBuffer> measure(memref::AllocOp alloc, int64_t bytes,
                                      BufferViewFlowAnalysis &aliases,
                                      Timeline &timeline) {
  ArenaBuffer buffer = {bytes, timeline.first[alloc], timeline.first[alloc]};
  SmallVector<Operation *> users = findUsers(alloc, aliases);
  if (users.empty())
    return buffer;
  if (isLoopCarried(alloc, aliases))
    return alloc.emitError("a buffer outlives the iteration that made it");
  Block *block = alloc->getBlock();
  auto outside = [&](Operation *user) {
    return !block->findAncestorOpInBlock(*user);
  };
  while (llvm::any_of(users, outside)) {
    Operation *parent = block->getParentOp();
    if (isa<LoopLikeOpInterface>(parent))
      return alloc.emitError("a buffer outlives the iteration that made it");
    block = parent->getBlock();
  }
  buffer.first = std::numeric_limits<int64_t>::max();
  for (Operation *user : users) {
    Operation *ancestor = block->findAncestorOpInBlock(*user);
    buffer.first = std::min(buffer.first, timeline.first[ancestor]);
    buffer.last = std::max(buffer.last, timeline.last[ancestor]);
  }
  return buffer;
}

/// The arena's argument: after the outputs, before the weights if there are.
static Value addArenaArgument(func::FuncOp body, int64_t bytes) {
  unsigned position = body.getNumArguments();
  if (position != 0 && body.getArgAttr(position - 1, kWeightsArgAttr))
    --position;
  OpBuilder builder(body.getContext());
  (void)body.insertArgument(position,
                            MemRefType::get({bytes}, builder.getI8Type()),
                            DictionaryAttr(), body.getLoc());
  return body.getArgument(position);
}

/// Whether elements are so small that AssignAliasScopes could not tell their
/// addresses from offsets of buffers.
static bool hasByteElements(memref::AllocOp alloc) {
  Type element = alloc.getType().getElementType();
  return element.isIntOrFloat() && element.getIntOrFloatBitWidth() <= 8;
}

static void replaceAllocs(func::FuncOp body, ArrayRef<memref::AllocOp> allocs,
                          ArrayRef<ArenaBuffer> buffers,
                          const ArenaPlan &plan) {
  Value arena = addArenaArgument(body, plan.bytes);
  SmallVector<int64_t> pairs;
  SmallVector<Value> views;
  OpBuilder builder(body.getContext());
  builder.setInsertionPointToStart(&body.front());
  for (auto [alloc, buffer, start] :
       llvm::zip_equal(allocs, buffers, plan.offsets)) {
    memref::AllocOp op = alloc;
    Value offset = arith::ConstantIndexOp::create(builder, op.getLoc(), start);
    views.push_back(memref::ViewOp::create(builder, op.getLoc(), op.getType(),
                                           arena, offset, ValueRange()));
    pairs.append({start, buffer.bytes});
  }
  if (llvm::none_of(allocs, hasByteElements))
    body->setDiscardableAttr(kArenaAttr, builder.getDenseI64ArrayAttr(pairs));
  for (auto [alloc, view] : llvm::zip_equal(allocs, views)) {
    memref::AllocOp op = alloc;
    for (Operation *user : llvm::make_early_inc_range(op->getUsers()))
      if (isa<memref::DeallocOp>(user))
        user->erase();
    op.replaceAllUsesWith(view);
    op.erase();
  }
}

/// What a profile shows of a plan. Times are those of the timeline.
static ArenaInfo describeArena(func::FuncOp body,
                               ArrayRef<memref::AllocOp> allocs,
                               ArrayRef<ArenaBuffer> buffers,
                               const ArenaPlan &plan,
                               const Timeline &timeline) {
  ArenaInfo info;
  info.batch = body->getAttrOfType<IntegerAttr>(kBatchAttr).getInt();
  info.bytes = plan.bytes;
  info.lowerBound = plan.lowerBound;
  info.end = timeline.now;
  for (const Section &section : findSections(body))
    info.steps.push_back(
        {section.layer.str(), timeline.first.lookup(section.ops.front())});
  for (auto [alloc, buffer, offset] :
       llvm::zip_equal(allocs, buffers, plan.offsets)) {
    memref::AllocOp op = alloc;
    StringAttr layer = findLayerName(op.getLoc());
    info.buffers.push_back({layer ? layer.str() : std::string(), offset,
                            buffer.bytes, buffer.first, buffer.last});
  }
  return info;
}

/// Plans one body.
static FailureOr<ArenaInfo> planBody(func::FuncOp body) {
  BufferViewFlowAnalysis aliases(body);
  Timeline timeline(body);
  SmallVector<memref::AllocOp> allocs;
  SmallVector<ArenaBuffer> buffers;
  body.walk([&](memref::AllocOp alloc) { allocs.push_back(alloc); });
  for (memref::AllocOp alloc : allocs) {
    FailureOr<int64_t> bytes = sizeInBytes(alloc);
    if (failed(bytes))
      return failure();
    FailureOr<ArenaBuffer> buffer = measure(alloc, *bytes, aliases, timeline);
    if (failed(buffer))
      return failure();
    buffers.push_back(*buffer);
  }
  std::optional<ArenaPlan> plan = planArena(buffers);
  if (!plan)
    return body.emitError("the buffers of this model are larger than memory");
  LDBG() << body.getName() << ": " << plan->bytes << " bytes, lower bound "
         << plan->lowerBound;
  ArenaInfo info = describeArena(body, allocs, buffers, *plan, timeline);
  replaceAllocs(body, allocs, buffers, *plan);
  return info;
}

namespace {

struct PlanArenaPass : impl::PlanArenaPassBase<PlanArenaPass> {
  using Base::Base;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    FailureOr<ModelInfo> info = readModelInfo(module);
    if (failed(info))
      return signalPassFailure();
    int64_t most = kAlignment;
    for (auto body : module.getOps<func::FuncOp>()) {
      if (!body->hasAttr(kBatchAttr) || body.isExternal())
        continue;
      FailureOr<ArenaInfo> arena = planBody(body);
      if (failed(arena))
        return signalPassFailure();
      most = std::max(most, arena->bytes);
      if (record)
        info->arenas.push_back(std::move(*arena));
    }
    // A stream's steps pass on their states behind the arena.
    if (info->isStream())
      most += alignedBytes(info->stateBytes / 2).value_or(0);
    info->workspaceBytes = most;
    writeModelInfo(module, *info);
  }
};

} // namespace
} // namespace nnc
