//===- WeightTypes.h - element types of weights -----------------*- C++ -*-===//

#ifndef NNC_DIALECT_WEIGHTTYPES_H
#define NNC_DIALECT_WEIGHTTYPES_H

#include "dialect/NNOps.h"

namespace nnc::nn {

/// The element type in which the layer's weight is stored: that of variables of
/// its policy, or int8 where Keras has quantized it.
mlir::Type getWeightType(LayerOpInterface layer, const WeightSpec &spec);

/// Whether Keras rounds the weight to the layer's compute type before it is
/// used. Normalizations that compute in float32 anyway use theirs as stored.
bool isAutocast(LayerOpInterface layer, const WeightSpec &spec);

} // namespace nnc::nn

#endif // NNC_DIALECT_WEIGHTTYPES_H
