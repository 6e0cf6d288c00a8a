//===- nn-opt.cpp - one pass at a time ------------------------------------===//
//
// mlir-opt with the nn dialect and nnc's passes: `nn-opt --nnc-<pass> x.mlir`.
// What FileCheck tests and people who work on a pass run.
//
//===----------------------------------------------------------------------===//

#include "compiler/driver/Register.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Debug.h"
#include <optional>

int main(int argc, char **argv) {
#ifndef NDEBUG
  // An LLVM built without assertions has our debug output, but not its switch.
  auto select = [](const std::string &types) {
    llvm::DebugFlag = true;
    std::vector<const char *> names;
    llvm::SmallVector<std::string> list(llvm::split(types, ','));
    for (const std::string &name : list)
      names.push_back(name.c_str());
    llvm::setCurrentDebugTypes(names.data(), names.size());
  };
  std::optional<llvm::cl::opt<std::string>> debugOnly;
  if (!llvm::cl::getRegisteredOptions().count("debug-only"))
    debugOnly.emplace(
        "debug-only",
        llvm::cl::desc("Print the debug output of these passes (a,b,…)"),
        llvm::cl::callback(select));
#endif
  mlir::DialectRegistry registry;
  nnc::registerAllDialects(registry);
  nnc::registerAllPasses();
  return mlir::asMainReturnCode(
      mlir::MlirOptMain(argc, argv, "runs nnc's passes\n", registry));
}
