//===- TapLayers.cpp - inner values as outputs ----------------------------===//
//
// Whoever looks for the layer at which a model goes wrong wants to see what is
// inside it. This pass adds layers' results to the model's outputs, behind its
// own, in the order in which they are computed: "layer:NAME", and
// "layer:NAME:k" for the results after the first. A layer of a nested model is
// called "MODEL/NAME". A layer that is used twice has no value of its own and
// is left out, as is one that the model does not have. Does nothing without
// names, and nothing to a module that went through the graph stage before.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/Passes.h"

#include "dialect/NNOps.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace nnc {
#define GEN_PASS_DEF_TAPLAYERSPASS
#include "compiler/graph/Passes.h.inc"
} // namespace nnc

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

/// The layer's name, below those of the nested models that it is in.
static std::string getPath(Operation *op) {
  auto name = op->getAttrOfType<StringAttr>("name");
  if (!name)
    return "";
  if (auto scope = op->getAttrOfType<StringAttr>("scope"))
    return (scope.getValue() + "/" + name.getValue()).str();
  return name.getValue().str();
}

/// Names the outputs as they would be called without names.
static void nameOutputs(OutputOp output, SmallVectorImpl<Attribute> &names) {
  if (auto given = output.getNames()) {
    names.append(given->begin(), given->end());
    return;
  }
  for (Value value : output.getInputs())
    names.push_back(value.getDefiningOp()->getAttrOfType<StringAttr>("name"));
}

static void tapLayers(ModelOp model, ArrayRef<std::string> layers) {
  Block &body = model.getBody().front();
  llvm::StringMap<unsigned> uses;
  for (Operation &op : body)
    ++uses[getPath(&op)];
  llvm::StringSet<> wanted;
  for (const std::string &layer : layers)
    wanted.insert(layer);
  OutputOp output = *body.getOps<OutputOp>().begin();
  SmallVector<Value> values(output.getInputs());
  SmallVector<Attribute> names;
  nameOutputs(output, names);
  Builder builder(model.getContext());
  for (Operation &op : body) {
    std::string path = getPath(&op);
    if (!isa<LayerOpInterface>(op) || path.empty() || uses[path] != 1)
      continue;
    for (OpResult result : op.getResults()) {
      unsigned number = result.getResultNumber();
      std::string name =
          number == 0 ? path : path + ":" + std::to_string(number);
      if (!wanted.contains(name))
        continue;
      values.push_back(result);
      names.push_back(builder.getStringAttr("layer:" + name));
    }
  }
  output->setOperands(values);
  output.setNamesAttr(builder.getArrayAttr(names));
}

namespace {

struct TapLayersPass : public nnc::impl::TapLayersPassBase<TapLayersPass> {
  using Base::Base;

  void runOnOperation() override {
    // A module that was described before keeps the outputs that it has.
    if (layers.empty() || getOperation()->hasAttr("nnc.model_info"))
      return;
    for (ModelOp model : getOperation().getOps<ModelOp>())
      tapLayers(model, layers);
  }
};

} // namespace
