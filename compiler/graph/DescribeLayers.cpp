//===- DescribeLayers.cpp - what each layer costs, for a profile ----------===//
//
// The rows of the summary are the author's layers; the code that is timed
// belongs to those which wrappers and nested models became. Their names,
// classes and operations go into the model's info, where codegen keeps the ones
// that it has code for. Between merge_time and split_time a sample has several
// rows, which all count. Does nothing to a module without info, or whose bodies
// have their batches already.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/BatchedTypes.h"
#include "compiler/graph/LayerCosts.h"
#include "compiler/graph/Passes.h"
#include "compiler/model/ModelInfo.h"
#include "dialect/NNWrapperOps.h"

namespace nnc {
#define GEN_PASS_DEF_DESCRIBELAYERSPASS
#include "compiler/graph/Passes.h.inc"
} // namespace nnc

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

/// How many rows a sample has in each value.
using RowCounts = llvm::DenseMap<Value, int64_t>;

static int64_t countRows(Operation *op, const RowCounts &rows) {
  if (isa<SplitTimeOp>(op))
    return 1;
  int64_t most = 1;
  for (Value operand : op->getOperands())
    most = std::max(most, rows.lookup(operand));
  if (!isa<MergeTimeOp>(op))
    return most;
  auto type = cast<RankedTensorType>(op->getOperand(0).getType());
  return std::max<int64_t>(type.getDimSize(1), 1);
}

static std::vector<SectionInfo> describe(ModelOp model) {
  std::vector<SectionInfo> sections;
  llvm::StringMap<size_t> known;
  RowCounts rows;
  for (Operation &op : model.getBody().front()) {
    int64_t count = countRows(&op, rows);
    for (Value result : op.getResults())
      rows[result] = count;
    auto layer = dyn_cast<LayerOpInterface>(op);
    if (!layer)
      continue;
    auto [it, fresh] = known.try_emplace(layer.getLayerName(), sections.size());
    if (fresh) {
      sections.emplace_back();
      sections.back().name = layer.getLayerName().str();
      sections.back().className = layer.getShownClass().str();
    }
    int64_t flops = countFlops(layer), all = 0;
    if (llvm::MulOverflow(flops, count, all))
      all = std::numeric_limits<int64_t>::max();
    sections[it->second].flops = addCapped(sections[it->second].flops, all);
  }
  return sections;
}

namespace {

struct DescribeLayersPass
    : public nnc::impl::DescribeLayersPassBase<DescribeLayersPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    ModelOp model = getLinkedModel(module);
    auto text = module->getAttrOfType<StringAttr>(kModelInfoAttr);
    if (!model || !text || isSpecialized(module))
      return;
    auto info = ModelInfo::fromJSON(text.getValue());
    if (!info) {
      module.emitError(llvm::toString(info.takeError()));
      return signalPassFailure();
    }
    info->sections = describe(model);
    module->setAttr(kModelInfoAttr,
                    StringAttr::get(&getContext(), info->toJSON()));
  }
};

} // namespace
