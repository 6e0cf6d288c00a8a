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

/// Objects that Keras puts between a layer and its variables. `object` is what
/// the dialect says: "" or "forward_layer/".
static std::vector<std::string> getSubObjects(StringRef className,
                                              const std::string &object) {
  if (StringRef(object).ends_with("_dense/")) {
    // The projections of attention; Keras calls the layers in them otherwise.
    StringRef role = StringRef(object).drop_back(strlen("_dense/"));
    std::string layer = role == "output" ? "attention_output" : role.str();
    return {object, "_" + object, layer + "/"};
  }
  if (!object.empty())
    return {object, object + "cell/"};
  std::string cell = llvm::StringSwitch<StringRef>(className)
                         .Case("LSTM", "lstm_cell")
                         .Case("GRU", "gru_cell")
                         .Case("SimpleRNN", "simple_rnn_cell")
                         .StartsWith("ConvLSTM", "conv_lstm_cell")
                         .Default("")
                         .str();
  if (cell.empty())
    return {""};
  return {"", "cell/", cell + "/"};
}

/// Names that a variable goes by: Keras 2 called some otherwise.
static std::vector<std::string> getVariableNames(const VariableName &name,
                                                 StringRef variable) {
  std::vector<std::string> names = {variable.str(),
                                    std::to_string(name.inObject)};
  if (name.className == "DepthwiseConv2D" && variable == "kernel")
    names.push_back("depthwise_kernel");
  return names;
}

/// What stands between the outermost wrapper and the variable: one way of each
/// step, joined. A wrapper without an entry of its own has an empty one.
static std::vector<std::string> getInsides(const VariableName &name) {
  std::vector<std::string> paths = {""};
  for (const std::vector<std::string> &step : name.inside) {
    std::vector<std::string> longer;
    for (const std::string &path : paths)
      for (const std::string &way : step)
        longer.push_back(way.empty() ? path : path + way + "/");
    paths = std::move(longer);
  }
  return paths;
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
  StringRef variable = name.variable;
  size_t slash = variable.rfind('/');
  std::string object =
      slash == StringRef::npos ? "" : variable.take_front(slash + 1).str();
  variable = variable.drop_front(object.size());
  std::vector<std::string> paths;
  for (const std::string &model : {name.entry + "/", std::string()})
    for (const std::string &layer : layers) {
      for (const std::string &inside : getInsides(name))
        for (const std::string &inner : getSubObjects(name.className, object))
          for (const std::string &word : getVariableNames(name, variable))
            // A position alone would be that of the wrapper's own variable.
            if (name.inside.empty() || !inside.empty() || word == variable)
              paths.push_back(model + layer + "/" + inside + inner + word);
      // What the importer knows the place of in the whole layer.
      for (const std::string &inside : getInsides(name))
        if (name.inside.empty() || !inside.empty())
          paths.push_back(model + layer + "/" + inside + "#" +
                          std::to_string(name.position));
    }
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
