//===- NNCoreOps.td - dense, embedding, activations -----------------------===//

def NN_DenseOp : NN_Layer<"dense", "Dense", ["getWeightSpecs", "getMacs"]> {
  let summary = "activation(input · kernel + bias) over the last axis";
  let required = ["units"];
  let keys = (ins NN_PositiveInt:$units,
      NN_DefaultActivation<"linear">:$activation,
      NN_Default<NN_Bool, "true">:$use_bias,
      OptionalAttr<NN_Initializer>:$kernel_initializer,
      OptionalAttr<NN_Initializer>:$bias_initializer);
  let trainingKeys = ["kernel_regularizer", "bias_regularizer", "activity_regularizer", "kernel_constraint", "bias_constraint"];
}

def NN_EmbeddingOp : NN_Layer<"embedding", "Embedding",
    ["getWeightSpecs", "acceptsIntegers", "inferElementType"]> {
  let summary = "row `input` of a table, for every element of the input";
  let required = ["input_dim", "output_dim"];
  let keys = (ins NN_PositiveInt:$input_dim, NN_PositiveInt:$output_dim,
      NN_Default<NN_Bool, "false">:$mask_zero,
      OptionalAttr<NN_Initializer>:$embeddings_initializer);
  let trainingKeys = ["embeddings_regularizer", "activity_regularizer", "embeddings_constraint"];
}

def NN_ActivationOp : NN_Layer<"activation", "Activation"> {
  let summary = "one of Keras's activation functions";
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
  let keys = (ins OptionalAttr<NN_NonNegativeFloat>:$max_value,
      NN_Default<NN_NonNegativeFloat, "0.0">:$negative_slope,
      NN_Default<NN_NonNegativeFloat, "0.0">:$threshold);
}

def NN_LeakyReLUOp : NN_Layer<"leaky_relu", "LeakyReLU"> {
  let summary = "x where x >= 0, negative_slope · x elsewhere";
  let keys = (ins NN_Default<NN_NonNegativeFloat, "0.3">:$negative_slope);
}

def NN_PReLUOp : NN_Layer<"prelu", "PReLU", ["getWeightSpecs"]> {
  let summary = "x where x >= 0, a learned alpha · x elsewhere";
  let keys = (ins OptionalAttr<NN_Initializer>:$alpha_initializer,
      OptionalAttr<NN_Ints>:$shared_axes);
  let trainingKeys = ["alpha_regularizer", "alpha_constraint"];
}

def NN_ELUOp : NN_Layer<"elu", "ELU"> {
  let summary = "x where x > 0, alpha · (exp(x) - 1) elsewhere";
  let keys = (ins NN_Default<NN_Float, "1.0">:$alpha);
}

def NN_SoftmaxOp : NN_KeywordLayer<"softmax", "Softmax"> {
  let summary = "exp(x) / sum(exp(x)) along one or more axes";
  let keywordOperands = (ins Optional<NN_Value>:$mask);
  let keywords = ["mask"];
  let keys = (ins NN_Default<NN_Ints, "{-1}">:$axis);
}

def NN_RescalingOp : NN_Layer<"rescaling", "Rescaling"> {
  let summary = "x · scale + offset";
  let required = ["scale"];
  let keys = (ins NN_Numbers:$scale, OptionalAttr<NN_Numbers>:$offset);
}

def NN_NormalizationOp : NN_Layer<"normalization", "Normalization",
                                  ["getWeightSpecs"]> {
  let summary = "(x - mean) / max(sqrt(variance), 1e-7), or back";
  let description = [{
    `mean` and `variance` are given together, or else are weights that Keras has
    adapted. `axis` names the axes that have a mean each; `[]`: one for all.
  }];
  let keys = (ins NN_Default<NN_Ints, "{-1}">:$axis,
      OptionalAttr<NN_Numbers>:$mean, OptionalAttr<NN_Numbers>:$variance,
      NN_Default<NN_Bool, "false">:$invert);
}
