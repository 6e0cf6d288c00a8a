//===- LowerToLoops.cpp - DO: linalg on buffers becomes loops -------------===//
//
// Every operation becomes a nest in the order of its iterators: what the
// innermost loop is was decided before. Reductions along the innermost loop
// go through ReductionLoops, which keeps `nnc.sum`; everything else is the
// plain nest, whose innermost loop over outputs LLVM vectorizes: where it is a
// few whole vectors long, LLVM is told not to unroll it first, after which it
// would find no loop. Copies of contiguous memory stay memref.copy (a memcpy),
// others become loops too, since the stock lowering would call a run-time
// library.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/Buffers.h"
#include "compiler/codegen/Passes.h"
#include "compiler/codegen/Reduction.h"
#include "compiler/codegen/ReductionLoops.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Transforms/LoopInvariantCodeMotionUtils.h"

namespace nnc {
#define GEN_PASS_DEF_LOWERTOLOOPSPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {

/// Keeps LLVM from unrolling the innermost loop of a nest if it is some whole
/// vectors of `lanes` elements long. A single loop may well be unrolled.
static void keepInnermost(linalg::LinalgOp op, Operation *innermost,
                          int64_t lanes) {
  SmallVector<int64_t> extents = op.getStaticLoopRanges();
  int64_t last = extents.pop_back_val();
  if (last % lanes != 0 ||
      llvm::all_of(extents, [](int64_t extent) { return extent == 1; }))
    return;
  MLIRContext *context = op.getContext();
  auto disable = LLVM::LoopUnrollAttr::get(
      context, BoolAttr::get(context, true), {}, {}, {}, {}, {}, {});
  auto annotation = LLVM::LoopAnnotationAttr::get(
      context, {}, {}, {}, disable, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {});
  innermost->setAttr(kLoopAttr, annotation);
}

/// Reads what the innermost loop does not index once before it. LLVM would have
/// to prove for this that the loop does not write there; here it is known: what
/// one iteration of a parallel loop writes no other one reads.
static void hoistLoads(scf::ForOp innermost) {
  moveLoopInvariantCode(
      {&innermost.getRegion()},
      [&](Value value, Region *) {
        return innermost.isDefinedOutsideOfLoop(value);
      },
      [](Operation *op, Region *) {
        return isPure(op) || isa<memref::LoadOp>(op);
      },
      [&](Operation *op, Region *) { innermost.moveOutOfLoop(op); });
}

/// Lowers one structured operation and erases it.
static LogicalResult lowerLinalg(IRRewriter &rewriter, linalg::LinalgOp op,
                                 int64_t vectorBytes) {
  if (!op.hasPureBufferSemantics())
    return op.emitError("expects buffers, but has tensors");
  rewriter.setInsertionPoint(op);
  if (reducesInnermost(op) && findCombiner(op)) {
    lowerReduction(rewriter, op);
  } else {
    FailureOr<linalg::LinalgLoops> loops =
        linalg::linalgOpToLoops(rewriter, op);
    if (failed(loops))
      return op.emitError("cannot be lowered to loops");
    if (!loops->empty() &&
        linalg::isParallelIterator(op.getIteratorTypesArray().back())) {
      hoistLoads(cast<scf::ForOp>(loops->back()));
      keepInnermost(op, loops->back(), vectorBytes / sizeof(float));
    }
  }
  rewriter.eraseOp(op);
  return success();
}

static LogicalResult lowerCopy(IRRewriter &rewriter, memref::CopyOp op) {
  if (isMemcpy(op))
    return success();
  auto type = dyn_cast<MemRefType>(op.getTarget().getType());
  if (!type || !type.hasStaticShape())
    return op.emitError("a copy needs a fixed shape");
  rewriter.setInsertionPoint(op);
  Location loc = op.getLoc();
  Value zero = arith::ConstantIndexOp::create(rewriter, loc, 0);
  Value one = arith::ConstantIndexOp::create(rewriter, loc, 1);
  SmallVector<Value> indices;
  for (int64_t extent : type.getShape()) {
    Value end = arith::ConstantIndexOp::create(rewriter, loc, extent);
    auto loop = scf::ForOp::create(rewriter, loc, zero, end, one);
    indices.push_back(loop.getInductionVar());
    rewriter.setInsertionPointToStart(loop.getBody());
  }
  Value element =
      memref::LoadOp::create(rewriter, loc, op.getSource(), indices);
  memref::StoreOp::create(rewriter, loc, element, op.getTarget(), indices);
  rewriter.eraseOp(op);
  return success();
}

/// A linalg.copy between buffers of one type is a memref.copy.
static bool isPlainCopy(linalg::CopyOp op) {
  return op.getInputs()[0].getType() == op.getOutputs()[0].getType();
}

namespace {

struct LowerToLoopsPass : impl::LowerToLoopsPassBase<LowerToLoopsPass> {
  using Base::Base;

  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    getOperation()->walk([&](linalg::CopyOp op) {
      if (!isPlainCopy(op))
        return;
      rewriter.setInsertionPoint(op);
      memref::CopyOp::create(rewriter, op.getLoc(), op.getInputs()[0],
                             op.getOutputs()[0]);
      rewriter.eraseOp(op);
    });
    SmallVector<Operation *> work;
    getOperation()->walk([&](Operation *op) {
      if (isa<linalg::LinalgOp, memref::CopyOp>(op))
        work.push_back(op);
    });
    for (Operation *op : work) {
      auto copy = dyn_cast<memref::CopyOp>(op);
      if (failed(copy ? lowerCopy(rewriter, copy)
                      : lowerLinalg(rewriter, cast<linalg::LinalgOp>(op),
                                    vectorBytes)))
        return signalPassFailure();
    }
  }
};

} // namespace
} // namespace nnc
