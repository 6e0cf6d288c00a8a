//===- Margin.h - padding that a reduction can leave out ---------*- C++
//-*-===//
//
// Zeros around the input of a convolution add nothing to its sums, and -inf
// nothing to a maximum: such a pad is not made, the reduction only skips what
// lies outside.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_MARGIN_H
#define NNC_COMPILER_CODEGEN_MARGIN_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include <optional>

namespace nnc {

/// An input without its padding, and the map that reads it in its place.
struct Margin {
  mlir::Value inner;
  mlir::AffineMap map;
};

/// The margin of `input`, if it is a pad whose elements change no result and
/// whose borders are cheap to skip. A skipped product of a zero and an
/// infinite weight gives no NaN.
std::optional<Margin> findMargin(mlir::linalg::GenericOp op,
                                 mlir::OpOperand &input);

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_MARGIN_H
