//===- WidenHalfFloats.cpp - float16 layers computed in float32 -----------===//
//
// No layer computes in 16 bits: one whose policy is float16, bfloat16 or a
// mixed one gets float32 operands and weights, and its results are rounded to
// what they were, so that every layer's borders are as in Keras. Weights that a
// mixed policy keeps in float32 are rounded first, as Keras does when it uses
// them. Afterwards only casts see halves. Does nothing to other models.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/BatchedTypes.h"
#include "compiler/graph/Casts.h"
#include "compiler/graph/WeightValues.h"
#include "dialect/NNKerasOps.h"
#include "dialect/WeightTypes.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

static bool isHalf(Type element) { return element.isF16() || element.isBF16(); }

static Type elementOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getElementType();
}

namespace {

/// Widens the layers of one module, whose models may share weights.
class Widener {
public:
  explicit Widener(ModuleOp module) : symbols(module) {}

  LogicalResult widen(LayerOpInterface layer);

private:
  LogicalResult widenWeights(LayerOpInterface layer);
  LogicalResult widenWeight(LayerOpInterface layer, const WeightSpec &spec);

  SymbolTable symbols;
  llvm::DenseSet<Operation *> widened;
};

} // namespace

LogicalResult Widener::widenWeight(LayerOpInterface layer,
                                   const WeightSpec &spec) {
  FlatSymbolRefAttr ref = getWeightRef(layer, spec.name);
  auto weight = ref ? symbols.lookup<WeightOp>(ref.getAttr()) : WeightOp();
  Type stored = getWeightType(layer, spec);
  if (!weight || !isa<FloatType>(stored) || !widened.insert(weight).second)
    return success();
  Type compute = getComputeType(layer);
  auto convert = [&](Type type) -> LogicalResult {
    auto value = toElementType(weight.getValue(), type, weight.getSymName());
    if (!value)
      return emitLayerError(layer)
             << "weight '" << spec.name
             << "': " << llvm::toString(value.takeError());
    weight.setValueAttr(*value);
    return success();
  };
  if (isAutocast(layer, spec) && stored != compute && failed(convert(compute)))
    return failure();
  return convert(Float32Type::get(layer.getContext()));
}

LogicalResult Widener::widenWeights(LayerOpInterface layer) {
  bool ok = true;
  for (const WeightSpec &spec : layer.getWeightSpecs())
    ok &= succeeded(widenWeight(layer, spec));
  return success(ok);
}

LogicalResult Widener::widen(LayerOpInterface layer) {
  if (isa<OpsCastOp>(layer))
    return success();
  OpBuilder b(layer);
  if (isHalf(getComputeType(layer))) {
    if (failed(widenWeights(layer)))
      return failure();
    layer->setAttr("dtype",
                   b.getStringAttr(isInt8Quantized(layer) ? "int8_from_float32"
                                                          : "float32"));
  }
  Type wide = b.getF32Type();
  for (OpOperand &operand : layer->getOpOperands())
    if (isHalf(elementOf(operand.get())))
      operand.set(createCast(b, operand.get(), wide, layer));
  b.setInsertionPointAfter(layer);
  for (Value result : layer->getResults()) {
    Type element = elementOf(result);
    if (!isHalf(element))
      continue;
    result.setType(cast<RankedTensorType>(result.getType()).clone(wide));
    Value rounded = createCast(b, result, element, layer);
    result.replaceAllUsesExcept(rounded, rounded.getDefiningOp());
  }
  return success();
}

LogicalResult nnc::widenHalfFloats(ModuleOp module) {
  Widener widener(module);
  bool ok = true;
  for (ModelOp model : getLinkedModels(module))
    for (auto layer :
         llvm::to_vector(model.getBody().getOps<LayerOpInterface>()))
      ok &= succeeded(widener.widen(layer));
  return success(ok);
}
