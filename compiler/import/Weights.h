//===- Weights.h - reading weight files -------------------------*- C++ -*-===//
//
// A weights file as a flat list of named tensors, whatever its format: Keras's
// HDF5 layouts, safetensors or npz. The format is told from the content, never
// from the name. Values stay as they were stored; converting them to what a
// layer needs, and deciding which layer gets them, is the caller's.
//
// Files are untrusted: a bad one yields a one-line error. No reader allocates
// more than a fixed multiple (1032, deflate's best ratio) of the file's size.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_IMPORT_WEIGHTS_H
#define NNC_COMPILER_IMPORT_WEIGHTS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace nnc {

/// One tensor of a weights file.
///
/// `path` depends on what the format records:
///   - safetensors, npz: the tensor's name as stored ("mlp/dense/kernel"; npz
///     without ".npy");
///   - Keras 3 HDF5 stores variables by position: "<layer name>/<k>", with
///     the attribute names of nested objects ("lstm/cell/0",
///     "bidirectional/forward_layer/cell/2", "mha/query_dense/1") and the
///     names of enclosing models ("inner/dense/0") in between;
///   - Keras 2 and whole-model HDF5: "<layer name>/<variable name>"
///     ("dense/kernel", "bidirectional/forward_lstm/lstm_cell/bias").
struct NamedTensor {
  std::string path;
  /// Where an HDF5 file has it: "layers/dense_1/vars/0", or in a file that
  /// lists its layers "<layer>//<weight's name>". Empty in other formats.
  std::string origin;
  std::string dtype; ///< numpy's name: "float32", "bfloat16", "int64", "bool"
  std::vector<int64_t> shape; ///< empty: a scalar
  /// The elements, row-major and little-endian; not necessarily aligned.
  llvm::ArrayRef<char> data;
  /// What `data` points into. Tensors of one file may share it.
  std::shared_ptr<const llvm::MemoryBuffer> storage;
};

/// All tensors of the file at `path`; errors begin with the path. The order is
/// that of the layers' variables where the format has one, else by name.
llvm::Expected<std::vector<NamedTensor>> readWeights(llvm::StringRef path);

/// The same for a file that is in memory, such as a member of an archive.
llvm::Expected<std::vector<NamedTensor>>
readWeights(const std::shared_ptr<const llvm::MemoryBuffer> &file);

/// Bytes of one element of `dtype` (numpy's name); 0 if it is not one of ours.
unsigned dtypeBytes(llvm::StringRef dtype);

} // namespace nnc

#endif // NNC_COMPILER_IMPORT_WEIGHTS_H
