//===- LayerCheck.cpp - what a layer must be to be lowered ----------------===//
//
// The graph stage leaves only layers that pass. Modules can also be written by
// hand and the pass run alone, and what is refused here would otherwise be
// ignored or read out of bounds later. Lowerings rely on it and check nothing
// of this again.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/LayerCheck.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace nnc;

bool nnc::isStaticTensor(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor || !tensor.hasStaticShape())
    return false;
  llvm::Expected<int64_t> count = nn::checkedProduct(tensor.getShape());
  if (count)
    return *count > 0;
  llvm::consumeError(count.takeError());
  return false;
}

/// Types are static and the results' follow from the operands' and the keys.
static LogicalResult checkTypes(nn::LayerOpInterface layer) {
  for (Type type : llvm::concat<Type>(llvm::to_vector(layer->getOperandTypes()),
                                      llvm::to_vector(layer->getResultTypes())))
    if (!isStaticTensor(type))
      return nn::emitLayerError(layer)
             << "needs tensors of static shape that are not empty, but got "
             << type;
  int64_t count = nn::getPositionalInputs(layer).size();
  auto [least, most] = layer.getInputCount();
  if (count < least || (most >= 0 && count > most))
    return nn::emitLayerError(layer)
           << "takes " << (count < least ? "at least " : "at most ")
           << (count < least ? least : most) << " inputs, but got " << count;

  SmallVector<nn::Shape> shapes;
  for (Value operand : layer->getOperands()) {
    auto type = cast<RankedTensorType>(operand.getType());
    bool fits = type.getElementType().isF32() ||
                (layer.acceptsIntegers() &&
                 type.getElementType().isSignlessInteger(32));
    if (!fits)
      return nn::emitLayerError(layer)
             << "needs " << (layer.acceptsIntegers() ? "f32 or i32" : "f32")
             << " elements, but got " << type;
    shapes.emplace_back(type.getShape());
  }
  auto inferred = layer.inferShapes(shapes);
  if (!inferred)
    return nn::emitLayerError(layer) << llvm::toString(inferred.takeError());
  SmallVector<Type> expected;
  Type element =
      count == 0
          ? Type(Float32Type::get(layer.getContext()))
          : layer.inferElementType(getElementTypeOrSelf(layer->getOperand(0)));
  for (const nn::Shape &shape : *inferred)
    expected.push_back(RankedTensorType::get(shape, element));
  if (layer->getResultTypes() == TypeRange(expected))
    return success();
  InFlightDiagnostic error = nn::emitLayerError(layer);
  error << "its results are ";
  llvm::interleaveComma(expected, error);
  error << ", but the types say ";
  llvm::interleaveComma(layer->getResultTypes(), error);
  return error;
}

static LogicalResult checkWeights(nn::LayerOpInterface layer) {
  for (const nn::WeightSpec &spec : layer.getWeightSpecs()) {
    FlatSymbolRefAttr symbol = nn::getWeightRef(layer, spec.name);
    if (!symbol)
      return nn::emitLayerError(layer)
             << "has no weight bound to '" << spec.name << "'";
    auto global =
        SymbolTable::lookupNearestSymbolFrom<memref::GlobalOp>(layer, symbol);
    if (!global)
      return nn::emitLayerError(layer) << "its weight '" << spec.name << "' is "
                                       << symbol << ", which does not exist";
    auto needed =
        MemRefType::get(spec.shape, Float32Type::get(layer.getContext()));
    if (global.getType() != needed)
      return nn::emitLayerError(layer)
             << "its weight '" << spec.name << "' needs f32 elements and shape "
             << nn::toString(spec.shape) << ", but got " << global.getType();
  }
  return success();
}

/// Whether an activation that is not a layer of its own can be applied.
static LogicalResult checkActivations(nn::LayerOpInterface layer) {
  if (isa<nn::ActivationOp>(layer))
    return success();
  for (StringRef key : {"activation", "recurrent_activation"}) {
    auto name = layer->getAttrOfType<StringAttr>(key);
    if (name && name.getValue() == "threshold")
      return nn::emitLayerError(layer)
             << "'" << key << "' cannot be \"threshold\", which needs two "
             << "arguments that only Activation takes";
  }
  return success();
}

/// Options of Keras's that change numbers and have no lowering yet.
static LogicalResult checkOptions(nn::LayerOpInterface layer) {
  auto isTrue = [&](StringRef key) {
    auto value = layer->getAttrOfType<BoolAttr>(key);
    return value && value.getValue();
  };
  if (!nn::getKeywordOperands(layer, "mask").empty())
    return nn::emitLayerError(layer) << "'mask' cannot be compiled yet";
  for (StringRef key : {"stateful", "mask_zero"})
    if (isTrue(key))
      return nn::emitLayerError(layer)
             << "'" << key << " = true' cannot be compiled yet";
  return success();
}

LogicalResult nnc::checkLayer(nn::LayerOpInterface layer) {
  if (failed(checkTypes(layer)))
    return failure();
  // The rest is independent: report all of it.
  LogicalResult weights = checkWeights(layer);
  LogicalResult activations = checkActivations(layer);
  LogicalResult options = checkOptions(layer);
  return success(succeeded(weights) && succeeded(activations) &&
                 succeeded(options));
}
