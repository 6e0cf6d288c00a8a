//===- LayerLoc.h - which layer an operation belongs to ----------*- C++
//-*-===//
//
// Codegen knows nothing of layers but their names, which operations carry in
// their locations from the graph on. Lookups for those who show them.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_LAYERLOC_H
#define NNC_COMPILER_CODEGEN_LAYERLOC_H

#include "mlir/IR/Location.h"

namespace nnc {

/// The first location of type T inside of `loc`, or null.
template <typename T> T findLocation(mlir::Location loc) {
  T found;
  loc->walk([&](mlir::Location inner) {
    found = mlir::dyn_cast<T>(inner);
    return found ? mlir::WalkResult::interrupt() : mlir::WalkResult::advance();
  });
  return found;
}

/// The layer's name, or null. Of several, fused into one operation, the first.
inline mlir::StringAttr findLayerName(mlir::Location loc) {
  auto name = findLocation<mlir::NameLoc>(loc);
  return name ? name.getName() : mlir::StringAttr();
}

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_LAYERLOC_H
