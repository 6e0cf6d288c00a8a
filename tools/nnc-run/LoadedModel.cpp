//===- LoadedModel.cpp - a model in a shared library ----------------------===//
//
// See LoadedModel.h. A library with several models needs --symbol; the message
// lists what there is.
//
//===----------------------------------------------------------------------===//

#include "tools/nnc-run/LoadedModel.h"
#include "tools/nnc-run/Symbols.h"

#include <dlfcn.h>

namespace nnc::run {
namespace {

/// The symbol to look up: the user's, or the only one.
bool chooseSymbol(const Options &options, std::string &symbol,
                  std::string &error) {
  symbol = options.symbol;
  if (!symbol.empty())
    return true;
  std::vector<std::string> names;
  if (!findModelSymbols(options.modelPath, names, error))
    return false;
  if (names.empty()) {
    error = "'" + options.modelPath + "' exports no model, that is no symbol " +
            "ending in '_model' [N801]";
    return false;
  }
  if (names.size() > 1) {
    error = "'" + options.modelPath + "' has several models, choose one with " +
            "--symbol:";
    for (const std::string &name : names)
      error += " " + name;
    error += " [N802]";
    return false;
  }
  symbol = names.front();
  return true;
}

} // namespace

LoadedModel::~LoadedModel() {
  nnc_weights_close(&weightsFile);
  if (library)
    dlclose(library);
}

bool LoadedModel::loadSymbol(const Options &options, std::string &error) {
  std::string symbol;
  if (!chooseSymbol(options, symbol, error))
    return false;
  // Without a slash dlopen would search the system's directories.
  std::string path = options.modelPath;
  if (path.find('/') == std::string::npos)
    path = "./" + path;
  library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    error = "cannot load '" + options.modelPath + "': " + dlerror() + " [N801]";
    return false;
  }
  void *address = dlsym(library, symbol.c_str());
  if (!address && options.symbol.empty()) {
    error =
        "cannot load '" + symbol + "' of '" + options.modelPath + "' [N801]";
    return false;
  }
  // The prefix of the model's symbols will do too.
  if (!address)
    address = dlsym(library, (symbol + "_model").c_str());
  if (!address) {
    error = "'" + options.modelPath + "' has no symbol '" + symbol + "' [N802]";
    return false;
  }
  model = static_cast<const nnc_model *>(address);
  if (model->abi_major != NNC_ABI_MAJOR) {
    error = "cannot use '" + symbol + "' of '" + options.modelPath +
            "': it has version " + std::to_string(model->abi_major) + "." +
            std::to_string(model->abi_minor) +
            " of the ABI, but this program reads version " +
            std::to_string(NNC_ABI_MAJOR) + " [N803]";
    return false;
  }
  if (const char *problem = nnc_model_check(model)) {
    error = "cannot use '" + symbol + "' of '" + options.modelPath +
            "': " + problem + " [N803]";
    return false;
  }
  return true;
}

bool LoadedModel::loadWeights(const Options &options, std::string &error) {
  if (model->weights_size == 0 && options.weightsPath.empty())
    return true;
  if (options.weightsPath.empty()) {
    // What the model looks like may be asked without them.
    bool needed =
        !options.info || options.measures() || !options.inputs.empty();
    if (needed)
      error = std::string("model '") + model->name +
              "' keeps its weights in a file; name it with --weights [N808]";
    return !needed;
  }
  const char *reason = nullptr;
  if (nnc_weights_open(options.weightsPath.c_str(), model, &weightsFile,
                       &reason) == NNC_OK)
    return true;
  error = "cannot use the weights '" + options.weightsPath + "': " + reason +
          " [N808]";
  return false;
}

bool LoadedModel::load(const Options &options, std::string &error) {
  return loadSymbol(options, error) && loadWeights(options, error);
}

} // namespace nnc::run
