//===- Graph.cpp - the graph stage ----------------------------------------===//
//
// The order matters: what the user reads (names, parameters, costs) is recorded
// before anything is simplified, and batches come last, so that each pass runs
// on one model only.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/Graph.h"

#include "compiler/graph/Passes.h"

using namespace nnc;

void nnc::buildGraphPipeline(mlir::OpPassManager &passes,
                             const GraphOptions &options) {
  passes.addPass(createCheckModelPass());
  LinkPassOptions link;
  link.model = options.model;
  passes.addPass(createLinkPass(link));
  TapLayersPassOptions tap;
  tap.layers.assign(options.taps.begin(), options.taps.end());
  passes.addPass(createTapLayersPass(tap));
  if (options.stateful)
    passes.addPass(createKeepStatesPass());
  InferShapesPassOptions infer;
  infer.shapes.assign(options.shapes.begin(), options.shapes.end());
  passes.addPass(createInferShapesPass(infer));
  if (options.stream) {
    passes.addPass(createStepByStepPass());
    passes.addPass(createInferShapesPass());
  }
  MaterializeWeightsPassOptions weights;
  weights.initialize = options.seed.has_value();
  weights.seed = int64_t(options.seed.value_or(0));
  passes.addPass(createMaterializeWeightsPass(weights));
  CollectModelInfoPassOptions collect;
  collect.symbol = options.symbol;
  collect.batch = options.batch;
  passes.addPass(createCollectModelInfoPass(collect));

  passes.addPass(createExplicitMasksPass());
  passes.addPass(createExpandWrappersPass());
  passes.addPass(createExplicitCastsPass());
  passes.addPass(createExplicitStatesPass());
  passes.addPass(createDropTrainingLayersPass());
  passes.addPass(createFoldBatchNormPass());
  passes.addPass(createFuseActivationsPass());
  if (options.describeLayers)
    passes.addPass(createDescribeLayersPass());

  SpecializeBatchPassOptions batch;
  batch.batch = options.batch;
  passes.addPass(createSpecializeBatchPass(batch));
}
