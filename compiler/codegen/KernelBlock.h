//===- KernelBlock.h - one block of a kernel ---------------------*- C++
//-*-===//
//
// The innermost part of a kernel: a few rows and columns of results, from the
// first step of their reduction to their store.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_KERNELBLOCK_H
#define NNC_COMPILER_CODEGEN_KERNELBLOCK_H

#include "compiler/codegen/KernelOperands.h"

namespace nnc {

/// The arithmetic of `block` on vectors of `width`. What is the same for all
/// columns stays scalar; `widen` makes vectors of it where they are needed.
mlir::Value
cloneOnVectors(mlir::OpBuilder &builder, mlir::Block &block,
               mlir::ValueRange arguments, int64_t width,
               llvm::function_ref<mlir::Value(mlir::Value, int64_t)> widen);

class KernelBlock {
public:
  KernelBlock(mlir::OpBuilder &builder, kernel::ReduceOp kernel,
              const KernelNest &nest, KernelOperands &operands, int64_t lanes)
      : builder(builder), loc(kernel.getLoc()), kernel(kernel), nest(nest),
        operands(operands), lanes(lanes),
        unrollTaps(kernel.getTiling()->getUnrollTaps()) {}

  /// Emits the block at `operands.at`, of `rows` × `columns` results. If
  /// `atBorder`, some of its rows have taps outside of the input, and it
  /// stands at a constant row.
  void emit(int64_t rows, int64_t columns, bool atBorder);

private:
  using Values = llvm::SmallVector<mlir::Value>;

  /// The rows [first, last) of the block, which take part in a step.
  struct Rows {
    int64_t first, last;
  };

  mlir::Value constant(int64_t value);
  Values start();
  Values reduce(unsigned level, Rows rows, Values sums);
  Values unroll(unsigned level, Rows rows, Values sums);
  Values loopOver(unsigned level, Rows rows, Values sums);
  std::pair<mlir::Value, mlir::Value> findBounds(int64_t loop);
  Rows clip(Rows rows, const NestWindow &window, int64_t tap) const;
  Values step(Rows rows, Values sums);
  mlir::Value clone(mlir::Block &block, mlir::ValueRange arguments,
                    int64_t width);
  void finish(Values sums);
  bool isUnrolled(unsigned level) const;

  mlir::OpBuilder &builder;
  mlir::Location loc;
  kernel::ReduceOp kernel;
  const KernelNest &nest;
  KernelOperands &operands;
  int64_t lanes;
  bool unrollTaps;
  llvm::SmallVector<int64_t> reductions;
  llvm::SmallVector<Piece> pieces; ///< row by row
  bool atBorder = false;
};

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_KERNELBLOCK_H
