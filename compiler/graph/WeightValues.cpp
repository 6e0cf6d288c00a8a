//===- WeightValues.cpp - the values of weights ---------------------------===//
//
// Weights are read from dense and resource attributes, converted to their
// layer's type where a file stores another, and made from Keras's initializers.
// A weight of the right type is never copied.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/WeightValues.h"

#include "compiler/graph/Initializers.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include <cstring>

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;
using llvm::Expected;

/// The bytes of a resource, checked against its type.
static Expected<ArrayRef<char>> getBytes(DenseResourceElementsAttr value) {
  AsmResourceBlob *blob = value.getRawHandle().getBlob();
  uint64_t bytes = uint64_t(value.getType().getNumElements()) *
                   ((value.getType().getElementTypeBitWidth() + 7) / 8);
  if (!blob || blob->getData().size() != bytes)
    return shapeError(
        "the resource does not have the bytes of its type [N404]");
  return blob->getData();
}

/// One element of `bytes`, of float type `type`.
static double decode(FloatType type, const char *bytes) {
  if (type.isF32()) {
    float value;
    std::memcpy(&value, bytes, sizeof(value));
    return value;
  }
  uint64_t bits = 0;
  std::memcpy(&bits, bytes, type.getWidth() / 8);
  llvm::APFloat value(type.getFloatSemantics(),
                      llvm::APInt(type.getWidth(), bits));
  return value.convertToDouble();
}

/// Writes `value`, rounded to `type`, to `bytes`.
static void encode(FloatType type, double value, char *bytes) {
  if (type.isF32()) {
    float rounded = float(value);
    std::memcpy(bytes, &rounded, sizeof(rounded));
    return;
  }
  llvm::APFloat rounded(value);
  bool inexact;
  rounded.convert(type.getFloatSemantics(), llvm::APFloat::rmNearestTiesToEven,
                  &inexact);
  uint64_t bits = rounded.bitcastToAPInt().getZExtValue();
  std::memcpy(bytes, &bits, type.getWidth() / 8);
}

Expected<std::vector<double>> nnc::readFloats(ElementsAttr value) {
  auto type = dyn_cast<FloatType>(value.getElementType());
  if (!type || type.getWidth() > 64 || type.getWidth() % 8 != 0)
    return shapeError("expects float values [N404]");
  std::vector<double> floats;
  floats.reserve(size_t(value.getNumElements()));
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(value)) {
    Expected<ArrayRef<char>> bytes = getBytes(resource);
    if (!bytes)
      return bytes.takeError();
    for (size_t i = 0; i < bytes->size(); i += type.getWidth() / 8)
      floats.push_back(decode(type, bytes->data() + i));
    return floats;
  }
  auto dense = dyn_cast<DenseFPElementsAttr>(value);
  if (!dense)
    return shapeError("expects dense values [N404]");
  for (llvm::APFloat element : dense)
    floats.push_back(element.convertToDouble());
  return floats;
}

ElementsAttr nnc::makeFloats(StringRef name, RankedTensorType type,
                             llvm::function_ref<double(size_t)> value) {
  auto element = cast<FloatType>(type.getElementType());
  size_t bytes = element.getWidth() / 8, count = size_t(type.getNumElements());
  AsmResourceBlob blob = HeapAsmResourceBlob::allocate(count * bytes, bytes);
  for (size_t i = 0; i < count; ++i)
    encode(element, value(i), blob.getMutableData().data() + i * bytes);
  return DenseResourceElementsAttr::get(type, name, std::move(blob));
}

Expected<ElementsAttr> nnc::toElementType(ElementsAttr value, Type type,
                                          StringRef name) {
  bool readable = isa<DenseElementsAttr, DenseResourceElementsAttr>(value);
  if (readable && value.getElementType() == type)
    return value;
  if (!isa<FloatType>(type))
    return shapeError("expects " + getDTypeName(type) + " values [N404]");
  auto floats = readFloats(value);
  if (!floats)
    return floats.takeError();
  auto shape = value.getShapedType().getShape();
  return makeFloats(name, RankedTensorType::get(shape, type),
                    [&](size_t i) { return (*floats)[i]; });
}

//===----------------------------------------------------------------------===//
// Initializers
//===----------------------------------------------------------------------===//

/// An initializer's key as plain data; false if it is no scalar or string.
static bool addKey(InitializerSpec &spec, StringRef key, Attribute value) {
  if (auto number = dyn_cast<FloatAttr>(value))
    spec.numbers[key.str()] = number.getValueAsDouble();
  else if (auto flag = dyn_cast<BoolAttr>(value))
    spec.numbers[key.str()] = flag.getValue();
  else if (auto number = dyn_cast<IntegerAttr>(value))
    spec.numbers[key.str()] = double(number.getInt());
  else if (auto word = dyn_cast<StringAttr>(value))
    spec.strings[key.str()] = word.str();
  else
    return false;
  return true;
}

/// "glorot_uniform" or {class_name = "RandomNormal", config = {stddev = 0.1}}.
static Expected<InitializerSpec> parseInitializer(Attribute value) {
  InitializerSpec spec;
  if (auto name = dyn_cast<StringAttr>(value)) {
    spec.name = name.str();
    return spec;
  }
  auto dictionary = cast<DictionaryAttr>(value);
  spec.name = dictionary.getAs<StringAttr>("class_name").str();
  auto config = dictionary.getAs<DictionaryAttr>("config");
  if (!config)
    return spec;
  for (NamedAttribute key : config)
    if (!addKey(spec, key.getName(), key.getValue()))
      return shapeError("the initializer's key '" + key.getName().getValue() +
                        "' is neither a number nor a word [N405]");
  return spec;
}

Expected<std::vector<float>>
nnc::initializeWeight(const WeightSpec &spec, StringRef name, uint64_t seed) {
  auto word = dyn_cast<StringAttr>(spec.initializer);
  if (word && word == "unit_forget_bias") {
    // LSTM's bias is zero but for the second of its four gates.
    std::vector<float> values(size_t(spec.shape[0]), 0.0f);
    std::fill_n(values.begin() + spec.shape[0] / 4, spec.shape[0] / 4, 1.0f);
    return values;
  }
  auto initializer = parseInitializer(spec.initializer);
  if (!initializer)
    return initializer.takeError();
  return initialize(*initializer, spec.shape, seedFor(seed, name));
}
