//===- NNKerasProductOps.td - sums of products in keras.ops ---------------===//

#ifndef NN_KERAS_PRODUCT_OPS_TD
#define NN_KERAS_PRODUCT_OPS_TD

include "dialect/NNKerasBase.td"

class NN_KerasProduct<string mnemonic, string kerasClass, string words>
    : NN_KerasOp<mnemonic, kerasClass, ["getMacs"]> {
  let summary = words;
  let most = 2;
  let parameters = ["x1", "x2"];
  let keys = (ins OptionalAttr<NN_Constant>:$x1, OptionalAttr<NN_Constant>:$x2);
  let elementTypes = "promoteArguments";
  let shapes = "inferProductShape";
  let mixing = "mixesByProduct";
}
def NN_OpsMatmulOp : NN_KerasProduct<"matmul", "Matmul", "the product of matrices, or of stacks of them">;
def NN_OpsDotOp : NN_KerasProduct<"dot", "Dot", "x1's last axis summed with x2's last but one">;
def NN_OpsInnerOp : NN_KerasProduct<"inner", "Inner", "both last axes summed">;
def NN_OpsOuterOp : NN_KerasProduct<"outer", "Outer", "each element of x1 times each of x2">;
def NN_OpsVdotOp : NN_KerasProduct<"vdot", "Vdot", "the sum of all products of elements at one place">;
def NN_OpsTensordotOp : NN_KerasProduct<"tensordot", "Tensordot", "several axes of both summed: the last of x1 and the first of x2, or those named"> {
  let keys = (ins OptionalAttr<NN_Constant>:$x1, OptionalAttr<NN_Constant>:$x2,
      OptionalAttr<NN_Numbers>:$axes);
}
def NN_OpsEinsumOp : NN_KerasProduct<"einsum", "Einsum", "products of elements summed as Einstein's notation says"> {
  let most = -1;
  let required = ["subscripts"];
  let parameters = ["operands"];
  let description = [{
    More than two tensors are multiplied and summed from left to right, whatever
    would be the cheapest order.
  }];
  let keys = (ins NN_String:$subscripts);
}

//===----------------------------------------------------------------------===//
// Convolutions
//===----------------------------------------------------------------------===//

/// The kernels are tensors or constants; one that is a tensor is the same for
/// all samples, so that the model is compiled for one batch.
class NN_KerasConvolution<string mnemonic, string kerasClass, string words>
    : NN_KerasOp<mnemonic, kerasClass, ["getMacs"]> {
  let summary = words;
  let most = 2;
  let parameters = ["inputs", "kernel"];
  let elementTypes = "keepFloatType";
  let shapes = "inferConvolutionShape";
  let mixing = "mixesByKernel";
  dag windowKeys = (ins NN_DefaultWord<NN_Padding, "valid">:$padding,
      NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format,
      NN_Default<NN_PositiveAxes, "{1}">:$dilation_rate);
  dag strideKeys = (ins NN_Default<NN_PositiveAxes, "{1}">:$strides);
  let keys = !con((ins OptionalAttr<NN_Constant>:$kernel), strideKeys, windowKeys);
}
def NN_OpsConvOp : NN_KerasConvolution<"conv", "Conv", "a convolution with a kernel (spatial…, channels, filters)"> {
  let description = [{
    A kernel of fewer channels than the input's is one of groups of them.
  }];
}
def NN_OpsDepthwiseConvOp : NN_KerasConvolution<"depthwise_conv", "DepthwiseConv", "each channel with a kernel (spatial…, channels, multiplier)">;
def NN_OpsSeparableConvOp : NN_KerasConvolution<"separable_conv", "SeparableConv", "a depthwise convolution, then one over 1 element that mixes channels"> {
  let most = 3;
  let parameters = ["inputs", "depthwise_kernel", "pointwise_kernel"];
  let keys = !con((ins OptionalAttr<NN_Constant>:$depthwise_kernel,
      OptionalAttr<NN_Constant>:$pointwise_kernel), strideKeys, windowKeys);
}
def NN_OpsConvTransposeOp : NN_KerasConvolution<"conv_transpose", "ConvTranspose", "a transposed convolution with a kernel (spatial…, filters, channels)"> {
  let required = ["strides"];
  let keys = !con((ins OptionalAttr<NN_Constant>:$kernel, NN_PositiveAxes:$strides,
      OptionalAttr<NN_NonNegativeAxes>:$output_padding), windowKeys);
}

//===----------------------------------------------------------------------===//
// Attention
//===----------------------------------------------------------------------===//

def NN_OpsDotProductAttentionOp
    : NN_KerasOp<"dot_product_attention", "DotProductAttention", ["getMacs"]> {
  let summary = "softmax(query · key · scale + bias, where mask) · value";
  let description = [{
    Queries are (batch, steps, heads, features), keys and values alike, of as
    many heads or of fewer that groups of the query's share. Bias and mask
    broadcast to (batch, heads, queries, keys); 0.0 and true stand for none.
    `scale` defaults to 1 / sqrt(features).
  }];
  let least = 3;
  let most = 5;
  let parameters = ["query", "key", "value", "bias", "mask", "scale"];
  let keys = (ins OptionalAttr<NN_Constant>:$bias, OptionalAttr<NN_Constant>:$mask,
      OptionalAttr<NN_Float>:$scale, NN_Default<NN_Bool, "false">:$is_causal);
  let elementTypes = "keepFloatType";
  let shapes = "inferDotProductAttentionShape";
  let mixing = "mixesDotProductAttention";
}

#endif // NN_KERAS_PRODUCT_OPS_TD
