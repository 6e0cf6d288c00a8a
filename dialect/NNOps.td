//===- NNOps.td - structure of a model, and all layers by family ----------===//

#ifndef NN_OPS_TD
#define NN_OPS_TD

include "dialect/NNBase.td"
include "mlir/IR/RegionKindInterface.td"
include "dialect/NNCoreOps.td"
include "dialect/NNConvOps.td"
include "dialect/NNPoolOps.td"
include "dialect/NNNormOps.td"
include "dialect/NNRecurrentOps.td"
include "dialect/NNShapeOps.td"
include "dialect/NNMergeOps.td"
include "dialect/NNTrainingOps.td"

//===----------------------------------------------------------------------===//
// Models
//===----------------------------------------------------------------------===//

class NN_ModelBase<string mnemonic> : NN_Op<mnemonic, [
    Symbol, IsolatedFromAbove, NoTerminator, SingleBlock,
    DeclareOpInterfaceMethods<RegionKindInterface>]> {
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$sym_name attr-dict-with-keyword $body";
}

def NN_SequentialOp : NN_ModelBase<"sequential"> {
  let summary = "a model in which each layer takes the one above";
  let description = [{
    Layers stand below each other without operands; `nn.input` at the top gives
    the input's shape. Link turns it into an `nn.model`.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name);
}

def NN_ModelOp : NN_ModelBase<"model"> {
  let summary = "a functional model: a graph of layers";
  let description = [{
    `linked` says that layers are named and connected; `sequential` that it was
    written so (for the summary); `batch` that it is a body compiled for exactly
    that many samples.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, UnitAttr:$linked,
                       UnitAttr:$sequential,
                       OptionalAttr<NN_PositiveInt>:$batch);
}

def NN_InputOp : NN_Op<"input", [DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let summary = "an input of a model";
  let description = [{
    `shape` is that of one sample; `?` is written as -1 and fixed by --shape.
  }];
  let arguments = (ins NN_Ints:$shape, OptionalAttr<NN_Name>:$name,
                       NN_DefaultWord<NN_DType, "float32">:$dtype);
  let results = (outs NN_Value:$output);
  let hasCustomAssemblyFormat = 1;
}

def NN_OutputOp : NN_Op<"output"> {
  let summary = "the outputs of a model, in order";
  let arguments = (ins Variadic<NN_Value>:$inputs,
                       OptionalAttr<StrArrayAttr>:$names);
  let hasCustomAssemblyFormat = 1;
}

def NN_CallOp : NN_Op<"call", [
    DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let summary = "a model used as a layer of another";
  let description = [{
    Several calls of one model share its weights.
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee, Variadic<NN_Value>:$inputs,
                       OptionalAttr<NN_Name>:$name);
  let results = (outs Variadic<NN_Value>:$outputs);
  let hasCustomAssemblyFormat = 1;
}

def NN_WeightOp : NN_Op<"weight", [Symbol]> {
  let summary = "a weight of a model";
  let description = [{
    `@<model>.<layer>.<variable>`. Read from a file it has the file's path for a
    name (`@"conv1/kernel"`) and `from_file`, until materialization binds it.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, ElementsAttr:$value,
                       UnitAttr:$from_file,
                       OptionalAttr<NN_String>:$initializer);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
}

def NN_MalformedOp : NN_Op<"malformed", [NoTerminator]> {
  let summary = "a layer that does not fit its declaration";
  let description = [{
    An unknown layer, an unknown key, a missing key or a value of the wrong
    kind: kept as data, so that the checking pass reports all of them at once.
  }];
  let arguments = (ins NN_String:$layer, DictionaryAttr:$config,
                       Variadic<NN_Value>:$inputs);
  let results = (outs Variadic<NN_Value>:$outputs);
  let regions = (region VariadicRegion<AnyRegion>:$wrapped);
  let hasCustomAssemblyFormat = 1;
}

#endif // NN_OPS_TD
