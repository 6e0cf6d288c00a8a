//===- nn-lsp-server.cpp - nn files in an editor --------------------------===//
//
// MLIR's language server with the nn dialect: errors while typing, jump to
// definition, hover. Editors start it by themselves.
//
//===----------------------------------------------------------------------===//

#include "compiler/driver/Register.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  nnc::registerAllDialects(registry);
  return mlir::asMainReturnCode(mlir::MlirLspServerMain(argc, argv, registry));
}
