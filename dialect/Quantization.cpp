//===- Quantization.cpp - how Keras has quantized a layer -----------------===//
//
// Configurations are as Keras writes them, objects with a class_name and a
// config. What is not known is no such configuration, so that the checking pass
// refuses it.
//
//===----------------------------------------------------------------------===//

#include "dialect/Quantization.h"

#include "dialect/Keys.h"
#include "llvm/ADT/STLExtras.h"

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

bool nn::quantizesLastAxis(Attribute config) {
  Attribute quantizer =
      config ? getConfigEntry(config, "activation_quantizer") : Attribute();
  if (!quantizer)
    return true;
  Attribute axis = getConfigEntry(quantizer, "axis");
  auto numbers = axis ? getNumbers(axis) : std::nullopt;
  return numbers && numbers->values.size() == 1 && numbers->values[0] == -1.0;
}

//===----------------------------------------------------------------------===//
// Scales in an einsum
//===----------------------------------------------------------------------===//

/// An axis of extent 1.
static constexpr unsigned kUnit = ~0u;

/// What is along the axes of an operand's scale after Keras has transposed,
/// expanded and squeezed it: an axis that is summed over takes the place of one
/// of the result's that the operand does not have, or, when there are no more
/// of those, goes where `place` is from before and then away. Nothing if that
/// fails.
static std::optional<SmallVector<unsigned>>
alignScale(ArrayRef<unsigned> operand, ArrayRef<unsigned> result,
           int64_t &place) {
  SmallVector<unsigned> axes;
  SmallVector<int64_t> missing, squeezed;
  for (auto [i, index] : llvm::enumerate(result)) {
    if (llvm::is_contained(operand, index))
      axes.push_back(index);
    else
      missing.push_back(int64_t(i));
  }
  for (auto [i, index] : llvm::enumerate(operand)) {
    if (llvm::is_contained(result, index))
      continue;
    if (missing.empty()) {
      squeezed.push_back(int64_t(i));
    } else {
      place = missing.front();
      missing.erase(missing.begin());
    }
    // As Python inserts into a list.
    int64_t size = int64_t(axes.size());
    int64_t at =
        place < 0 ? std::max<int64_t>(place + size, 0) : std::min(place, size);
    axes.insert(axes.begin() + at, kUnit);
  }
  if (axes.size() != operand.size())
    return std::nullopt;
  for (int64_t axis : missing) {
    if (axis > int64_t(axes.size()))
      return std::nullopt;
    axes.insert(axes.begin() + axis, kUnit);
  }
  for (int64_t axis : llvm::reverse(squeezed)) {
    if (axes[size_t(axis)] != kUnit)
      return std::nullopt;
    axes.erase(axes.begin() + axis);
  }
  return axes;
}

llvm::Error nn::checkScaleAxes(const Einsum &einsum) {
  // Where Keras's variable points before the first operand.
  const auto *last = llvm::find(einsum.result, einsum.operands[1].back());
  int64_t place =
      last == einsum.result.end() ? -1 : last - einsum.result.begin();
  for (const SmallVector<unsigned> &operand : einsum.operands) {
    auto axes = alignScale(operand, einsum.result, place);
    bool fits = axes && axes->size() == einsum.result.size();
    for (size_t i = 0; fits && i < axes->size(); ++i)
      fits = (*axes)[i] == (llvm::is_contained(operand, einsum.result[i])
                                ? einsum.result[i]
                                : kUnit);
    if (!fits)
      return shapeError("Keras cannot quantize the equation: the scales do not "
                        "lie along its result [N310]");
  }
  return llvm::Error::success();
}
