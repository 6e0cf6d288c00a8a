//===- WeightsFile.h - weights apart from the code --------------*- C++ -*-===//
//
// The file that --weights-out writes: nnc_weights_header of nnc/abi.h and, from
// byte 64 on, the blob that the code reads.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_EMIT_WEIGHTSFILE_H
#define NNC_COMPILER_EMIT_WEIGHTSFILE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include <cstdint>

namespace nnc {

/// The whole file; `fingerprint` is that of the blob's layout.
llvm::SmallVector<char, 0> makeWeightsFile(llvm::ArrayRef<char> payload,
                                           uint64_t fingerprint);

} // namespace nnc

#endif // NNC_COMPILER_EMIT_WEIGHTSFILE_H
