//===- Passes.td - the passes of codegen -------------------*- tablegen -*-===//
//
// In the order in which buildCodegenPipeline runs them. Facts about the target
// come in as options, so that each pass can be run alone.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_CODEGEN_PASSES
#define NNC_CODEGEN_PASSES

include "mlir/Pass/PassBase.td"

//===----------------------------------------------------------------------===//
// Levels
//===----------------------------------------------------------------------===//

def CloneLevelsPass : Pass<"nnc-clone-levels", "mlir::ModuleOp"> {
  let summary = "Make a copy of every body for each CPU to choose from";
  let description = [{
    `@model.b1` becomes `@model.b1.v1`, `@model.b1.v3`, …, each with the CPU that
    it is compiled for in `nnc.cpu`. All copies read the same weights.
  }];
  let options = [
    ListOption<"cpus", "cpus", "std::string",
               "CPUs, the least first; nothing happens for fewer than two">
  ];
}

def ForLevelPass : Pass<"nnc-for-level", "mlir::func::FuncOp"> {
  let summary = "Run passes on the bodies of one level";
  let description = [{
    The passes run on functions whose `nnc.cpu` is `cpu`, others stay as they
    are.
  }];
  let options = [
    Option<"cpu", "cpu", "std::string", "\"\"", "The CPU of the level">,
    Option<"passes", "passes", "std::string", "\"\"", "Passes of a function">
  ];
}

//===----------------------------------------------------------------------===//
// Tensors
//===----------------------------------------------------------------------===//

def FuseElementwisePass : Pass<"nnc-fuse-elementwise"> {
  let summary = "Fuse elementwise operations where nothing is computed twice";
  let description = [{
    Generalizes named linalg operations (fill and copy stay) and fuses
    elementwise producers into consumers that read each of their elements once.
    Broadcasts and fills vanish into their consumers.
  }];
  let dependentDialects = ["mlir::linalg::LinalgDialect",
                           "mlir::arith::ArithDialect"];
}

def ReuseInputsPass : Pass<"nnc-reuse-inputs"> {
  let summary = "Let elementwise operations write over an input that dies";
  let dependentDialects = ["mlir::linalg::LinalgDialect"];
}

def FuseMultiplyAddPass : Pass<"nnc-fuse-multiply-add"> {
  let summary = "Write the multiply-add of contractions as math.fma";
  let description = [{
    Turns `acc + a * b` in the body of a reduction into `math.fma`, for targets
    that have the instruction. No other multiplication is ever contracted.
    With `only-rows` those that give single values stay as they are: where only
    vectors have the instruction, a sample alone would be rounded otherwise than
    one of several in a vector.
  }];
  let options = [
    Option<"onlyRows", "only-rows", "bool", "false",
           "Fuse where the last dimension of the result is not 1">
  ];
  let dependentDialects = ["mlir::math::MathDialect"];
}

def AssignSumOrderPass : Pass<"nnc-assign-sum-order"> {
  let summary = "Fix the order in which every reduction adds";
  let description = [{
    Writes `nnc.sum` (SumOrder.h) on every linalg operation that reduces.
  }];
  let options = [
    Option<"vectorBytes", "vector-bytes", "unsigned", "16",
           "Bytes of the target's widest vector register">
  ];
}

def VerifySumOrderPass : Pass<"nnc-verify-sum-order"> {
  let summary = "Check that every reduction has its order fixed";
}

def FormKernelsPass : Pass<"nnc-form-kernels"> {
  let summary = "Join reductions with their padding and what follows them";
  let description = [{
    A reduction whose innermost results are contiguous in every input becomes a
    `kernel.reduce`, with the elementwise operation that reads its result as
    its epilogue and zero padding as indices that are left out.
  }];
  let dependentDialects = ["nnc::kernel::KernelDialect"];
}

def WinogradPass : Pass<"nnc-winograd", "mlir::ModuleOp"> {
  let summary = "Choose Winograd for convolutions of 3 × 3 where it is faster";
  let description = [{
    Makes `kernel.winograd` of a `kernel.reduce` that is such a convolution,
    and transforms its weights. What the operation says of its blocks may be
    changed afterwards.
  }];
  let options = [
    Option<"tileSize", "tile-size", "int64_t", "2",
           "Largest tiles of results to consider: 2, 4, or 0 for none">,
    Option<"l2Bytes", "l2-bytes", "int64_t", "262144",
           "Bytes of the second cache that a core has to itself">
  ];
  let dependentDialects = ["nnc::kernel::KernelDialect",
                           "mlir::memref::MemRefDialect",
                           "mlir::bufferization::BufferizationDialect"];
}

def PackWeightsPass : Pass<"nnc-pack-weights", "mlir::ModuleOp"> {
  let summary = "Reorder weights as kernels read them";
  let description = [{
    [..., N] becomes [N / width, ..., width], filled up with zeros, where all
    readers of a weight are kernels whose columns are its last axis.
  }];
  let dependentDialects = ["mlir::memref::MemRefDialect",
                           "mlir::bufferization::BufferizationDialect",
                           "mlir::tensor::TensorDialect"];
}

def LayoutWeightsPass : Pass<"nnc-layout-weights", "mlir::ModuleOp"> {
  let summary = "Lay all weights out in one constant block";
  let description = [{
    Every `memref.global` with a value that a body reads is a weight. They move
    into the module attribute `nnc.weights_blob`, each at a 64-byte-aligned
    offset in the order of the module; every body gets a pointer to the block
    as its last argument. Offsets, sizes and the fingerprint go into
    `nnc.model_info`. Globals that nobody reads are dropped.
  }];
  let options = [
    Option<"target", "target", "std::string", "\"\"",
           "What the fingerprint says of the target">,
    Option<"external", "external", "bool", "false",
           "The weights are passed to the model, not part of its object">
  ];
  let dependentDialects = ["mlir::memref::MemRefDialect",
                           "mlir::arith::ArithDialect"];
}

//===----------------------------------------------------------------------===//
// Buffers
//===----------------------------------------------------------------------===//

def BufferizePass : Pass<"nnc-bufferize", "mlir::ModuleOp"> {
  let summary = "Give every tensor a buffer";
  let description = [{
    One-shot bufferization of bodies, whose signatures are memrefs already.
    Results are computed in the output buffers where possible.
  }];
  let dependentDialects = ["mlir::bufferization::BufferizationDialect",
                           "mlir::memref::MemRefDialect",
                           "mlir::linalg::LinalgDialect",
                           "mlir::scf::SCFDialect"];
}

def LowerWinogradPass : Pass<"nnc-lower-winograd"> {
  let summary = "Lower convolutions by Winograd to transforms and products";
  let description = [{
    Loops over blocks of tiles; in them vector code for the transforms, and a
    `kernel.reduce` for the products of all elements of the tiles.
  }];
  let options = [
    Option<"vectorBytes", "vector-bytes", "unsigned", "16",
           "Bytes of the target's widest vector register">
  ];
  let dependentDialects = ["nnc::kernel::KernelDialect",
                           "mlir::affine::AffineDialect",
                           "mlir::arith::ArithDialect",
                           "mlir::math::MathDialect",
                           "mlir::memref::MemRefDialect",
                           "mlir::scf::SCFDialect",
                           "mlir::vector::VectorDialect"];
}

def ElideCopiesPass : Pass<"nnc-elide-copies", "mlir::func::FuncOp"> {
  let summary = "Compute values where they are copied to";
  let description = [{
    A buffer whose last use is a copy into an output, or into a part of another
    buffer, becomes that place: inputs of a concatenation are written side by
    side.
  }];
  let dependentDialects = ["mlir::memref::MemRefDialect"];
}

def ParallelizeLoopsPass : Pass<"nnc-parallelize-loops"> {
  let summary = "Share linalg operations on buffers out to parallel tasks";
  let description = [{
    Operations whose work is worth it are cut along a parallel loop; those that
    follow each other and are cut alike become one `scf.forall`.
  }];
  let options = [
    Option<"vectorBytes", "vector-bytes", "unsigned", "16",
           "Bytes of the target's widest vector register">
  ];
  let dependentDialects = ["mlir::affine::AffineDialect",
                           "mlir::arith::ArithDialect",
                           "mlir::linalg::LinalgDialect",
                           "mlir::memref::MemRefDialect",
                           "mlir::scf::SCFDialect"];
}

def PlanArenaPass : Pass<"nnc-plan-arena", "mlir::ModuleOp"> {
  let summary = "Replace allocations by offsets into one arena";
  let description = [{
    Every body gets the arena as an argument after its outputs; buffers that
    are not alive at the same time share memory. Writes `nnc.arena`, pairs of
    (offset, bytes), on the body and `workspaceBytes` into `nnc.model_info`, and
    if it is to record them, each buffer's layer, place and time of use.
  }];
  let options = [
    Option<"record", "record", "bool", "false",
           "Write the plan into nnc.model_info, for a profile">
  ];
  let dependentDialects = ["mlir::memref::MemRefDialect",
                           "mlir::arith::ArithDialect"];
}

def AssignTilingPass : Pass<"nnc-assign-tiling"> {
  let summary = "Decide how kernels are blocked";
  let description = [{
    Writes `tiled` on each kernel that does not have it (TileSizes.h).
  }];
  let options = [
    Option<"vectorBytes", "vector-bytes", "unsigned", "16",
           "Bytes of the target's widest vector register">,
    Option<"vectorRegisters", "vector-registers", "unsigned", "16",
           "How many vector registers the target has">,
    Option<"l1Bytes", "l1-bytes", "int64_t", "32768",
           "Bytes of the first data cache">,
    Option<"l2Bytes", "l2-bytes", "int64_t", "262144",
           "Bytes of the second cache that a core has to itself">,
    Option<"loadsFirst", "loads-first", "bool", "false",
           "Registers hold all that a step loads before its arithmetic begins">
  ];
}

def LowerKernelsPass : Pass<"nnc-lower-kernels"> {
  let summary = "Lower kernels to loops around blocks in vector registers";
  let options = [
    Option<"vectorBytes", "vector-bytes", "unsigned", "16",
           "Bytes of the target's widest vector register">
  ];
  let dependentDialects = ["mlir::affine::AffineDialect",
                           "mlir::arith::ArithDialect",
                           "mlir::memref::MemRefDialect",
                           "mlir::scf::SCFDialect",
                           "mlir::vector::VectorDialect"];
}

def VerifyKernelsPass : Pass<"nnc-verify-kernels"> {
  let summary = "Check that the sums of kernels stay in registers";
  let options = [
    Option<"vectorBytes", "vector-bytes", "unsigned", "16",
           "Bytes of the target's widest vector register">,
    Option<"vectorRegisters", "vector-registers", "unsigned", "16",
           "How many vector registers the target has">
  ];
}

def LowerToLoopsPass : Pass<"nnc-lower-to-loops"> {
  let summary = "Lower linalg operations and strided copies to loops";
  let description = [{
    The loops run in the order of the operation's iterators; a reduction along
    the innermost loop stays in registers and adds in the order of `nnc.sum`.
    Innermost loops of some whole vectors are marked not to be unrolled before
    LLVM vectorizes.
  }];
  let options = [
    Option<"vectorBytes", "vector-bytes", "unsigned", "16",
           "Bytes of the target's widest vector register">
  ];
  let dependentDialects = ["mlir::linalg::LinalgDialect",
                           "mlir::memref::MemRefDialect",
                           "mlir::affine::AffineDialect",
                           "mlir::scf::SCFDialect", "mlir::math::MathDialect",
                           "mlir::LLVM::LLVMDialect",
                           "mlir::vector::VectorDialect",
                           "mlir::arith::ArithDialect"];
}

def ExpandMathPass : Pass<"nnc-expand-math"> {
  let summary = "Expand math functions to arithmetic";
  let description = [{
    Functions of f32 scalars and vectors become polynomials that vectorize, so
    that nothing calls a math library. Without `fma` a fused multiply-add
    becomes a multiplication and an addition, or with `relaxed-fma` and vectors
    of 16 bytes one that rounds once or twice, as the engine likes; functions
    never use that. Without `rounding` floor, ceil,
    trunc and roundeven go by way of integers, without `extrema` the larger and
    the smaller of a value and a constant are selected by a comparison, without
    `wide-extrema` those of any two f64 are.
  }];
  let options = [
    Option<"fma", "fma", "bool", "false", "The target has fused multiply-add">,
    Option<"relaxedFma", "relaxed-fma", "bool", "false",
           "The target has WebAssembly's relaxed multiply-add of vectors">,
    Option<"rounding", "rounding", "bool", "false",
           "The target has rounding instructions">,
    Option<"extrema", "extrema", "bool", "false",
           "The target has maximum and minimum that keep NaN and order zeros">,
    Option<"wideExtrema", "wide-extrema", "bool", "true",
           "LLVM can select maximum and minimum of f64 for the target">
  ];
  let dependentDialects = ["mlir::math::MathDialect",
                           "mlir::LLVM::LLVMDialect",
                           "mlir::arith::ArithDialect"];
}

def VerifyMathPass : Pass<"nnc-verify-math"> {
  let summary = "Check that no operation is left that would call a library";
}

def VerifyNoAllocPass : Pass<"nnc-verify-no-alloc"> {
  let summary = "Check that bodies allocate nothing and call nothing";
}

def InstrumentLayersPass : Pass<"nnc-instrument-layers", "mlir::ModuleOp"> {
  let summary = "Count the time that each layer takes";
  let description = [{
    Operations of a body that follow each other and belong to one layer are a
    section; the clock is read after each, and its ticks are added to the
    layer's counter behind the arena. `nnc.model_info` gets the sections, what
    they read and write, and the place of the counters.
  }];
  let options = [
    Option<"clock", "clock", "std::string", "\"llvm.readcyclecounter\"",
           "The intrinsic that reads the clock">
  ];
  let dependentDialects = ["mlir::LLVM::LLVMDialect",
                           "mlir::memref::MemRefDialect",
                           "mlir::func::FuncDialect",
                           "mlir::arith::ArithDialect"];
}

def OutlineTasksPass : Pass<"nnc-outline-tasks", "mlir::ModuleOp"> {
  let summary = "Make functions of parallel loops";
  let description = [{
    Each `scf.forall` in a body becomes a function that does one of its tasks
    and a call of a function, declared with `nnc.task` and `nnc.tasks`, that
    does all. Bodies get their run as first argument if any of them has tasks.
  }];
  let dependentDialects = ["mlir::func::FuncDialect", "mlir::scf::SCFDialect",
                           "mlir::arith::ArithDialect"];
}

//===----------------------------------------------------------------------===//
// LLVM dialect
//===----------------------------------------------------------------------===//

def ToLLVMPass : Pass<"nnc-to-llvm", "mlir::ModuleOp"> {
  let summary = "Convert loops on buffers to the LLVM dialect";
  let options = [
    Option<"triple", "triple", "std::string", "\"\"", "The target's triple">
  ];
  let dependentDialects = ["mlir::LLVM::LLVMDialect",
                           "mlir::cf::ControlFlowDialect"];
}

def AssignAliasScopesPass : Pass<"nnc-assign-alias-scopes"> {
  let summary = "Tell LLVM which buffers of the arena are disjoint";
  let description = [{
    Each planned buffer becomes an alias scope; an access names its own buffer
    and all buffers whose bytes are apart from it.
  }];
}

def DispatchTasksPass : Pass<"nnc-dispatch-tasks", "mlir::ModuleOp"> {
  let summary = "Run tasks in order, or by the app's parallel-for";
  let options = [
    Option<"pointerBits", "pointer-bits", "unsigned", "64",
           "Bits of a pointer and of size_t">
  ];
  let dependentDialects = ["mlir::LLVM::LLVMDialect"];
}

def EmbedWeightsPass : Pass<"nnc-embed-weights", "mlir::ModuleOp"> {
  let summary = "Put the weights into the object, with a symbol for each";
  let dependentDialects = ["mlir::LLVM::LLVMDialect"];
}

def EntryPointPass : Pass<"nnc-entry-point", "mlir::ModuleOp"> {
  let summary = "Make NAME_run, NAME_prepare, NAME_workspace_size, NAME_model";
  let options = [
    Option<"pointerBits", "pointer-bits", "unsigned", "64",
           "Bits of a pointer and of size_t">
  ];
  let dependentDialects = ["mlir::LLVM::LLVMDialect"];
}

def AttachDebugScopesPass : Pass<"nnc-attach-debug-scopes", "mlir::ModuleOp"> {
  let summary = "Show layers as inlined functions in the debug info";
  let dependentDialects = ["mlir::LLVM::LLVMDialect"];
}

#endif // NNC_CODEGEN_PASSES
