//===- LayerCheck.cpp - what a layer must be to be lowered ----------------===//
//
// The graph stage leaves only layers that pass. Modules can also be written by
// hand and the pass run alone, and what is refused here would otherwise be
// ignored or read out of bounds later. Lowerings rely on it and check nothing
// of this again.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/LayerCheck.h"
#include "dialect/NNCoreOps.h"
#include "dialect/NNKerasOps.h"
#include "dialect/WeightTypes.h"

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

/// Operands are of the types that the layer converts them to, and of signs that
/// its lowering knows.
static LogicalResult checkOperandTypes(nn::LayerOpInterface layer,
                                       ArrayRef<Type> elements) {
  SmallVector<Type> needed = layer.getOperandElementTypes(elements);
  for (auto [type, need] : llvm::zip_equal(elements, needed)) {
    if (type != need)
      return nn::emitLayerError(layer)
             << "needs a " << nn::getDTypeName(need) << " operand, but got "
             << nn::getDTypeName(type) << " without a cast [N218]";
    if ((type.isF16() || type.isBF16()) && !isa<nn::OpsCastOp>(layer))
      return nn::emitLayerError(layer) << "is given " << nn::getDTypeName(type)
                                       << ", which no layer computes in; it is "
                                          "widened before lowering [N218]";
    if (type.isUnsignedInteger() && !layer.takesUnsigned())
      return nn::emitLayerError(layer)
             << "cannot be compiled with a " << nn::getDTypeName(type)
             << " operand; cast it to a signed or a float type [N306]";
  }
  return success();
}

/// Types are static and the results' follow from the operands' and the keys.
static LogicalResult checkTypes(nn::LayerOpInterface layer) {
  for (Type type : llvm::concat<Type>(llvm::to_vector(layer->getOperandTypes()),
                                      llvm::to_vector(layer->getResultTypes())))
    if (!isStaticTensor(type))
      return nn::emitLayerError(layer)
             << "needs tensors of static shape that are not empty, but got "
             << type << " [N319]";
  int64_t count = nn::getPositionalInputs(layer).size();
  auto [least, most] = layer.getInputCount();
  if (count < least || (most >= 0 && count > most))
    return nn::emitLayerError(layer)
           << "takes " << (count < least ? "at least " : "at most ")
           << (count < least ? least : most) << " inputs, but got " << count
           << " [N207]";

  SmallVector<nn::Shape> shapes;
  SmallVector<Type> elements;
  for (Type operand : layer->getOperandTypes()) {
    auto type = cast<RankedTensorType>(operand);
    shapes.emplace_back(type.getShape());
    elements.push_back(type.getElementType());
  }
  if (failed(checkOperandTypes(layer, elements)))
    return failure();
  nn::TypesOr resultElements = layer.inferElementTypes(elements);
  if (!resultElements)
    return nn::emitLayerError(layer)
           << llvm::toString(resultElements.takeError());
  auto inferred = layer.inferShapes(shapes);
  if (!inferred)
    return nn::emitLayerError(layer) << llvm::toString(inferred.takeError());
  SmallVector<Type> expected;
  for (auto [shape, element] : llvm::zip_equal(*inferred, *resultElements))
    expected.push_back(RankedTensorType::get(shape, element));
  if (layer->getResultTypes() == TypeRange(expected))
    return success();
  InFlightDiagnostic error = nn::emitLayerError(layer);
  error << "its results are ";
  llvm::interleaveComma(expected, error);
  error << ", but the types say ";
  llvm::interleaveComma(layer->getResultTypes(), error);
  error << " [N218]";
  return error;
}

static LogicalResult checkWeights(nn::LayerOpInterface layer) {
  for (const nn::WeightSpec &spec : layer.getWeightSpecs()) {
    FlatSymbolRefAttr symbol = nn::getWeightRef(layer, spec.name);
    if (!symbol)
      return nn::emitLayerError(layer)
             << "has no weight bound to '" << spec.name << "' [N218]";
    auto global =
        SymbolTable::lookupNearestSymbolFrom<memref::GlobalOp>(layer, symbol);
    if (!global)
      return nn::emitLayerError(layer)
             << "its weight '" << spec.name << "' is " << symbol
             << ", which does not exist [N218]";
    if (global.getType() !=
        MemRefType::get(spec.shape, nn::getWeightType(layer, spec)))
      return nn::emitLayerError(layer)
             << "its weight '" << spec.name << "' needs "
             << nn::getDTypeName(nn::getWeightType(layer, spec))
             << " elements and shape " << nn::toString(spec.shape)
             << ", but got " << global.getType() << " [N218]";
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
             << "arguments that only Activation takes [N304]";
  }
  return success();
}

/// Masks are truth values, and a state that is kept is an operand by now.
static LogicalResult checkOptions(nn::LayerOpInterface layer) {
  for (Value mask : nn::getKeywordOperands(layer, "mask"))
    if (!getElementTypeOrSelf(mask.getType()).isInteger(1))
      return nn::emitLayerError(layer) << "mask needs elements of i1, but got "
                                       << mask.getType() << " [N218]";
  auto stateful = layer->getAttrOfType<BoolAttr>("stateful");
  if (stateful && stateful.getValue())
    return nn::emitLayerError(layer)
           << "is stateful; states are made explicit before lowering [N218]";
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
