//===- ModelInfoAttr.cpp - ModelInfo on the module ------------------------===//
//
// Passes of codegen also run on modules that no model was compiled to (tests,
// plain linalg); these have no ModelInfo and get none.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/ModelInfoAttr.h"

using namespace mlir;

namespace nnc {

FailureOr<ModelInfo> readModelInfo(ModuleOp module) {
  auto text = module->getAttrOfType<StringAttr>(kModelInfoAttr);
  if (!text)
    return ModelInfo();
  llvm::Expected<ModelInfo> info = ModelInfo::fromJSON(text.getValue());
  if (info)
    return std::move(*info);
  module.emitError("'") << kModelInfoAttr << "' cannot be read: "
                        << llvm::toString(info.takeError());
  return failure();
}

void writeModelInfo(ModuleOp module, const ModelInfo &info) {
  if (module->hasAttr(kModelInfoAttr))
    module->setDiscardableAttr(
        kModelInfoAttr, StringAttr::get(module.getContext(), info.toJSON()));
}

} // namespace nnc
