//===- NNLayers.td - all layers, by family --------------------------------===//
//
// What the language reference is generated from. The compiler builds each
// family on its own.
//
//===----------------------------------------------------------------------===//

#ifndef NN_LAYERS_TD
#define NN_LAYERS_TD

include "dialect/NNCoreOps.td"
include "dialect/NNConvOps.td"
include "dialect/NNPoolOps.td"
include "dialect/NNNormOps.td"
include "dialect/NNRecurrentOps.td"
include "dialect/NNAttentionOps.td"
include "dialect/NNShapeOps.td"
include "dialect/NNMergeOps.td"
include "dialect/NNTrainingOps.td"
include "dialect/NNWrapperOps.td"
include "dialect/NNImageOps.td"
include "dialect/NNPreprocessingOps.td"
include "dialect/NNKerasOps.td"
include "dialect/NNKerasReduceOps.td"
include "dialect/NNKerasShapeOps.td"
include "dialect/NNKerasProductOps.td"

#endif // NN_LAYERS_TD
