//===- Pipeline.cpp - the stages in their order ---------------------------===//
//
// See Pipeline.h.
//
//     import ──► graph ──► lowering ──► codegen ──► emit
//     nn ops     nn ops    linalg on     LLVM        object,
//                          tensors       dialect     header
//
// Each stage is a pass manager of its own, so that times, dumps and reproducers
// are told apart by stage.
//
//===----------------------------------------------------------------------===//

#include "compiler/driver/Pipeline.h"
#include "compiler/codegen/Codegen.h"
#include "compiler/graph/Graph.h"
#include "compiler/lowering/Lowering.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/Timing.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace nnc {

static void buildGraph(OpPassManager &passes, const Options &options) {
  GraphOptions graph;
  graph.seed = options.seed;
  graph.batch = options.batch;
  graph.model = options.model;
  graph.symbol = options.symbol;
  graph.shapes = options.shapes;
  graph.taps = options.taps;
  graph.stateful = options.stateful;
  graph.stream = options.stream;
  graph.describeLayers = options.profile;
  buildGraphPipeline(passes, graph);
}

static LogicalResult buildCodegen(OpPassManager &passes, const Options &options,
                                  const TargetSpec &target, Location location) {
  std::vector<std::string> cpus = target.levels;
  if (cpus.empty())
    cpus.push_back(target.cpu);
  CodegenOptions codegen;
  for (const std::string &cpu : cpus) {
    llvm::Expected<TargetModel> model =
        TargetModel::get(target.triple, cpu, target.features);
    if (!model)
      return emitError(location, llvm::toString(model.takeError()));
    codegen.levels.push_back(*model);
  }
  codegen.externalWeights =
      !options.weightsOut.empty() || options.emit == OutputKind::Weights;
  codegen.winogradTile = options.winograd;
  codegen.debugInfo = options.debugInfo;
  codegen.profile = options.profile;
  buildCodegenPipeline(passes, codegen);
  return success();
}

static LogicalResult buildStage(Stage stage, OpPassManager &passes,
                                const Options &options,
                                const TargetSpec &target, Location location) {
  switch (stage) {
  case Stage::Import:
    return success(); // done before the first pass
  case Stage::Graph:
    buildGraph(passes, options);
    return success();
  case Stage::Lowering:
    buildLoweringPipeline(passes);
    return success();
  case Stage::Codegen:
    return buildCodegen(passes, options, target, location);
  }
  llvm_unreachable("all stages are covered");
}

/// Turns on what the user wants to see of one stage.
static void observe(PassManager &passes, StringRef stage,
                    const Options &options, TimingScope &timing,
                    raw_ostream &log) {
  if (options.dumpPassPipeline) {
    log << stage << ": ";
    passes.printAsTextualPipeline(log);
    log << "\n";
  }
  if (!options.printIRTreeDir.empty()) {
    // MLIR makes one level of folders; what it cannot write it reports itself.
    (void)llvm::sys::fs::create_directories(options.printIRTreeDir);
    passes.enableIRPrintingToFileTree(
        /*shouldPrintBeforePass=*/[](Pass *, Operation *) { return false; },
        /*shouldPrintAfterPass=*/[](Pass *, Operation *) { return true; },
        /*printModuleScope=*/true, /*printAfterOnlyOnChange=*/true,
        /*printAfterOnlyOnFailure=*/false,
        options.printIRTreeDir + "/" + stage.str(),
        OpPrintingFlags().printNameLocAsPrefix());
  }
  if (!options.crashReproducer.empty())
    passes.enableCrashReproducerGeneration(options.crashReproducer);
  passes.enableTiming(timing);
}

LogicalResult runPipeline(ModuleOp module, Stage first, Stage last,
                          const Options &options, const TargetSpec &target,
                          TimingScope &timing, Progress &progress,
                          raw_ostream &log) {
  for (Stage stage : {Stage::Graph, Stage::Lowering, Stage::Codegen}) {
    if (stage <= first || stage > last)
      continue;
    StringRef name = stageName(stage);
    progress.stage(name);
    TimingScope scope = timing.nest(name);
    auto passes = PassManager::on<ModuleOp>(module.getContext());
    if (failed(buildStage(stage, passes, options, target, module.getLoc())))
      return failure();
    observe(passes, name, options, scope, log);
    progress.watch(passes);
    if (failed(passes.run(module)))
      return failure();
  }
  return success();
}

} // namespace nnc
