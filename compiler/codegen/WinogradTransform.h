//===- WinogradTransform.h - minimal filtering of tiles ----------*- C++
//-*-===//
//
// The matrices of F(m × m, 3 × 3), and weights in their transformed form. Pure
// functions of plain numbers.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_WINOGRADTRANSFORM_H
#define NNC_COMPILER_CODEGEN_WINOGRADTRANSFORM_H

#include "llvm/ADT/ArrayRef.h"
#include <cstdint>
#include <vector>

namespace nnc {

/// Row by row.
using Matrix = std::vector<std::vector<double>>;

struct WinogradTransform {
  /// The transform for m × m results, m = 2 or 4.
  static WinogradTransform get(int64_t size);

  int64_t size;
  /// A row of m + 2 inputs is multiplied by these from the first to the last;
  /// together they are Bᵀ. Sums that two results share are made once.
  std::vector<Matrix> input;
  /// The same for a row of m + 2 products; together they are Aᵀ.
  std::vector<Matrix> output;
  Matrix weights; ///< G, (m + 2) × 3

  /// Inputs along one axis of a tile.
  int64_t extent() const { return size + 2; }
};

/// G g Gᵀ, (m + 2)² elements, for the taps `g`, 3 × 3; both row by row.
void transformTaps(const WinogradTransform &transform,
                   llvm::ArrayRef<double> taps,
                   llvm::MutableArrayRef<double> result);

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_WINOGRADTRANSFORM_H
