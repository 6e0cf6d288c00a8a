//===- Einsum.h - sums over products, by equation ---------------*- C++ -*-===//
//
// An einsum says by letters which axes of its operands run together: in
// "abc,cd->abd" axis c of both is summed over. Here equations are read and
// checked against shapes, as pure functions; the layers' shapes and the loops
// that compute them follow from the result.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_DIALECT_EINSUM_H
#define NNC_DIALECT_EINSUM_H

#include "dialect/ShapeInference.h"
#include "llvm/ADT/StringRef.h"
#include <vector>

namespace nnc::nn {

/// An equation with the shapes it is applied to. Letters, and the axes that an
/// ellipsis stands for, are numbered: these are the indices.
struct Einsum {
  llvm::SmallVector<llvm::SmallVector<unsigned>> operands; ///< index per axis
  llvm::SmallVector<Shape> shapes;                         ///< of the operands
  llvm::SmallVector<unsigned> result;                      ///< index per axis
  Shape extents;                                           ///< by index

  Shape resultShape() const;
  /// Whether the index is summed over.
  bool isContracted(unsigned index) const;
  /// Whether the operand repeats its one element along the axis.
  bool isRepeated(unsigned operand, unsigned axis) const;
};

/// Reads an equation such as "abc,cd->abd" or "...x,xy->...y", with numpy's
/// rules: blanks do not count, a missing result has the letters that occur once
/// in alphabetical order, extents of 1 repeat.
llvm::Expected<Einsum> analyzeEinsum(llvm::StringRef equation,
                                     llvm::ArrayRef<Shape> shapes);

/// The same with at most two operands in each: more are contracted from left to
/// right, and the first operand of each einsum behind the first is the result
/// of the one before.
std::vector<Einsum> pairwise(const Einsum &einsum);

/// The same sums with fewer indices: those that are neighbours, in one order,
/// wherever they occur become one, so that "abc,cde->abde" is a product of
/// matrices. Operands and result are to be reshaped to `shapes` and
/// resultShape(). All extents must be known.
Einsum mergeIndices(const Einsum &einsum);

/// The indices as loops, outermost first. What is contiguous in memory is
/// innermost: the result's last axis where it is the last of an operand, too,
/// or else a sum.
llvm::SmallVector<unsigned> orderLoops(const Einsum &einsum);

/// What an EinsumDense has.
struct EinsumDenseShapes {
  Shape kernel, bias, result;
};

/// Keras's rules for EinsumDense: `outputShape` is without the batch and what
/// an ellipsis stands for, kDynamic where the equation says it. `biasAxes` is
/// empty for no bias.
llvm::Expected<EinsumDenseShapes> inferEinsumDense(llvm::StringRef equation,
                                                   llvm::StringRef biasAxes,
                                                   ShapeRef input,
                                                   ShapeRef outputShape);

} // namespace nnc::nn

#endif // NNC_DIALECT_EINSUM_H
