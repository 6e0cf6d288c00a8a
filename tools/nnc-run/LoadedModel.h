//===- LoadedModel.h - a model in a shared library --------------*- C++ -*-===//
//
// Loads the library, finds its nnc_model, checks it, and opens its weights file
// if it needs one. Everything is released with the object.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_TOOLS_NNC_RUN_LOADEDMODEL_H
#define NNC_TOOLS_NNC_RUN_LOADEDMODEL_H

#include "nnc/runtime.h"
#include "tools/nnc-run/Options.h"

#include <string>

namespace nnc::run {

class LoadedModel {
public:
  LoadedModel() = default;
  LoadedModel(const LoadedModel &) = delete;
  LoadedModel &operator=(const LoadedModel &) = delete;
  ~LoadedModel();

  /// On an error returns false with a one-line message.
  bool load(const Options &options, std::string &error);

  const nnc_model &info() const { return *model; }
  const nnc_weights &weights() const { return weightsFile; }

private:
  bool loadSymbol(const Options &options, std::string &error);
  bool loadWeights(const Options &options, std::string &error);

  void *library = nullptr;
  const nnc_model *model = nullptr;
  nnc_weights weightsFile = {};
};

} // namespace nnc::run

#endif // NNC_TOOLS_NNC_RUN_LOADEDMODEL_H
