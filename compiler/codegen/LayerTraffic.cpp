//===- LayerTraffic.cpp - what the layers of a body read and write --------===//
//
// See LayerTraffic.h. An access is followed through views to the buffer: a
// place in the arena or among the weights, or an argument. What counts of it is
// what the views in the body's first block let an operation see, and no more
// than the whole. A table that is read at a few places counts whole, since
// nobody knows the places.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/LayerTraffic.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Interfaces/LoopLikeInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Interfaces/ViewLikeInterface.h"

using namespace mlir;

namespace nnc {
namespace {

/// What one layer sees of a buffer, as views of the first block.
struct Seen {
  SetVector<Value> read, written;
};

using Buffers = llvm::MapVector<Value, Seen>;

/// A buffer, and what of it an access can see.
struct Place {
  Value buffer, visible;
};

} // namespace

/// What `view` is a view of; null if it is none.
static Value sourceOf(Value view) {
  if (auto op = view.getDefiningOp<ViewLikeOpInterface>())
    return op.getViewSource();
  auto argument = dyn_cast<BlockArgument>(view);
  if (!argument)
    return Value();
  auto loop = dyn_cast<LoopLikeOpInterface>(argument.getOwner()->getParentOp());
  OpOperand *init = loop ? loop.getTiedLoopInit(argument) : nullptr;
  return init ? init->get() : Value();
}

/// Follows an access to its buffer, which is a view of one of `blocks` or else
/// where the views end. No buffer if that is unknown.
static Place findPlace(Value accessed, ArrayRef<Value> blocks) {
  auto isOutside = [](Value value) {
    return isa<func::FuncOp>(value.getParentBlock()->getParentOp());
  };
  Value buffer = accessed, visible;
  for (;;) {
    if (!visible && isOutside(buffer))
      visible = buffer;
    Value source = sourceOf(buffer);
    if (!source)
      break;
    if (llvm::is_contained(blocks, source))
      return {buffer, visible};
    buffer = source;
  }
  return isa<BlockArgument>(buffer) && visible ? Place{buffer, visible}
                                               : Place();
}

static int64_t bytesOf(Value buffer) {
  auto type = dyn_cast<MemRefType>(buffer.getType());
  if (!type || !type.hasStaticShape() ||
      !type.getElementType().isIntOrIndexOrFloat())
    return 0;
  Type element = type.getElementType();
  unsigned bits = element.isIndex() ? 64 : element.getIntOrFloatBitWidth();
  return type.getNumElements() * llvm::divideCeil(bits, 8);
}

static int64_t bytesOf(Value buffer, const SetVector<Value> &views) {
  int64_t bytes = 0;
  for (Value view : views)
    bytes += bytesOf(view);
  return std::min(bytes, bytesOf(buffer));
}

static Buffers findBuffers(ArrayRef<Operation *> ops, ArrayRef<Value> blocks) {
  Buffers buffers;
  SmallVector<MemoryEffects::EffectInstance> effects;
  auto visit = [&](MemoryEffectOpInterface op) {
    effects.clear();
    op.getEffects(effects);
    for (const MemoryEffects::EffectInstance &effect : effects) {
      Value accessed = effect.getValue();
      bool reads = isa<MemoryEffects::Read>(effect.getEffect());
      if (!accessed || !isa<MemRefType>(accessed.getType()) ||
          !(reads || isa<MemoryEffects::Write>(effect.getEffect())))
        continue;
      Place place = findPlace(accessed, blocks);
      if (!place.buffer)
        continue;
      Seen &seen = buffers[place.buffer];
      (reads ? seen.read : seen.written).insert(place.visible);
    }
  };
  for (Operation *op : ops)
    op->walk(visit);
  return buffers;
}

SmallVector<LayerTraffic>
measureTraffic(Value arena, Value weights,
               ArrayRef<SmallVector<Operation *>> layers) {
  SmallVector<Value> blocks = {arena};
  if (weights)
    blocks.push_back(weights);
  SmallVector<Buffers> all;
  DenseMap<Value, unsigned> users;
  for (ArrayRef<Operation *> ops : layers) {
    all.push_back(findBuffers(ops, blocks));
    for (const auto &[buffer, seen] : all.back())
      ++users[buffer];
  }
  SmallVector<LayerTraffic> result;
  for (const Buffers &buffers : all) {
    LayerTraffic &traffic = result.emplace_back();
    for (const auto &[buffer, seen] : buffers) {
      int64_t bytes =
          bytesOf(buffer, seen.read) + bytesOf(buffer, seen.written);
      Value source = sourceOf(buffer);
      if (source && source == weights)
        traffic.weights += bytes;
      else if (source != arena || users[buffer] > 1)
        traffic.tensors += bytes;
    }
  }
  return result;
}

} // namespace nnc
