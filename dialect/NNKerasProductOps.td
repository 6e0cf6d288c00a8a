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
  let keys = (ins NN_String:$subscripts);
  let limits = "at most two operands";
}

#endif // NN_KERAS_PRODUCT_OPS_TD
