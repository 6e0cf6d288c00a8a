//===- KernelOps.td - fused reductions ---------------------*- tablegen -*-===//
//
// What linalg cannot say in one operation: a reduction whose result passes
// through elementwise arithmetic before it is stored, over inputs with a
// margin around them. Codegen forms these operations, decides how each is
// tiled, and lowers them to vector loops.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_KERNEL_OPS
#define NNC_KERNEL_OPS

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/IR/OpBase.td"
include "mlir/Interfaces/DestinationStyleOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Kernel_Dialect : Dialect {
  let name = "kernel";
  let cppNamespace = "::nnc::kernel";
  let summary = "Reductions as the machine runs them";
  let useDefaultAttributePrinterParser = 1;
}

def Kernel_TilingAttr : AttrDef<Kernel_Dialect, "Tiling"> {
  let mnemonic = "tiling";
  let summary = "How a reduction is blocked";
  let description = [{
    `rows` × `columns` results are computed at a time, in registers. With
    `columns_outer` the loop over blocks of columns is outside all others, so
    that their weights stay in the cache; otherwise it is inside them.
    The outermost loop is shared out to `tasks` parallel tasks.
    `unroll_taps` writes out the taps along the rows, so that results side by
    side share what they load.
  }];
  let parameters = (ins "int64_t":$rows, "int64_t":$columns,
                        "bool":$columns_outer, "bool":$unroll_taps,
                        "int64_t":$tasks);
  let assemblyFormat = "`<` struct(params) `>`";
}

def Kernel_BlockingAttr : AttrDef<Kernel_Dialect, "Blocking"> {
  let mnemonic = "blocking";
  let summary = "How a convolution by Winograd is cut";
  let description = [{
    A tile is `size` × `size` results. A block of `images` × `rows` ×
    `columns` tiles is transformed at a time, and then multiplied and
    transformed back for `channels` results at a time. The blocks along the
    axis that has the most are shared out to `tasks` parallel tasks; with
    `share_channels` it is the work of each block, by rows of tiles and by
    channels of results.
  }];
  let parameters = (ins "int64_t":$size, "int64_t":$images, "int64_t":$rows,
                        "int64_t":$columns, "int64_t":$channels,
                        DefaultValuedParameter<"int64_t", "1">:$tasks,
                        DefaultValuedParameter<"bool", "false">:$share_channels);
  let assemblyFormat = "`<` struct(params) `>`";
}

def Kernel_ReduceOp : Op<Kernel_Dialect, "reduce", [
    AttrSizedOperandSegments, DestinationStyleOpInterface,
    DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let summary = "A reduction and what is done to its result";
  let description = [{
    For every point of the parallel loops: an accumulator starts at `init`,
    takes in the elements of `inputs` by `body`, over the loops `reductions`
    in ascending order, outer loops first; `epilogue` turns it and the elements
    of `extras` into the element of `output`. There is a map for each of
    inputs, extras and output, over all the loops. Where the map of an input
    points outside of it, the step is left out.

    On tensors `output` gives the result its place only; on buffers it is
    written. The body and the epilogue are scalar and elementwise.
  }];
  let arguments = (ins
    DenseI64ArrayAttr:$extents, DenseI64ArrayAttr:$reductions,
    AffineMapArrayAttr:$indexing_maps, TypedAttrInterface:$init,
    OptionalAttr<Kernel_TilingAttr>:$tiling,
    Variadic<AnyType>:$inputs, Variadic<AnyType>:$extras, AnyShaped:$output);
  let results = (outs Variadic<AnyRankedTensor>:$results);
  let regions = (region SizedRegion<1>:$body, SizedRegion<1>:$epilogue);
  let assemblyFormat = [{
    `loops` $extents `over` $reductions `from` $init
    `ins` `(` $inputs `:` type($inputs) `)`
    (`extras` `(` $extras^ `:` type($extras) `)`)?
    `outs` `(` $output `:` type($output) `)`
    `maps` $indexing_maps (`tiled` $tiling^)? attr-dict-with-keyword
    $body `then` $epilogue (`->` type($results)^)?
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    ::mlir::MutableOperandRange getDpsInitsMutable() {
      return getOutputMutable();
    }
    /// The map of an operand.
    ::mlir::AffineMap getMap(::mlir::OpOperand &operand) {
      return ::mlir::cast<::mlir::AffineMapAttr>(
          getIndexingMaps()[operand.getOperandNumber()]).getValue();
    }
    /// Whether the loop is one of `reductions`.
    bool isReduction(int64_t loop) {
      return ::llvm::is_contained(getReductions(), loop);
    }
    ::mlir::Type getAccumulatorType() { return getInit().getType(); }
    /// How many operands come before the extras.
    unsigned getNumReduced() { return getInputs().size(); }
  }];
}

def Kernel_WinogradOp : Op<Kernel_Dialect, "winograd", [
    DestinationStyleOpInterface,
    DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let summary = "A 3 × 3 convolution by products of transformed tiles";
  let description = [{
    The convolution of `input`, with zeros around it, of which `margin` are
    above and to the left. `weights` are transformed, in panels of columns:
    [panel][element of a tile][input channel][column]. `body` and `epilogue`
    are those of a `kernel.reduce`; the maps of `extras` are over image, row,
    column and channel of the output.
  }];
  let arguments = (ins
    DenseI64ArrayAttr:$margin, Kernel_BlockingAttr:$blocking,
    AffineMapArrayAttr:$extra_maps,
    AnyShaped:$input, AnyShaped:$weights, Variadic<AnyType>:$extras,
    AnyShaped:$output);
  let results = (outs Variadic<AnyRankedTensor>:$results);
  let regions = (region SizedRegion<1>:$body, SizedRegion<1>:$epilogue);
  let assemblyFormat = [{
    `margin` $margin `ins` `(` $input `,` $weights `:` type($input) `,`
    type($weights) `)`
    (`extras` `(` $extras^ `:` type($extras) `)`)? `maps` $extra_maps
    `outs` `(` $output `:` type($output) `)`
    `blocked` $blocking attr-dict-with-keyword
    $body `then` $epilogue (`->` type($results)^)?
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    ::mlir::MutableOperandRange getDpsInitsMutable() {
      return getOutputMutable();
    }
    /// The map of an extra or of the output.
    ::mlir::AffineMap getMap(::mlir::OpOperand &operand);
    ::mlir::Type getAccumulatorType() {
      return getBody().front().getArguments().back().getType();
    }
    /// How many operands come before the extras.
    unsigned getNumReduced() { return 2; }
  }];
}

def Kernel_YieldOp : Op<Kernel_Dialect, "yield", [
    Pure, Terminator, ParentOneOf<["ReduceOp", "WinogradOp"]>]> {
  let summary = "The value of a body or an epilogue";
  let arguments = (ins AnyType:$value);
  let assemblyFormat = "attr-dict $value `:` type($value)";
}

#endif // NNC_KERNEL_OPS
