//===- LayerTable.h - the layers and their keys as plain data ---*- C++ -*-===//
//
// What an editor offers while one types: every layer, its keys with what they
// expect, and Keras's defaults.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_DIALECT_LAYERTABLE_H
#define NNC_DIALECT_LAYERTABLE_H

#include "mlir/IR/MLIRContext.h"
#include <string>
#include <vector>

namespace nnc::nn {

struct KeyInfo {
  std::string name;         ///< "activation"
  std::string expects;      ///< "the name of an activation"
  std::string defaultValue; ///< as the author would write it; may be empty
  bool required = false;
  bool trainingOnly = false; ///< kept, and never read
};

struct LayerInfo {
  std::string name;       ///< "dense", as behind `nn.`
  std::string kerasClass; ///< "Dense"
  std::vector<KeyInfo> keys;
};

/// All layers, by name. Loads the dialect into `context`.
std::vector<LayerInfo> describeLayers(mlir::MLIRContext &context);

} // namespace nnc::nn

#endif // NNC_DIALECT_LAYERTABLE_H
