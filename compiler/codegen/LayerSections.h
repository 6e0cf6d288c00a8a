//===- LayerSections.h - the layers of a body, one after the other -*- C++
//-*-===//
//
// Operations of a body that follow each other and belong to one layer are a
// section: what a profile times, and what it counts the life of buffers in.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_LAYERSECTIONS_H
#define NNC_COMPILER_CODEGEN_LAYERSECTIONS_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace nnc {

struct Section {
  mlir::StringAttr layer;
  llvm::SmallVector<mlir::Operation *> ops;
};

/// The sections of the body's first block. Operations without effects and
/// allocations belong to none; others without a layer belong to the section
/// around them, and to the body's name if there is no layer at all.
llvm::SmallVector<Section> findSections(mlir::func::FuncOp body);

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_LAYERSECTIONS_H
