//===- WinogradTiles.h - the transform of one tile ---------------*- C++
//-*-===//
//
// Straight-line vector code that transforms the elements of a tile, for as many
// channels at a time as fit in a vector.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_WINOGRADTILES_H
#define NNC_COMPILER_CODEGEN_WINOGRADTILES_H

#include "compiler/codegen/WinogradTransform.h"

#include "mlir/IR/Builders.h"

namespace nnc {

/// The elements of a tile row by row.
struct TileElements {
  int64_t rows, columns;
  llvm::SmallVector<mlir::Value> values;

  TileElements(int64_t rows, int64_t columns)
      : rows(rows), columns(columns), values(rows * columns) {}
  mlir::Value &at(int64_t row, int64_t column) {
    return values[row * columns + column];
  }
};

/// `steps` · tile · `steps`ᵀ, from the first step to the last. All elements
/// have one type, a float or a vector of floats.
TileElements transformTile(mlir::OpBuilder &builder, mlir::Location loc,
                           llvm::ArrayRef<Matrix> steps, TileElements tile,
                           mlir::Type type);

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_WINOGRADTILES_H
