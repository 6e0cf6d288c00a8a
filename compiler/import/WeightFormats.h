//===- WeightFormats.h - the readers behind readWeights ---------*- C++ -*-===//
//
// One function per format, and what they share: errors that stay on one line
// whatever a file's names contain, and sizes that cannot overflow. Private to
// the folder; everybody else includes Weights.h.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_IMPORT_WEIGHTFORMATS_H
#define NNC_COMPILER_IMPORT_WEIGHTFORMATS_H

#include "compiler/import/Weights.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/raw_ostream.h"

namespace nnc {

using WeightsFile = std::shared_ptr<const llvm::MemoryBuffer>;

llvm::Expected<std::vector<NamedTensor>> readHdf5(const WeightsFile &file);
llvm::Expected<std::vector<NamedTensor>>
readSafetensors(const WeightsFile &file);

/// Writes tensors as a safetensors file, which keeps their order.
llvm::Error writeSafetensors(llvm::ArrayRef<NamedTensor> tensors,
                             llvm::raw_ostream &os);
llvm::Expected<std::vector<NamedTensor>> readNpz(const WeightsFile &file);

/// The most that deflate can expand: no honest member or dataset is larger
/// than this multiple of the bytes it takes in the file.
inline constexpr uint64_t kMaxExpansion = 1032;

/// An error if two tensors have one path.
llvm::Error checkUnique(llvm::ArrayRef<NamedTensor> tensors);

/// An error with this one-line message.
llvm::Error weightsError(const llvm::Twine &message);

/// A name out of a file in quotes: printable, and of bounded length.
std::string quotedName(llvm::StringRef name);

/// Bytes of a dense tensor; an error naming `what` if a dimension is negative
/// or the product does not fit 63 bits.
llvm::Expected<uint64_t> tensorBytes(llvm::ArrayRef<int64_t> shape,
                                     unsigned elementBytes,
                                     const llvm::Twine &what);

/// Memory for `bytes` bytes, or an error naming `what` if there is none.
llvm::Expected<std::unique_ptr<llvm::WritableMemoryBuffer>>
allocate(uint64_t bytes, const llvm::Twine &what);

} // namespace nnc

#endif // NNC_COMPILER_IMPORT_WEIGHTFORMATS_H
