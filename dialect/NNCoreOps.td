//===- NNCoreOps.td - dense, embedding, activations -----------------------===//

#ifndef NN_CORE_OPS_TD
#define NN_CORE_OPS_TD

include "dialect/NNBase.td"

/// How Keras has quantized a layer whose policy is int8_from_….
def NN_Int8Config : Attr<CPred<"::nnc::nn::isInt8Config($_self)">,
    "an Int8QuantizationConfig with no activation_quantizer or an "
    "AbsMaxQuantizer to int8"> {
  let storageType = "::mlir::Attribute";
  let returnType = "::mlir::Attribute";
  let convertFromStorage = "$_self";
}

def NN_DenseOp : NN_Layer<"dense", "Dense", ["getWeightSpecs", "getMacs"]> {
  let summary = "activation(input · kernel + bias) over the last axis";
  let description = [{
    With a policy of int8_from_… the kernel is int8 and divided by
    `kernel_scale`, and the input is quantized row by row as
    `quantization_config` says.
  }];
  let policy = [NN_Int8Policy];
  let masks = "passMasks";
  let required = ["units"];
  let keys = (ins NN_PositiveInt:$units,
      NN_DefaultActivation<"linear">:$activation,
      NN_Default<NN_Bool, "true">:$use_bias,
      OptionalAttr<NN_Initializer>:$kernel_initializer,
      OptionalAttr<NN_Initializer>:$bias_initializer,
      OptionalAttr<NN_Int8Config>:$quantization_config);
  let trainingKeys = ["kernel_regularizer", "bias_regularizer", "activity_regularizer", "kernel_constraint", "bias_constraint"];
}

def NN_EmbeddingOp : NN_Layer<"embedding", "Embedding",
    ["getWeightSpecs"]> {
  let summary = "row `input` of a table, for every element of the input";
  let elementTypes = "inferLookupTypes";
  let description = [{
    With a policy of int8_from_… the table is int8, and row `i` is divided by
    `embeddings_scale[i]`.
  }];
  let policy = [NN_Int8Policy];
  let masks = "nonzeroMasks";
  let operandTypes = "castToIndices";
  let required = ["input_dim", "output_dim"];
  let keys = (ins NN_PositiveInt:$input_dim, NN_PositiveInt:$output_dim,
      NN_Default<NN_Bool, "false">:$mask_zero,
      OptionalAttr<NN_Initializer>:$embeddings_initializer);
  let trainingKeys = ["embeddings_regularizer", "activity_regularizer", "embeddings_constraint"];
}

def NN_EinsumDenseOp
    : NN_Layer<"einsum_dense", "EinsumDense", ["getWeightSpecs", "getMacs"]> {
  let summary = "activation(einsum(equation, input, kernel) + bias)";
  let description = [{
    `equation` is as in numpy, "abc,cd->abd" or "...x,xy->...y". `output_shape`
    is without the batch and what an ellipsis stands for; -1 is an extent that
    the equation says. `bias_axes` are letters of the result. With a policy of
    int8_from_… the kernel is int8, the product is divided by `kernel_scale`,
    and the input is quantized over the axes that are summed over, as
    `quantization_config` says.
  }];
  let policy = [NN_Int8Policy];
  let required = ["equation", "output_shape"];
  let keys = (ins NN_String:$equation, NN_Ints:$output_shape,
      NN_DefaultActivation<"linear">:$activation,
      OptionalAttr<NN_String>:$bias_axes,
      OptionalAttr<NN_Initializer>:$kernel_initializer,
      OptionalAttr<NN_Initializer>:$bias_initializer,
      OptionalAttr<NN_Int8Config>:$quantization_config);
  let trainingKeys = ["kernel_regularizer", "bias_regularizer", "activity_regularizer", "kernel_constraint", "bias_constraint"];
}

def NN_TernaryDenseOp
    : NN_Layer<"ternary_dense", "TernaryDense", ["getWeightSpecs", "getMacs"]> {
  let summary = "a Dense whose kernel's elements are rounded to -1, 0 and 1";
  let masks = "passMasks";
  let description = [{
    Elements up to `threshold` become 0. Without it, it is half of the mean of
    all |elements|, and the product is scaled by that mean.
  }];
  let required = ["units"];
  let keys = (ins NN_PositiveInt:$units,
      OptionalAttr<NN_NonNegativeFloat>:$threshold,
      NN_DefaultActivation<"linear">:$activation,
      NN_Default<NN_Bool, "true">:$use_bias,
      OptionalAttr<NN_Initializer>:$kernel_initializer,
      OptionalAttr<NN_Initializer>:$bias_initializer);
  let trainingKeys = ["kernel_regularizer", "bias_regularizer", "activity_regularizer", "kernel_constraint", "bias_constraint"];
}

def NN_LayerScaleOp : NN_Layer<"layer_scale", "LayerScale", ["getWeightSpecs"]> {
  let summary = "x · gamma over the last axis, as in Keras's ConvNeXt";
  let required = ["init_values", "projection_dim"];
  let keys = (ins NN_Float:$init_values, NN_PositiveInt:$projection_dim);
}

def NN_ReversibleEmbeddingOp : NN_Layer<"reversible_embedding",
    "ReversibleEmbedding", ["getWeightSpecs", "getMacs"]> {
  let summary = "an Embedding, or with `reverse` the product with its table";
  let description = [{
    `reverse = true` goes from output_dim to input_dim: by the transposed table,
    or without `tie_weights` by one of its own. Then `logit_soft_cap` bounds the
    result: tanh(y / cap) · cap. With a policy of int8_from_… tables are int8
    and divided by `embeddings_scale` and `reverse_embeddings_scale`, one scale
    for each index; in reverse the input is quantized row by row as
    `quantization_config` says.
  }];
  let policy = [NN_Int8Policy];
  let elementTypes = "inferReversibleTypes";
  let masks = "reversibleMasks";
  let operandTypes = "castReversible";
  let callKeys = ["reverse"];
  let required = ["input_dim", "output_dim"];
  let keys = (ins NN_PositiveInt:$input_dim, NN_PositiveInt:$output_dim,
      NN_Default<NN_Bool, "true">:$tie_weights,
      NN_Default<NN_Bool, "false">:$mask_zero,
      NN_Default<NN_Bool, "false">:$reverse,
      OptionalAttr<NN_OneOf<NN_FloatTypes>>:$reverse_dtype,
      OptionalAttr<NN_Float>:$logit_soft_cap,
      OptionalAttr<NN_Initializer>:$embeddings_initializer,
      OptionalAttr<NN_Int8Config>:$quantization_config);
  let trainingKeys = ["embeddings_regularizer", "activity_regularizer", "embeddings_constraint"];
}

def NN_ActivationOp : NN_Layer<"activation", "Activation"> {
  let summary = "one of Keras's activation functions";
  let masks = "passMasks";
  let description = [{
    `threshold` and `default_value` belong to the activation of that name, which
    Keras calls with two arguments more.
  }];
  let required = ["activation"];
  let keys = (ins NN_Activation:$activation,
      OptionalAttr<NN_Float>:$threshold, OptionalAttr<NN_Float>:$default_value);
}

def NN_ReLUOp : NN_Layer<"relu", "ReLU"> {
  let summary = "max(x, 0) with a ceiling, a slope below and a threshold";
  let masks = "passMasks";
  let keys = (ins OptionalAttr<NN_NonNegativeFloat>:$max_value,
      NN_Default<NN_NonNegativeFloat, "0.0">:$negative_slope,
      NN_Default<NN_NonNegativeFloat, "0.0">:$threshold);
}

def NN_LeakyReLUOp : NN_Layer<"leaky_relu", "LeakyReLU"> {
  let summary = "x where x >= 0, negative_slope · x elsewhere";
  let masks = "passMasks";
  let keys = (ins NN_Default<NN_NonNegativeFloat, "0.3">:$negative_slope);
}

def NN_PReLUOp : NN_Layer<"prelu", "PReLU", ["getWeightSpecs"]> {
  let summary = "x where x >= 0, a learned alpha · x elsewhere";
  let masks = "passMasks";
  let keys = (ins OptionalAttr<NN_Initializer>:$alpha_initializer,
      OptionalAttr<NN_Ints>:$shared_axes);
  let trainingKeys = ["alpha_regularizer", "alpha_constraint"];
}

def NN_ELUOp : NN_Layer<"elu", "ELU"> {
  let summary = "x where x > 0, alpha · (exp(x) - 1) elsewhere";
  let masks = "passMasks";
  let keys = (ins NN_Default<NN_Float, "1.0">:$alpha);
}

def NN_MaskingOp : NN_Layer<"masking", "Masking"> {
  let summary = "zeros for the steps whose features are all mask_value";
  let masks = "valueMasks";
  let keys = (ins NN_Default<NN_Float, "0.0">:$mask_value);
}

def NN_SoftmaxOp : NN_KeywordLayer<"softmax", "Softmax"> {
  let summary = "exp(x) / sum(exp(x)) along one or more axes";
  let masks = "passMasks";
  let keywordOperands = (ins Optional<NN_Value>:$mask);
  let keywords = ["mask"];
  let keys = (ins NN_Default<NN_Ints, "{-1}">:$axis);
}

def NN_IdentityOp : NN_Layer<"identity", "Identity", [], [NN_TrainingOnly]> {
  let summary = "the input itself";
  let elementTypes = "keepTypes";
}

def NN_RescalingOp : NN_Layer<"rescaling", "Rescaling"> {
  let summary = "x · scale + offset";
  let masks = "passMasks";
  let required = ["scale"];
  let keys = (ins NN_Numbers:$scale, OptionalAttr<NN_Numbers>:$offset);
}

def NN_NormalizationOp : NN_Layer<"normalization", "Normalization",
                                  ["getWeightSpecs"]> {
  let summary = "(x - mean) / max(sqrt(variance), 1e-7), or back";
  let masks = "passMasks";
  let description = [{
    `mean` and `variance` are given together, or else are weights that Keras has
    adapted. `axis` names the axes that have a mean each; `[]`: one for all.
  }];
  let keys = (ins NN_Default<NN_Ints, "{-1}">:$axis,
      OptionalAttr<NN_Numbers>:$mean, OptionalAttr<NN_Numbers>:$variance,
      NN_Default<NN_Bool, "false">:$invert);
}

#endif // NN_CORE_OPS_TD
