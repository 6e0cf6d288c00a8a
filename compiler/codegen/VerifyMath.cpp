//===- VerifyMath.cpp - CHECK: nothing calls a math library ---------------===//
//
// Lists every operation that the instruction selector would turn into a call,
// all of them at once, before any code is made.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/TypeUtilities.h"

namespace nnc {
#define GEN_PASS_DEF_VERIFYMATHPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {

/// Whether the operation does more with a half than to move its bits.
static bool computesOnHalves(Operation *op) {
  auto isHalf = [](Type type) {
    Type element = getElementTypeOrSelf(type);
    return element.isF16() || element.isBF16();
  };
  return isa_and_present<arith::ArithDialect, math::MathDialect>(
             op->getDialect()) &&
         !isa<arith::BitcastOp, arith::ConstantOp, arith::SelectOp>(op) &&
         (llvm::any_of(op->getOperandTypes(), isHalf) ||
          llvm::any_of(op->getResultTypes(), isHalf));
}

/// Operations that have instructions on every target, or that ExpandMath has
/// left because this target has them.
static bool isInstruction(Operation *op) {
  if (isa<arith::RemFOp>(op) || computesOnHalves(op))
    return false;
  if (!isa_and_present<math::MathDialect>(op->getDialect()))
    return true;
  return isa<math::SqrtOp, math::AbsFOp, math::CopySignOp, math::FmaOp,
             math::FloorOp, math::CeilOp, math::TruncOp, math::RoundEvenOp,
             math::AbsIOp, math::IsNaNOp, math::IsInfOp, math::IsFiniteOp>(op);
}

namespace {

struct VerifyMathPass : impl::VerifyMathPassBase<VerifyMathPass> {
  void runOnOperation() override {
    bool ok = true;
    getOperation()->walk([&](Operation *op) {
      if (isInstruction(op))
        return;
      ok = false;
      mlir::emitError(op->getLoc())
          << "'" << op->getName() << "' on " << op->getOperand(0).getType()
          << " would call a math library, which a compiled model has not";
    });
    if (!ok)
      signalPassFailure();
  }
};

} // namespace
} // namespace nnc
