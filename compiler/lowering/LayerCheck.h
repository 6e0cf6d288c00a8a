//===- LayerCheck.h - what a layer must be to be lowered --------*- C++ -*-===//

#ifndef NNC_COMPILER_LOWERING_LAYERCHECK_H
#define NNC_COMPILER_LOWERING_LAYERCHECK_H

#include "dialect/NNOps.h"

namespace nnc {

/// Whether a value of this type can be lowered: a tensor of static shape, not
/// empty, whose elements can be counted.
bool isStaticTensor(mlir::Type type);

/// Reports what keeps the layer from being lowered: types that are open or do
/// not fit its keys, weights that are not bound or have another shape, options
/// that no lowering has yet. Weights must be memref.globals by then.
mlir::LogicalResult checkLayer(nn::LayerOpInterface layer);

} // namespace nnc

#endif // NNC_COMPILER_LOWERING_LAYERCHECK_H
