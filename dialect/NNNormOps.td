//===- NNNormOps.td - normalization ---------------------------------------===//

def NN_BatchNormalizationOp
    : NN_Layer<"batch_normalization", "BatchNormalization", ["getWeightSpecs"]> {
  let summary = "(x - moving_mean) / sqrt(moving_variance + epsilon) · gamma + beta";
  let keys = (ins NN_Default<NN_Int, "-1">:$axis,
      NN_Default<NN_NonNegativeFloat, "1e-3">:$epsilon,
      NN_Default<NN_Bool, "true">:$center, NN_Default<NN_Bool, "true">:$scale,
      OptionalAttr<NN_Initializer>:$beta_initializer,
      OptionalAttr<NN_Initializer>:$gamma_initializer,
      OptionalAttr<NN_Initializer>:$moving_mean_initializer,
      OptionalAttr<NN_Initializer>:$moving_variance_initializer);
  let trainingKeys = ["momentum", "beta_regularizer", "gamma_regularizer", "beta_constraint", "gamma_constraint", "synchronized", "renorm", "renorm_clipping", "renorm_momentum"];
}

def NN_LayerNormalizationOp
    : NN_Layer<"layer_normalization", "LayerNormalization", ["getWeightSpecs"]> {
  let summary = "(x - mean) / sqrt(variance + epsilon) · gamma + beta per sample";
  let keys = (ins NN_Default<NN_Ints, "{-1}">:$axis,
      NN_Default<NN_NonNegativeFloat, "1e-3">:$epsilon,
      NN_Default<NN_Bool, "true">:$center, NN_Default<NN_Bool, "true">:$scale,
      NN_Default<NN_Bool, "false">:$rms_scaling,
      OptionalAttr<NN_Initializer>:$beta_initializer,
      OptionalAttr<NN_Initializer>:$gamma_initializer);
  let trainingKeys = ["beta_regularizer", "gamma_regularizer", "beta_constraint", "gamma_constraint"];
}
