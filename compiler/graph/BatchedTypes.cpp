//===- BatchedTypes.cpp - types of a model's values -----------------------===//
//
// The few questions about a linked model that several passes ask.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/BatchedTypes.h"

#include "compiler/graph/LayerNames.h"

#include "compiler/model/Text.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/SmallVectorExtras.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

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

int64_t nnc::countStateBytes(ModelOp model) {
  int64_t elements = 0, bytes = 4;
  for (StateOp state : model.getBody().getOps<StateOp>()) {
    auto type = cast<RankedTensorType>(state.getOutput().getType());
    elements += llvm::cantFail(checkedProduct(type.getShape().drop_front()));
    bytes = type.getElementType().isF64() ? 8 : bytes;
  }
  return 2 * elements * bytes;
}

std::string nnc::getWrappedRole(Operation *op) {
  auto wrapper = cast<WrapperOpInterface>(op->getParentOp());
  std::string role =
      wrapper.getRoles()[op->getParentRegion()->getRegionNumber()].str();
  auto layer = dyn_cast<LayerOpInterface>(op);
  if (!wrapper.holdsChain() || !layer)
    return role;
  // Keras counts the layers of a list by class.
  unsigned before = llvm::count_if(
      op->getBlock()->getOps<LayerOpInterface>(), [&](LayerOpInterface other) {
        return other->isBeforeInBlock(op) &&
               other.getShownClass() == layer.getShownClass();
      });
  role += "/" + toSnakeCase(layer.getShownClass());
  return before == 0 ? role : role + "_" + std::to_string(before);
}

std::string nnc::getWeightPrefix(LayerOpInterface layer) {
  auto owner = layer->getAttrOfType<StringAttr>("owner");
  if (!owner && isa<WrapperOpInterface>(layer->getParentOp())) {
    std::string role = getWrappedRole(layer);
    llvm::replace(role, '/', '.');
    return getWeightPrefix(cast<LayerOpInterface>(layer->getParentOp())) + "." +
           role;
  }
  StringRef model =
      owner ? owner.getValue() : layer->getParentOfType<ModelOp>().getSymName();
  return (model + "." + layer.getLayerName()).str();
}
