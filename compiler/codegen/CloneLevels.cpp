//===- CloneLevels.cpp - a body for each CPU to choose from ---------------===//
//
// One object that runs everywhere and is as fast as one made for the machine
// holds the model's code once for each level of CPUs. Bodies are copied before
// the first decision that depends on the CPU, and stay in one module: whatever
// is planned for all bodies together (the packing of the weights, their block,
// the largest workspace) is then the same for all levels. For one CPU nothing
// happens.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/CpuLevels.h"
#include "compiler/codegen/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace nnc {
#define GEN_PASS_DEF_CLONELEVELSPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {

/// Makes the body that of the given level.
static void assignLevel(func::FuncOp body, StringRef name, StringRef cpu) {
  body.setSymName((name + "." + levelName(cpu)).str());
  body->setDiscardableAttr(kCpuAttr, StringAttr::get(body.getContext(), cpu));
}

namespace {

struct CloneLevelsPass : impl::CloneLevelsPassBase<CloneLevelsPass> {
  using Base::Base;

  void runOnOperation() override {
    if (cpus.size() < 2)
      return;
    SmallVector<func::FuncOp> bodies;
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (!function.isExternal())
        bodies.push_back(function);
    for (func::FuncOp body : bodies) {
      std::string name = body.getSymName().str();
      OpBuilder builder(body);
      for (const std::string &cpu : cpus)
        assignLevel(cast<func::FuncOp>(builder.clone(*body)), name, cpu);
      body.erase();
    }
  }
};

} // namespace
} // namespace nnc
