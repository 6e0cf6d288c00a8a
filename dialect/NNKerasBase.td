//===- NNKerasBase.td - the base of functions of keras.ops ----------------===//
//
// A functional model may call functions of `keras.ops` without a layer around
// them. Their operations are named `nn.ops.<function>`; KerasOps.h has the
// rules that their records name.
//
//===----------------------------------------------------------------------===//

#ifndef NN_KERAS_BASE_TD
#define NN_KERAS_BASE_TD

include "dialect/NNBase.td"

/// A function of `keras.ops` called on tensors of the graph. Its keys are the
/// function's other arguments, and those of its parameters that are constants.
/// `most` of its parameters, from the first on, take tensors.
class NN_KerasOp<string mnemonic, string kerasClass, list<string> methods = []>
    : NN_Layer<"ops." # mnemonic, "ops." # kerasClass,
               !listconcat(["mixesBatch"], methods)> {
  let parameters = ["x"];
  let shapes = "inferSameShape";
  let mixing = "neverMixes";
  let elementTypes = "keepFirstType";
  let operandTypes = "keepOperands";
}

/// How windows lie on spatial axes, of which the key does not say how many.
class NN_AxesKey<string least, string words> : NN_IntsKey<
    CPred<"!::llvm::cast<::mlir::DenseI64ArrayAttr>($_self).empty() && "
          "::llvm::all_of(::llvm::cast<::mlir::DenseI64ArrayAttr>($_self)"
          ".asArrayRef(), [](int64_t n) { return n >= " # least # "; })">,
    words # " for all spatial axes or a list of one for each">;
def NN_PositiveAxes : NN_AxesKey<"1", "a positive integer">;
def NN_NonNegativeAxes : NN_AxesKey<"0", "an integer of at least 0">;

#endif // NN_KERAS_BASE_TD
