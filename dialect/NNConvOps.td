//===- NNConvOps.td - convolutions ----------------------------------------===//

#ifndef NN_CONV_OPS_TD
#define NN_CONV_OPS_TD

include "dialect/NNBase.td"

/// The keys that say how a kernel slides over `rank` spatial axes.
class NN_WindowKeys<int rank, Attr padding> {
  string ones = NN_ForAxes<rank, 1>.text;
  dag keys = (ins NN_PositiveInts<rank>:$kernel_size,
      NN_Default<NN_PositiveInts<rank>, ones>:$strides,
      NN_DefaultWord<padding, "valid">:$padding,
      NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format,
      NN_Default<NN_PositiveInts<rank>, ones>:$dilation_rate);
}

/// What every convolution does behind its sums.
class NN_EpilogueKeys {
  dag keys = (ins NN_DefaultActivation<"linear">:$activation,
                  NN_Default<NN_Bool, "true">:$use_bias,
                  OptionalAttr<NN_Initializer>:$bias_initializer);
  list<string> training = ["bias_regularizer", "activity_regularizer", "bias_constraint"];
}

class NN_ConvBase<string mnemonic, string kerasClass, dag own,
                  list<string> training>
    : NN_Layer<mnemonic, kerasClass, ["getWeightSpecs", "getMacs"]> {
  let keys = !con(own, NN_EpilogueKeys<>.keys);
  let trainingKeys = !listconcat(training, NN_EpilogueKeys<>.training);
}

class NN_ConvLayer<string mnemonic, string kerasClass, int rank, Attr padding>
    : NN_ConvBase<mnemonic, kerasClass, !con((ins NN_PositiveInt:$filters),
          NN_WindowKeys<rank, padding>.keys,
          (ins NN_Default<NN_PositiveInt, "1">:$groups,
               OptionalAttr<NN_Initializer>:$kernel_initializer)),
          ["kernel_regularizer", "kernel_constraint"]> {
  let required = ["filters", "kernel_size"];
}

def NN_Conv1DOp : NN_ConvLayer<"conv1d", "Conv1D", 1, NN_CausalPadding> {
  let summary = "convolution over one spatial axis";
}
def NN_Conv2DOp : NN_ConvLayer<"conv2d", "Conv2D", 2, NN_Padding> {
  let summary = "convolution over two spatial axes";
}
def NN_Conv3DOp : NN_ConvLayer<"conv3d", "Conv3D", 3, NN_Padding> {
  let summary = "convolution over three spatial axes";
}

class NN_ConvTransposeLayer<string mnemonic, string kerasClass, int rank>
    : NN_ConvBase<mnemonic, kerasClass, !con((ins NN_PositiveInt:$filters),
          NN_WindowKeys<rank, NN_Padding>.keys,
          (ins OptionalAttr<NN_NonNegativeInts<rank>>:$output_padding,
               OptionalAttr<NN_Initializer>:$kernel_initializer)),
          ["kernel_regularizer", "kernel_constraint"]> {
  let required = ["filters", "kernel_size"];
  let description = [{
    `output_padding` says how much longer than the shortest possible the result
    is. Without it `same` makes strides times the input's extent, and `valid`
    makes room for every window.
  }];
}

def NN_Conv1DTransposeOp
    : NN_ConvTransposeLayer<"conv1d_transpose", "Conv1DTranspose", 1> {
  let summary = "transposed convolution over one spatial axis";
}
def NN_Conv2DTransposeOp
    : NN_ConvTransposeLayer<"conv2d_transpose", "Conv2DTranspose", 2> {
  let summary = "transposed convolution over two spatial axes";
}
def NN_Conv3DTransposeOp
    : NN_ConvTransposeLayer<"conv3d_transpose", "Conv3DTranspose", 3> {
  let summary = "transposed convolution over three spatial axes";
}

class NN_DepthwiseConvLayer<string mnemonic, string kerasClass, int rank>
    : NN_ConvBase<mnemonic, kerasClass,
          !con(NN_WindowKeys<rank, NN_Padding>.keys,
               (ins NN_Default<NN_PositiveInt, "1">:$depth_multiplier,
                    OptionalAttr<NN_Initializer>:$depthwise_initializer)),
          ["depthwise_regularizer", "depthwise_constraint"]> {
  let required = ["kernel_size"];
}

def NN_DepthwiseConv1DOp
    : NN_DepthwiseConvLayer<"depthwise_conv1d", "DepthwiseConv1D", 1> {
  let summary = "a convolution of each channel on its own";
}
def NN_DepthwiseConv2DOp
    : NN_DepthwiseConvLayer<"depthwise_conv2d", "DepthwiseConv2D", 2> {
  let summary = "a convolution of each channel on its own";
}

class NN_SeparableConvLayer<string mnemonic, string kerasClass, int rank>
    : NN_ConvBase<mnemonic, kerasClass, !con((ins NN_PositiveInt:$filters),
          NN_WindowKeys<rank, NN_Padding>.keys,
          (ins NN_Default<NN_PositiveInt, "1">:$depth_multiplier,
               OptionalAttr<NN_Initializer>:$depthwise_initializer,
               OptionalAttr<NN_Initializer>:$pointwise_initializer)),
          ["depthwise_regularizer", "depthwise_constraint", "pointwise_regularizer", "pointwise_constraint"]> {
  let required = ["filters", "kernel_size"];
}

def NN_SeparableConv1DOp
    : NN_SeparableConvLayer<"separable_conv1d", "SeparableConv1D", 1> {
  let summary = "a depthwise convolution, then one over 1 step that mixes channels";
}
def NN_SeparableConv2DOp
    : NN_SeparableConvLayer<"separable_conv2d", "SeparableConv2D", 2> {
  let summary = "a depthwise convolution, then a 1×1 one that mixes channels";
}

#endif // NN_CONV_OPS_TD
