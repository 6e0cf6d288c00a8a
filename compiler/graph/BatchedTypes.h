//===- BatchedTypes.h - types of a model's values ---------------*- C++ -*-===//

#ifndef NNC_COMPILER_GRAPH_BATCHEDTYPES_H
#define NNC_COMPILER_GRAPH_BATCHEDTYPES_H

#include "dialect/NNOps.h"

namespace nnc {

/// The attribute of a linked model that gives the Keras class of each model it
/// called, by the call's name.
inline constexpr llvm::StringLiteral kCallsAttr = "nn.calls";

/// The element type of a Keras dtype that the dialect has.
mlir::Type getElementType(mlir::MLIRContext *context, llvm::StringRef dtype);

/// Keras's name of an element type: "float32".
llvm::StringRef getDTypeName(mlir::Type type);

/// The model that the graph stage works on: the one that is linked.
nn::ModelOp getLinkedModel(mlir::ModuleOp module);

/// All that are: one, or its bodies for several batches.
llvm::SmallVector<nn::ModelOp> getLinkedModels(mlir::ModuleOp module);

/// Has the module been cloned into bodies of static batch already?
bool isSpecialized(mlir::ModuleOp module);

/// The nn.output of a checked model.
nn::OutputOp getOutput(nn::ModelOp model);

/// The symbol prefix of a layer's weights: "<model>.<layer>".
std::string getWeightPrefix(nn::LayerOpInterface layer);

} // namespace nnc

#endif // NNC_COMPILER_GRAPH_BATCHEDTYPES_H
