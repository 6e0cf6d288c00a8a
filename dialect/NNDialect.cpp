//===- NNDialect.cpp - registration of the dialect's parts ----------------===//

#include "dialect/NNDialect.h"

#include "dialect/NNOps.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace nnc::nn;

#include "dialect/NNDialect.cpp.inc"

#define GET_TYPEDEF_CLASSES
#include "dialect/NNTypes.cpp.inc"

void NNDialect::initialize() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "dialect/NNTypes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialect/NNOps.cpp.inc"
      >();
  addCoreOps();
  addConvOps();
  addPoolOps();
  addNormOps();
  addRecurrentOps();
  addShapeOps();
  addMergeOps();
  addTrainingOps();
  addWrapperOps();
  addAttentionOps();
  addImageOps();
  addPreprocessingOps();
  addKerasOps();
  addKerasProductOps();
  addKerasReduceOps();
  addKerasShapeOps();
}

std::optional<mlir::Dialect::ParseOpHook>
NNDialect::getParseOperationHook(llvm::StringRef) const {
  // Only names without an operation of their own come here.
  return ParseOpHook(parseUnknownLayer);
}
