//===- Tasks.cpp - work that is shared out to parallel tasks --------------===//
//
// Each task gets a range of equal pieces; the ranges differ by one at most.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/Tasks.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"

using namespace mlir;

namespace nnc {

/// Cycles that are worth a task of their own; handing tasks out and waiting for
/// the last one takes some thousands.
static constexpr double kTaskCycles = 16 * 1024;

int64_t countTasks(double cycles, int64_t most) {
  if (cycles >= kTaskCycles * double(most))
    return std::max<int64_t>(most, 1);
  return std::max<int64_t>(int64_t(cycles / kTaskCycles), 1);
}

void makeTasks(OpBuilder &builder, Location loc, int64_t tasks, int64_t count,
               llvm::function_ref<void(Value, Value, Value)> body) {
  OpFoldResult bound = builder.getIndexAttr(tasks);
  auto loop = scf::ForallOp::create(builder, loc, ArrayRef(bound),
                                    /*outputs=*/ValueRange(),
                                    /*mapping=*/std::nullopt);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(loop.getBody());
  Value task = loop.getInductionVar(0);
  auto at = [&](AffineExpr expr) {
    return getValueOrCreateConstantIndexOp(
        builder, loc,
        affine::makeComposedFoldedAffineApply(
            builder, loc, (expr * count).floorDiv(tasks), {task}));
  };
  AffineExpr index = builder.getAffineDimExpr(0);
  Value first = at(index), end = at(index + 1);
  body(task, first, end);
}

} // namespace nnc
