//===- States.cpp - a body's states in memory -----------------------------===//
//
// See States.h. States of several element types share rows of the widest one,
// which holds every value of the others exactly.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/States.h"

#include "compiler/lowering/LoweringUtils.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;

namespace nnc {

static RankedTensorType getType(nn::StateOp state) {
  return cast<RankedTensorType>(state.getOutput().getType());
}

/// Elements of one sample.
static int64_t getWidth(RankedTensorType type) {
  return type.getNumElements() / type.getDimSize(0);
}

StateLayout::StateLayout(nn::ModelOp model)
    : states(model.getBody().getOps<nn::StateOp>()),
      element(Float32Type::get(model.getContext())) {
  for (nn::StateOp state : states) {
    RankedTensorType type = getType(state);
    offsets.push_back(width);
    width += getWidth(type);
    rows = type.getDimSize(0);
    if (type.getElementType().isF64())
      element = type.getElementType();
  }
}

MemRefType StateLayout::getBufferType() const {
  auto rowsApart = StridedLayoutAttr::get(element.getContext(), /*offset=*/0,
                                          {2 * width, 1});
  return MemRefType::get({rows, width}, element, rowsApart);
}

int64_t StateLayout::getBytes() const {
  return width * element.getIntOrFloatBitWidth() / 8;
}

/// `tensor` with elements of type `to`, which may be wider or narrower.
static Value convert(LocBuilder &b, Value tensor, Type to) {
  Type from = typeOf(tensor).getElementType();
  if (from == to)
    return tensor;
  bool widens = to.getIntOrFloatBitWidth() > from.getIntOrFloatBitWidth();
  return elementwise(
      b, shapeOf(tensor), {tensor},
      [&](LocBuilder &b, ValueRange x) -> Value {
        if (widens)
          return arith::ExtFOp::create(b, to, x[0]);
        return arith::TruncFOp::create(b, to, x[0]);
      },
      to);
}

void StateLayout::read(OpBuilder &builder, Value buffer,
                       IRMapping &mapping) const {
  auto type = RankedTensorType::get({rows, width}, element);
  Value all;
  for (auto [state, offset] : llvm::zip_equal(states, offsets)) {
    LocBuilder b(nn::StateOp(state).getLoc(), builder);
    if (!all)
      all = bufferization::ToTensorOp::create(b, type, buffer,
                                              /*restrict=*/true);
    RankedTensorType own = getType(state);
    Value part = slice(b, all, {0, offset}, {rows, getWidth(own)});
    part = convert(b, part, own.getElementType());
    mapping.map(nn::StateOp(state).getOutput(),
                reshape(b, part, own.getShape()));
  }
}

void StateLayout::write(OpBuilder &builder, Value buffer,
                        IRMapping &mapping) const {
  for (auto [state, offset] : llvm::zip_equal(states, offsets)) {
    nn::StateOp op = state;
    nn::UpdateStateOp update;
    for (Operation *user : op->getUsers())
      if (auto found = dyn_cast<nn::UpdateStateOp>(user);
          found && found.getState() == op.getOutput())
        update = found;
    LocBuilder b(update.getLoc(), builder);
    int64_t own = getWidth(getType(op));
    Value value = reshape(b, mapping.lookup(update.getValue()), {rows, own});
    value = convert(b, value, element);
    SmallVector<OpFoldResult> offsetsOf = {b.getIndexAttr(0),
                                           b.getIndexAttr(offset)};
    SmallVector<OpFoldResult> sizes = {b.getIndexAttr(rows),
                                       b.getIndexAttr(own)};
    SmallVector<OpFoldResult> strides(2, b.getIndexAttr(1));
    Value place =
        memref::SubViewOp::create(b, buffer, offsetsOf, sizes, strides);
    bufferization::MaterializeInDestinationOp::create(
        b, /*result=*/Type(), value, place, /*restrict=*/true,
        /*writable=*/true);
  }
}

LogicalResult checkStates(nn::ModelOp model) {
  bool ok = true;
  auto refuse = [&](nn::StateOp state, const Twine &reason) {
    ok = false;
    mlir::emitError(state.getLoc())
        << "state '" << state.getName() << "': " << reason;
  };
  for (auto state : model.getBody().getOps<nn::StateOp>()) {
    auto type = dyn_cast<RankedTensorType>(state.getOutput().getType());
    if (!type || !type.hasStaticShape() || type.getNumElements() == 0 ||
        type.getRank() == 0 ||
        type.getDimSize(0) != int64_t(model.getBatch().value_or(0)))
      refuse(state, "needs a static shape that starts with the batch [N218]");
    else if (!isa<FloatType>(type.getElementType()))
      refuse(state, "holds numbers that are no floating-point ones [N218]");
    size_t updates = llvm::count_if(state->getUses(), [&](OpOperand &use) {
      return isa<nn::UpdateStateOp>(use.getOwner()) &&
             use.getOperandNumber() == 0 &&
             use.getOwner()->getOperand(1).getType() == type;
    });
    if (updates != 1)
      refuse(state, "needs one nn.update_state of its type [N218]");
  }
  for (auto update : model.getBody().getOps<nn::UpdateStateOp>())
    if (!update.getState().getDefiningOp<nn::StateOp>()) {
      ok = false;
      mlir::emitError(update.getLoc())
          << "nn.update_state: its first operand is no nn.state [N218]";
    }
  return success(ok);
}

} // namespace nnc
