//===- NNKerasReduceOps.td - functions of keras.ops along axes ------------===//

#ifndef NN_KERAS_REDUCE_OPS_TD
#define NN_KERAS_REDUCE_OPS_TD

include "dialect/NNKerasBase.td"

/// Axes vanish, or become 1 with keepdims; without `axis` all of them.
class NN_KerasReduction<string mnemonic, string kerasClass, string words>
    : NN_KerasOp<mnemonic, kerasClass> {
  let summary = words;
  let keys = (ins OptionalAttr<NN_Ints>:$axis, NN_Default<NN_Bool, "false">:$keepdims);
  let shapes = "inferReducedShape";
  let mixing = "mixesByReduction";
}
class NN_KerasBoolReduction<string mnemonic, string kerasClass, string words>
    : NN_KerasReduction<mnemonic, kerasClass, words> {
  let elementTypes = "giveBool";
}
class NN_KerasFloatReduction<string mnemonic, string kerasClass, string words>
    : NN_KerasReduction<mnemonic, kerasClass, words> {
  let elementTypes = "promoteWithFloat";
}

def NN_OpsAllOp : NN_KerasBoolReduction<"all", "All", "whether no element is 0">;
def NN_OpsAnyOp : NN_KerasBoolReduction<"any", "Any", "whether an element is not 0">;
def NN_OpsSumOp : NN_KerasReduction<"sum", "Sum", "the sum; int32 for bool and short integers"> {
  let elementTypes = "inferSumType";
}
def NN_OpsProdOp : NN_KerasReduction<"prod", "Prod", "the product; int32 for bool and short integers"> {
  let policy = [NN_DType];
  let elementTypes = "inferSumType";
}
def NN_OpsMeanOp : NN_KerasFloatReduction<"mean", "Mean", "the mean">;
def NN_OpsVarOp : NN_KerasFloatReduction<"var", "Var", "the mean of squared distances from the mean">;
def NN_OpsStdOp : NN_KerasFloatReduction<"std", "Std", "the square root of the variance">;
def NN_OpsLogsumexpOp : NN_KerasReduction<"logsumexp", "Logsumexp", "log(sum(e^x))"> {
  let elementTypes = "keepFloatType";
}
class NN_KerasExtremum<string mnemonic, string kerasClass, string words>
    : NN_KerasReduction<mnemonic, kerasClass, words> {
  let keys = (ins OptionalAttr<NN_Ints>:$axis, NN_Default<NN_Bool, "false">:$keepdims,
      OptionalAttr<NN_Constant>:$initial);
}
def NN_OpsMaxOp : NN_KerasExtremum<"max", "Max", "the largest element, or initial if that is larger">;
def NN_OpsMinOp : NN_KerasExtremum<"min", "Min", "the smallest element, or initial if that is smaller">;
def NN_OpsAmaxOp : NN_KerasReduction<"amax", "Amax", "the largest element">;
def NN_OpsAminOp : NN_KerasReduction<"amin", "Amin", "the smallest element">;
def NN_OpsCountNonzeroOp : NN_KerasOp<"count_nonzero", "CountNonzero"> {
  let summary = "how many elements are not 0";
  let keys = (ins OptionalAttr<NN_Ints>:$axis);
  let shapes = "inferReducedShape";
  let mixing = "mixesByReduction";
  let elementTypes = "giveInt32";
}
class NN_KerasArgument<string mnemonic, string kerasClass, string words>
    : NN_KerasReduction<mnemonic, kerasClass, words> {
  let keys = (ins OptionalAttr<NN_Int>:$axis, NN_Default<NN_Bool, "false">:$keepdims);
  let shapes = "inferReducedAxisShape";
  let mixing = "mixesAlongOptionalAxis";
  let elementTypes = "giveInt32";
}
def NN_OpsArgmaxOp : NN_KerasArgument<"argmax", "Argmax", "the place of the first largest element">;
def NN_OpsArgminOp : NN_KerasArgument<"argmin", "Argmin", "the place of the first smallest element">;

/// What is accumulated up to each place; without an axis of all elements.
class NN_KerasCumulative<string mnemonic, string kerasClass, string words>
    : NN_KerasOp<mnemonic, kerasClass> {
  let summary = words;
  let keys = (ins OptionalAttr<NN_Int>:$axis);
  let policy = [NN_DType];
  let shapes = "inferCumulativeShape";
  let mixing = "mixesAlongOptionalAxis";
  let elementTypes = "inferCumulativeType";
}
def NN_OpsCumsumOp : NN_KerasCumulative<"cumsum", "Cumsum", "the sum of all elements up to each">;
def NN_OpsCumprodOp : NN_KerasCumulative<"cumprod", "Cumprod", "the product of all elements up to each">;

def NN_OpsMomentsOp : NN_KerasOp<"moments", "Moments", ["getResultCount"]> {
  let summary = "the mean and the variance";
  let required = ["axes"];
  let keys = (ins NN_Ints:$axes, NN_Default<NN_Bool, "false">:$keepdims);
  let trainingKeys = ["synchronized"];
  let elementTypes = "keepFloatType";
  let shapes = "inferMomentsShapes";
  let mixing = "mixesMoments";
}

//===----------------------------------------------------------------------===//
// Normalization
//===----------------------------------------------------------------------===//

class NN_KerasNorm<string mnemonic, string kerasClass, string words>
    : NN_KerasOp<mnemonic, kerasClass> {
  let summary = words;
  let elementTypes = "keepFloatType";
  let shapes = "infer" # kerasClass # "Shape";
  let mixing = "mixesAlongAxes";
}
def NN_OpsLayerNormOp : NN_KerasNorm<"layer_norm", "LayerNorm", "(x - mean) / sqrt(variance + epsilon) · gamma + beta"> {
  let description = [{
    gamma and beta are numbers or have the extents of the axes. With rms_scaling
    neither the mean is subtracted nor beta added.
  }];
  let keys = (ins OptionalAttr<NN_Constant>:$gamma, OptionalAttr<NN_Constant>:$beta,
      NN_Default<NN_Ints, "{-1}">:$axis,
      NN_Default<NN_NonNegativeFloat, "1e-7">:$epsilon,
      NN_Default<NN_Bool, "false">:$rms_scaling);
}
def NN_OpsRMSNormOp : NN_KerasNorm<"rms_norm", "RMSNorm", "x / sqrt(mean(x²) + epsilon) · scale"> {
  let keys = (ins OptionalAttr<NN_Constant>:$scale,
      NN_Default<NN_Ints, "{-1}">:$axis,
      NN_Default<NN_NonNegativeFloat, "1e-7">:$epsilon);
}
def NN_OpsBatchNormOp : NN_KerasNorm<"batch_norm", "BatchNorm", "(x - mean) / sqrt(variance + epsilon) · scale + offset along an axis"> {
  let description = [{
    All are tensors or constants with one number for each element of the axis;
    1.0 and 0.0 stand for no scale and no offset.
  }];
  let most = 5;
  let parameters = ["x", "mean", "variance", "offset", "scale"];
  let required = ["axis", "epsilon"];
  let keys = (ins OptionalAttr<NN_Constant>:$mean, OptionalAttr<NN_Constant>:$variance,
      OptionalAttr<NN_Constant>:$offset, OptionalAttr<NN_Constant>:$scale,
      NN_Int:$axis, NN_NonNegativeFloat:$epsilon);
  let mixing = "mixesByKernel";
}

//===----------------------------------------------------------------------===//
// Pooling
//===----------------------------------------------------------------------===//

class NN_KerasPool<string mnemonic, string kerasClass, string words>
    : NN_KerasOp<mnemonic, kerasClass> {
  let summary = words;
  let parameters = ["inputs"];
  let required = ["pool_size"];
  let keys = (ins NN_PositiveAxes:$pool_size, OptionalAttr<NN_PositiveAxes>:$strides,
      NN_DefaultWord<NN_Padding, "valid">:$padding,
      NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format);
  let shapes = "inferPooledShape";
  let elementTypes = "keepFloatType";
}
def NN_OpsMaxPoolOp : NN_KerasPool<"max_pool", "MaxPool", "the largest element of each window; strides default to pool_size">;
def NN_OpsAveragePoolOp : NN_KerasPool<"average_pool", "AveragePool", "the mean of each window, without its padding; strides default to pool_size">;

class NN_KerasAdaptivePool<string mnemonic, string kerasClass, string words>
    : NN_KerasOp<mnemonic, kerasClass> {
  let summary = words;
  let parameters = ["inputs"];
  let required = ["output_size"];
  let keys = (ins NN_PositiveAxes:$output_size,
      NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format);
  let shapes = "inferAdaptiveShape";
  let elementTypes = "keepFloatType";
}
def NN_OpsAdaptiveMaxPoolOp : NN_KerasAdaptivePool<"adaptive_max_pool", "AdaptiveMaxPool", "the largest elements of output_size windows that cover the input">;
def NN_OpsAdaptiveAveragePoolOp : NN_KerasAdaptivePool<"adaptive_average_pool", "AdaptiveAveragePool", "the means of output_size windows that cover the input">;

#endif // NN_KERAS_REDUCE_OPS_TD
