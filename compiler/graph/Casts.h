//===- Casts.h - conversions of values in the graph -------------*- C++ -*-===//

#ifndef NNC_COMPILER_GRAPH_CASTS_H
#define NNC_COMPILER_GRAPH_CASTS_H

#include "dialect/NNOps.h"

namespace nnc {

/// `value` with elements of type `element`: an nn.ops.cast that has the name
/// and the place of `layer`, which needs it.
mlir::Value createCast(mlir::OpBuilder &b, mlir::Value value,
                       mlir::Type element, nn::LayerOpInterface layer);

/// Makes every layer that computes in 16 bits compute in float32.
mlir::LogicalResult widenHalfFloats(mlir::ModuleOp module);

} // namespace nnc

#endif // NNC_COMPILER_GRAPH_CASTS_H
