//===- NNShapeOps.td - reshaping, padding, cropping, upsampling -----------===//

class NN_CopyLayer<string mnemonic, string kerasClass>
    : NN_Layer<mnemonic, kerasClass, ["acceptsIntegers"]>;

def NN_FlattenOp : NN_CopyLayer<"flatten", "Flatten"> {
  let summary = "all axes but the batch as one; channels_first: channels go last before";
  let keys = (ins NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format);
}
def NN_ReshapeOp : NN_CopyLayer<"reshape", "Reshape"> {
  let summary = "the same elements in another shape; one extent may be -1";
  let required = ["target_shape"];
  let keys = (ins NN_Ints:$target_shape);
}
def NN_PermuteOp : NN_CopyLayer<"permute", "Permute"> {
  let summary = "axes in another order, counted from 1";
  let required = ["dims"];
  let keys = (ins NN_Ints:$dims);
}
def NN_RepeatVectorOp : NN_CopyLayer<"repeat_vector", "RepeatVector"> {
  let summary = "(features) to (n, features)";
  let required = ["n"];
  let keys = (ins NN_PositiveInt:$n);
}
def NN_ZeroPadding1DOp : NN_CopyLayer<"zero_padding1d", "ZeroPadding1D"> {
  let summary = "zeros before and after the steps";
  let keys = (ins NN_Default<NN_NonNegativePair, "{1, 1}">:$padding,
      NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format);
}
def NN_ZeroPadding2DOp : NN_CopyLayer<"zero_padding2d", "ZeroPadding2D"> {
  let summary = "zeros around the rows and columns; default 1 on each side";
  let keys = (ins OptionalAttr<NN_Border2D>:$padding,
      NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format);
}
def NN_Cropping1DOp : NN_CopyLayer<"cropping1d", "Cropping1D"> {
  let summary = "without the first and the last steps";
  let keys = (ins NN_Default<NN_NonNegativePair, "{1, 1}">:$cropping);
}
def NN_Cropping2DOp : NN_CopyLayer<"cropping2d", "Cropping2D"> {
  let summary = "without rows and columns at the border; default none";
  let keys = (ins OptionalAttr<NN_Border2D>:$cropping,
      NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format);
}
def NN_UpSampling1DOp : NN_CopyLayer<"up_sampling1d", "UpSampling1D"> {
  let summary = "each step repeated";
  let keys = (ins NN_Default<NN_PositiveInt, "2">:$size);
}
def NN_UpSampling2DOp : NN_Layer<"up_sampling2d", "UpSampling2D"> {
  let summary = "rows and columns repeated or interpolated";
  let keys = (ins NN_Default<NN_PositiveInts<2>, "{2, 2}">:$size,
      NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format,
      NN_DefaultWord<NN_Interpolation, "nearest">:$interpolation);
}
