//===- Elements.h - elements of any type as numbers -------------*- C++ -*-===//
//
// Reads one element of an array whose type is known at run time only, for the
// conversions of inputs and for comparing outputs.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_TOOLS_NNC_RUN_ELEMENTS_H
#define NNC_TOOLS_NNC_RUN_ELEMENTS_H

#include <cstddef>

namespace nnc::run {

/// Element `index` of an array of an nnc_dtype. A long double holds every value
/// of every type where it has 64 bits of mantissa.
long double readElement(const void *data, int dtype, std::size_t index);

} // namespace nnc::run

#endif // NNC_TOOLS_NNC_RUN_ELEMENTS_H
