//===- Codegen.cpp - linalg on tensors to the LLVM dialect ----------------===//
//
// The order of the passes: decide and fuse on tensors, make buffers and plan
// them, lower to loops and arithmetic, convert, add the entry points. Each
// promise is checked by a verifying pass right after it is made.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/Codegen.h"
#include "compiler/codegen/Passes.h"

#include "mlir/Conversion/AffineToStandard/AffineToStandard.h"
#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassOptions.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

namespace nnc {

static void addCleanup(OpPassManager &passes) {
  passes.addPass(createCanonicalizerPass());
  passes.addPass(createCSEPass());
}

static void addTensorPasses(OpPassManager &body, const TargetModel &target) {
  body.addPass(createFuseElementwisePass());
  addCleanup(body);
  body.addPass(createReuseInputsPass());
  if (target.hasFMA)
    body.addPass(createFuseMultiplyAddPass());
  AssignSumOrderPassOptions order;
  order.vectorBytes = target.vectorBytes;
  body.addPass(createAssignSumOrderPass(order));
  body.addPass(createVerifySumOrderPass());
}

static void addLoopPasses(OpPassManager &body, const TargetModel &target) {
  body.addPass(createLowerToLoopsPass());
  ExpandMathPassOptions math;
  math.fma = target.hasFMA;
  math.rounding = target.hasRounding;
  body.addPass(createExpandMathPass(math));
  addCleanup(body);
  body.addPass(createLoopInvariantCodeMotionPass());
  body.addPass(createVerifyMathPass());
  body.addPass(createVerifyNoAllocPass());
  body.addPass(memref::createExpandStridedMetadataPass());
  body.addPass(createLowerAffinePass());
  addCleanup(body);
}

static void addLLVMPasses(OpPassManager &passes,
                          const CodegenOptions &options) {
  ToLLVMPassOptions toLLVM;
  toLLVM.triple = options.target.triple;
  passes.addPass(createToLLVMPass(toLLVM));
  addCleanup(passes);
  passes.addNestedPass<LLVM::LLVMFuncOp>(createAssignAliasScopesPass());
  passes.addPass(createEmbedWeightsPass());
  EntryPointPassOptions entry;
  entry.pointerBits = options.target.pointerBits;
  passes.addPass(createEntryPointPass(entry));
  if (options.debugInfo)
    passes.addPass(createAttachDebugScopesPass());
}

void buildCodegenPipeline(OpPassManager &passes,
                          const CodegenOptions &options) {
  const TargetModel &target = options.target;
  addTensorPasses(passes.nest<func::FuncOp>(), target);
  LayoutWeightsPassOptions weights;
  weights.target = llvm::Triple(target.triple).getArchName().str();
  weights.external = options.externalWeights;
  passes.addPass(createLayoutWeightsPass(weights));
  passes.addPass(createBufferizePass());
  addCleanup(passes.nest<func::FuncOp>());
  passes.addPass(createPlanArenaPass());
  addLoopPasses(passes.nest<func::FuncOp>(), target);
  addLLVMPasses(passes, options);
}

namespace {

#define GEN_PASS_REGISTRATION
#include "compiler/codegen/Passes.h.inc"

/// The options of `--nnc-codegen` in nn-opt.
struct PipelineOptions : PassPipelineOptions<PipelineOptions> {
  Option<std::string> triple{*this, "triple",
                             llvm::cl::desc("Triple of the target"),
                             llvm::cl::init("x86_64-unknown-linux-gnu")};
  Option<std::string> cpu{*this, "cpu", llvm::cl::desc("CPU of the target")};
  Option<std::string> features{*this, "features",
                               llvm::cl::desc("Features of the target")};
  Option<bool> external{*this, "external",
                        llvm::cl::desc("Weights are passed to the model")};
  Option<bool> debugInfo{*this, "debug-info",
                         llvm::cl::desc("Debug info that names layers")};
};

} // namespace

void registerCodegenPasses() {
  registerPasses();
  PassPipelineRegistration<PipelineOptions>(
      "nnc-codegen", "linalg on tensors to the LLVM dialect",
      [](OpPassManager &passes, const PipelineOptions &given) {
        CodegenOptions options;
        llvm::Expected<TargetModel> target = TargetModel::get(
            llvm::Triple(given.triple), given.cpu, given.features);
        if (!target)
          llvm::report_fatal_error(target.takeError(),
                                   /*gen_crash_diag=*/false);
        options.target = *target;
        options.externalWeights = given.external;
        options.debugInfo = given.debugInfo;
        buildCodegenPipeline(passes, options);
      });
}

} // namespace nnc
