//===- SpecializeBatch.cpp - bodies of static batch -----------------------===//
//
// Lowering and codegen see static shapes only; one object still takes any
// batch, because its entry point loops over bodies compiled for fixed numbers
// of samples: one, and a larger chunk where reading the weights once for
// several samples pays (dense and recurrent nets, not convolutions, whose
// weights are used many times a sample). With --batch N there is one body of N.
// Samples are independent in the layers of Keras; functions of keras.ops may
// mix them (a mean over axis 0), which each says of itself. A model with such a
// one is refused unless there is --batch N. A stream runs sample by sample,
// step by step: its body is that of one.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/BatchedTypes.h"
#include "compiler/graph/Passes.h"
#include "dialect/NNRecurrentOps.h"

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

/// `type` with the batch in place of its first, dynamic extent.
static Type withBatch(Type type, int64_t batch) {
  auto tensor = cast<RankedTensorType>(type);
  SmallVector<int64_t> shape(tensor.getShape());
  shape[0] = batch;
  return tensor.clone(shape);
}

static SmallVector<Shape> getOperandShapes(Operation *op) {
  return llvm::map_to_vector(op->getOperandTypes(), [](Type type) {
    return Shape(cast<RankedTensorType>(type).getShape());
  });
}

/// Gives a layer's results the shapes that follow from its operands'. They need
/// not have a batch: a function of keras.ops may have mixed the samples; and in
/// a TimeDistributed each step is a sample of its own.
static llvm::Error inferAgain(LayerOpInterface layer) {
  auto shapes = layer.inferShapes(getOperandShapes(layer));
  if (!shapes)
    return shapes.takeError();
  for (auto [result, shape] : llvm::zip_equal(layer->getResults(), *shapes))
    result.setType(cast<RankedTensorType>(result.getType()).clone(shape));
  return llvm::Error::success();
}

/// An error if an extent of `type` is open or its size overflows.
static llvm::Error checkStatic(Type type) {
  ArrayRef<int64_t> shape = cast<RankedTensorType>(type).getShape();
  if (llvm::is_contained(shape, kDynamic))
    return shapeError("has an open dimension: " + toString(shape) + " [N319]");
  return checkSize(shape);
}

static void report(Operation *op, llvm::Error error) {
  std::string reason = llvm::toString(std::move(error));
  if (auto layer = dyn_cast<LayerOpInterface>(op))
    emitLayerError(layer) << reason;
  else
    mlir::emitError(op->getLoc())
        << op->getName().stripDialect() << " '"
        << op->getAttrOfType<StringAttr>("name").getValue() << "': " << reason;
}

/// Makes every value of `model` static; each error names the layer.
static LogicalResult setBatch(ModelOp model, int64_t batch) {
  bool ok = true;
  auto check = [&](Operation &op, llvm::Error error) {
    if (!error)
      return true;
    ok = false;
    report(&op, std::move(error));
    return false;
  };
  for (Operation &op : model.getBody().front()) {
    auto layer = dyn_cast<LayerOpInterface>(op);
    if (layer && !check(op, inferAgain(layer)))
      continue;
    for (Value result : op.getResults()) {
      if (!layer)
        result.setType(withBatch(result.getType(), batch));
      if (!check(op, checkStatic(result.getType())))
        break;
    }
  }
  model.setBatch(batch);
  return success(ok);
}

/// Outputs with a batch have as many rows as the body has samples: the caller's
/// buffers are for these.
static LogicalResult checkOutputs(ModelOp model, ModelOp body, int64_t batch) {
  auto outputs = llvm::zip_equal(getOutput(model).getInputs().getTypes(),
                                 getOutput(body).getInputs().getTypes());
  for (auto [open, fixed] : outputs) {
    ShapeRef before = cast<RankedTensorType>(open).getShape();
    ShapeRef after = cast<RankedTensorType>(fixed).getShape();
    if (!before.empty() && before[0] == kDynamic && after[0] != batch)
      return mlir::emitError(getOutput(model).getLoc())
             << "nn.output: has " << after[0] << " rows for " << batch
             << " samples [N501]";
  }
  return success();
}

/// Reports the layers that mix samples; what only follows from them is passed
/// over.
static LogicalResult checkIndependent(ModelOp model) {
  bool ok = true;
  llvm::DenseSet<Value> mixed;
  for (auto layer : model.getBody().getOps<LayerOpInterface>()) {
    bool follows = llvm::any_of(layer->getOperands(), [&](Value operand) {
      return mixed.contains(operand);
    });
    if (!follows && !layer.mixesBatch(getOperandShapes(layer)))
      continue;
    mixed.insert(layer->result_begin(), layer->result_end());
    if (follows)
      continue;
    ok = false;
    emitLayerError(layer) << "mixes the samples of a batch; compile the model "
                             "for one number of them with --batch N [N501]";
  }
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
            << int64_t(batch) << " already [N504]";
        signalPassFailure();
      }
      return;
    }
    if (batch == 0 && failed(checkIndependent(model)))
      return signalPassFailure();
    SmallVector<int64_t> batches;
    if (model.getStream())
      batches = {1};
    else if (batch > 0)
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
      ok &= succeeded(setBatch(body, size)) &&
            succeeded(checkOutputs(model, body, size));
    }
    model.erase();
    if (!ok)
      signalPassFailure();
  }
};

} // namespace
