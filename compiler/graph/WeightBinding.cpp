//===- WeightBinding.cpp - which weight of a file is whose ----------------===//
//
// Pure functions on names; see the header. Sources: Keras's saving_lib (by
// position below `vars`), its legacy HDF5 layout (by variable name) and what
// people write into safetensors and npz by hand.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/WeightBinding.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace nnc;
using llvm::StringRef;

/// Objects that Keras puts between a layer and its variables.
static std::vector<std::string> getSubObjects(StringRef className) {
  std::string cell = llvm::StringSwitch<StringRef>(className)
                         .Case("LSTM", "lstm_cell")
                         .Case("GRU", "gru_cell")
                         .Case("SimpleRNN", "simple_rnn_cell")
                         .Default("")
                         .str();
  if (cell.empty())
    return {""};
  return {"", "cell/", cell + "/"};
}

/// Names that a variable goes by: Keras 2 called some otherwise.
static std::vector<std::string> getVariableNames(const VariableName &name) {
  std::vector<std::string> names = {name.variable,
                                    std::to_string(name.position)};
  if (name.className == "DepthwiseConv2D" && name.variable == "kernel")
    names.push_back("depthwise_kernel");
  return names;
}

std::vector<std::string> nnc::getFilePaths(const VariableName &name) {
  std::vector<std::string> layers;
  if (!name.ambiguous || name.owner.empty() || name.owner == name.entry)
    layers.push_back(name.layer);
  if (!name.scope.empty())
    layers.insert(layers.begin(), name.scope + "/" + name.layer);
  if (!name.owner.empty() && name.owner != name.entry &&
      name.owner != name.scope)
    layers.insert(layers.begin(), name.owner + "/" + name.layer);
  std::vector<std::string> paths;
  for (const std::string &model : {name.entry + "/", std::string()})
    for (const std::string &layer : layers)
      for (const std::string &object : getSubObjects(name.className))
        for (const std::string &variable : getVariableNames(name))
          paths.push_back(model + layer + "/" + object + variable);
  return paths;
}

std::string nnc::normalizeFilePath(StringRef path) {
  auto [stem, suffix] = path.rsplit(':');
  unsigned number;
  if (!suffix.empty() && !suffix.getAsInteger(10, number))
    path = stem;
  if (path.contains('/'))
    return path.str();
  // Dots separate where slashes do not, but a layer's name may hold dots, too:
  // only the last one is sure.
  auto [layer, variable] = path.rsplit('.');
  if (variable.empty())
    return path.str();
  return (layer + "/" + variable).str();
}
