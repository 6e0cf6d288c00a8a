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

def TapLayersPass : Pass<"nnc-tap-layers", "::mlir::ModuleOp"> {
  let summary = "Add layers' results to the model's outputs";
  let options = [
    ListOption<"layers", "layers", "std::string",
               "NAME, MODEL/NAME, or NAME:1 for a second result">];
}

def KeepStatesPass : Pass<"nnc-keep-states", "::mlir::ModuleOp"> {
  let summary = "Make every recurrent layer stateful";
}

def InferShapesPass : Pass<"nnc-infer-shapes", "::mlir::ModuleOp"> {
  let summary = "Give every value its tensor type";
  let options = [
    ListOption<"shapes", "shapes", "std::string",
               "Extents of one sample for open dimensions: NAME=2x3 or 2x3">];
}

def StepByStepPass : Pass<"nnc-step-by-step", "::mlir::ModuleOp"> {
  let summary = "Make a model over time one that takes any number of steps a call";
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

def ExplicitMasksPass : Pass<"nnc-explicit-masks", "::mlir::ModuleOp"> {
  let summary = "Pass masks to the layers that take them, as Keras does";
}

def ExpandWrappersPass : Pass<"nnc-expand-wrappers", "::mlir::ModuleOp"> {
  let summary = "Replace wrappers by the layers that they stand for";
}

def ExplicitCastsPass : Pass<"nnc-explicit-casts", "::mlir::ModuleOp"> {
  let summary = "Convert operands to the types that their layers compute in";
}

def ExplicitStatesPass : Pass<"nnc-explicit-states", "::mlir::ModuleOp"> {
  let summary = "Make what layers remember values that enter and leave the model";
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

def DescribeLayersPass : Pass<"nnc-describe-layers", "::mlir::ModuleOp"> {
  let summary = "Write what each layer costs onto the module, for a profile";
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
