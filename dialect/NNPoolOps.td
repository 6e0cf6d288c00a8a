//===- NNPoolOps.td - pooling ---------------------------------------------===//

class NN_PoolLayer<string mnemonic, string kerasClass, int rank>
    : NN_Layer<mnemonic, kerasClass> {
  string twos = "{" # !if(!eq(rank, 1), "2", "2, 2") # "}";
  let keys = (ins NN_Default<NN_PositiveInts<rank>, twos>:$pool_size,
      OptionalAttr<NN_PositiveInts<rank>>:$strides,
      NN_DefaultWord<NN_Padding, "valid">:$padding,
      NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format);
}

def NN_MaxPooling1DOp : NN_PoolLayer<"max_pooling1d", "MaxPooling1D", 1> {
  let summary = "the largest element of each window; strides default to pool_size";
}
def NN_MaxPooling2DOp : NN_PoolLayer<"max_pooling2d", "MaxPooling2D", 2> {
  let summary = "the largest element of each window; strides default to pool_size";
}
def NN_AveragePooling1DOp
    : NN_PoolLayer<"average_pooling1d", "AveragePooling1D", 1> {
  let summary = "the mean of each window, without its padding; strides default to pool_size";
}
def NN_AveragePooling2DOp
    : NN_PoolLayer<"average_pooling2d", "AveragePooling2D", 2> {
  let summary = "the mean of each window, without its padding; strides default to pool_size";
}

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
def NN_GlobalMaxPooling1DOp
    : NN_GlobalPoolLayer<"global_max_pooling1d", "GlobalMaxPooling1D"> {
  let summary = "the largest element over the steps";
}
def NN_GlobalMaxPooling2DOp
    : NN_GlobalPoolLayer<"global_max_pooling2d", "GlobalMaxPooling2D"> {
  let summary = "the largest element over rows and columns";
}
