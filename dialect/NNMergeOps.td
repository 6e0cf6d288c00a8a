//===- NNMergeOps.td - layers of several inputs ---------------------------===//

#ifndef NN_MERGE_OPS_TD
#define NN_MERGE_OPS_TD

include "dialect/NNBase.td"

class NN_MergeLayer<string mnemonic, string kerasClass>
    : NN_Layer<mnemonic, kerasClass> {
  let least = 2;
  let most = -1;
  let masks = "mergeMasks";
  let elementTypes = "inferNumberTypes";
}

def NN_AddOp : NN_MergeLayer<"add", "Add"> {
  let summary = "the sum of its inputs, which broadcast";
}
def NN_SubtractOp : NN_MergeLayer<"subtract", "Subtract"> {
  let summary = "the first input less the second";
  let most = 2;
}
def NN_MultiplyOp : NN_MergeLayer<"multiply", "Multiply"> {
  let summary = "the product of its inputs, which broadcast";
}
def NN_AverageOp : NN_MergeLayer<"average", "Average"> {
  let elementTypes = "inferFloatTypes";
  let summary = "the mean of its inputs, which broadcast";
}
def NN_MaximumOp : NN_MergeLayer<"maximum", "Maximum"> {
  let summary = "the largest of its inputs, which broadcast";
}
def NN_MinimumOp : NN_MergeLayer<"minimum", "Minimum"> {
  let summary = "the smallest of its inputs, which broadcast";
}
def NN_ConcatenateOp : NN_Layer<"concatenate", "Concatenate"> {
  let elementTypes = "keepTypes";
  let masks = "concatenateMasks";
  let summary = "its inputs one after the other along an axis";
  let most = -1;
  let keys = (ins NN_Default<NN_Int, "-1">:$axis);
}
def NN_DotOp : NN_Layer<"dot", "Dot", ["getMacs"]> {
  let summary = "a batched product of two inputs, summed over one axis of each";
  let least = 2;
  let most = 2;
  let required = ["axes"];
  let keys = (ins NN_Ints:$axes, NN_Default<NN_Bool, "false">:$normalize);
}

#endif // NN_MERGE_OPS_TD
