//===- VerifyMath.cpp - CHECK: nothing calls a math library ---------------===//
//
// Lists every operation that the instruction selector would turn into a call,
// all of them at once, before any code is made.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

namespace nnc {
#define GEN_PASS_DEF_VERIFYMATHPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {

/// Operations that have instructions on every target, or that ExpandMath has
/// left because this target has them.
static bool isInstruction(Operation *op) {
  if (isa<arith::RemFOp>(op))
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
