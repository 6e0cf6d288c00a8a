//===- ElideCopies.cpp - compute values where they are copied to ----------===//
//
// What is computed into a buffer of its own, only to be copied into an output
// or a part of a larger buffer, is computed there. So the inputs of a
// concatenation are written side by side at once. Nothing happens where the
// buffer is read after the copy, where its place is touched between its first
// use and the copy, or where an operation would not take a strided buffer.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/KernelOps.h"
#include "compiler/codegen/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Interfaces/ViewLikeInterface.h"

namespace nnc {
#define GEN_PASS_DEF_ELIDECOPIESPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {
namespace {

/// A box of elements in a buffer: all of it where there are no offsets.
struct Place {
  Value base;
  SmallVector<int64_t> offsets, sizes;
};

/// How far the uses of a value reach in a block.
struct Span {
  Operation *first = nullptr, *last = nullptr;

  void add(Operation *op) {
    if (!first || op->isBeforeInBlock(first))
      first = op;
    if (!last || last->isBeforeInBlock(op))
      last = op;
  }
};

} // namespace

/// Is `op` a box of its source with constant bounds, in as many dimensions?
static bool isBox(memref::SubViewOp op) {
  return op.getSourceType().getRank() == op.getType().getRank() &&
         op.getOffsets().empty() && op.getSizes().empty() &&
         op.getStrides().empty() &&
         llvm::all_of(op.getStaticStrides(), [](int64_t s) { return s == 1; });
}

/// The place that `value` is, if it is an output, a buffer or a box of one.
static std::optional<Place> findPlace(Value value) {
  Place place = {value, {}, {}};
  if (auto box = value.getDefiningOp<memref::SubViewOp>()) {
    if (!isBox(box))
      return std::nullopt;
    place = {box.getSource(), SmallVector<int64_t>(box.getStaticOffsets()),
             SmallVector<int64_t>(box.getStaticSizes())};
  }
  bool output = isa<BlockArgument>(place.base) &&
                isa<func::FuncOp>(place.base.getParentBlock()->getParentOp());
  if (!output && !place.base.getDefiningOp<memref::AllocOp>())
    return std::nullopt;
  return place;
}

/// Have two places of one buffer no element in common?
static bool areDisjoint(const Place &a, const Place &b) {
  for (size_t i = 0; i < std::min(a.offsets.size(), b.offsets.size()); ++i)
    if (a.offsets[i] + a.sizes[i] <= b.offsets[i] ||
        b.offsets[i] + b.sizes[i] <= a.offsets[i])
      return true;
  return false;
}

/// Does `op` read or write the buffers that it is given, and nothing else?
static bool onlyAccesses(Operation *op) {
  return isa<linalg::LinalgOp, kernel::ReduceOp, kernel::WinogradOp,
             memref::CopyOp, memref::LoadOp, memref::StoreOp>(op);
}

/// Extends `span` by all uses of `value`, views of it included, as seen from
/// `block`. With `strided`, false also where a user would not take a strided
/// buffer in its place.
static bool addUses(Value value, Block *block, bool strided, Span &span) {
  return llvm::all_of(value.getUsers(), [&](Operation *user) {
    Operation *ancestor = block->findAncestorOpInBlock(*user);
    if (!ancestor)
      return false;
    span.add(ancestor);
    auto box = dyn_cast<memref::SubViewOp>(user);
    if (isa<ViewLikeOpInterface>(user) && (!strided || (box && isBox(box))))
      return addUses(user->getResult(0), block, strided, span);
    return onlyAccesses(user);
  });
}

/// Is `place` left alone, views of it included, by all operations of `block`
/// from `span.first` to `span.last`, but for the copy at the end?
static bool isUntouched(const Place &place, Value view, Block *block,
                        Span span) {
  return llvm::all_of(view.getUsers(), [&](Operation *user) {
    auto box = dyn_cast<memref::SubViewOp>(user);
    if (view == place.base && box && isBox(box) &&
        areDisjoint(*findPlace(box.getResult()), place))
      return true;
    if (isa<ViewLikeOpInterface>(user))
      return isUntouched(place, user->getResult(0), block, span);
    Operation *ancestor = block->findAncestorOpInBlock(*user);
    return onlyAccesses(user) && (!ancestor || ancestor == span.last ||
                                  ancestor->isBeforeInBlock(span.first) ||
                                  span.last->isBeforeInBlock(ancestor));
  });
}

/// Replaces `value` and the boxes of it by the same boxes of `place`.
static void replaceBy(Value value, const Place &place, OpBuilder &builder) {
  Location loc = value.getLoc();
  Value replacement = place.base;
  if (!place.offsets.empty()) {
    auto all = [&](ArrayRef<int64_t> values) {
      return getAsIndexOpFoldResult(builder.getContext(), values);
    };
    SmallVector<int64_t> ones(place.offsets.size(), 1);
    replacement =
        memref::SubViewOp::create(builder, loc, place.base, all(place.offsets),
                                  all(place.sizes), all(ones));
  }
  for (Operation *user : llvm::make_early_inc_range(value.getUsers())) {
    auto box = dyn_cast<memref::SubViewOp>(user);
    if (!box || place.offsets.empty())
      continue;
    Place inner = {place.base, SmallVector<int64_t>(box.getStaticOffsets()),
                   SmallVector<int64_t>(box.getStaticSizes())};
    for (auto [offset, outer] : llvm::zip_equal(inner.offsets, place.offsets))
      offset += outer;
    replaceBy(box, inner, builder);
    box.erase();
  }
  value.replaceAllUsesWith(replacement);
}

/// Lets `copy` vanish by computing its source in its target.
static bool elide(memref::CopyOp copy) {
  auto source = copy.getSource().getDefiningOp<memref::AllocOp>();
  std::optional<Place> place = findPlace(copy.getTarget());
  Block *block = copy->getBlock();
  if (!source || !place || source->getBlock() != block ||
      place->base == source.getResult())
    return false;
  bool strided = !place->offsets.empty();
  if (!strided && place->base.getType() != source.getType())
    return false;
  Span span;
  if (!addUses(source, block, strided, span) || span.last != copy)
    return false;
  if (!isUntouched(*place, place->base, block, span))
    return false;
  // A buffer that a part of is filled earlier is there earlier.
  Operation *base = place->base.getDefiningOp();
  if (base && base->getBlock() == block && source->isBeforeInBlock(base))
    base->moveBefore(source);
  OpBuilder builder(source);
  copy.erase();
  replaceBy(source, *place, builder);
  source.erase();
  return true;
}

namespace {

struct ElideCopiesPass : impl::ElideCopiesPassBase<ElideCopiesPass> {
  void runOnOperation() override {
    SmallVector<memref::CopyOp> copies;
    getOperation().walk([&](memref::CopyOp copy) { copies.push_back(copy); });
    // From the last one on: the place of a concatenation of concatenations is
    // known before that of its parts.
    for (memref::CopyOp copy : llvm::reverse(copies))
      elide(copy);
  }
};

} // namespace
} // namespace nnc
