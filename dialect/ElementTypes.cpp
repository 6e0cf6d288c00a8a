//===- ElementTypes.cpp - element types of layers' values -----------------===//
//
// See the header. Masks and other operands passed by keyword have types of
// their own and are not looked at, states apart, which are values like inputs.
//
//===----------------------------------------------------------------------===//

#include "dialect/ElementTypes.h"

#include "dialect/NNOps.h"
#include "dialect/TypePromotion.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

static constexpr std::pair<StringLiteral, Type (*)(Builder &)> kDTypes[] = {
    {"float32", [](Builder &b) -> Type { return b.getF32Type(); }},
    {"float64", [](Builder &b) -> Type { return b.getF64Type(); }},
    {"float16", [](Builder &b) -> Type { return b.getF16Type(); }},
    {"bfloat16", [](Builder &b) -> Type { return b.getBF16Type(); }},
    {"int8", [](Builder &b) -> Type { return b.getI8Type(); }},
    {"int16", [](Builder &b) -> Type { return b.getI16Type(); }},
    {"int32", [](Builder &b) -> Type { return b.getI32Type(); }},
    {"int64", [](Builder &b) -> Type { return b.getI64Type(); }},
    {"uint8", [](Builder &b) -> Type { return b.getIntegerType(8, false); }},
    {"uint16", [](Builder &b) -> Type { return b.getIntegerType(16, false); }},
    {"uint32", [](Builder &b) -> Type { return b.getIntegerType(32, false); }},
    {"uint64", [](Builder &b) -> Type { return b.getIntegerType(64, false); }},
    {"bool", [](Builder &b) -> Type { return b.getI1Type(); }},
};

Type nn::getElementType(MLIRContext *context, StringRef dtype) {
  Builder builder(context);
  for (auto [name, type] : kDTypes)
    if (name == dtype)
      return type(builder);
  return {};
}

StringRef nn::getDTypeName(Type type) {
  Builder builder(type.getContext());
  for (auto [name, element] : kDTypes)
    if (element(builder) == type)
      return name;
  return "an unknown type";
}

Type nn::promoteTypes(Type a, Type b) {
  return a == b ? a : promoteTypes({{a}, {b}});
}

//===----------------------------------------------------------------------===//
// Policies
//===----------------------------------------------------------------------===//

/// The layer's policy, without what says how it is quantized.
static StringRef getFloatPolicy(LayerOpInterface layer) {
  auto policy = layer->getAttrOfType<StringAttr>("dtype");
  StringRef name = policy ? policy.getValue() : "float32";
  name.consume_front("int8_from_");
  return name;
}

bool nn::isInt8Quantized(LayerOpInterface layer) {
  auto policy = layer->getAttrOfType<StringAttr>("dtype");
  return policy && policy.getValue().starts_with("int8_from_");
}

Type nn::getComputeType(LayerOpInterface layer) {
  StringRef name = getFloatPolicy(layer);
  name.consume_front("mixed_");
  return getElementType(layer.getContext(), name);
}

Type nn::getVariableType(LayerOpInterface layer) {
  StringRef name = getFloatPolicy(layer);
  if (name.starts_with("mixed_"))
    return Float32Type::get(layer.getContext());
  return getElementType(layer.getContext(), name);
}

//===----------------------------------------------------------------------===//
// What operands are converted to
//===----------------------------------------------------------------------===//

/// How many operands, from the first on, the layer's results depend on: all
/// inputs, initial states and an attention's key.
static size_t countValues(LayerOpInterface layer) {
  return getPositionalInputs(layer).size() +
         getKeywordOperands(layer, "initial_state").size() +
         getKeywordOperands(layer, "key").size();
}

Types nn::castFloats(LayerOpInterface layer, ArrayRef<Type> operands) {
  Type compute = getComputeType(layer);
  Types types(operands);
  for (Type &type : types)
    if (isa<FloatType>(type))
      type = compute;
  return types;
}

Types nn::castToCompute(LayerOpInterface layer, ArrayRef<Type> operands) {
  Types types = castFloats(layer, operands);
  std::fill_n(types.begin(), countValues(layer), getComputeType(layer));
  return types;
}

Types nn::castToCommon(LayerOpInterface layer, ArrayRef<Type> operands) {
  Types types = castFloats(layer, operands);
  size_t count = getPositionalInputs(layer).size();
  if (count == 0)
    return types;
  Type common = types.front();
  for (Type type : ArrayRef(types).take_front(count))
    common = promoteTypes(common, type);
  std::fill_n(types.begin(), count, common);
  return types;
}

Types nn::castToIndices(LayerOpInterface layer, ArrayRef<Type> operands) {
  Types types(operands);
  Builder builder(layer.getContext());
  if (isa<FloatType>(types.front())) {
    if (types.front().getIntOrFloatBitWidth() < 32)
      types.front() = builder.getF32Type();
  } else if (!types.front().isSignlessInteger(64)) {
    types.front() = builder.getI32Type();
  }
  return types;
}

Types nn::castToInt64(LayerOpInterface layer, ArrayRef<Type> operands) {
  Types types(operands);
  for (Type &type : types)
    if (isa<IntegerType>(type))
      type = IntegerType::get(layer.getContext(), 64);
  return types;
}

Types nn::castToCategories(LayerOpInterface layer, ArrayRef<Type> operands) {
  Types types = castToIndices(layer, operands);
  std::fill(types.begin() + 1, types.end(), getComputeType(layer));
  return types;
}

Types nn::castToFloat32(LayerOpInterface layer, ArrayRef<Type> operands) {
  return Types(operands.size(), Float32Type::get(layer.getContext()));
}

/// Whether a ReversibleEmbedding goes from features to indices.
static bool isReversed(LayerOpInterface layer) {
  auto reverse = layer->getAttrOfType<BoolAttr>("reverse");
  return reverse && reverse.getValue();
}

Types nn::castReversible(LayerOpInterface layer, ArrayRef<Type> operands) {
  return isReversed(layer) ? castToCompute(layer, operands)
                           : castToIndices(layer, operands);
}

Types nn::castAttention(LayerOpInterface layer, ArrayRef<Type> operands) {
  Types types = castToCompute(layer, operands);
  std::fill(types.begin() + countValues(layer), types.end(),
            IntegerType::get(layer.getContext(), 1));
  return types;
}

Types nn::keepOperands(LayerOpInterface, ArrayRef<Type> operands) {
  return Types(operands);
}

//===----------------------------------------------------------------------===//
// What results are
//===----------------------------------------------------------------------===//

static Types repeat(LayerOpInterface layer, Type type) {
  return Types(layer->getNumResults(), type);
}

static llvm::Error makeError(const llvm::Twine &message) {
  return llvm::createStringError(message);
}

TypesOr nn::inferFloatTypes(LayerOpInterface layer, ArrayRef<Type> operands) {
  Type compute = getComputeType(layer);
  for (Type type : operands.take_front(countValues(layer)))
    if (type != compute)
      return makeError("expects a " + getDTypeName(compute) +
                       " input, but got " + getDTypeName(type) + " [N306]");
  return repeat(layer, compute);
}

TypesOr nn::keepTypes(LayerOpInterface layer, ArrayRef<Type> operands) {
  ArrayRef<Type> types = operands.take_front(countValues(layer));
  for (Type type : types)
    if (type != types.front())
      return makeError("expects inputs of one type, but got " +
                       getDTypeName(types.front()) + " and " +
                       getDTypeName(type) + " [N306]");
  return repeat(layer, types.empty() ? getComputeType(layer) : types.front());
}

TypesOr nn::inferNumberTypes(LayerOpInterface layer, ArrayRef<Type> operands) {
  if (llvm::any_of(operands.take_front(countValues(layer)),
                   [](Type type) { return type.isInteger(1); }))
    return makeError("expects numbers, but got bool [N306]");
  return keepTypes(layer, operands);
}

TypesOr nn::inferLookupTypes(LayerOpInterface layer, ArrayRef<Type>) {
  return repeat(layer, getComputeType(layer));
}

TypesOr nn::inferCastTypes(LayerOpInterface layer, ArrayRef<Type>) {
  return repeat(layer, getComputeType(layer));
}

TypesOr nn::inferModeTypes(LayerOpInterface layer, ArrayRef<Type>) {
  Builder builder(layer.getContext());
  auto mode = layer->getAttrOfType<StringAttr>("output_mode");
  if (!mode || mode.getValue() == "int")
    return repeat(layer, builder.getI64Type());
  return repeat(layer, builder.getF32Type());
}

TypesOr nn::inferVocabularyTypes(LayerOpInterface layer,
                                 ArrayRef<Type> operands) {
  if (!operands.front().isSignlessInteger(64))
    return makeError("expects integers, but got " +
                     getDTypeName(operands.front()) + " [N306]");
  return inferModeTypes(layer, operands);
}

TypesOr nn::inferReversibleTypes(LayerOpInterface layer,
                                 ArrayRef<Type> operands) {
  if (!isReversed(layer))
    return inferLookupTypes(layer, operands);
  Type compute = getComputeType(layer);
  auto wanted = layer->getAttrOfType<StringAttr>("reverse_dtype");
  if (wanted && wanted.getValue() != getDTypeName(compute))
    return makeError("reverse_dtype \"" + wanted.getValue() +
                     "\" cannot be compiled; the layer computes in " +
                     getDTypeName(compute) + " [N306]");
  return inferFloatTypes(layer, operands);
}

TypesOr nn::inferAttentionTypes(LayerOpInterface layer,
                                ArrayRef<Type> operands) {
  for (Type type : operands.drop_front(countValues(layer)))
    if (!type.isInteger(1))
      return makeError("expects masks of bool, but got " + getDTypeName(type) +
                       " [N306]");
  return inferFloatTypes(layer, operands);
}
