//===- Masks.cpp - which steps of a layer's results count -----------------===//
//
// See the header. The sources are the compute_mask functions of Keras 3's
// layers.
//
//===----------------------------------------------------------------------===//

#include "dialect/Masks.h"

#include "dialect/NNOps.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

static MaskList noMasks(LayerOpInterface layer) {
  return MaskList(layer->getNumResults());
}

namespace {

/// Builds bare operations for a layer's masks. After the first that does not
/// fit, which is reported, all values are null.
class MaskBuilder {
public:
  MaskBuilder(LayerOpInterface layer, OpBuilder &builder)
      : layer(layer), builder(builder) {}

  Value notEqual(Value value, Attribute other) {
    return build("ops.not_equal", value, {{"x2", other}});
  }
  Value logicalOr(Value a, Value b) {
    return build("ops.logical_or", {a, b}, {});
  }
  Value anyOfLast(Value value) {
    return build("ops.any", value,
                 {{"axis", builder.getDenseI64ArrayAttr({-1})}});
  }
  /// A mask of `input`'s shape that is `mnemonic` everywhere.
  Value like(StringRef mnemonic, Value input) {
    return build(mnemonic, input, {{"dtype", builder.getStringAttr("bool")}});
  }
  Value expandLast(Value value) {
    return build("ops.expand_dims", value,
                 {{"axis", builder.getDenseI64ArrayAttr({-1})}});
  }
  Value concatenate(ValueRange values, Attribute axis) {
    return build("ops.concatenate", values, {{"axis", axis}});
  }

  bool failed = false;

private:
  Value build(StringRef mnemonic, ValueRange operands,
              ArrayRef<std::pair<StringRef, Attribute>> keys);

  LayerOpInterface layer;
  OpBuilder &builder;
};

} // namespace

Value MaskBuilder::build(StringRef mnemonic, ValueRange operands,
                         ArrayRef<std::pair<StringRef, Attribute>> keys) {
  if (failed)
    return {};
  OperationState state(layer.getLoc(), ("nn." + mnemonic).str());
  state.addOperands(operands);
  for (auto [key, value] : keys) {
    std::string expected;
    state.addAttribute(key, fitKey(state.name, key, value, expected));
  }
  state.addAttribute("name",
                     builder.getStringAttr(layer.getLayerName() + ".mask"));
  state.addTypes(UnknownType::get(builder.getContext()));
  Operation *op = builder.create(state);
  llvm::Error error = inferTypes(cast<LayerOpInterface>(op));
  if (!error)
    return op->getResult(0);
  emitLayerError(layer) << "its inputs' masks do not fit together: "
                        << llvm::toString(std::move(error));
  failed = true;
  op->erase();
  return {};
}

static int64_t rankOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getRank();
}

static bool isTrue(Operation *layer, StringRef key) {
  auto value = layer->getAttrOfType<BoolAttr>(key);
  return value && value.getValue();
}

MasksOr nn::dropMasks(LayerOpInterface layer, OpBuilder &, ArrayRef<Value>) {
  return noMasks(layer);
}

MasksOr nn::passMasks(LayerOpInterface layer, OpBuilder &,
                      ArrayRef<Value> masks) {
  MaskList results = noMasks(layer);
  results[0] = masks[0];
  return results;
}

MasksOr nn::mergeMasks(LayerOpInterface layer, OpBuilder &builder,
                       ArrayRef<Value> masks) {
  MaskList results = noMasks(layer);
  if (llvm::is_contained(masks, Value()))
    return results;
  MaskBuilder b(layer, builder);
  results[0] = masks[0];
  for (Value mask : masks.drop_front())
    results[0] = b.logicalOr(results[0], mask);
  if (b.failed)
    return failure();
  return results;
}

MasksOr nn::concatenateMasks(LayerOpInterface layer, OpBuilder &builder,
                             ArrayRef<Value> masks) {
  MaskList results = noMasks(layer);
  if (llvm::all_of(masks, [](Value mask) { return !mask; }))
    return results;
  MaskBuilder b(layer, builder);
  // Masks in the shape of their inputs, so that they are joined as those.
  MaskList whole;
  for (auto [input, mask] :
       llvm::zip_equal(getPositionalInputs(layer), masks)) {
    if (!mask)
      whole.push_back(b.like("ops.ones_like", input));
    else if (rankOf(mask) < rankOf(input))
      whole.push_back(
          b.logicalOr(b.expandLast(mask), b.like("ops.zeros_like", input)));
    else
      whole.push_back(mask);
  }
  Attribute axis = layer->getAttr("axis");
  if (!axis)
    axis = builder.getI64IntegerAttr(-1);
  results[0] = b.anyOfLast(b.concatenate(whole, axis));
  if (b.failed)
    return failure();
  return results;
}

MasksOr nn::sequenceMasks(LayerOpInterface layer, OpBuilder &builder,
                          ArrayRef<Value> masks) {
  return isTrue(layer, "return_sequences") ? passMasks(layer, builder, masks)
                                           : noMasks(layer);
}

MasksOr nn::bidirectionalMasks(LayerOpInterface layer, OpBuilder &,
                               ArrayRef<Value> masks) {
  MaskList results = noMasks(layer);
  LayerOpInterface forward = getWrappedLayer(layer, 0);
  if (!forward || !isTrue(forward, "return_sequences"))
    return results;
  results[0] = masks[0];
  auto mode = layer->getAttrOfType<StringAttr>("merge_mode");
  if (mode && mode.getValue() == "none")
    results[1] = masks[0];
  return results;
}

MasksOr nn::nonzeroMasks(LayerOpInterface layer, OpBuilder &builder,
                         ArrayRef<Value>) {
  MaskList results = noMasks(layer);
  if (!isTrue(layer, "mask_zero"))
    return results;
  MaskBuilder b(layer, builder);
  results[0] = b.notEqual(layer->getOperand(0), builder.getI64IntegerAttr(0));
  if (b.failed)
    return failure();
  return results;
}

MasksOr nn::reversibleMasks(LayerOpInterface layer, OpBuilder &builder,
                            ArrayRef<Value> masks) {
  return isTrue(layer, "reverse") ? MasksOr(noMasks(layer))
                                  : nonzeroMasks(layer, builder, masks);
}

MasksOr nn::valueMasks(LayerOpInterface layer, OpBuilder &builder,
                       ArrayRef<Value>) {
  MaskList results = noMasks(layer);
  Attribute value = layer->getAttr("mask_value");
  if (!value)
    value = builder.getF64FloatAttr(0.0);
  MaskBuilder b(layer, builder);
  results[0] = b.anyOfLast(b.notEqual(layer->getOperand(0), value));
  if (b.failed)
    return failure();
  return results;
}

FailureOr<Value> nn::makeBoolMask(LayerOpInterface layer, OpBuilder &builder,
                                  Value mask) {
  if (cast<RankedTensorType>(mask.getType()).getElementType().isInteger(1))
    return mask;
  MaskBuilder b(layer, builder);
  Value counts = b.notEqual(mask, builder.getI64IntegerAttr(0));
  if (b.failed)
    return failure();
  return counts;
}
