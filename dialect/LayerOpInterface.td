//===- LayerOpInterface.td - what every layer can be asked ----------------===//
//
// The graph stage, the summary and the weights know layers through this
// interface only, so that adding a layer touches no switch anywhere.
//
//===----------------------------------------------------------------------===//

#ifndef NN_LAYER_OP_INTERFACE_TD
#define NN_LAYER_OP_INTERFACE_TD

include "mlir/IR/Interfaces.td"

def LayerOpInterface : OpInterface<"LayerOpInterface"> {
  let cppNamespace = "::nnc::nn";
  let description = [{
    A Keras layer. Shapes are whole: the batch comes first and is dynamic.
  }];
  let methods = [
    StaticInterfaceMethod<[{
        The class name in Keras, `Conv2D`; `ops.Add` for a function of
        `keras.ops`.
      }],
      "::llvm::StringRef", "getKerasClass">,
    StaticInterfaceMethod<"Call arguments passed by keyword, in operand order.",
      "::llvm::ArrayRef<::llvm::StringRef>", "getKeywords">,
    StaticInterfaceMethod<"The keys without a default.",
      "::llvm::ArrayRef<::llvm::StringRef>", "getRequiredKeys">,
    StaticInterfaceMethod<"Keys of Keras's that only matter in training.",
      "::llvm::ArrayRef<::llvm::StringRef>", "getTrainingOnlyKeys">,
    StaticInterfaceMethod<[{
        Keys that are arguments of Keras's call, not of the layer: uses of one
        layer may differ in them.
      }],
      "::llvm::ArrayRef<::llvm::StringRef>", "getCallKeys">,
    StaticInterfaceMethod<"How many inputs it takes: at least, at most (-1: any).",
      "::std::pair<int64_t, int64_t>", "getInputCount">,
    StaticInterfaceMethod<[{
        The names of the arguments that Keras passes in calls of a function of
        `keras.ops`, tensors and others, in order; none for a layer.
      }],
      "::llvm::ArrayRef<::llvm::StringRef>", "getParameters">,
    InterfaceMethod<"How many results its keys give it.",
      "unsigned", "getResultCount", (ins), [{}], [{ return 1; }]>,
    InterfaceMethod<[{
        The shapes of its results from those of its inputs (positional ones,
        then those passed by keyword). The error says what was found and what
        is needed, without the layer's name.
      }],
      "::llvm::Expected<::llvm::SmallVector<::nnc::nn::Shape>>", "inferShapes",
      (ins "::llvm::ArrayRef<::nnc::nn::Shape>":$inputs)>,
    InterfaceMethod<[{
        The element types of its results, one for each, from those of its
        operands (positional ones, then those passed by keyword) as
        getOperandElementTypes has converted them. The error says what was found
        and what is needed, without the layer's name.
      }],
      "::llvm::Expected<::llvm::SmallVector<::mlir::Type>>", "inferElementTypes",
      (ins "::llvm::ArrayRef<::mlir::Type>":$inputs)>,
    InterfaceMethod<[{
        What the layer converts its operands to before it computes, one element
        type for each: Keras casts floats to the layer's compute type, and what
        is multiplied with floats becomes one.
      }],
      "::llvm::SmallVector<::mlir::Type>", "getOperandElementTypes",
      (ins "::llvm::ArrayRef<::mlir::Type>":$inputs)>,
    StaticInterfaceMethod<"Whether it can be lowered with unsigned operands.",
      "bool", "takesUnsigned">,
    InterfaceMethod<[{
        Its weights in Keras's order. Operand types must be inferred: shapes
        follow from them and the keys.
      }],
      "::llvm::SmallVector<::nnc::nn::WeightSpec>", "getWeightSpecs", (ins), [{}],
      [{ return {}; }]>,
    InterfaceMethod<[{
        Whether a sample's results depend on other samples, or have another
        place than the sample, so that it is compiled for one batch only.
        `inputs` are the operands' shapes, in which the batch is dynamic.
      }],
      "bool", "mixesBatch", (ins "::llvm::ArrayRef<::nnc::nn::Shape>":$inputs),
      [{}], [{ return false; }]>,
    InterfaceMethod<"Multiply-accumulates of one sample; types are inferred.",
      "int64_t", "getMacs", (ins), [{}], [{ return 0; }]>,
    InterfaceMethod<[{
        The masks of its results, one for each, null where Keras gives none.
        `masks` are those of its positional inputs, the first being what it was
        passed as `mask` if there is one. What fails has been reported.
      }],
      "::nnc::nn::MasksOr", "makeMasks",
      (ins "::mlir::OpBuilder &":$builder,
           "::llvm::ArrayRef<::mlir::Value>":$masks)>
  ];
  let extraSharedClassDeclaration = [{
    /// The layer's name; empty until link has given one.
    ::llvm::StringRef getLayerName() {
      auto name = $_op->template getAttrOfType<::mlir::StringAttr>("name");
      return name ? name.getValue() : ::llvm::StringRef();
    }
    /// The class as Keras's summary has it: `Add` for a function `ops.Add`.
    ::llvm::StringRef getShownClass() {
      ::llvm::StringRef name = $_op.getKerasClass();
      name.consume_front("ops.");
      return name;
    }
  }];
}

def WrapperOpInterface : OpInterface<"WrapperOpInterface"> {
  let cppNamespace = "::nnc::nn";
  let description = [{
    A layer that holds others in regions, one below the other as in
    nn.sequential. Link connects them: the region then takes the wrapper's
    inputs (or a step of each) as arguments and ends with an nn.output.
  }];
  let methods = [
    StaticInterfaceMethod<"Keras's attribute that holds each region's layers.",
      "::llvm::ArrayRef<::llvm::StringRef>", "getRoles">,
    StaticInterfaceMethod<"Whether a region may hold more than one layer.",
      "bool", "holdsChain">,
    StaticInterfaceMethod<"Whether its layers see one step of time at a time.",
      "bool", "isPerStep">,
    StaticInterfaceMethod<"Which layers it takes: any, recurrent ones or cells.",
      "::nnc::nn::WrappedKind", "getWrappedKind">
  ];
}

#endif // NN_LAYER_OP_INTERFACE_TD
