//===- NNShapeOps.td - reshaping, padding, cropping, upsampling -----------===//

#ifndef NN_SHAPE_OPS_TD
#define NN_SHAPE_OPS_TD

include "dialect/NNBase.td"

class NN_CopyLayer<string mnemonic, string kerasClass>
    : NN_Layer<mnemonic, kerasClass> {
  let elementTypes = "keepTypes";
}

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
  let keys = (ins NN_Default<NN_NonNegativeInts<2>, "{1, 1}">:$padding,
      NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format);
}
class NN_ZeroPaddingLayer<string mnemonic, string kerasClass, int rank>
    : NN_CopyLayer<mnemonic, kerasClass> {
  let keys = (ins OptionalAttr<NN_Border<rank>>:$padding,
      NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format);
}
def NN_ZeroPadding2DOp
    : NN_ZeroPaddingLayer<"zero_padding2d", "ZeroPadding2D", 2> {
  let summary = "zeros around the rows and columns; default 1 on each side";
}
def NN_ZeroPadding3DOp
    : NN_ZeroPaddingLayer<"zero_padding3d", "ZeroPadding3D", 3> {
  let summary = "zeros around three spatial axes; default 1 on each side";
}

def NN_Cropping1DOp : NN_CopyLayer<"cropping1d", "Cropping1D"> {
  let summary = "without the first and the last steps";
  let keys = (ins NN_Default<NN_NonNegativeInts<2>, "{1, 1}">:$cropping);
}
class NN_CroppingLayer<string mnemonic, string kerasClass, int rank>
    : NN_CopyLayer<mnemonic, kerasClass> {
  let keys = (ins OptionalAttr<NN_Border<rank>>:$cropping,
      NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format);
}
def NN_Cropping2DOp : NN_CroppingLayer<"cropping2d", "Cropping2D", 2> {
  let summary = "without rows and columns at the border; default none";
}
def NN_Cropping3DOp : NN_CroppingLayer<"cropping3d", "Cropping3D", 3> {
  let summary = "without what is at the border of three spatial axes; default 1 on each side";
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
def NN_UpSampling3DOp : NN_CopyLayer<"up_sampling3d", "UpSampling3D"> {
  let summary = "each element repeated along three spatial axes";
  let keys = (ins NN_Default<NN_PositiveInts<3>, "{2, 2, 2}">:$size,
      NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format);
}

#endif // NN_SHAPE_OPS_TD
