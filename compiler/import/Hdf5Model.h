//===- Hdf5Model.h - what Keras stores in an HDF5 file ----------*- C++ -*-===//
//
// A whole-model .h5 or a .weights.h5, read in one go in a child process: the
// weights, and the model's config where the file has one.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_IMPORT_HDF5MODEL_H
#define NNC_COMPILER_IMPORT_HDF5MODEL_H

#include "compiler/import/Isolated.h"
#include "compiler/import/Weights.h"

namespace nnc {

struct Hdf5Model {
  /// The model as JSON; empty in a file of weights alone.
  std::string modelConfig;
  std::string kerasVersion; ///< "2.15.0"; empty if the file does not say
  std::string backend;      ///< "tensorflow"; empty if the file does not say
  std::vector<NamedTensor> weights;
};

/// Is this an HDF5 file, by its first bytes?
bool isHdf5(llvm::StringRef bytes);

/// Reads Keras's HDF5 file in `file`. Data that the file stores as it is in
/// memory is not copied: `weights` point into `file`.
llvm::Expected<Hdf5Model>
readHdf5Model(const std::shared_ptr<const llvm::MemoryBuffer> &file);

/// What the child process does for readHdf5Model.
IsolatedJob hdf5Job();

} // namespace nnc

#endif // NNC_COMPILER_IMPORT_HDF5MODEL_H
