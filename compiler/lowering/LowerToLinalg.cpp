//===- LowerToLinalg.cpp - nn models to functions of linalg ---------------===//
//
// Everything after this stage knows tensors and loops, nothing of layers. The
// pass makes the frame (globals for weights, one function per model with
// memrefs for inputs and outputs, a status); the layers are replaced by the
// patterns of their families. A module without nn ops stays as it is.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/LayerCheck.h"
#include "compiler/lowering/Passes.h"
#include "compiler/lowering/Patterns.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Transforms/WalkPatternRewriteDriver.h"

namespace nnc {
#define GEN_PASS_DEF_LOWERTOLINALGPASS
#include "compiler/lowering/Passes.h.inc"
} // namespace nnc

using namespace mlir;
using namespace nnc;

static MemRefType bufferOf(Type tensor) {
  auto type = cast<RankedTensorType>(tensor);
  return MemRefType::get(type.getShape(), type.getElementType());
}

/// Puts a constant global in the place of each weight.
static void lowerWeights(ModuleOp module) {
  for (auto weight :
       llvm::make_early_inc_range(module.getOps<nn::WeightOp>())) {
    OpBuilder builder(weight);
    memref::GlobalOp::create(builder, weight.getLoc(), weight.getSymName(),
                             builder.getStringAttr("private"),
                             bufferOf(weight.getValue().getShapedType()),
                             weight.getValue(),
                             /*constant=*/true, /*alignment=*/IntegerAttr());
    weight.erase();
  }
}

/// Reports what keeps a model from being lowered, layer by layer.
static LogicalResult checkModel(nn::ModelOp model) {
  bool failed = false;
  auto error = [&](Operation *op) {
    failed = true;
    return op->emitError() << "model '" << model.getSymName() << "': ";
  };
  if (!model.getBatch())
    error(model) << "has no batch size; it is specialized before lowering";
  if (!llvm::hasSingleElement(model.getOps<nn::OutputOp>()))
    error(model) << "needs exactly one nn.output";
  SmallPtrSet<Operation *, 16> seen;
  for (Operation &op : model.getBody().front()) {
    for (Value operand : op.getOperands())
      if (!seen.contains(operand.getDefiningOp()))
        error(&op) << "its layers are not in the order of their connections";
    seen.insert(&op);
    if (auto layer = dyn_cast<nn::LayerOpInterface>(op))
      failed |= mlir::failed(checkLayer(layer));
    else if (!isa<nn::InputOp, nn::OutputOp>(op))
      error(&op) << "'" << op.getName() << "' cannot be lowered";
    else if (!llvm::all_of(op.getOperandTypes(), isStaticTensor) ||
             !llvm::all_of(op.getResultTypes(), isStaticTensor))
      error(&op)
          << "its inputs and outputs need static shapes that are not empty";
  }
  return success(!failed);
}

/// The function that takes the place of `model`, with its layers in it, which
/// are still to be lowered, and no return yet.
static func::FuncOp buildBody(nn::ModelOp model) {
  auto inputs = llvm::to_vector(model.getOps<nn::InputOp>());
  nn::OutputOp output = *model.getOps<nn::OutputOp>().begin();
  SmallVector<Type> buffers;
  for (nn::InputOp input : inputs)
    buffers.push_back(bufferOf(input.getOutput().getType()));
  for (Type type : output.getInputs().getTypes())
    buffers.push_back(bufferOf(type));

  OpBuilder builder(model);
  auto function = func::FuncOp::create(
      builder, model.getLoc(), model.getSymName(),
      builder.getFunctionType(buffers, builder.getI32Type()));
  function.setPrivate();
  function->setAttr("nnc.batch", model.getBatchAttr());
  Block *body = function.addEntryBlock();
  builder.setInsertionPointToEnd(body);

  IRMapping mapping;
  for (auto [input, buffer] : llvm::zip(inputs, body->getArguments()))
    mapping.map(input.getOutput(),
                bufferization::ToTensorOp::create(builder, input.getLoc(),
                                                  input.getOutput().getType(),
                                                  buffer, /*restrict=*/true)
                    .getResult());
  for (Operation &op : model.getBody().front())
    if (isa<nn::LayerOpInterface>(op))
      builder.clone(op, mapping);
  for (auto [value, buffer] : llvm::zip(
           output.getInputs(), body->getArguments().drop_front(inputs.size())))
    bufferization::MaterializeInDestinationOp::create(
        builder, output.getLoc(), /*result=*/Type(), mapping.lookup(value),
        buffer, /*restrict=*/true, /*writable=*/true);
  return function;
}

/// Returns the status: that of any layer that has one.
static void returnStatus(func::FuncOp function, ArrayRef<Value> statuses) {
  auto b = ImplicitLocOpBuilder::atBlockEnd(function.getLoc(),
                                            &function.getBody().front());
  Value status =
      statuses.empty() ? scalar(b, 0, b.getI32Type()) : statuses.front();
  for (Value other : statuses.drop_front(statuses.empty() ? 0 : 1))
    status = arith::OrIOp::create(b, status, other);
  func::ReturnOp::create(b, status);
}

static void populateAll(RewritePatternSet &patterns, LoweringReport &report) {
  populateActivationPatterns(patterns, report);
  populateConvPatterns(patterns, report);
  populateCorePatterns(patterns, report);
  populateMergePatterns(patterns, report);
  populateNormPatterns(patterns, report);
  populatePoolPatterns(patterns, report);
  populateRecurrentPatterns(patterns, report);
  populateResizePatterns(patterns, report);
  populateShapePatterns(patterns, report);
}

/// Replaces a model that checkModel has passed by a function.
static LogicalResult lowerModel(nn::ModelOp model) {
  LoweringReport report;
  RewritePatternSet patterns(model.getContext());
  populateAll(patterns, report);

  func::FuncOp function = buildBody(model);
  walkAndApplyPatterns(function, std::move(patterns));
  returnStatus(function, report.statuses);

  for (auto layer : function.getOps<nn::LayerOpInterface>()) {
    report.failed = true;
    nn::emitLayerError(layer) << "this layer cannot be compiled yet";
  }
  model.erase();
  return success(!report.failed);
}

namespace {
class LowerToLinalgPass
    : public nnc::impl::LowerToLinalgPassBase<LowerToLinalgPass> {
public:
  using Base::Base;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    lowerWeights(module);
    bool failed = false;
    for (auto model :
         llvm::make_early_inc_range(module.getOps<nn::ModelOp>())) {
      if (mlir::failed(checkModel(model)) || mlir::failed(lowerModel(model)))
        failed = true;
    }
    for (auto model : module.getOps<nn::SequentialOp>()) {
      model.emitError() << "model '" << model.getSymName()
                        << "': is linked before lowering";
      failed = true;
    }
    if (failed)
      signalPassFailure();
  }
};
} // namespace
