//===- VerifySumOrder.cpp - CHECK: the order of every sum -----------------===//
//
// Every reduction must say in which order it adds, and partial sums must be
// possible where they are asked for (the attribute may be written by hand).
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/Passes.h"
#include "compiler/codegen/Reduction.h"
#include "compiler/codegen/SumOrder.h"

namespace nnc {
#define GEN_PASS_DEF_VERIFYSUMORDERPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {
namespace {

struct VerifySumOrderPass : impl::VerifySumOrderPassBase<VerifySumOrderPass> {
  void runOnOperation() override {
    WalkResult result = getOperation()->walk([](linalg::LinalgOp op) {
      if (op.getNumReductionLoops() == 0)
        return WalkResult::advance();
      auto sums = op->getAttrOfType<IntegerAttr>(kSumAttr);
      if (!sums || sums.getInt() < 1 || !llvm::isPowerOf2_64(sums.getInt())) {
        op->emitError("the order of this sum is not fixed: '")
            << kSumAttr << "' must be a power of two";
        return WalkResult::interrupt();
      }
      if (sums.getInt() > 1 && (!reducesInnermost(op) || !findCombiner(op))) {
        op->emitError("partial sums need one associative combiner along the "
                      "innermost loop");
        return WalkResult::interrupt();
      }
      return WalkResult::advance();
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }
};

} // namespace
} // namespace nnc
