//===- Elements.cpp - elements of any type as numbers ---------------------===//
//
// One switch over the element types; the two half-precision formats are decoded
// from their bits, since C++17 has no types for them.
//
//===----------------------------------------------------------------------===//

#include "tools/nnc-run/Elements.h"
#include "nnc/abi.h"

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

namespace nnc::run {
namespace {

/// The value of a 16-bit float with this many bits of exponent.
long double decodeHalf(std::uint16_t bits, int exponentBits) {
  int fractionBits = 15 - exponentBits;
  int exponentMask = (1 << exponentBits) - 1;
  int exponent = (bits >> fractionBits) & exponentMask;
  int fraction = bits & ((1 << fractionBits) - 1);
  int bias = exponentMask >> 1;
  long double value;
  if (exponent == exponentMask)
    value = fraction ? std::numeric_limits<long double>::quiet_NaN()
                     : std::numeric_limits<long double>::infinity();
  else if (exponent == 0)
    value =
        std::ldexp(static_cast<long double>(fraction), 1 - bias - fractionBits);
  else
    value = std::ldexp(static_cast<long double>(fraction | 1 << fractionBits),
                       exponent - bias - fractionBits);
  return bits >> 15 ? -value : value;
}

template <class T> T load(const void *data, std::size_t index) {
  T value;
  std::memcpy(&value, static_cast<const char *>(data) + index * sizeof(T),
              sizeof(T));
  return value;
}

} // namespace

long double readElement(const void *data, int dtype, std::size_t index) {
  switch (dtype) {
  case NNC_FLOAT32:
    return load<float>(data, index);
  case NNC_FLOAT64:
    return load<double>(data, index);
  case NNC_FLOAT16:
    return decodeHalf(load<std::uint16_t>(data, index), 5);
  case NNC_BFLOAT16:
    return decodeHalf(load<std::uint16_t>(data, index), 8);
  case NNC_INT8:
    return load<std::int8_t>(data, index);
  case NNC_INT16:
    return load<std::int16_t>(data, index);
  case NNC_UINT16:
    return load<std::uint16_t>(data, index);
  case NNC_INT32:
    return load<std::int32_t>(data, index);
  case NNC_UINT32:
    return load<std::uint32_t>(data, index);
  case NNC_INT64:
    return load<std::int64_t>(data, index);
  case NNC_UINT64:
    return load<std::uint64_t>(data, index);
  default: // NNC_UINT8 and NNC_BOOL
    return load<std::uint8_t>(data, index);
  }
}

} // namespace nnc::run
