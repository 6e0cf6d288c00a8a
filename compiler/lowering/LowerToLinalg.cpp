//===- LowerToLinalg.cpp - nn models to functions of linalg ---------------===//
//
// Everything after this stage knows tensors and loops, nothing of layers. The
// pass makes the frame (globals for weights, one function per model with
// memrefs for inputs, outputs and states, a status); the layers are replaced by
// the patterns of their families. A module without nn ops stays as it is.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/LayerCheck.h"
#include "compiler/lowering/Passes.h"
#include "compiler/lowering/Patterns.h"
#include "compiler/lowering/States.h"

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

/// The integer behind an unsigned one; other types stay.
static Type toSignless(Type tensor) {
  auto type = cast<RankedTensorType>(tensor);
  Type element = type.getElementType();
  if (!element.isUnsignedInteger())
    return type;
  return type.clone(
      IntegerType::get(tensor.getContext(), element.getIntOrFloatBitWidth()));
}

static MemRefType bufferOf(Type tensor) {
  auto type = cast<RankedTensorType>(toSignless(tensor));
  return MemRefType::get(type.getShape(), type.getElementType());
}

/// Which of a layer's operands and results were unsigned before they became
/// signless; left out where none was.
static constexpr StringLiteral kUnsignedOperands = "nnc.unsigned_operands";
static constexpr StringLiteral kUnsignedResults = "nnc.unsigned_results";

static bool isMarked(Operation *layer, StringRef mark, unsigned index) {
  auto marks = layer->getAttrOfType<DenseBoolArrayAttr>(mark);
  return marks && marks[index];
}

bool nnc::isUnsignedOperand(Operation *layer, unsigned index) {
  return isMarked(layer, kUnsignedOperands, index);
}

bool nnc::isUnsignedResult(Operation *layer, unsigned index) {
  return isMarked(layer, kUnsignedResults, index);
}

static void markUnsigned(Operation *layer, StringRef mark, TypeRange types) {
  SmallVector<bool> marks;
  for (Type type : types)
    marks.push_back(
        cast<RankedTensorType>(type).getElementType().isUnsignedInteger());
  if (llvm::is_contained(marks, true))
    layer->setDiscardableAttr(
        mark, DenseBoolArrayAttr::get(layer->getContext(), marks));
}

/// A copy of `layer` over signless values, which says what was unsigned.
static void cloneLayer(OpBuilder &builder, Operation *layer,
                       IRMapping &mapping) {
  Operation *clone = builder.clone(*layer, mapping);
  markUnsigned(clone, kUnsignedOperands, layer->getOperandTypes());
  markUnsigned(clone, kUnsignedResults, layer->getResultTypes());
  for (Value result : clone->getResults())
    result.setType(toSignless(result.getType()));
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
    error(model)
        << "has no batch size; it is specialized before lowering [N218]";
  if (!llvm::hasSingleElement(model.getOps<nn::OutputOp>()))
    error(model) << "needs exactly one nn.output [N218]";
  SmallPtrSet<Operation *, 16> seen;
  for (Operation &op : model.getBody().front()) {
    for (Value operand : op.getOperands())
      if (!seen.contains(operand.getDefiningOp()))
        error(&op)
            << "its layers are not in the order of their connections [N218]";
    seen.insert(&op);
    if (auto layer = dyn_cast<nn::LayerOpInterface>(op))
      failed |= mlir::failed(checkLayer(layer));
    else if (isa<nn::StateOp, nn::UpdateStateOp>(op))
      continue; // checked together below
    else if (!isa<nn::InputOp, nn::OutputOp>(op))
      error(&op) << "'" << op.getName() << "' cannot be lowered [N218]";
    else if (!llvm::all_of(op.getOperandTypes(), isStaticTensor) ||
             !llvm::all_of(op.getResultTypes(), isStaticTensor))
      error(&op) << "its inputs and outputs need static shapes that are not "
                    "empty [N319]";
  }
  failed |= mlir::failed(checkStates(model));
  return success(!failed);
}

/// The buffer of an input or output: as in C, a truth value is a byte.
static MemRefType argumentOf(Type tensor) {
  MemRefType type = bufferOf(tensor);
  if (!type.getElementType().isInteger(1))
    return type;
  return MemRefType::get(type.getShape(),
                         IntegerType::get(tensor.getContext(), 8));
}

/// The tensor that an input's buffer holds.
static Value readArgument(OpBuilder &builder, nn::InputOp input, Value buffer) {
  auto type = cast<MemRefType>(buffer.getType());
  Value value = bufferization::ToTensorOp::create(
      builder, input.getLoc(),
      RankedTensorType::get(type.getShape(), type.getElementType()), buffer,
      /*restrict=*/true);
  // Any byte but 0 is true.
  LocBuilder b(input.getLoc(), builder);
  if (cast<RankedTensorType>(input.getOutput().getType())
          .getElementType()
          .isInteger(1))
    return castTensor(b, value, b.getI1Type());
  return value;
}

/// Writes an output's tensor to its buffer.
static void writeArgument(OpBuilder &builder, Location loc, Value value,
                          Value buffer) {
  LocBuilder b(loc, builder);
  if (elementOf(value).isInteger(1))
    value = castTensor(b, value, b.getI8Type());
  bufferization::MaterializeInDestinationOp::create(
      builder, loc, /*result=*/Type(), value, buffer, /*restrict=*/true,
      /*writable=*/true);
}

/// The function that takes the place of `model`, with its layers in it, which
/// are still to be lowered, and no return yet.
static func::FuncOp buildBody(nn::ModelOp model) {
  auto inputs = llvm::to_vector(model.getOps<nn::InputOp>());
  nn::OutputOp output = *model.getOps<nn::OutputOp>().begin();
  SmallVector<Type> buffers;
  for (nn::InputOp input : inputs)
    buffers.push_back(argumentOf(input.getOutput().getType()));
  for (Type type : output.getInputs().getTypes())
    buffers.push_back(argumentOf(type));
  StateLayout states(model);
  if (!states.empty())
    buffers.append(2, states.getBufferType());

  OpBuilder builder(model);
  auto function = func::FuncOp::create(
      builder, model.getLoc(), model.getSymName(),
      builder.getFunctionType(buffers, builder.getI32Type()));
  function.setPrivate();
  function->setAttr("nnc.batch", model.getBatchAttr());
  if (!states.empty())
    function->setAttr("nnc.state",
                      builder.getI64IntegerAttr(states.getBytes()));
  Block *body = function.addEntryBlock();
  builder.setInsertionPointToEnd(body);

  IRMapping mapping;
  auto arguments = body->getArguments();
  for (auto [input, buffer] : llvm::zip(inputs, arguments))
    mapping.map(input.getOutput(), readArgument(builder, input, buffer));
  if (!states.empty())
    states.read(builder, arguments.drop_back().back(), mapping);
  for (Operation &op : model.getBody().front())
    if (isa<nn::LayerOpInterface>(op))
      cloneLayer(builder, &op, mapping);
  for (auto [value, buffer] :
       llvm::zip(output.getInputs(), arguments.drop_front(inputs.size())))
    writeArgument(builder, output.getLoc(), mapping.lookup(value), buffer);
  if (!states.empty())
    states.write(builder, arguments.back(), mapping);
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
  populateAttentionPatterns(patterns, report);
  populateCategoryPatterns(patterns, report);
  populateConvPatterns(patterns, report);
  populateCorePatterns(patterns, report);
  populateKerasOpsPatterns(patterns, report);
  populateHistogramPatterns(patterns, report);
  populateImagePatterns(patterns, report);
  populateKerasOpsAxisPatterns(patterns, report);
  populateKerasOpsElementwisePatterns(patterns, report);
  populateKerasOpsIndexPatterns(patterns, report);
  populateKerasOpsProductPatterns(patterns, report);
  populateKerasOpsReducePatterns(patterns, report);
  populateKerasOpsShapePatterns(patterns, report);
  populateMergePatterns(patterns, report);
  populateNormPatterns(patterns, report);
  populatePoolPatterns(patterns, report);
  populateRecurrentPatterns(patterns, report);
  populateConvLSTMPatterns(patterns, report);
  populateSequencePatterns(patterns, report);
  populateResizePatterns(patterns, report);
  populateShapePatterns(patterns, report);
  populateSpectrogramPatterns(patterns, report);
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
    nn::emitLayerError(layer) << "this layer cannot be compiled yet [N208]";
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
                        << "': is linked before lowering [N218]";
      failed = true;
    }
    if (failed)
      signalPassFailure();
  }
};
} // namespace
