//===- KerasAssets.h - vocabularies beside the weights ----------*- C++ -*-===//
//
// A lookup layer that has been adapted keeps its vocabulary, and with tf_idf
// its weights, outside of the config: in a text file of the archive's folder
// `assets`, and among the variables. Here they become keys of the layer.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_IMPORT_KERASASSETS_H
#define NNC_COMPILER_IMPORT_KERASASSETS_H

#include "compiler/import/KerasModel.h"
#include "compiler/import/Weights.h"
#include "mlir/IR/BuiltinOps.h"

namespace nnc {

/// The vocabulary in the file `name` of an archive, as a tensor whose origin is
/// its layer's place, next to the weights. Nothing if the file is another, or
/// not of integers: a layer that works on strings is refused as such.
std::optional<NamedTensor> readVocabulary(llvm::StringRef name,
                                          llvm::StringRef text);

/// Gives the lookups of `module`, which `model` has been built into, the
/// vocabularies and the tf_idf weights that are in the file. The latter vanish
/// from `weights`, whose names are those of assignWeights.
void placeVocabularies(mlir::ModuleOp module, KerasModel &model,
                       std::vector<NamedTensor> vocabularies,
                       std::vector<NamedTensor> &weights);

} // namespace nnc

#endif // NNC_COMPILER_IMPORT_KERASASSETS_H
