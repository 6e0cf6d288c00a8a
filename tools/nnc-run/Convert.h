//===- Convert.h - an array's elements as a model's input -------*- C++ -*-===//
//
// Inputs are taken in their own element type, and in the one that NumPy makes
// by default: float64 for float32, int64 for int32, where the values fit.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_TOOLS_NNC_RUN_CONVERT_H
#define NNC_TOOLS_NNC_RUN_CONVERT_H

#include "nnc/abi.h"
#include "tools/nnc-run/Npy.h"

namespace nnc::run {

/// Does the tensor have a value a step, with time as its first axis?
bool isStepped(const nnc_tensor &tensor);

/// Checks rank, extents and element type of an array against an input, the
/// leading dimension being the batch, and of a stream the next the steps.
bool checkInput(const nnc_tensor &input, const NpyArray &array,
                std::string &error);

/// Copies a checked array into the input's memory; on a value that does not
/// fit returns false with a message.
bool convertInput(const nnc_tensor &input, const NpyArray &array, void *to,
                  std::string &error);

} // namespace nnc::run

#endif // NNC_TOOLS_NNC_RUN_CONVERT_H
