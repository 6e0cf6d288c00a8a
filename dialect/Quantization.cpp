//===- Quantization.cpp - how Keras has quantized a layer -----------------===//
//
// Configurations are as Keras writes them, objects with a class_name and a
// config. What is not known is no such configuration, so that the checking pass
// refuses it.
//
//===----------------------------------------------------------------------===//

#include "dialect/Quantization.h"

#include "dialect/Keys.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

/// The entry `key` of a {class_name = …, config = {…}}'s config; null for None.
static Attribute getConfigEntry(Attribute object, StringRef key) {
  auto dictionary = dyn_cast_if_present<DictionaryAttr>(object);
  auto config = dictionary ? dictionary.getAs<DictionaryAttr>("config")
                           : DictionaryAttr();
  Attribute entry = config ? config.get(key) : Attribute();
  return isa_and_present<UnitAttr>(entry) ? Attribute() : entry;
}

static bool isOfClass(Attribute object, StringRef name) {
  auto dictionary = dyn_cast_if_present<DictionaryAttr>(object);
  auto word =
      dictionary ? dictionary.getAs<StringAttr>("class_name") : StringAttr();
  return word && word == name;
}

/// The quantizer that an AbsMaxQuantizer's config describes; nothing if it is
/// none that maps to int8.
static std::optional<AbsMaxQuantizer> parseQuantizer(Attribute object) {
  AbsMaxQuantizer quantizer;
  if (!isOfClass(object, "AbsMaxQuantizer"))
    return std::nullopt;
  if (Attribute range = getConfigEntry(object, "value_range")) {
    auto numbers = getNumbers(range);
    if (!numbers || numbers->values.size() != 2 ||
        !(numbers->values[0] >= -128.0) || !(numbers->values[1] <= 127.0) ||
        !(numbers->values[0] < 0.0) || !(numbers->values[1] > 0.0))
      return std::nullopt;
    quantizer.low = numbers->values[0];
    quantizer.high = numbers->values[1];
  }
  if (Attribute epsilon = getConfigEntry(object, "epsilon")) {
    auto number = getNumbers(epsilon);
    if (!number || !number->shape.empty() || !(number->values[0] >= 0.0))
      return std::nullopt;
    quantizer.epsilon = number->values[0];
  }
  auto type =
      dyn_cast_if_present<StringAttr>(getConfigEntry(object, "output_dtype"));
  if (type && type != "int8")
    return std::nullopt;
  return quantizer;
}

bool nn::isInt8Config(Attribute value) {
  if (!isOfClass(value, "Int8QuantizationConfig"))
    return false;
  Attribute quantizer = getConfigEntry(value, "activation_quantizer");
  return !quantizer || parseQuantizer(quantizer);
}

std::optional<AbsMaxQuantizer> nn::getInputQuantizer(Attribute config) {
  if (!config)
    return AbsMaxQuantizer();
  return parseQuantizer(getConfigEntry(config, "activation_quantizer"));
}
