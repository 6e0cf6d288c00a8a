//===- LayerTable.cpp - the layers and their keys as plain data -----------===//
//
// See LayerTable.h. What a key expects is what a value that fits none is told.
//
//===----------------------------------------------------------------------===//

#include "dialect/LayerTable.h"
#include "dialect/LayerSyntax.h"
#include "dialect/NNDialect.h"
#include "dialect/NNOps.h"

using namespace mlir;
using namespace nnc::nn;

namespace {

/// A row of the generated table.
struct KeyDefault {
  StringRef layer, key, value;
};

#define GET_KeyDefaults_IMPL
#include "dialect/LayerTable.inc"

} // namespace

/// A value of C++ as the author of a model would write it.
static std::string toText(StringRef value) {
  std::string text = value.str();
  std::replace(text.begin(), text.end(), '{', '[');
  std::replace(text.begin(), text.end(), '}', ']');
  return text;
}

static LayerInfo describe(OperationName name) {
  MLIRContext *context = name.getContext();
  auto *layer = name.getInterface<LayerOpInterface>();
  LayerInfo info;
  info.name = name.stripDialect().str();
  info.kerasClass = layer->getKerasClass().str();
  for (StringRef key : getAuthorKeys(name)) {
    KeyInfo known;
    known.name = key.str();
    known.required = llvm::is_contained(layer->getRequiredKeys(), key);
    known.trainingOnly = llvm::is_contained(layer->getTrainingOnlyKeys(), key);
    if (known.trainingOnly)
      known.expects = "anything";
    else
      (void)fitKey(name, key, UnitAttr::get(context), known.expects);
    for (const KeyDefault &row : KeyDefaults)
      if (row.layer == info.name && row.key == key)
        known.defaultValue = toText(row.value);
    info.keys.push_back(std::move(known));
  }
  return info;
}

std::vector<LayerInfo> nnc::nn::describeLayers(MLIRContext &context) {
  context.loadDialect<NNDialect>();
  std::vector<LayerInfo> layers;
  for (RegisteredOperationName op : context.getRegisteredOperations())
    if (op.getDialectNamespace() == NNDialect::getDialectNamespace() &&
        op.hasInterface<LayerOpInterface>())
      layers.push_back(describe(op));
  llvm::sort(layers, [](const LayerInfo &a, const LayerInfo &b) {
    return a.name < b.name;
  });
  return layers;
}
