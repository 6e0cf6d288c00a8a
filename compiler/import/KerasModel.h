//===- KerasModel.h - a Keras model as plain data ---------------*- C++ -*-===//
//
// What a config says, in the words of Keras 3 whichever version wrote it:
// layers, their keys, who calls whom. No MLIR operations and no weights yet.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_IMPORT_KERASMODEL_H
#define NNC_COMPILER_IMPORT_KERASMODEL_H

#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nnc {

/// Of the Keras that wrote a file.
struct KerasVersion {
  unsigned major = 0, minor = 0;
  bool theano = false; ///< what it computed with

  bool operator<(const KerasVersion &other) const {
    return std::pair(major, minor) < std::pair(other.major, other.minor);
  }
  /// "2.15.0"; nothing where the text is no version.
  static std::optional<KerasVersion> parse(llvm::StringRef text);
};

/// A result of a call: of which layer, of which of its calls, which of them.
struct KerasTensor {
  std::string layer; ///< empty: None was passed in a list
  int64_t call = 0, index = 0;
};

/// What one argument of a call is given: tensors, in Keras's order where it is
/// a structure of several, or else a constant.
struct KerasArgument {
  std::vector<KerasTensor> tensors;
  llvm::json::Value constant = nullptr;
};

struct KerasCall {
  std::vector<KerasArgument> positional;
  std::vector<std::pair<std::string, KerasArgument>> keywords;
};

struct KerasModel;
struct KerasWrapped;

/// How a file has a layer's weights: as Keras 3 does; a list for each gate, and
/// Conv1D's in two dimensions; in the layout of CuDNNLSTM and CuDNNGRU.
enum class WeightLayout { Keras3, Keras1, CuDNN };

/// Never copied: LLVM's json::Object does not survive a copy after an erase.
struct KerasLayer {
  KerasLayer() = default;
  KerasLayer(KerasLayer &&) = default;
  KerasLayer &operator=(KerasLayer &&) = default;

  std::string className; ///< Keras 3's: "Conv2D", for a bare op "ops.Add"
  std::string name;
  llvm::json::Object config; ///< its keys without the name and other layers
  std::vector<KerasCall> calls;
  std::vector<KerasWrapped> wrapped;
  std::shared_ptr<KerasModel> model; ///< what it is, if that is a model
  std::vector<std::string> refusals; ///< why it cannot be compiled
  WeightLayout layout = WeightLayout::Keras3;
  std::optional<int64_t> sharedId; ///< the same for every mention of a layer
  bool used = false;               ///< built: leads to an output

  bool isInput() const { return className == "InputLayer"; }
};

/// A layer that another holds: in which argument of its constructor.
struct KerasWrapped {
  std::string role; ///< "layer", "backward_layer", "cell", "cells", "layers"
  KerasLayer layer;
};

struct KerasModel {
  std::string name;
  std::string symbol; ///< in the module; the builder's
  bool sequential = false;
  std::vector<KerasLayer> layers; ///< begins with an input if it is sequential
  std::vector<KerasTensor> inputs, outputs;
  /// Keys of a dict of inputs or outputs; empty where it is a list.
  std::vector<std::string> inputNames, outputNames;

  const KerasLayer *find(llvm::StringRef layer) const;
};

/// Reads the config of a whole model. What is wrong with one layer is recorded
/// there; an error means that there is no telling what the model is.
llvm::Expected<KerasModel> readKerasModel(const llvm::json::Value &config,
                                          KerasVersion version);

/// Brings a layer of an older Keras into Keras 3's words.
void modernize(KerasLayer &layer, KerasVersion version);

/// The model's class name in Keras 3, "Sequential" or "Functional"; empty for
/// anything else.
llvm::StringRef getModelClass(llvm::StringRef className);

/// Keys that Keras writes and that change no result: those are left out where
/// the dialect's layer does not have them.
bool isHarmlessKey(llvm::StringRef key);

} // namespace nnc

#endif // NNC_COMPILER_IMPORT_KERASMODEL_H
