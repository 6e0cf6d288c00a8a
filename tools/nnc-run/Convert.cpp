//===- Convert.cpp - an array's elements as a model's input ---------------===//
//
// See Convert.h. Equal types are copied; the two conversions check each value,
// since a float64 that overflows or an int64 index that wraps would go wrong
// silently.
//
//===----------------------------------------------------------------------===//

#include "tools/nnc-run/Convert.h"
#include "nnc/runtime.h"

#include <cmath>
#include <cstring>
#include <limits>

namespace nnc::run {
namespace {

/// bfloat16 comes as its bits: NumPy has no such type.
bool isSameType(int wanted, int found) {
  return wanted == found || (wanted == NNC_BFLOAT16 && found == NNC_UINT16);
}

bool isConvertible(int wanted, int found) {
  return (wanted == NNC_FLOAT32 && found == NNC_FLOAT64) ||
         (wanted == NNC_INT32 && found == NNC_INT64);
}

bool fits(double value, float) {
  return !std::isfinite(value) ||
         std::fabs(value) <= std::numeric_limits<float>::max();
}

bool fits(std::int64_t value, std::int32_t) {
  return value >= std::numeric_limits<std::int32_t>::min() &&
         value <= std::numeric_limits<std::int32_t>::max();
}

template <class From, class To>
bool convertElements(const nnc_tensor &input, const NpyArray &array, void *to,
                     std::string &error) {
  for (std::size_t i = 0, size = array.size(); i != size; ++i) {
    From value;
    std::memcpy(&value, &array.data[i * sizeof(From)], sizeof(From));
    if (!fits(value, To())) {
      error = std::string("input '") + input.name + "': element " +
              std::to_string(i) + " is " + std::to_string(value) +
              ", which does not fit into " + nnc_dtype_name(input.dtype) +
              " [N806]";
      return false;
    }
    To converted = static_cast<To>(value);
    std::memcpy(static_cast<char *>(to) + i * sizeof(To), &converted,
                sizeof(To));
  }
  return true;
}

} // namespace

bool isStepped(const nnc_tensor &tensor) {
  return tensor.rank > 0 && tensor.shape[0] == -1;
}

bool checkInput(const nnc_tensor &input, const NpyArray &array,
                std::string &error) {
  std::string expected = "(batch";
  bool same = array.shape.size() == static_cast<std::size_t>(input.rank) + 1;
  for (std::int32_t i = 0; i != input.rank; ++i) {
    bool isSteps = i == 0 && isStepped(input);
    expected += isSteps ? ", steps" : ", " + std::to_string(input.shape[i]);
    same = same && (isSteps || array.shape[static_cast<std::size_t>(i) + 1] ==
                                   input.shape[i]);
  }
  if (!same) {
    error = std::string("input '") + input.name + "': expected " + expected +
            (input.rank == 0 ? ",)" : ")") + ", got " + shapeText(array.shape) +
            " [N806]";
    return false;
  }
  if (!isSameType(input.dtype, array.dtype) &&
      !isConvertible(input.dtype, array.dtype)) {
    error = std::string("input '") + input.name + "': expected " +
            nnc_dtype_name(input.dtype) + ", got " +
            nnc_dtype_name(array.dtype) + " [N806]";
    return false;
  }
  return true;
}

bool convertInput(const nnc_tensor &input, const NpyArray &array, void *to,
                  std::string &error) {
  if (isSameType(input.dtype, array.dtype)) {
    if (!array.data.empty())
      std::memcpy(to, array.data.data(), array.data.size());
    return true;
  }
  if (input.dtype == NNC_FLOAT32)
    return convertElements<double, float>(input, array, to, error);
  return convertElements<std::int64_t, std::int32_t>(input, array, to, error);
}

} // namespace nnc::run
