//===- Register.cpp - the only way tools load the dialect -----------------===//

#include "dialect/Register.h"

#include "dialect/NNDialect.h"
#include "mlir/IR/DialectRegistry.h"

void nnc::nn::registerDialect(mlir::DialectRegistry &registry) {
  registry.insert<NNDialect>();
}
