//===- KernelOperands.h - loads and stores of a kernel -----------*- C++
//-*-===//
//
// Addresses within the loops that are being built: what loops contribute is
// computed once in a block, all else is a constant that the instruction holds.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_KERNELOPERANDS_H
#define NNC_COMPILER_CODEGEN_KERNELOPERANDS_H

#include "compiler/codegen/KernelNest.h"

#include "mlir/IR/Builders.h"
#include <map>

namespace nnc {

/// A result in a block: its row and its first column, counted from the
/// block's own, and how many columns from there on are in one vector.
struct Piece {
  int64_t row, column, width;
};

/// The same elements with one index, which counts from the first.
mlir::Value flattenBuffer(mlir::OpBuilder &builder, mlir::Location loc,
                          mlir::Value buffer);

class KernelOperands {
public:
  KernelOperands(mlir::OpBuilder &builder, kernel::ReduceOp kernel,
                 const KernelNest &nest);

  /// Where the loops stand: an induction variable or a constant for each.
  llvm::SmallVector<mlir::OpFoldResult> at;

  /// The elements of access `index` at `piece`: a vector of its width, or one
  /// scalar where they are all the same. Loads nothing twice in a block.
  mlir::Value load(unsigned index, Piece piece);
  void store(mlir::Value value, Piece piece);
  /// `value` in each of `width` lanes; itself if it is a vector or width is 1.
  mlir::Value widen(mlir::Value value, int64_t width);

private:
  int64_t fixedOffset(const NestAccess &access, Piece piece) const;
  mlir::Value movingOffset(unsigned index);
  mlir::Value address(unsigned index, Piece piece);
  bool changesAlongColumns(unsigned index) const;

  mlir::OpBuilder &builder;
  mlir::Location loc;
  const KernelNest &nest;
  llvm::SmallVector<mlir::Value> operands; ///< buffers of rank 1, or scalars
  /// What the current block has computed.
  mlir::Block *block = nullptr;
  std::map<unsigned, mlir::Value> moving;
  std::map<std::tuple<unsigned, int64_t, int64_t>, mlir::Value> loaded;
  std::map<std::pair<void *, int64_t>, mlir::Value> widened;
  void enterBlock();
};

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_KERNELOPERANDS_H
