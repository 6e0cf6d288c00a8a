//===- Bufferize.cpp - tensors become buffers -----------------------------===//
//
// One-shot bufferization of the bodies. Their signatures are memrefs already,
// so nothing crosses a function boundary; inputs and weights are read-only to
// the analysis because they come in without `writable`. Empty tensors that end
// in an output are replaced by that output first, which saves the final copy.
// Copies that remain are memref.copy; LowerToLoops makes loops of the strided
// ones.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/Passes.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Bufferization/Transforms/OneShotAnalysis.h"
#include "mlir/Dialect/Bufferization/Transforms/Transforms.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

namespace nnc {
#define GEN_PASS_DEF_BUFFERIZEPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {
namespace {

struct BufferizePass : impl::BufferizePassBase<BufferizePass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    IRRewriter rewriter(&getContext());
    if (failed(bufferization::eliminateEmptyTensors(rewriter, module)))
      return signalPassFailure();
    bufferization::OneShotBufferizationOptions options;
    options.bufferAlignment = 64;
    bufferization::BufferizationState state;
    if (failed(bufferization::runOneShotBufferize(module, options, state)))
      signalPassFailure();
  }
};

} // namespace
} // namespace nnc
