//===- LayerTraffic.h - what the layers of a body read and write -*- C++
//-*-===//
//
// For a profile: how many bytes each layer's code has to move at least, if its
// caches hold what it works on. Every buffer that it reads counts once, every
// buffer that it writes counts once; scratch memory, which nobody else
// touches, does not count.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_LAYERTRAFFIC_H
#define NNC_COMPILER_CODEGEN_LAYERTRAFFIC_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace nnc {

/// Bytes of one run of a body.
struct LayerTraffic {
  int64_t tensors = 0; ///< inputs, outputs, what is between layers
  int64_t weights = 0;
};

/// Adds up the traffic of layers, each given by its operations in the body's
/// first block. `arena` and `weights` are arguments of the body; the latter may
/// be null.
llvm::SmallVector<LayerTraffic>
measureTraffic(mlir::Value arena, mlir::Value weights,
               llvm::ArrayRef<llvm::SmallVector<mlir::Operation *>> layers);

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_LAYERTRAFFIC_H
