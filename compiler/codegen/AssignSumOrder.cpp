//===- AssignSumOrder.cpp - DECIDE: the order of every sum ----------------===//
//
// Writes `nnc.sum` on every reduction, so that the lowering (and later every
// kernel, tile and thread) adds in the same order. Only a reduction along the
// innermost loop, over contiguous elements and with one associative combiner,
// is worth several partial sums; when the innermost loop runs over outputs,
// that loop is what vectorizes and one running sum is right. The decision
// looks at nothing that depends on the batch. Operations that already have
// the attribute keep it.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/Passes.h"
#include "compiler/codegen/Reduction.h"
#include "compiler/codegen/SumOrder.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace nnc {
#define GEN_PASS_DEF_ASSIGNSUMORDERPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {

/// Whether the input is contiguous along the loop or does not depend on it.
static bool contiguousAlong(AffineMap map, unsigned loop) {
  for (auto [index, expr] : llvm::enumerate(map.getResults())) {
    if (!expr.isFunctionOfDim(loop))
      continue;
    if (index + 1 != map.getNumResults() ||
        expr != getAffineDimExpr(loop, map.getContext()))
      return false;
  }
  return true;
}

static int64_t decide(linalg::LinalgOp op, unsigned vectorBytes) {
  if (!reducesInnermost(op) || !findCombiner(op))
    return 1;
  unsigned loop = op.getNumLoops() - 1;
  for (OpOperand *input : op.getDpsInputOperands())
    if (!contiguousAlong(op.getMatchingIndexingMap(input), loop))
      return 1;
  int64_t extent = op.getStaticLoopRanges()[loop];
  Type element = getElementTypeOrSelf(op.getDpsInits()[0].getType());
  if (ShapedType::isDynamic(extent) || !element.isIntOrFloat())
    return 1;
  unsigned bytes = llvm::divideCeil(element.getIntOrFloatBitWidth(), 8);
  return partialSums(extent, bytes, vectorBytes);
}

namespace {

struct AssignSumOrderPass : impl::AssignSumOrderPassBase<AssignSumOrderPass> {
  using Base::Base;

  void runOnOperation() override {
    getOperation()->walk([&](linalg::LinalgOp op) {
      if (op.getNumReductionLoops() == 0 || op->hasAttr(kSumAttr))
        return;
      int64_t sums = decide(op, vectorBytes);
      op->setDiscardableAttr(
          kSumAttr,
          IntegerAttr::get(IntegerType::get(&getContext(), 64), sums));
    });
  }
};

} // namespace
} // namespace nnc
