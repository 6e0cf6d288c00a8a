//===- AssignTiling.cpp - DECIDE: write the blocks into the IR ------------===//
//
// Asks the cost model for each kernel and writes the answer on it, so that it
// can be read, tested and overridden: a kernel that says how it is tiled keeps
// that. Runs on buffers, whose strides are known.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/KernelNest.h"
#include "compiler/codegen/Passes.h"
#include "compiler/codegen/TileSizes.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

namespace nnc {
#define GEN_PASS_DEF_ASSIGNTILINGPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {
namespace {

struct AssignTilingPass : impl::AssignTilingPassBase<AssignTilingPass> {
  using Base::Base;

  void runOnOperation() override {
    TileTarget target = {vectorBytes, vectorRegisters, l1Bytes, l2Bytes,
                         loadsFirst};
    getOperation()->walk([&](kernel::ReduceOp kernel) {
      if (kernel.getTiling() || !hasFixedStrides(kernel))
        return;
      unsigned bytes = llvm::divideCeil(
          kernel.getAccumulatorType().getIntOrFloatBitWidth(), 8);
      TileSizes sizes = chooseTileSizes(makeNest(kernel), bytes, target);
      if (kernel->getParentOfType<scf::ForallOp>())
        sizes.tasks = 1; // it is part of a task
      kernel.setTilingAttr(kernel::TilingAttr::get(
          &getContext(), sizes.rows, sizes.columns, sizes.columnsOuter,
          sizes.unrollTaps, sizes.tasks));
    });
  }
};

} // namespace
} // namespace nnc
