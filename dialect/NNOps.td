//===- NNOps.td - structure of a model ------------------------------------===//

#ifndef NN_OPS_TD
#define NN_OPS_TD

include "dialect/NNBase.td"
include "mlir/IR/RegionKindInterface.td"

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
    that many samples. `stream` says that axis 1 of every input is one step of a
    stream, of which a call takes any number, and of each output whether it has
    such an axis, too, or only the value of the last step.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, UnitAttr:$linked,
                       UnitAttr:$sequential,
                       OptionalAttr<DenseBoolArrayAttr>:$stream,
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

def NN_StateOp : NN_Op<"state"> {
  let summary = "what a model remembers from call to call";
  let description = [{
    Its value is what the last call left; zero after a reset. `shape` is that of
    one sample. The compiler writes it, for layers with stateful = true.
  }];
  let arguments = (ins NN_Ints:$shape, NN_Name:$name,
                       NN_DefaultWord<NN_DType, "float32">:$dtype);
  let results = (outs NN_Value:$output);
  let hasCustomAssemblyFormat = 1;
}

def NN_UpdateStateOp : NN_Op<"update_state"> {
  let summary = "what the next call finds in a state";
  let description = [{
    Every `nn.state` has one; the value has the state's type.
  }];
  let arguments = (ins NN_Value:$state, NN_Value:$value);
  let assemblyFormat =
      "`(` $state `,` $value `)` attr-dict `:` type($state) `,` type($value)";
}

def NN_HistoryOp : NN_Op<"history"> {
  let summary = "the last steps of a stream, and the new one behind them";
  let description = [{
    (batch, 1, …) to (batch, `steps` + 1, …); zeros come before the first step.
    It becomes an `nn.state`.
  }];
  let arguments = (ins NN_Value:$input, NN_PositiveInt:$steps, NN_Name:$name);
  let results = (outs NN_Value:$output);
  let assemblyFormat =
      "`(` $input `)` attr-dict `:` type($input) `->` type($output)";
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
