//===- NNConvOps.td - convolutions ----------------------------------------===//

class NN_ConvLayer<string mnemonic, string kerasClass, int rank, Attr padding>
    : NN_Layer<mnemonic, kerasClass, ["getWeightSpecs", "getMacs"]> {
  string ones = "{" # !if(!eq(rank, 1), "1", "1, 1") # "}";
  let required = ["filters", "kernel_size"];
  let keys = (ins NN_PositiveInt:$filters, NN_PositiveInts<rank>:$kernel_size,
      NN_Default<NN_PositiveInts<rank>, ones>:$strides,
      NN_DefaultWord<padding, "valid">:$padding,
      NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format,
      NN_Default<NN_PositiveInts<rank>, ones>:$dilation_rate,
      NN_Default<NN_PositiveInt, "1">:$groups,
      NN_DefaultActivation<"linear">:$activation,
      NN_Default<NN_Bool, "true">:$use_bias,
      OptionalAttr<NN_Initializer>:$kernel_initializer,
      OptionalAttr<NN_Initializer>:$bias_initializer);
  let trainingKeys = ["kernel_regularizer", "bias_regularizer", "activity_regularizer", "kernel_constraint", "bias_constraint"];
}

def NN_Conv1DOp : NN_ConvLayer<"conv1d", "Conv1D", 1, NN_CausalPadding> {
  let summary = "convolution over one spatial axis";
}
def NN_Conv2DOp : NN_ConvLayer<"conv2d", "Conv2D", 2, NN_Padding> {
  let summary = "convolution over two spatial axes";
}

def NN_DepthwiseConv2DOp : NN_Layer<"depthwise_conv2d", "DepthwiseConv2D",
                                    ["getWeightSpecs", "getMacs"]> {
  let summary = "a convolution of each channel on its own";
  let required = ["kernel_size"];
  let keys = (ins NN_PositiveInts<2>:$kernel_size,
      NN_Default<NN_PositiveInts<2>, "{1, 1}">:$strides,
      NN_DefaultWord<NN_Padding, "valid">:$padding,
      NN_Default<NN_PositiveInt, "1">:$depth_multiplier,
      NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format,
      NN_Default<NN_PositiveInts<2>, "{1, 1}">:$dilation_rate,
      NN_DefaultActivation<"linear">:$activation,
      NN_Default<NN_Bool, "true">:$use_bias,
      OptionalAttr<NN_Initializer>:$depthwise_initializer,
      OptionalAttr<NN_Initializer>:$bias_initializer);
  let trainingKeys = ["depthwise_regularizer", "bias_regularizer", "activity_regularizer", "depthwise_constraint", "bias_constraint"];
}

def NN_SeparableConv2DOp : NN_Layer<"separable_conv2d", "SeparableConv2D",
                                    ["getWeightSpecs", "getMacs"]> {
  let summary = "a depthwise convolution, then a 1×1 one that mixes channels";
  let required = ["filters", "kernel_size"];
  let keys = (ins NN_PositiveInt:$filters, NN_PositiveInts<2>:$kernel_size,
      NN_Default<NN_PositiveInts<2>, "{1, 1}">:$strides,
      NN_DefaultWord<NN_Padding, "valid">:$padding,
      NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format,
      NN_Default<NN_PositiveInts<2>, "{1, 1}">:$dilation_rate,
      NN_Default<NN_PositiveInt, "1">:$depth_multiplier,
      NN_DefaultActivation<"linear">:$activation,
      NN_Default<NN_Bool, "true">:$use_bias,
      OptionalAttr<NN_Initializer>:$depthwise_initializer,
      OptionalAttr<NN_Initializer>:$pointwise_initializer,
      OptionalAttr<NN_Initializer>:$bias_initializer);
  let trainingKeys = ["depthwise_regularizer", "pointwise_regularizer", "bias_regularizer", "activity_regularizer", "depthwise_constraint", "pointwise_constraint", "bias_constraint"];
}
