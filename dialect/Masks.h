//===- Masks.h - which steps of a layer's results count ---------*- C++ -*-===//
//
// Keras's masks are tensors of bool, (batch, steps) mostly, that accompany a
// value from layer to layer. These are the rules by which layers give masks to
// their results, Keras's compute_mask; a layer's record names its rule. `masks`
// are those of the positional inputs, null where there is none. What a rule
// computes is built from bare operations; where the masks do not fit, it
// reports that and fails.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_DIALECT_MASKS_H
#define NNC_DIALECT_MASKS_H

#include "mlir/IR/Builders.h"
#include "mlir/Support/LLVM.h"
#include "llvm/ADT/SmallVector.h"

namespace nnc::nn {

class LayerOpInterface;
using MaskList = llvm::SmallVector<mlir::Value>;
using MasksOr = mlir::FailureOr<MaskList>;

/// The results have no mask.
MasksOr dropMasks(LayerOpInterface layer, mlir::OpBuilder &builder,
                  llvm::ArrayRef<mlir::Value> masks);

/// The first result has the first input's mask.
MasksOr passMasks(LayerOpInterface layer, mlir::OpBuilder &builder,
                  llvm::ArrayRef<mlir::Value> masks);

/// A step counts where it counts in any input, if all have masks.
MasksOr mergeMasks(LayerOpInterface layer, mlir::OpBuilder &builder,
                   llvm::ArrayRef<mlir::Value> masks);

/// The inputs' masks joined along the layer's axis; inputs without one count.
MasksOr concatenateMasks(LayerOpInterface layer, mlir::OpBuilder &builder,
                         llvm::ArrayRef<mlir::Value> masks);

/// With `return_sequences` the first result has the input's mask.
MasksOr sequenceMasks(LayerOpInterface layer, mlir::OpBuilder &builder,
                      llvm::ArrayRef<mlir::Value> masks);

/// The same, for both outputs where they are not merged.
MasksOr bidirectionalMasks(LayerOpInterface layer, mlir::OpBuilder &builder,
                           llvm::ArrayRef<mlir::Value> masks);

/// With `mask_zero` what is not zero in the input counts.
MasksOr nonzeroMasks(LayerOpInterface layer, mlir::OpBuilder &builder,
                     llvm::ArrayRef<mlir::Value> masks);

/// The same, unless the layer goes in reverse.
MasksOr reversibleMasks(LayerOpInterface layer, mlir::OpBuilder &builder,
                        llvm::ArrayRef<mlir::Value> masks);

/// A step counts if any of its features is not `mask_value`.
MasksOr valueMasks(LayerOpInterface layer, mlir::OpBuilder &builder,
                   llvm::ArrayRef<mlir::Value> masks);

/// `mask` with elements of bool: those of other types count if not zero.
mlir::FailureOr<mlir::Value> makeBoolMask(LayerOpInterface layer,
                                          mlir::OpBuilder &builder,
                                          mlir::Value mask);

} // namespace nnc::nn

#endif // NNC_DIALECT_MASKS_H
