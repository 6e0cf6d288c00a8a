//===- NNNormOps.td - normalization ---------------------------------------===//

#ifndef NN_NORM_OPS_TD
#define NN_NORM_OPS_TD

include "dialect/NNBase.td"

def NN_BatchNormalizationOp
    : NN_KeywordLayer<"batch_normalization", "BatchNormalization",
                      ["getWeightSpecs"]> {
  let summary = "(x - moving_mean) / sqrt(moving_variance + epsilon) · gamma + beta";
  let masks = "passMasks";
  let keywordOperands = (ins Optional<NN_Value>:$mask);
  let keywords = ["mask"];
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
  let masks = "passMasks";
  let keys = (ins NN_Default<NN_Ints, "{-1}">:$axis,
      NN_Default<NN_NonNegativeFloat, "1e-3">:$epsilon,
      NN_Default<NN_Bool, "true">:$center, NN_Default<NN_Bool, "true">:$scale,
      NN_Default<NN_Bool, "false">:$rms_scaling,
      OptionalAttr<NN_Initializer>:$beta_initializer,
      OptionalAttr<NN_Initializer>:$gamma_initializer);
  let trainingKeys = ["beta_regularizer", "gamma_regularizer", "beta_constraint", "gamma_constraint"];
}

def NN_GroupNormalizationOp
    : NN_Layer<"group_normalization", "GroupNormalization", ["getWeightSpecs"]> {
  let summary = "(x - mean) / sqrt(variance + epsilon) · gamma + beta per group of channels";
  let masks = "passMasks";
  let description = [{
    `groups = -1`: each channel is a group.
  }];
  let keys = (ins NN_Default<NN_Int, "32">:$groups,
      NN_Default<NN_Int, "-1">:$axis,
      NN_Default<NN_NonNegativeFloat, "1e-3">:$epsilon,
      NN_Default<NN_Bool, "true">:$center, NN_Default<NN_Bool, "true">:$scale,
      OptionalAttr<NN_Initializer>:$beta_initializer,
      OptionalAttr<NN_Initializer>:$gamma_initializer);
  let trainingKeys = ["beta_regularizer", "gamma_regularizer", "beta_constraint", "gamma_constraint"];
}

def NN_RMSNormalizationOp
    : NN_Layer<"rms_normalization", "RMSNormalization", ["getWeightSpecs"]> {
  let summary = "x / sqrt(mean(x²) + epsilon) · scale";
  let keys = (ins NN_Default<NN_Ints, "{-1}">:$axis,
      NN_Default<NN_NonNegativeFloat, "1e-6">:$epsilon);
}

def NN_UnitNormalizationOp
    : NN_Layer<"unit_normalization", "UnitNormalization"> {
  let summary = "x / sqrt(sum(x²)), so that the norm is one";
  let masks = "passMasks";
  let keys = (ins NN_Default<NN_Ints, "{-1}">:$axis);
}

#endif // NN_NORM_OPS_TD
