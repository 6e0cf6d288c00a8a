//===- Samples.h - recorded inputs and outputs of a model -------*- C++ -*-===//
//
// What somebody recorded of a model, in an .npz file: inputs, the outputs that
// belong to them, and outputs of layers if he likes. Values of any type become
// double, which holds what all of ours but the largest 64-bit integers do; and
// the measure by which two runs agree.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_DRIVER_SAMPLES_H
#define NNC_COMPILER_DRIVER_SAMPLES_H

#include "compiler/import/Weights.h"
#include "llvm/ADT/StringMap.h"
#include <optional>

namespace nnc {

class Samples {
public:
  /// Reads the file; errors name it.
  static llvm::Expected<Samples> read(llvm::StringRef path);

  explicit Samples(std::vector<NamedTensor> tensors);

  /// The tensor of the first of `keys` that is there; null if none is.
  const NamedTensor *find(llvm::ArrayRef<std::string> keys) const;

  /// The layers with a recorded output: "conv1", "lstm:1" for a second one.
  std::vector<std::string> layers() const;

private:
  std::vector<NamedTensor> tensors;
  llvm::StringMap<size_t> byName;
};

/// The key in the file of what layers() returns, and the name of the output
/// that the model then has.
std::string layerKey(llvm::StringRef layer);

/// All elements, which must be of one of numpy's types that dtypeBytes knows.
std::vector<double> toDoubles(llvm::StringRef dtype,
                              llvm::ArrayRef<char> bytes);

/// Writes `value` as one element of `dtype`. False if that is an integer type
/// which cannot hold it.
bool fromDouble(double value, llvm::StringRef dtype, char *to);

/// How far two runs of a model are apart.
struct Difference {
  double absolute = 0; ///< the largest error
  double relative = 0; ///< the largest error as a part of its value
  double share = 0;    ///< the largest error as a part of what is allowed
  size_t where = 0;    ///< the element of that one
};

/// Allowed is an error of `tolerance` of the value itself, and on top of it a
/// tenth of that of the largest value (or of 1, if all are smaller).
inline constexpr double kDefaultTolerance = 1e-4;
Difference compareValues(llvm::ArrayRef<double> ours,
                         llvm::ArrayRef<double> recorded, double tolerance);

} // namespace nnc

#endif // NNC_COMPILER_DRIVER_SAMPLES_H
