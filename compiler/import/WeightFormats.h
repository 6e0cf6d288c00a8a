//===- WeightFormats.h - the readers behind readWeights ---------*- C++ -*-===//
//
// One function per format, and what they share: errors that stay on one line
// whatever a file's names contain, and sizes that cannot overflow. Private to
// the folder; everybody else includes Weights.h.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_IMPORT_WEIGHTFORMATS_H
#define NNC_COMPILER_IMPORT_WEIGHTFORMATS_H

#include "compiler/import/Hdf5Model.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace nnc {

class Hdf5File;
struct Hdf5Object;
using WeightsFile = std::shared_ptr<const llvm::MemoryBuffer>;

/// Reads an HDF5 file in this process, which it may crash: what the child of
/// readHdf5Model does. Data may point into `bytes`.
llvm::Expected<Hdf5Model> readHdf5Here(llvm::StringRef bytes);

/// The weights below `root` of an open file, in either of Keras's layouts.
llvm::Expected<std::vector<NamedTensor>>
readHdf5Weights(Hdf5File &file, const Hdf5Object &root);

/// The answer of the process that read an HDF5 file, and its reading, which
/// believes nothing that it has not checked. Tensors point into `input`, the
/// file, and `answer`.
void writeHdf5Answer(const Hdf5Model &model, llvm::StringRef input,
                     llvm::raw_ostream &os);
llvm::Expected<Hdf5Model>
readHdf5Answer(const WeightsFile &input,
               const std::shared_ptr<const llvm::MemoryBuffer> &answer);

llvm::Expected<std::vector<NamedTensor>>
readSafetensors(const WeightsFile &file);

llvm::Expected<std::vector<NamedTensor>> readNpz(const WeightsFile &file);

/// The weights of the files that a map names, `text`; `open` gives a file
/// beside it, or null.
llvm::Expected<std::vector<NamedTensor>> readShards(
    llvm::StringRef text,
    llvm::function_ref<llvm::Expected<WeightsFile>(llvm::StringRef)> open);

/// The most that deflate can expand: no honest member or dataset is larger
/// than this multiple of the bytes it takes in the file.
inline constexpr uint64_t kMaxExpansion = 1032;

/// The most that all members or datasets of a file of `bytes` bytes may take in
/// memory together. A single array of zeros reaches deflate's best ratio; files
/// of any size do not.
inline uint64_t expansionLimit(uint64_t bytes) {
  return std::min(llvm::SaturatingMultiply(bytes, kMaxExpansion),
                  llvm::SaturatingMultiplyAdd<uint64_t>(bytes, 64, 256 << 20));
}

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

/// The JSON parser recurses, so the depth is limited before it runs.
bool nestsDeeperThan(llvm::StringRef json, unsigned limit);

/// Memory for `bytes` bytes, or an error naming `what` if there is none.
llvm::Expected<std::unique_ptr<llvm::WritableMemoryBuffer>>
allocate(uint64_t bytes, const llvm::Twine &what);

} // namespace nnc

#endif // NNC_COMPILER_IMPORT_WEIGHTFORMATS_H
