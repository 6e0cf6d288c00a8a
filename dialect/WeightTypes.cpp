//===- WeightTypes.cpp - element types of weights -------------------------===//
//
// See the header. Of a quantized layer's weights those that its float form has
// too are int8, biases apart; the scales beside them are floats.
//
//===----------------------------------------------------------------------===//

#include "dialect/WeightTypes.h"

#include "dialect/NNNormOps.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

Type nn::getWeightType(LayerOpInterface layer, const WeightSpec &spec) {
  bool shrinks = spec.name == "kernel" || spec.name == "embeddings" ||
                 spec.name == "reverse_embeddings";
  if (shrinks && isInt8Quantized(layer))
    return IntegerType::get(layer.getContext(), 8);
  return getVariableType(layer);
}

bool nn::isAutocast(LayerOpInterface layer, const WeightSpec &spec) {
  return !isa<BatchNormalizationOp, LayerNormalizationOp>(layer) &&
         isa<FloatType>(getWeightType(layer, spec));
}
