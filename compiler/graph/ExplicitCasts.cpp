//===- ExplicitCasts.cpp - convert operands to their layers' types --------===//
//
// Keras casts floats to the type a layer computes in, and promotes integers
// where they meet floats. This pass writes these conversions as nn.ops.cast, so
// that behind it every layer gets what it computes with. A value that several
// layers need in one other type is cast once. Layers of 16 bits then become
// layers of float32 with casts around them (WidenHalfFloats.cpp). Does nothing
// where types fit.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/BatchedTypes.h"
#include "compiler/graph/Casts.h"
#include "compiler/graph/Passes.h"
#include "dialect/NNKerasOps.h"

#include "mlir/IR/Builders.h"

namespace nnc {
#define GEN_PASS_DEF_EXPLICITCASTSPASS
#include "compiler/graph/Passes.h.inc"
} // namespace nnc

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

namespace {

/// The casts of one model, in which values stand before their users.
class Caster {
public:
  void castOperands(LayerOpInterface layer);

private:
  Value cast(Value value, Type element, LayerOpInterface layer);

  llvm::DenseMap<std::pair<Value, Type>, Value> made;
};

struct ExplicitCastsPass
    : public nnc::impl::ExplicitCastsPassBase<ExplicitCastsPass> {
  void runOnOperation() override {
    for (ModelOp model : getLinkedModels(getOperation())) {
      Caster caster;
      for (auto layer :
           llvm::to_vector(model.getBody().getOps<LayerOpInterface>()))
        caster.castOperands(layer);
    }
    if (failed(widenHalfFloats(getOperation())))
      signalPassFailure();
  }
};

} // namespace

Value nnc::createCast(OpBuilder &b, Value value, Type element,
                      LayerOpInterface layer) {
  Type type = cast<RankedTensorType>(value.getType()).clone(element);
  auto name = b.getStringAttr(layer.getLayerName() + ".cast");
  auto op = OpsCastOp::create(
      b, layer.getLoc(), type, value,
      {b.getNamedAttr("dtype", b.getStringAttr(getDTypeName(element))),
       b.getNamedAttr("name", name)});
  return op->getResult(0);
}

Value Caster::cast(Value value, Type element, LayerOpInterface layer) {
  Value &result = made[{value, element}];
  if (result)
    return result;
  OpBuilder b(layer);
  return result = createCast(b, value, element, layer);
}

void Caster::castOperands(LayerOpInterface layer) {
  SmallVector<Type> elements;
  for (Type type : layer->getOperandTypes())
    elements.push_back(llvm::cast<RankedTensorType>(type).getElementType());
  SmallVector<Type> needed = layer.getOperandElementTypes(elements);
  for (auto [operand, type, need] :
       llvm::zip_equal(layer->getOpOperands(), elements, needed))
    if (type != need)
      operand.set(cast(operand.get(), need, layer));
}
