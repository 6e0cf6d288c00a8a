//===- Description.h - what a shared library tells of its model -*- C++ -*-===//
//
// A program that loads a model at run time learns how to call it from its
// nnc_model. Whoever shows it to people, as the Python package does, wants
// more: the layers, the summary, whether the outputs have names. A shared
// library has it as JSON, in the constant string `NAME_info`; an object does
// not, since all of it is known where the object is linked.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_EMIT_DESCRIPTION_H
#define NNC_COMPILER_EMIT_DESCRIPTION_H

#include "compiler/model/ModelInfo.h"
#include "mlir/IR/BuiltinOps.h"

namespace nnc {

/// Adds `NAME_info` to a module in the LLVM dialect: an object with `model`
/// (the ModelInfo) and `summary` (the text of --emit=summary).
void addDescription(mlir::ModuleOp module, const ModelInfo &model);

} // namespace nnc

#endif // NNC_COMPILER_EMIT_DESCRIPTION_H
