//===- Register.cpp - everything that a context may meet ------------------===//
//
// See Register.h. Upstream is registered as a whole: a missing interface is a
// fatal error at some later pass, and libMLIR holds all of it anyway.
//
//===----------------------------------------------------------------------===//

#include "compiler/driver/Register.h"
#include "compiler/codegen/Passes.h"
#include "compiler/graph/Passes.h"
#include "compiler/lowering/Passes.h"
#include "dialect/Register.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Target/LLVMIR/Dialect/All.h"

namespace nnc {

void registerAllDialects(mlir::DialectRegistry &registry) {
  nn::registerDialect(registry);
  registerKernelDialect(registry);
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  mlir::registerAllToLLVMIRTranslations(registry);
}

void registerAllPasses() {
  registerGraphPasses();
  registerLoweringPasses();
  registerCodegenPasses();
  mlir::registerAllPasses();
}

} // namespace nnc
