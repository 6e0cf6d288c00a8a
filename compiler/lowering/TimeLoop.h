//===- TimeLoop.h - layers that run over time -------------------*- C++ -*-===//
//
// What recurrent layers of all kinds share: a loop over the steps of a sequence
// that carries the states, masked steps, and the results that the keys ask for.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_LOWERING_TIMELOOP_H
#define NNC_COMPILER_LOWERING_TIMELOOP_H

#include "compiler/lowering/LoweringUtils.h"

namespace nnc {

/// How the steps are run: Keras's keys and operands of all recurrent layers.
struct TimeLoop {
  mlir::ValueRange initialState; ///< zeros where there is none
  mlir::Value mask;              ///< (batch, steps) of i1; may be null
  bool returnSequences, returnState, goBackwards, zeroOutputForMask;

  template <typename LayerOp> static TimeLoop of(LayerOp op) {
    return {op.getInitialState(),    op.getMask(),
            op.getReturnSequences(), op.getReturnState(),
            op.getGoBackwards(),     op.getZeroOutputForMask()};
  }
};

/// The new states from what the sequence holds at a step, (batch, …), and the
/// old states. The first state is the layer's output.
using StepBody = llvm::function_ref<llvm::SmallVector<mlir::Value>(
    LocBuilder &, mlir::Value, mlir::ValueRange)>;

/// Runs `step` over `sequence`, (batch, steps, …), with `stateCount` states of
/// the shape `state`, and gives the layer's results: the last output or all of
/// them, and the last states where they are asked for.
llvm::SmallVector<mlir::Value> runOverTime(LocBuilder &b, const TimeLoop &loop,
                                           mlir::Value sequence, ShapeRef state,
                                           int64_t stateCount, StepBody step);

/// lhs · rhs, element by element.
mlir::Value multiply(LocBuilder &b, mlir::Value lhs, mlir::Value rhs);

/// forget · carry + input · candidate, an LSTM's new carry.
mlir::Value updateCarry(LocBuilder &b, mlir::Value forget, mlir::Value carry,
                        mlir::Value input, mlir::Value candidate);

} // namespace nnc

#endif // NNC_COMPILER_LOWERING_TIMELOOP_H
