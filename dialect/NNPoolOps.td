//===- NNPoolOps.td - pooling ---------------------------------------------===//

#ifndef NN_POOL_OPS_TD
#define NN_POOL_OPS_TD

include "dialect/NNBase.td"

class NN_PoolLayer<string mnemonic, string kerasClass, int rank>
    : NN_Layer<mnemonic, kerasClass> {
  let keys = (ins
      NN_Default<NN_PositiveInts<rank>, NN_ForAxes<rank, 2>.text>:$pool_size,
      OptionalAttr<NN_PositiveInts<rank>>:$strides,
      NN_DefaultWord<NN_Padding, "valid">:$padding,
      NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format);
}

class NN_MaxPoolLayer<string mnemonic, string kerasClass, int rank>
    : NN_PoolLayer<mnemonic, kerasClass, rank> {
  let summary = "the largest element of each window; strides default to pool_size";
}
def NN_MaxPooling1DOp : NN_MaxPoolLayer<"max_pooling1d", "MaxPooling1D", 1>;
def NN_MaxPooling2DOp : NN_MaxPoolLayer<"max_pooling2d", "MaxPooling2D", 2>;
def NN_MaxPooling3DOp : NN_MaxPoolLayer<"max_pooling3d", "MaxPooling3D", 3>;

class NN_AveragePoolLayer<string mnemonic, string kerasClass, int rank>
    : NN_PoolLayer<mnemonic, kerasClass, rank> {
  let summary = "the mean of each window, without its padding; strides default to pool_size";
}
def NN_AveragePooling1DOp
    : NN_AveragePoolLayer<"average_pooling1d", "AveragePooling1D", 1>;
def NN_AveragePooling2DOp
    : NN_AveragePoolLayer<"average_pooling2d", "AveragePooling2D", 2>;
def NN_AveragePooling3DOp
    : NN_AveragePoolLayer<"average_pooling3d", "AveragePooling3D", 3>;

class NN_GlobalPoolLayer<string mnemonic, string kerasClass>
    : NN_Layer<mnemonic, kerasClass> {
  let keys = (ins NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format,
                  NN_Default<NN_Bool, "false">:$keepdims);
}

def NN_GlobalAveragePooling1DOp
    : NN_KeywordLayer<"global_average_pooling1d", "GlobalAveragePooling1D"> {
  let summary = "the mean over the steps";
  let keywordOperands = (ins Optional<NN_Value>:$mask);
  let keywords = ["mask"];
  let keys = (ins NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format,
                  NN_Default<NN_Bool, "false">:$keepdims);
}
def NN_GlobalAveragePooling2DOp
    : NN_GlobalPoolLayer<"global_average_pooling2d", "GlobalAveragePooling2D"> {
  let summary = "the mean over rows and columns";
}
def NN_GlobalAveragePooling3DOp
    : NN_GlobalPoolLayer<"global_average_pooling3d", "GlobalAveragePooling3D"> {
  let summary = "the mean over the three spatial axes";
}
def NN_GlobalMaxPooling1DOp
    : NN_GlobalPoolLayer<"global_max_pooling1d", "GlobalMaxPooling1D"> {
  let summary = "the largest element over the steps";
}
def NN_GlobalMaxPooling2DOp
    : NN_GlobalPoolLayer<"global_max_pooling2d", "GlobalMaxPooling2D"> {
  let summary = "the largest element over rows and columns";
}
def NN_GlobalMaxPooling3DOp
    : NN_GlobalPoolLayer<"global_max_pooling3d", "GlobalMaxPooling3D"> {
  let summary = "the largest element over the three spatial axes";
}

class NN_AdaptivePoolLayer<string mnemonic, string kerasClass, int rank>
    : NN_Layer<mnemonic, kerasClass> {
  let required = ["output_size"];
  let keys = (ins NN_PositiveInts<rank>:$output_size,
                  NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format);
}

class NN_AdaptiveAveragePoolLayer<string mnemonic, string kerasClass, int rank>
    : NN_AdaptivePoolLayer<mnemonic, kerasClass, rank> {
  let summary = "the means of output_size windows that cover the input";
}
def NN_AdaptiveAveragePooling1DOp : NN_AdaptiveAveragePoolLayer<
    "adaptive_average_pooling1d", "AdaptiveAveragePooling1D", 1>;
def NN_AdaptiveAveragePooling2DOp : NN_AdaptiveAveragePoolLayer<
    "adaptive_average_pooling2d", "AdaptiveAveragePooling2D", 2>;
def NN_AdaptiveAveragePooling3DOp : NN_AdaptiveAveragePoolLayer<
    "adaptive_average_pooling3d", "AdaptiveAveragePooling3D", 3>;

class NN_AdaptiveMaxPoolLayer<string mnemonic, string kerasClass, int rank>
    : NN_AdaptivePoolLayer<mnemonic, kerasClass, rank> {
  let summary = "the largest elements of output_size windows that cover the input";
}
def NN_AdaptiveMaxPooling1DOp : NN_AdaptiveMaxPoolLayer<
    "adaptive_max_pooling1d", "AdaptiveMaxPooling1D", 1>;
def NN_AdaptiveMaxPooling2DOp : NN_AdaptiveMaxPoolLayer<
    "adaptive_max_pooling2d", "AdaptiveMaxPooling2D", 2>;
def NN_AdaptiveMaxPooling3DOp : NN_AdaptiveMaxPoolLayer<
    "adaptive_max_pooling3d", "AdaptiveMaxPooling3D", 3>;

#endif // NN_POOL_OPS_TD
