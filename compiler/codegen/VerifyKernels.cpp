//===- VerifyKernels.cpp - CHECK: sums of kernels stay in registers -------===//
//
// What makes a kernel fast is that its sums never leave their registers: its
// reduction loops write nothing, carry no value wider than a register, and no
// more values than there are registers. A plan that asks for more (`tiled` may
// be written by hand) is reported here instead of being slow in silence.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/Passes.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace nnc {
#define GEN_PASS_DEF_VERIFYKERNELSPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {

/// Scalars always fit a register.
static bool fitsRegister(Type type, int64_t registerBytes) {
  auto vector = dyn_cast<VectorType>(type);
  return !vector || vector.getNumElements() * vector.getElementTypeBitWidth() <=
                        8 * registerBytes;
}

/// The first operation in the loop that writes memory, or null.
static Operation *findWrite(scf::ForOp loop) {
  Operation *write = nullptr;
  loop.getBody()->walk([&](MemoryEffectOpInterface op) {
    if (!op.hasEffect<MemoryEffects::Write>())
      return WalkResult::advance();
    write = op;
    return WalkResult::interrupt();
  });
  return write;
}

namespace {

struct VerifyKernelsPass : impl::VerifyKernelsPassBase<VerifyKernelsPass> {
  using Base::Base;

  void runOnOperation() override {
    bool ok = true;
    getOperation()->walk([&](scf::ForOp loop) {
      if (loop->hasAttr(kReducesAttr))
        ok &= succeeded(check(loop));
    });
    if (!ok)
      signalPassFailure();
  }

private:
  LogicalResult check(scf::ForOp loop) {
    if (Operation *write = findWrite(loop))
      return write->emitError("writes to memory in a reduction");
    for (Value sum : loop.getRegionIterArgs())
      if (!fitsRegister(sum.getType(), vectorBytes))
        return loop.emitError("a sum of type ")
               << sum.getType() << " is wider than a register of "
               << vectorBytes.getValue() << " bytes";
    if (loop.getNumRegionIterArgs() > vectorRegisters)
      return loop.emitError("a block has ")
             << loop.getNumRegionIterArgs() << " sums for "
             << vectorRegisters.getValue() << " registers";
    return success();
  }
};

} // namespace
} // namespace nnc
