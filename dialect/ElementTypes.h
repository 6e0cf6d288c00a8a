//===- ElementTypes.h - element types of layers' values ---------*- C++ -*-===//
//
// The rules by which the element types of a layer's results follow from those
// of its operands (positional ones, then those passed by keyword) and its
// `dtype`. A layer's record names two of them: what its operands are converted
// to first, and what its results are then. The latter give one type for each
// result or an error that says what was found and what is needed.
//
// Element types have Keras's names: "float32", "int32", "bool" (i1). Signed
// integers are signless here, unsigned ones are MLIR's (ui8).
//
//===----------------------------------------------------------------------===//

#ifndef NNC_DIALECT_ELEMENTTYPES_H
#define NNC_DIALECT_ELEMENTTYPES_H

#include "mlir/IR/Types.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace nnc::nn {

class LayerOpInterface;

/// The element type of a Keras dtype that the dialect has; null for others.
mlir::Type getElementType(mlir::MLIRContext *context, llvm::StringRef dtype);

/// Keras's name of an element type: "float32".
llvm::StringRef getDTypeName(mlir::Type type);

/// The type that a value of `a` and one of `b` have in common: that of their
/// sum. Integers yield to floats, and a float of 16 bits to another.
mlir::Type promoteTypes(mlir::Type a, mlir::Type b);

/// What the layer's `dtype` says: the type that it computes in, and that of its
/// weights, which a mixed policy keeps in float32.
mlir::Type getComputeType(LayerOpInterface layer);
mlir::Type getVariableType(LayerOpInterface layer);

/// Whether Keras has quantized the layer's weights to int8.
bool isInt8Quantized(LayerOpInterface layer);

//===----------------------------------------------------------------------===//
// What operands are converted to
//===----------------------------------------------------------------------===//

using Types = llvm::SmallVector<mlir::Type>;

/// Keras's autocast: floats become the compute type, others stay.
Types castFloats(LayerOpInterface layer, llvm::ArrayRef<mlir::Type> operands);

/// The same, and all inputs and states become the compute type, as they do when
/// they are multiplied with it.
Types castToCompute(LayerOpInterface layer,
                    llvm::ArrayRef<mlir::Type> operands);

/// Keras's autocast, then all inputs become the type they have in common.
Types castToCommon(LayerOpInterface layer, llvm::ArrayRef<mlir::Type> operands);

/// Indices: integers become int32, those of 64 bits stay, and so do floats, of
/// at least 32 bits, so that one that is out of bounds can still be told.
Types castToIndices(LayerOpInterface layer,
                    llvm::ArrayRef<mlir::Type> operands);

/// Integers of a vocabulary or categories: all become int64; floats stay as
/// they are and are refused.
Types castToInt64(LayerOpInterface layer, llvm::ArrayRef<mlir::Type> operands);

/// The first operand as castToIndices has it, and weights for it in the compute
/// type.
Types castToCategories(LayerOpInterface layer,
                       llvm::ArrayRef<mlir::Type> operands);

/// Keras's floatx, whatever the layer's `dtype`.
Types castToFloat32(LayerOpInterface layer,
                    llvm::ArrayRef<mlir::Type> operands);

/// As castToCompute with `reverse`, otherwise as castToIndices.
Types castReversible(LayerOpInterface layer,
                     llvm::ArrayRef<mlir::Type> operands);

/// Queries, values and keys become the compute type, masks bool.
Types castAttention(LayerOpInterface layer,
                    llvm::ArrayRef<mlir::Type> operands);

/// No operand is converted.
Types keepOperands(LayerOpInterface layer, llvm::ArrayRef<mlir::Type> operands);

//===----------------------------------------------------------------------===//
// What results are
//===----------------------------------------------------------------------===//

using TypesOr = llvm::Expected<Types>;

/// The layer computes in its compute type: so are its inputs, masks apart, and
/// all results.
TypesOr inferFloatTypes(LayerOpInterface layer,
                        llvm::ArrayRef<mlir::Type> operands);

/// The layer moves elements and takes any: results are as its inputs, which
/// are of one type.
TypesOr keepTypes(LayerOpInterface layer, llvm::ArrayRef<mlir::Type> operands);

/// The layer does arithmetic in the type of its inputs, which are of one type
/// and no truth values.
TypesOr inferNumberTypes(LayerOpInterface layer,
                         llvm::ArrayRef<mlir::Type> operands);

/// The input holds indices, integers or whole floats; results are floats.
TypesOr inferLookupTypes(LayerOpInterface layer,
                         llvm::ArrayRef<mlir::Type> operands);

/// Results are as what the layer wraps gives.
TypesOr wrappedTypes(LayerOpInterface layer,
                     llvm::ArrayRef<mlir::Type> operands);

/// The result is what `dtype` says, whatever the input.
TypesOr inferCastTypes(LayerOpInterface layer,
                       llvm::ArrayRef<mlir::Type> operands);

/// int64 where the layer's `output_mode` is "int", and float32 for encodings,
/// whatever its `dtype`.
TypesOr inferModeTypes(LayerOpInterface layer,
                       llvm::ArrayRef<mlir::Type> operands);

/// The same of a layer that takes integers alone.
TypesOr inferVocabularyTypes(LayerOpInterface layer,
                             llvm::ArrayRef<mlir::Type> operands);

/// With `reverse` as inferFloatTypes, otherwise as inferLookupTypes.
TypesOr inferReversibleTypes(LayerOpInterface layer,
                             llvm::ArrayRef<mlir::Type> operands);

/// As inferFloatTypes, with masks of bool.
TypesOr inferAttentionTypes(LayerOpInterface layer,
                            llvm::ArrayRef<mlir::Type> operands);

} // namespace nnc::nn

#endif // NNC_DIALECT_ELEMENTTYPES_H
