//===- BatchedTypes.h - types of a model's values ---------------*- C++ -*-===//

#ifndef NNC_COMPILER_GRAPH_BATCHEDTYPES_H
#define NNC_COMPILER_GRAPH_BATCHEDTYPES_H

#include "dialect/NNOps.h"

namespace nnc {

/// The attribute of a linked model that gives the Keras class of each model it
/// called, by the call's name.
inline constexpr llvm::StringLiteral kCallsAttr = "nn.calls";

/// The model that the graph stage works on: the one that is linked.
nn::ModelOp getLinkedModel(mlir::ModuleOp module);

/// All that are: one, or its bodies for several batches.
llvm::SmallVector<nn::ModelOp> getLinkedModels(mlir::ModuleOp module);

/// Has the module been cloned into bodies of static batch already?
bool isSpecialized(mlir::ModuleOp module);

/// The nn.output of a checked model.
nn::OutputOp getOutput(nn::ModelOp model);

/// Bytes of one sample's state: all states one after the other in the widest
/// of their types, and as many for the next ones until a call has succeeded.
int64_t countStateBytes(nn::ModelOp model);

/// Where Keras keeps a layer of a wrapper: "forward_layer", "cells/gru_cell_1".
std::string getWrappedRole(mlir::Operation *op);

/// The symbol prefix of a layer's weights: "<model>.<layer>", and for a layer
/// of a wrapper that of the wrapper and its role.
std::string getWeightPrefix(nn::LayerOpInterface layer);

} // namespace nnc

#endif // NNC_COMPILER_GRAPH_BATCHEDTYPES_H
