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
    StaticInterfaceMethod<"The class name in Keras, `Conv2D`.",
      "::llvm::StringRef", "getKerasClass">,
    StaticInterfaceMethod<"Call arguments passed by keyword, in operand order.",
      "::llvm::ArrayRef<::llvm::StringRef>", "getKeywords">,
    StaticInterfaceMethod<"The keys without a default.",
      "::llvm::ArrayRef<::llvm::StringRef>", "getRequiredKeys">,
    StaticInterfaceMethod<"Keys of Keras's that only matter in training.",
      "::llvm::ArrayRef<::llvm::StringRef>", "getTrainingOnlyKeys">,
    StaticInterfaceMethod<"How many inputs it takes: at least, at most (-1: any).",
      "::std::pair<int64_t, int64_t>", "getInputCount">,
    InterfaceMethod<"How many results its keys give it.",
      "unsigned", "getResultCount", (ins), [{}], [{ return 1; }]>,
    InterfaceMethod<[{
        The shapes of its results from those of its inputs (positional ones,
        then those passed by keyword). The error says what was found and what
        is needed, without the layer's name.
      }],
      "::llvm::Expected<::llvm::SmallVector<::nnc::nn::Shape>>", "inferShapes",
      (ins "::llvm::ArrayRef<::nnc::nn::Shape>":$inputs)>,
    InterfaceMethod<"Whether it takes integers as they are (a copy, a view).",
      "bool", "acceptsIntegers", (ins), [{}], [{ return false; }]>,
    InterfaceMethod<"The element type of its results.",
      "::mlir::Type", "inferElementType", (ins "::mlir::Type":$input), [{}], [{
        return input;
      }]>,
    InterfaceMethod<[{
        Its weights in Keras's order. Operand types must be inferred: shapes
        follow from them and the keys.
      }],
      "::llvm::SmallVector<::nnc::nn::WeightSpec>", "getWeightSpecs", (ins), [{}],
      [{ return {}; }]>,
    InterfaceMethod<"Multiply-accumulates of one sample; types are inferred.",
      "int64_t", "getMacs", (ins), [{}], [{ return 0; }]>
  ];
  let extraSharedClassDeclaration = [{
    /// The layer's name; empty until link has given one.
    ::llvm::StringRef getLayerName() {
      auto name = $_op->template getAttrOfType<::mlir::StringAttr>("name");
      return name ? name.getValue() : ::llvm::StringRef();
    }
  }];
}

#endif // NN_LAYER_OP_INTERFACE_TD
