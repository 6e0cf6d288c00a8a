//===- Info.cpp - what a model says of itself -----------------------------===//
//
// Formats an nnc_model for people: one line per fact, inputs and outputs in
// the model's order, Keras's name where it is another one.
//
//===----------------------------------------------------------------------===//

#include "tools/nnc-run/Info.h"
#include "nnc/runtime.h"

#include <cinttypes>
#include <cstdio>

namespace nnc::run {
namespace {

std::string printTensor(const char *kind, const nnc_tensor &tensor) {
  std::string line = std::string("  ") + kind + " " + tensor.name + ": " +
                     nnc_dtype_name(tensor.dtype) + " (batch";
  for (std::int32_t i = 0; i != tensor.rank; ++i)
    line += tensor.shape[i] == -1 ? ", steps"
                                  : ", " + std::to_string(tensor.shape[i]);
  line += tensor.rank == 0 ? ",)" : ")";
  if (std::string(tensor.name) != tensor.keras_name)
    line += std::string(" (Keras: '") + tensor.keras_name + "')";
  return line + "\n";
}

} // namespace

std::string printInfo(const nnc_model &model) {
  char signature[32];
  std::snprintf(signature, sizeof(signature), "0x%016" PRIx64, model.signature);
  std::string text = std::string("model ") + model.name + "\n";
  for (std::int32_t i = 0; i != model.input_count; ++i)
    text += printTensor("input", model.inputs[i]);
  for (std::int32_t i = 0; i != model.output_count; ++i)
    text += printTensor("output", model.outputs[i]);
  text +=
      "  batch: " + (model.batch != 0 ? std::to_string(model.batch) : "any") +
      "\n";
  text += "  workspace: " + std::to_string(model.workspace_size) +
          " bytes, aligned to " + std::to_string(model.alignment) + "\n";
  text += "  state: " +
          (model.state_size != 0
               ? std::to_string(model.state_size) + " bytes per batch row"
               : "none") +
          "\n";
  text += "  weights: " +
          (model.weights_size != 0
               ? "a file of " + std::to_string(model.weights_size) + " bytes"
               : "inside") +
          "\n";
  text += std::string("  signature: ") + signature + "\n";
  text += "  ABI: " + std::to_string(model.abi_major) + "." +
          std::to_string(model.abi_minor) + "\n";
  return text;
}

} // namespace nnc::run
