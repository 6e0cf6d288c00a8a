//===- KerasBuilder.h - a plain Keras model to nn operations ----*- C++ -*-===//

#ifndef NNC_COMPILER_IMPORT_KERASBUILDER_H
#define NNC_COMPILER_IMPORT_KERASBUILDER_H

#include "compiler/import/KerasModel.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace nnc {

struct KerasBuildOptions {
  std::string file;             ///< for locations
  bool keepInitializers = true; ///< false where the file has the weights
  KerasVersion version;         ///< of the Keras that wrote it
};

/// Builds `model` and the models in it, and notes their symbols there. What a
/// layer cannot be is kept in an nn.malformed, which the checking pass reports;
/// an error is one that has no layer.
llvm::Expected<mlir::OwningOpRef<mlir::ModuleOp>>
buildKerasModel(mlir::MLIRContext &context, KerasModel &model,
                const KerasBuildOptions &options);

} // namespace nnc

#endif // NNC_COMPILER_IMPORT_KERASBUILDER_H
