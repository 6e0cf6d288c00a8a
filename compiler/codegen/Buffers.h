//===- Buffers.h - questions about buffers -----------------------*- C++
//-*-===//
//
// What lowering to loops and its check must answer alike.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_BUFFERS_H
#define NNC_COMPILER_CODEGEN_BUFFERS_H

#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/MemRef/Utils/MemRefUtils.h"

namespace nnc {

/// A buffer of fixed size without gaps in row-major order.
inline bool isContiguous(mlir::Value buffer) {
  auto type = mlir::dyn_cast<mlir::MemRefType>(buffer.getType());
  return type && type.hasStaticShape() &&
         mlir::memref::isStaticShapeAndContiguousRowMajor(type);
}

/// A copy that is one memcpy: neither side has gaps.
inline bool isMemcpy(mlir::memref::CopyOp copy) {
  return isContiguous(copy.getSource()) && isContiguous(copy.getTarget());
}

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_BUFFERS_H
