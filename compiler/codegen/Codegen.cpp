//===- Codegen.cpp - linalg on tensors to the LLVM dialect ----------------===//
//
// The order of the passes: decide and fuse on tensors, make buffers and plan
// them, lower to loops and arithmetic, convert, add the entry points. Each
// promise is checked by a verifying pass right after it is made.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/Codegen.h"
#include "compiler/codegen/CpuLevels.h"
#include "compiler/codegen/ForLevel.h"
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

/// Adds passes that depend on the CPU: for each level on its own bodies.
static void addForLevels(
    OpPassManager &passes, const CodegenOptions &options,
    llvm::function_ref<void(OpPassManager &, const TargetModel &)> populate) {
  if (options.levels.size() == 1)
    return populate(passes.nest<func::FuncOp>(), options.levels.front());
  for (const TargetModel &level : options.levels)
    passes.addNestedPass<func::FuncOp>(createForLevelPass(
        level.cpu, [&](OpPassManager &body) { populate(body, level); }));
}

static void addTensorPasses(OpPassManager &body, const TargetModel &target) {
  body.addPass(createFuseElementwisePass());
  addCleanup(body);
  FuseMultiplyAddPassOptions fuse;
  fuse.onlyRows = !target.hasFMA;
  if (target.hasFMA || target.hasRelaxedFMA)
    body.addPass(createFuseMultiplyAddPass(fuse));
  AssignSumOrderPassOptions order;
  // Scalars hide the latency of additions as vectors do.
  order.vectorBytes = std::max(target.vectorBytes, 16u);
  body.addPass(createAssignSumOrderPass(order));
  body.addPass(createVerifySumOrderPass());
  body.addPass(createFormKernelsPass());
  addCleanup(body); // pads that nobody reads any more
  body.addPass(createReuseInputsPass());
}

static void addTaskPasses(OpPassManager &body, const TargetModel &target) {
  LowerWinogradPassOptions lower;
  lower.vectorBytes = target.vectorBytes;
  body.addPass(createLowerWinogradPass(lower));
  ParallelizeLoopsPassOptions loops;
  loops.vectorBytes = target.vectorBytes;
  body.addPass(createParallelizeLoopsPass(loops));
}

static void addKernelPasses(OpPassManager &body, const TargetModel &target) {
  AssignTilingPassOptions tiling;
  tiling.vectorBytes = target.vectorBytes;
  tiling.vectorRegisters = target.vectorRegisters;
  tiling.l1Bytes = target.l1Bytes;
  tiling.l2Bytes = target.l2Bytes;
  tiling.loadsFirst = target.loadsFirst;
  body.addPass(createAssignTilingPass(tiling));
  LowerKernelsPassOptions lower;
  lower.vectorBytes = target.vectorBytes;
  body.addPass(createLowerKernelsPass(lower));
  VerifyKernelsPassOptions verify;
  verify.vectorBytes = target.vectorBytes;
  verify.vectorRegisters = target.vectorRegisters;
  body.addPass(createVerifyKernelsPass(verify));
}

static void addLoopPasses(OpPassManager &body, const TargetModel &target) {
  LowerToLoopsPassOptions loops;
  loops.vectorBytes = target.vectorBytes;
  body.addPass(createLowerToLoopsPass(loops));
  ExpandMathPassOptions math;
  math.fma = target.hasFMA;
  math.relaxedFma = target.hasRelaxedFMA;
  math.rounding = target.hasRounding;
  math.extrema = target.hasExtrema;
  math.wideExtrema = target.hasWideExtrema;
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
  if (options.profile) {
    InstrumentLayersPassOptions instrument;
    instrument.clock =
        findClock(llvm::Triple(options.levels.front().triple)).str();
    passes.addPass(createInstrumentLayersPass(instrument));
  }
  passes.addPass(createOutlineTasksPass());
  ToLLVMPassOptions toLLVM;
  toLLVM.triple = options.levels.front().triple;
  passes.addPass(createToLLVMPass(toLLVM));
  addCleanup(passes);
  passes.addNestedPass<LLVM::LLVMFuncOp>(createAssignAliasScopesPass());
  DispatchTasksPassOptions dispatch;
  dispatch.pointerBits = options.levels.front().pointerBits;
  passes.addPass(createDispatchTasksPass(dispatch));
  passes.addPass(createEmbedWeightsPass());
  EntryPointPassOptions entry;
  entry.pointerBits = options.levels.front().pointerBits;
  passes.addPass(createEntryPointPass(entry));
  if (options.debugInfo)
    passes.addPass(createAttachDebugScopesPass());
}

void buildCodegenPipeline(OpPassManager &passes,
                          const CodegenOptions &options) {
  CloneLevelsPassOptions clone;
  for (const TargetModel &level : options.levels)
    clone.cpus.push_back(level.cpu);
  if (options.levels.size() > 1)
    passes.addPass(createCloneLevelsPass(clone));
  addForLevels(passes, options, addTensorPasses);
  WinogradPassOptions winograd; // of all levels alike, for they share weights
  winograd.tileSize = options.winogradTile;
  winograd.l2Bytes = options.levels.back().l2Bytes;
  passes.addPass(createWinogradPass(winograd));
  passes.addPass(createPackWeightsPass());
  LayoutWeightsPassOptions weights;
  weights.target =
      llvm::Triple(options.levels.front().triple).getArchName().str();
  weights.external = options.externalWeights;
  passes.addPass(createLayoutWeightsPass(weights));
  passes.addPass(createBufferizePass());
  addCleanup(passes.nest<func::FuncOp>());
  passes.addNestedPass<func::FuncOp>(createElideCopiesPass());
  addForLevels(passes, options, addTaskPasses);
  PlanArenaPassOptions arena;
  arena.record = options.profile;
  passes.addPass(createPlanArenaPass(arena));
  addForLevels(passes, options, addKernelPasses);
  addForLevels(passes, options, addLoopPasses);
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
  ListOption<std::string> cpus{*this, "cpu",
                               llvm::cl::desc("CPUs of the target")};
  Option<std::string> features{*this, "features",
                               llvm::cl::desc("Features of the target")};
  Option<bool> external{*this, "external",
                        llvm::cl::desc("Weights are passed to the model")};
  Option<int64_t> winograd{*this, "winograd",
                           llvm::cl::desc("Largest tiles of convolutions"),
                           llvm::cl::init(2)};
  Option<bool> debugInfo{*this, "debug-info",
                         llvm::cl::desc("Debug info that names layers")};
  Option<bool> profile{*this, "profile",
                       llvm::cl::desc("Counters of the time in each layer")};
};

} // namespace

void registerCodegenPasses() {
  registerPasses();
  PassPipelineRegistration<PipelineOptions>(
      "nnc-codegen", "linalg on tensors to the LLVM dialect",
      [](OpPassManager &passes, const PipelineOptions &given) {
        CodegenOptions options;
        std::vector<std::string> cpus(given.cpus.begin(), given.cpus.end());
        if (cpus.empty())
          cpus.push_back("");
        auto orFail = [](llvm::Error error) {
          if (error)
            llvm::report_fatal_error(std::move(error),
                                     /*gen_crash_diag=*/false);
        };
        if (cpus.size() > 1)
          orFail(checkLevels(cpus));
        for (const std::string &cpu : cpus) {
          llvm::Expected<TargetModel> level =
              TargetModel::get(llvm::Triple(given.triple), cpu, given.features);
          orFail(level.takeError());
          options.levels.push_back(*level);
        }
        options.externalWeights = given.external;
        options.winogradTile = given.winograd;
        options.debugInfo = given.debugInfo;
        options.profile = given.profile;
        buildCodegenPipeline(passes, options);
      });
}

} // namespace nnc
