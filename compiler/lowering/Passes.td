//===- Passes.td - nn to linalg -------------------------------------------===//

#ifndef NNC_LOWERING_PASSES_TD
#define NNC_LOWERING_PASSES_TD

include "mlir/Pass/PassBase.td"

def LowerToLinalgPass : Pass<"nnc-lower-to-linalg", "::mlir::ModuleOp"> {
  let summary = "Lower nn models to functions of linalg on static tensors";
  let description = [{
    Each `nn.weight` becomes a constant `memref.global` and each `nn.model` a
    private function that reads its inputs from memrefs, writes its outputs to
    memrefs and returns a status. Models must be linked, with static types and
    bound weights. Layers that cannot be lowered are reported, all of them.
  }];
  let dependentDialects = [
    "::mlir::arith::ArithDialect",
    "::mlir::bufferization::BufferizationDialect",
    "::mlir::func::FuncDialect",
    "::mlir::linalg::LinalgDialect",
    "::mlir::math::MathDialect",
    "::mlir::memref::MemRefDialect",
    "::mlir::scf::SCFDialect",
    "::mlir::tensor::TensorDialect"
  ];
}

#endif // NNC_LOWERING_PASSES_TD
