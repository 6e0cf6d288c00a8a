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

#endif // NN_KERAS_REDUCE_OPS_TD
