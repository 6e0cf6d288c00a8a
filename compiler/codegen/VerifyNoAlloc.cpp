//===- VerifyNoAlloc.cpp - CHECK: nothing allocates, nothing calls --------===//
//
// The arena's promise: once it is planned and linalg is gone, no body makes
// memory of its own, and no copy is left that would call a run-time library.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/Buffers.h"
#include "compiler/codegen/Passes.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Interfaces/CallInterfaces.h"

namespace nnc {
#define GEN_PASS_DEF_VERIFYNOALLOCPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {

/// What is wrong with the operation, or nothing.
static StringRef findFault(Operation *op) {
  if (isa<memref::AllocOp, memref::AllocaOp, memref::DeallocOp,
          memref::ReallocOp>(op))
    return "allocates memory";
  if (isa<CallOpInterface>(op))
    return "calls a function";
  if (isa<linalg::LinalgOp>(op))
    return "is not lowered";
  auto copy = dyn_cast<memref::CopyOp>(op);
  if (copy && !isMemcpy(copy))
    return "copies memory with gaps";
  return "";
}

namespace {

struct VerifyNoAllocPass : impl::VerifyNoAllocPassBase<VerifyNoAllocPass> {
  void runOnOperation() override {
    bool ok = true;
    getOperation()->walk([&](Operation *op) {
      StringRef fault = findFault(op);
      if (fault.empty())
        return;
      ok = false;
      op->emitError(fault) << " after the arena was planned";
    });
    if (!ok)
      signalPassFailure();
  }
};

} // namespace
} // namespace nnc
