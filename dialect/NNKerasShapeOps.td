//===- NNKerasShapeOps.td - functions of keras.ops that move elements -----===//

#ifndef NN_KERAS_SHAPE_OPS_TD
#define NN_KERAS_SHAPE_OPS_TD

include "dialect/NNKerasBase.td"

/// The functions that give the shape and say what is mixed are called after
/// the operation: inferReshapeShape, mixesReshape.
class NN_KerasMove<string mnemonic, string kerasClass, string words,
                   list<string> methods = []>
    : NN_KerasOp<mnemonic, kerasClass, methods> {
  let summary = words;
  let shapes = "infer" # kerasClass # "Shape";
  let mixing = "mixes" # kerasClass;
  let takesUnsigned = 1;
}

def NN_OpsReshapeOp : NN_KerasMove<"reshape", "Reshape", "the same elements in another shape; one extent may be -1"> {
  let required = ["newshape"];
  let keys = (ins NN_Ints:$newshape);
}
def NN_OpsRavelOp : NN_KerasMove<"ravel", "Ravel", "all elements in one axis">;
def NN_OpsTransposeOp : NN_KerasMove<"transpose", "Transpose", "axes in another order; backwards without axes"> {
  let keys = (ins OptionalAttr<NN_Ints>:$axes);
}
def NN_OpsMoveaxisOp : NN_KerasMove<"moveaxis", "Moveaxis", "some axes in other places"> {
  let required = ["source", "destination"];
  let keys = (ins NN_Ints:$source, NN_Ints:$destination);
}
def NN_OpsSwapaxesOp : NN_KerasMove<"swapaxes", "Swapaxes", "two axes exchanged"> {
  let required = ["axis1", "axis2"];
  let keys = (ins NN_Int:$axis1, NN_Int:$axis2);
}
def NN_OpsExpandDimsOp : NN_KerasMove<"expand_dims", "ExpandDims", "with new axes of extent 1"> {
  let required = ["axis"];
  let keys = (ins NN_Ints:$axis);
}
def NN_OpsSqueezeOp : NN_KerasMove<"squeeze", "Squeeze", "without axes of extent 1, all but the batch without axis"> {
  let keys = (ins OptionalAttr<NN_Ints>:$axis);
}
def NN_OpsBroadcastToOp : NN_KerasMove<"broadcast_to", "BroadcastTo", "repeated to a shape; -1 is the extent that there is"> {
  let required = ["shape"];
  let keys = (ins NN_Ints:$shape);
}
def NN_OpsTileOp : NN_KerasMove<"tile", "Tile", "the whole input repeated along axes"> {
  let required = ["repeats"];
  let keys = (ins NN_Ints:$repeats);
}
def NN_OpsRepeatOp : NN_KerasMove<"repeat", "Repeat", "each element repeated along an axis"> {
  let required = ["repeats"];
  let keys = (ins NN_Ints:$repeats, OptionalAttr<NN_Int>:$axis);
}
def NN_OpsFlipOp : NN_KerasMove<"flip", "Flip", "axes backwards, all without axis"> {
  let keys = (ins OptionalAttr<NN_Ints>:$axis);
  let shapes = "inferShapeAlongOptionalAxes";
  let mixing = "mixesAlongOptionalAxes";
}
def NN_OpsRollOp : NN_KerasMove<"roll", "Roll", "elements moved along axes, around the end; through all of them without axis"> {
  let required = ["shift"];
  let keys = (ins NN_Ints:$shift, OptionalAttr<NN_Ints>:$axis);
  let shapes = "inferShapeAlongOptionalAxes";
  let mixing = "mixesAlongOptionalAxes";
}
def NN_OpsPadOp : NN_KerasMove<"pad", "Pad", "with elements around: a number, or those at the border"> {
  let required = ["pad_width"];
  let keys = (ins NN_Numbers:$pad_width,
      NN_DefaultWord<NN_OneOf<["constant", "edge", "reflect", "symmetric"]>, "constant">:$mode,
      OptionalAttr<NN_Constant>:$constant_values);
  let parameters = ["x", "constant_values"];
}
def NN_OpsGetItemOp : NN_KerasMove<"get_item", "GetItem", "x[key], the key as Python writes it"> {
  let description = [{
    The key has integers, slices, `None` and `...`, with commas between them.
  }];
  let required = ["key"];
  let keys = (ins NN_String:$key);
  let parameters = ["x", "key"];
}
def NN_OpsSliceOp : NN_KerasMove<"slice", "Slice", "the part of a shape that begins at start_indices"> {
  let required = ["start_indices", "shape"];
  let keys = (ins NN_Ints:$start_indices, NN_Ints:$shape);
  let parameters = ["inputs", "start_indices"];
}
class NN_KerasTriangle<string mnemonic, string kerasClass, string words>
    : NN_KerasMove<mnemonic, kerasClass, words> {
  let keys = (ins NN_Default<NN_Int, "0">:$k);
  let shapes = "inferTriangleShape";
  let mixing = "mixesTriangle";
}
def NN_OpsTriuOp : NN_KerasTriangle<"triu", "Triu", "zeros below diagonal k of the last two axes">;
def NN_OpsTrilOp : NN_KerasTriangle<"tril", "Tril", "zeros above diagonal k of the last two axes">;

/// Any number of tensors.
class NN_KerasJoin<string mnemonic, string kerasClass, string words, string name>
    : NN_KerasMove<mnemonic, kerasClass, words> {
  let most = -1;
  let parameters = [name];
  let keys = (ins NN_Default<NN_Int, "0">:$axis);
  let elementTypes = "promoteArguments";
  let takesUnsigned = 0;
}
def NN_OpsConcatenateOp : NN_KerasJoin<"concatenate", "Concatenate", "its inputs one after the other along an axis", "xs">;
def NN_OpsStackOp : NN_KerasJoin<"stack", "Stack", "its inputs along a new axis", "x">;
def NN_OpsAppendOp : NN_KerasMove<"append", "Append", "x2 behind x1 along an axis, flat without one"> {
  let most = 2;
  let parameters = ["x1", "x2"];
  let keys = (ins OptionalAttr<NN_Constant>:$x1, OptionalAttr<NN_Constant>:$x2,
      OptionalAttr<NN_Int>:$axis);
  let elementTypes = "promoteArguments";
  let takesUnsigned = 0;
}

def NN_OpsSplitOp : NN_KerasMove<"split", "Split", "parts along an axis: so many equal ones, or at the given places", ["getResultCount"]> {
  let required = ["indices_or_sections"];
  let keys = (ins NN_IntOrInts:$indices_or_sections, NN_Default<NN_Int, "0">:$axis);
}
def NN_OpsUnstackOp : NN_KerasMove<"unstack", "Unstack", "one result for each element of an axis", ["getResultCount"]> {
  let keys = (ins OptionalAttr<NN_PositiveInt>:$num, NN_Default<NN_Int, "0">:$axis);
}

//===----------------------------------------------------------------------===//
// By index
//===----------------------------------------------------------------------===//

def NN_OpsTakeOp : NN_KerasMove<"take", "Take", "the elements at indices of an axis, of all elements without one"> {
  let description = [{
    Negative indices count from the end; one outside makes the call fail.
  }];
  let most = 2;
  let parameters = ["x", "indices"];
  let keys = (ins OptionalAttr<NN_Constant>:$x, OptionalAttr<NN_Constant>:$indices,
      OptionalAttr<NN_Int>:$axis);
  let elementTypes = "keepArgumentType";
  let takesUnsigned = 0;
}
def NN_OpsTakeAlongAxisOp : NN_KerasMove<"take_along_axis", "TakeAlongAxis", "the element that an index at the same place names"> {
  let description = [{
    Negative indices count from the end; one outside makes the call fail.
  }];
  let most = 2;
  let parameters = ["x", "indices"];
  let keys = (ins OptionalAttr<NN_Constant>:$x, OptionalAttr<NN_Constant>:$indices,
      OptionalAttr<NN_Int>:$axis);
  let elementTypes = "keepArgumentType";
  let takesUnsigned = 0;
}
def NN_OpsOneHotOp : NN_KerasMove<"one_hot", "OneHot", "1 at the index along a new axis, else 0"> {
  let policy = [NN_DType];
  let required = ["num_classes"];
  let keys = (ins NN_PositiveInt:$num_classes, NN_Default<NN_Int, "-1">:$axis,
      NN_Default<NN_Bool, "false">:$sparse);
  let elementTypes = "inferDTypeKey";
  let takesUnsigned = 0;
}
def NN_OpsMultiHotOp : NN_KerasMove<"multi_hot", "MultiHot", "1 at each index of the axis in its place, else 0"> {
  let policy = [NN_DType];
  let required = ["num_classes"];
  let keys = (ins NN_PositiveInt:$num_classes, NN_Default<NN_Int, "-1">:$axis,
      NN_Default<NN_Bool, "false">:$sparse);
  let parameters = ["inputs"];
  let elementTypes = "inferDTypeKey";
  let takesUnsigned = 0;
}

//===----------------------------------------------------------------------===//
// In order
//===----------------------------------------------------------------------===//

class NN_KerasSort<string mnemonic, string kerasClass, string words>
    : NN_KerasMove<mnemonic, kerasClass, words> {
  let keys = (ins NN_Default<NN_Int, "-1">:$axis);
  let shapes = "inferShapeAlongAxis";
  let mixing = "mixesAlongAxis";
  let takesUnsigned = 0;
}
def NN_OpsSortOp : NN_KerasSort<"sort", "Sort", "elements in rising order along an axis, NaN last">;
def NN_OpsArgsortOp : NN_KerasSort<"argsort", "Argsort", "the places of the elements in rising order"> {
  let elementTypes = "giveInt32";
}
def NN_OpsTopKOp : NN_KerasMove<"top_k", "TopK", "the k largest elements of the last axis and their places", ["getResultCount"]> {
  let required = ["k"];
  let keys = (ins NN_PositiveInt:$k, NN_Default<NN_Bool, "true">:$sorted);
  let elementTypes = "inferTopKTypes";
  let takesUnsigned = 0;
}

#endif // NN_KERAS_SHAPE_OPS_TD
