//===- Npy.h - reading one .npy array ---------------------------*- C++ -*-===//
//
// The array format of numpy, versions 1 to 3: a header that is a Python dict
// (element type, order, shape), then the elements.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_IMPORT_NPY_H
#define NNC_COMPILER_IMPORT_NPY_H

#include "compiler/import/Weights.h"

namespace nnc {

/// The array in `file`, row-major and little-endian; the elements are not
/// copied unless their order demands it. `what` names it in errors and `path`
/// becomes the tensor's.
llvm::Expected<NamedTensor>
readNpy(std::unique_ptr<llvm::WritableMemoryBuffer> file, std::string path,
        llvm::StringRef what);

} // namespace nnc

#endif // NNC_COMPILER_IMPORT_NPY_H
