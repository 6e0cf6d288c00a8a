//===- IndexCheck.h - indices that address memory ---------------*- C++ -*-===//
//
// What layers that look elements up in a table need: an index that is always
// inside, and the status NNC_ERROR_INDEX where one was not.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_LOWERING_INDEXCHECK_H
#define NNC_COMPILER_LOWERING_INDEXCHECK_H

#include "compiler/lowering/LoweringUtils.h"

namespace nnc {

/// The index as an integer, 0 for one outside a table of `rows`, which thus is
/// never read outside its memory.
mlir::Value safeIndex(LocBuilder &b, mlir::Value index, int64_t rows);

/// An i32 status: an index error if any element is not good, else 0.
mlir::Value
checkAll(LocBuilder &b, mlir::Value tensor,
         llvm::function_ref<mlir::Value(LocBuilder &, mlir::Value)> isGood);

/// The same of indices in a table of `rows`.
mlir::Value checkIndices(LocBuilder &b, mlir::Value indices, int64_t rows);

} // namespace nnc

#endif // NNC_COMPILER_LOWERING_INDEXCHECK_H
