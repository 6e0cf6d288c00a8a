//===- ForLevel.cpp - passes for the bodies of one level ------------------===//
//
// Passes learn about the CPU from their options, so that each level has
// passes of its own; this one lets them run on the level's bodies alone. It
// does nothing to other functions.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/ForLevel.h"
#include "compiler/codegen/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"

namespace nnc {
#define GEN_PASS_DEF_FORLEVELPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {
namespace {

struct ForLevelPass : impl::ForLevelPassBase<ForLevelPass> {
  using Base::Base;

  ForLevelPass(StringRef level,
               llvm::function_ref<void(OpPassManager &)> populate) {
    cpu = level.str();
    populate(pipeline);
    llvm::raw_string_ostream os(passes);
    llvm::interleave(
        pipeline, [&](Pass &pass) { pass.printAsTextualPipeline(os); },
        [&] { os << ","; });
  }

  LogicalResult initializeOptions(
      StringRef options,
      llvm::function_ref<LogicalResult(const Twine &)> onError) override {
    if (failed(Base::initializeOptions(options, onError)))
      return failure();
    if (failed(parsePassPipeline(passes, pipeline)))
      return onError("the passes of a level cannot be read");
    return success();
  }

  void getDependentDialects(DialectRegistry &registry) const override {
    pipeline.getDependentDialects(registry);
  }

  void runOnOperation() override {
    auto level = getOperation()->getAttrOfType<StringAttr>(kCpuAttr);
    if (!level || level.getValue() != cpu)
      return;
    if (failed(runPipeline(pipeline, getOperation())))
      signalPassFailure();
  }

private:
  OpPassManager pipeline{func::FuncOp::getOperationName()};
};

} // namespace

std::unique_ptr<Pass>
createForLevelPass(StringRef cpu,
                   llvm::function_ref<void(OpPassManager &)> populate) {
  return std::make_unique<ForLevelPass>(cpu, populate);
}

} // namespace nnc
