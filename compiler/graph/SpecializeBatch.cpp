//===- SpecializeBatch.cpp - bodies of static batch -----------------------===//
//
// Lowering and codegen see static shapes only; one object still takes any
// batch, because its entry point loops over bodies compiled for fixed numbers
// of samples: one, and a larger chunk where reading the weights once for
// several samples pays (dense and recurrent nets, not convolutions, whose
// weights are used many times a sample). With --batch N there is one body of N.
// Samples are independent in every layer of the dialect: no layer may name the
// batch axis.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/BatchedTypes.h"
#include "compiler/graph/Passes.h"

#include "mlir/IR/Builders.h"

namespace nnc {
#define GEN_PASS_DEF_SPECIALIZEBATCHPASS
#include "compiler/graph/Passes.h.inc"
} // namespace nnc

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

/// Samples that one pass over the weights serves, where that pays.
static constexpr int64_t kChunk = 8;

/// Do the weights' reads dominate? True where each is used about once a sample.
static bool isBoundByWeights(ModelOp model) {
  int64_t macs = 0, weights = 0;
  for (auto layer : model.getBody().getOps<LayerOpInterface>()) {
    macs += layer.getMacs();
    if (layer.getMacs() > 0)
      for (const WeightSpec &spec : layer.getWeightSpecs())
        weights += llvm::cantFail(checkedProduct(spec.shape));
  }
  bool recurrent = llvm::any_of(model.getBody().front(), [](Operation &op) {
    return isa<SimpleRNNOp, LSTMOp, GRUOp>(op);
  });
  return weights > 0 && (recurrent || macs <= 2 * weights);
}

/// `type` with the batch in place of its first, dynamic extent; an error if
/// another extent is open or the size overflows.
static llvm::Expected<RankedTensorType> withBatch(RankedTensorType type,
                                                  int64_t batch) {
  SmallVector<int64_t> shape(type.getShape());
  shape[0] = batch;
  if (llvm::is_contained(shape, kDynamic))
    return shapeError("has an open dimension: " + toString(type.getShape()));
  if (llvm::Error error = checkSize(shape))
    return error;
  return RankedTensorType::get(shape, type.getElementType());
}

/// Makes every value of `model` static; each error names the layer.
static LogicalResult setBatch(ModelOp model, int64_t batch) {
  bool ok = true;
  for (Operation &op : model.getBody().front()) {
    for (Value result : op.getResults()) {
      auto type = withBatch(cast<RankedTensorType>(result.getType()), batch);
      if (type) {
        result.setType(*type);
        continue;
      }
      ok = false;
      std::string reason = llvm::toString(type.takeError());
      if (auto layer = dyn_cast<LayerOpInterface>(op))
        emitLayerError(layer) << reason;
      else
        mlir::emitError(op.getLoc())
            << "input '" << cast<InputOp>(op).getName().value_or("")
            << "': " << reason;
    }
  }
  model.setBatch(batch);
  return success(ok);
}

namespace {

struct SpecializeBatchPass
    : public nnc::impl::SpecializeBatchPassBase<SpecializeBatchPass> {
  using Base::Base;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    ModelOp model = getLinkedModel(module);
    if (!model)
      return;
    if (isSpecialized(module)) {
      auto bodies = getLinkedModels(module);
      if (batch > 0 &&
          (bodies.size() > 1 || int64_t(*model.getBatch()) != batch)) {
        mlir::emitError(model.getLoc())
            << "the model has been compiled for other batches than "
            << int64_t(batch) << " already";
        signalPassFailure();
      }
      return;
    }
    SmallVector<int64_t> batches;
    if (batch > 0)
      batches = {batch};
    else if (isBoundByWeights(model))
      batches = {1, kChunk};
    else
      batches = {1};
    OpBuilder builder(model);
    bool ok = true;
    for (int64_t size : batches) {
      auto body = cast<ModelOp>(builder.clone(*model));
      body.setSymName((model.getSymName() + ".b" + Twine(size)).str());
      ok &= succeeded(setBatch(body, size));
    }
    model.erase();
    if (!ok)
      signalPassFailure();
  }
};

} // namespace
