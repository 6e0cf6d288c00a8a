//===- Samples.cpp - recorded inputs and outputs of a model ---------------===//
//
// See Samples.h.
//
//===----------------------------------------------------------------------===//

#include "compiler/driver/Samples.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Endian.h"
#include <cmath>
#include <limits>

using namespace llvm;

namespace nnc {

static constexpr StringLiteral kLayerPrefix = "layer:";

Samples::Samples(std::vector<NamedTensor> list) : tensors(std::move(list)) {
  for (auto [i, tensor] : enumerate(tensors))
    byName[tensor.path] = i;
}

Expected<Samples> Samples::read(StringRef path) {
  Expected<std::vector<NamedTensor>> tensors = readWeights(path);
  if (!tensors)
    return tensors.takeError();
  return Samples(std::move(*tensors));
}

const NamedTensor *Samples::find(ArrayRef<std::string> keys) const {
  for (const std::string &key : keys)
    if (auto found = byName.find(key); found != byName.end())
      return &tensors[found->second];
  return nullptr;
}

std::vector<std::string> Samples::layers() const {
  std::vector<std::string> names;
  for (const NamedTensor &tensor : tensors)
    if (StringRef name = tensor.path; name.consume_front(kLayerPrefix))
      names.push_back(name.str());
  return names;
}

std::string layerKey(StringRef layer) { return (kLayerPrefix + layer).str(); }

//===----------------------------------------------------------------------===//
// Elements
//===----------------------------------------------------------------------===//

template <typename T> static T load(const char *from) {
  return support::endian::read<T, endianness::little>(from);
}

/// One element of 16 bits that is a float.
static double loadHalf(const char *from, const fltSemantics &semantics) {
  APFloat value(semantics, APInt(16, load<uint16_t>(from)));
  bool loses = false;
  value.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven, &loses);
  return value.convertToDouble();
}

static uint16_t toHalf(double number, const fltSemantics &semantics) {
  APFloat value(number);
  bool loses = false;
  value.convert(semantics, APFloat::rmNearestTiesToEven, &loses);
  return static_cast<uint16_t>(value.bitcastToAPInt().getZExtValue());
}

/// One element; `dtype` is known to dtypeBytes.
static double loadElement(StringRef dtype, const char *from) {
  using Load = double (*)(const char *);
#define NNC_LOAD(T)                                                            \
  [](const char *at) { return static_cast<double>(load<T>(at)); }
  return StringSwitch<Load>(dtype)
      .Case("float32", NNC_LOAD(float))
      .Case("float64", NNC_LOAD(double))
      .Case("float16",
            [](const char *at) { return loadHalf(at, APFloat::IEEEhalf()); })
      .Case("bfloat16",
            [](const char *at) { return loadHalf(at, APFloat::BFloat()); })
      .Case("int8", NNC_LOAD(int8_t))
      .Case("int16", NNC_LOAD(int16_t))
      .Case("int32", NNC_LOAD(int32_t))
      .Case("int64", NNC_LOAD(int64_t))
      .Cases({"uint8", "bool"}, NNC_LOAD(uint8_t))
      .Case("uint16", NNC_LOAD(uint16_t))
      .Case("uint32", NNC_LOAD(uint32_t))
      .Default(NNC_LOAD(uint64_t))(from);
#undef NNC_LOAD
}

std::vector<double> toDoubles(StringRef dtype, ArrayRef<char> bytes) {
  size_t size = dtypeBytes(dtype);
  std::vector<double> values;
  values.reserve(bytes.size() / size);
  for (size_t at = 0; at + size <= bytes.size(); at += size)
    values.push_back(loadElement(dtype, bytes.data() + at));
  return values;
}

/// Stores an integer, if `T` has it.
template <typename T> static bool storeInteger(double value, char *to) {
  // The bounds are powers of two, which double has exactly.
  constexpr bool isSigned = std::numeric_limits<T>::is_signed;
  double end = std::ldexp(1.0, std::numeric_limits<T>::digits);
  double begin = isSigned ? -end : 0.0;
  if (!(value >= begin && value < end) || value != std::trunc(value))
    return false;
  support::endian::write<T, endianness::little>(to, static_cast<T>(value));
  return true;
}

template <typename T> static bool storeFloat(double value, char *to) {
  support::endian::write<T, endianness::little>(to, static_cast<T>(value));
  return true;
}

bool fromDouble(double value, StringRef dtype, char *to) {
  using Store = bool (*)(double, char *);
  Store store = StringSwitch<Store>(dtype)
                    .Case("float32", storeFloat<float>)
                    .Case("float64", storeFloat<double>)
                    .Case("int8", storeInteger<int8_t>)
                    .Case("int16", storeInteger<int16_t>)
                    .Case("int32", storeInteger<int32_t>)
                    .Case("int64", storeInteger<int64_t>)
                    .Case("uint8", storeInteger<uint8_t>)
                    .Case("uint16", storeInteger<uint16_t>)
                    .Case("uint32", storeInteger<uint32_t>)
                    .Case("uint64", storeInteger<uint64_t>)
                    .Default(nullptr);
  if (store)
    return store(value, to);
  if (dtype == "bool")
    return (value == 0 || value == 1) && storeInteger<uint8_t>(value, to);
  uint16_t bits = toHalf(value, dtype == "bfloat16" ? APFloat::BFloat()
                                                    : APFloat::IEEEhalf());
  support::endian::write<uint16_t, endianness::little>(to, bits);
  return true;
}

//===----------------------------------------------------------------------===//
// Agreement
//===----------------------------------------------------------------------===//

Difference compareValues(ArrayRef<double> ours, ArrayRef<double> recorded,
                         double tolerance) {
  double largest = 1;
  for (double value : recorded)
    if (std::isfinite(value))
      largest = std::max(largest, std::fabs(value));
  Difference result;
  for (auto [i, values] : enumerate(zip_equal(ours, recorded))) {
    auto [mine, theirs] = values;
    // Infinities, and two that are no numbers, agree when they are the same.
    if (mine == theirs || (std::isnan(mine) && std::isnan(theirs)))
      continue;
    double error = std::fabs(mine - theirs);
    if (std::isnan(error))
      error = std::numeric_limits<double>::infinity();
    double size = std::fabs(theirs);
    double share = error / (tolerance * (largest / 10 + size));
    if (!std::isfinite(size))
      share = error = std::numeric_limits<double>::infinity();
    result.absolute = std::max(result.absolute, error);
    if (size > 0)
      result.relative = std::max(result.relative, error / size);
    if (share > result.share) {
      result.share = share;
      result.where = i;
    }
  }
  return result;
}

} // namespace nnc
