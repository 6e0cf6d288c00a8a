//===- BatchedTypes.cpp - types of a model's values -----------------------===//
//
// The few questions about a linked model that several passes ask.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/BatchedTypes.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/SmallVectorExtras.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

Type nnc::getElementType(MLIRContext *context, StringRef dtype) {
  if (dtype == "int32")
    return IntegerType::get(context, 32);
  return Float32Type::get(context);
}

StringRef nnc::getDTypeName(Type type) {
  return type.isInteger(32) ? "int32" : "float32";
}

SmallVector<ModelOp> nnc::getLinkedModels(ModuleOp module) {
  return llvm::filter_to_vector(module.getOps<ModelOp>(), [](ModelOp model) {
    return model.getLinked();
  });
}

ModelOp nnc::getLinkedModel(ModuleOp module) {
  SmallVector<ModelOp> models = getLinkedModels(module);
  return models.empty() ? ModelOp() : models.front();
}

bool nnc::isSpecialized(ModuleOp module) {
  ModelOp model = getLinkedModel(module);
  return model && model.getBatch().has_value();
}

OutputOp nnc::getOutput(ModelOp model) {
  return *model.getBody().getOps<OutputOp>().begin();
}

std::string nnc::getWeightPrefix(LayerOpInterface layer) {
  auto owner = layer->getAttrOfType<StringAttr>("owner");
  StringRef model =
      owner ? owner.getValue() : layer->getParentOfType<ModelOp>().getSymName();
  return (model + "." + layer.getLayerName()).str();
}
