//===- ModelInfoAttr.h - ModelInfo on the module -----------------*- C++
//-*-===//
//
// Reads and writes the module attribute that carries ModelInfo.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_MODELINFOATTR_H
#define NNC_COMPILER_CODEGEN_MODELINFOATTR_H

#include "compiler/model/ModelInfo.h"

#include "mlir/IR/BuiltinOps.h"

namespace nnc {

/// The module's ModelInfo; an empty one if it has none, an error if it cannot
/// be read.
mlir::FailureOr<ModelInfo> readModelInfo(mlir::ModuleOp module);

/// Puts it back, unless the module never had one: plain linalg stays plain.
void writeModelInfo(mlir::ModuleOp module, const ModelInfo &info);

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_MODELINFOATTR_H
