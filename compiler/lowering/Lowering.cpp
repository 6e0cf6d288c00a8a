//===- Lowering.cpp - the lowering stage ----------------------------------===//
//
// One pass does the work; the canonicalizer after it folds the reshapes and
// constants that neighbouring layers leave between them.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/Lowering.h"

#include "compiler/lowering/Passes.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

void nnc::buildLoweringPipeline(mlir::OpPassManager &pm) {
  pm.addPass(createLowerToLinalgPass());
  pm.addPass(mlir::createCanonicalizerPass());
  pm.addPass(mlir::createCSEPass());
}
