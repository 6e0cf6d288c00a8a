//===- States.h - a body's states in memory ---------------------*- C++ -*-===//
//
// A body with states has two arguments more, behind its outputs: the state as
// the last call left it, and the place for what it is now. Both are N rows, one
// a sample, with all states of the model one after the other. In the caller's
// memory the two take turns, row by row, which the rows' stride says.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_LOWERING_STATES_H
#define NNC_COMPILER_LOWERING_STATES_H

#include "dialect/NNOps.h"
#include "mlir/IR/IRMapping.h"

namespace nnc {

/// Where the states of one model lie in a row.
class StateLayout {
public:
  explicit StateLayout(nn::ModelOp model);

  bool empty() const { return states.empty(); }
  /// Of the old state and of the new one.
  mlir::MemRefType getBufferType() const;
  /// Bytes of all states of one sample.
  int64_t getBytes() const;

  /// Maps every nn.state to its part of `buffer`.
  void read(mlir::OpBuilder &builder, mlir::Value buffer,
            mlir::IRMapping &mapping) const;
  /// Writes what each nn.update_state says into `buffer`.
  void write(mlir::OpBuilder &builder, mlir::Value buffer,
             mlir::IRMapping &mapping) const;

private:
  llvm::SmallVector<nn::StateOp> states;
  llvm::SmallVector<int64_t> offsets; ///< elements, by state
  int64_t rows = 0, width = 0;
  mlir::Type element;
};

/// Reports what keeps the model's states from being laid out.
mlir::LogicalResult checkStates(nn::ModelOp model);

} // namespace nnc

#endif // NNC_COMPILER_LOWERING_STATES_H
