//===- KerasArchive.h - the files that Keras saves a model in ---*- C++ -*-===//
//
// A .keras archive or folder, an HDF5 file with a model in it, or the JSON of
// model.to_json(): told apart by their content, and all the same afterwards.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_IMPORT_KERASARCHIVE_H
#define NNC_COMPILER_IMPORT_KERASARCHIVE_H

#include "compiler/import/KerasModel.h"
#include "compiler/import/Weights.h"

namespace nnc {

struct KerasFile {
  llvm::json::Value config = nullptr;
  KerasVersion version;
  std::vector<NamedTensor>
      weights; ///< none where the file has the config alone
  std::vector<NamedTensor> vocabularies; ///< beside the config
};

/// Is the folder, or the content of a file, one of Keras's?
bool isKerasFolder(llvm::StringRef path);
bool isKerasFile(llvm::StringRef bytes);

llvm::Expected<KerasFile> readKerasFolder(llvm::StringRef path);
llvm::Expected<KerasFile>
readKerasFile(const std::shared_ptr<const llvm::MemoryBuffer> &file);

} // namespace nnc

#endif // NNC_COMPILER_IMPORT_KERASARCHIVE_H
