//===- Passes.td - the passes of the graph stage --------------------------===//

#ifndef NNC_COMPILER_GRAPH_PASSES_TD
#define NNC_COMPILER_GRAPH_PASSES_TD

include "mlir/Pass/PassBase.td"

def CheckModelPass : Pass<"nnc-check-model", "::mlir::ModuleOp"> {
  let summary = "Report everything a user got wrong before shapes are known";
  let description = [{
    Unknown layers and keys, values of the wrong kind, wrong numbers of inputs,
    cycles, layers that lead nowhere, names given twice, calls of models that do
    not exist: all of them in one run, each naming its layer.
  }];
}

def LinkPass : Pass<"nnc-link", "::mlir::ModuleOp"> {
  let summary = "One named and connected model: sequential → model, calls inlined";
  let options = [
    Option<"model", "model", "std::string", "",
           "The model to compile, where several are called by nothing">];
}

def InferShapesPass : Pass<"nnc-infer-shapes", "::mlir::ModuleOp"> {
  let summary = "Give every value its tensor type";
  let options = [
    ListOption<"shapes", "shapes", "std::string",
               "Extents of one sample for open dimensions: NAME=2x3 or 2x3">];
}

def MaterializeWeightsPass : Pass<"nnc-materialize-weights", "::mlir::ModuleOp"> {
  let summary = "Bind each layer's weights to nn.weight symbols";
  let options = [
    Option<"seed", "seed", "int64_t", "0", "Seed of weights that nobody gave">,
    Option<"initialize", "initialize", "bool", "false",
           "Initialize weights that nobody gave, as Keras would">];
}

def CollectModelInfoPass : Pass<"nnc-collect-model-info", "::mlir::ModuleOp"> {
  let summary = "Write names, shapes, parameters and costs onto the module";
  let options = [
    Option<"symbol", "symbol", "std::string", "", "Prefix of the C symbols">,
    Option<"batch", "batch", "int64_t", "0", "The only batch size; 0: any">];
}

def DropTrainingLayersPass : Pass<"nnc-drop-training-layers", "::mlir::ModuleOp"> {
  let summary = "Remove layers that pass their input through at inference";
}

def FoldBatchNormPass : Pass<"nnc-fold-batch-norm", "::mlir::ModuleOp"> {
  let summary = "Multiply a batch normalization into the weights before it";
}

def FuseActivationsPass : Pass<"nnc-fuse-activations", "::mlir::ModuleOp"> {
  let summary = "Make an activation layer the activation of the layer before it";
}

def SpecializeBatchPass : Pass<"nnc-specialize-batch", "::mlir::ModuleOp"> {
  let summary = "Clone the model into bodies of static batch";
  let options = [
    Option<"batch", "batch", "int64_t", "0", "The only batch size; 0: any">];
}

def StripTypesPass : Pass<"nnc-strip-types", "::mlir::ModuleOp"> {
  let summary = "Forget inferred types, so that the text is as an author writes it";
}

#endif // NNC_COMPILER_GRAPH_PASSES_TD
