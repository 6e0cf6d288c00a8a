//===- Wrappers.h - what is in a wrapper's regions --------------*- C++ -*-===//
//
// As written, a region holds layers without operands, each below the one that
// it takes; link gives it arguments, operands and an nn.output at its end.
// Anybody may have written either form: what is not there is null, never a
// crash.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_DIALECT_WRAPPERS_H
#define NNC_DIALECT_WRAPPERS_H

#include "dialect/NNOps.h"

namespace nnc::nn {

/// The only block of region `index`; null where there is no such region, or one
/// of another form.
mlir::Block *getWrappedBlock(mlir::Operation *wrapper, unsigned index);

/// The nn.output that ends a connected region; null before link.
OutputOp getWrappedOutput(mlir::Operation *wrapper, unsigned index);

/// The shapes of what region `index` gives; empty where they are not known.
llvm::SmallVector<Shape> getWrappedShapes(mlir::Operation *wrapper,
                                          unsigned index);

/// The type of one step of `sequence`, (batch, steps, …); null for fewer axes.
mlir::RankedTensorType getStepType(mlir::RankedTensorType sequence);

/// Whether layers in a wrapper of this kind may be of this operation.
bool isWrappable(WrappedKind kind, mlir::Operation *op);

/// Multiply-accumulates of all that the wrapper holds, for one application.
int64_t countWrappedMacs(mlir::Operation *wrapper);

} // namespace nnc::nn

#endif // NNC_DIALECT_WRAPPERS_H
