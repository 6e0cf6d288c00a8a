//===- WeightData.h - the values of a weight ---------------------*- C++
//-*-===//
//
// A weight is a `memref.global` with a value. Its bytes are read where they
// are, without a copy.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_WEIGHTDATA_H
#define NNC_COMPILER_CODEGEN_WEIGHTDATA_H

#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringMap.h"

namespace nnc {

/// The values of a weight, row-major.
struct WeightData {
  int64_t bytes = 0;           ///< of all elements
  llvm::ArrayRef<char> values; ///< all, or one element's if `splat`
  bool splat = false;

  /// Copies `count` bytes from byte `first` on; both are whole elements.
  void copy(int64_t first, int64_t count, char *to) const;
};

/// The values of `global`; an error names the weight. The bytes live as long
/// as the attribute.
llvm::FailureOr<WeightData> findWeightData(mlir::memref::GlobalOp global);

/// Where a tensor is read as a weight, through changes of its shape; null if
/// it is none.
mlir::memref::GetGlobalOp findWeight(mlir::Value value);

/// How many operations read each weight's values, in whatever shape.
llvm::StringMap<unsigned> countWeightReaders(mlir::ModuleOp module);

/// Erases the operations behind `value` that only served to read it, if nobody
/// reads it any more.
void eraseUnread(mlir::Value value);

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_WEIGHTDATA_H
