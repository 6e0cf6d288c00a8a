//===- CheckCalls.h - calls of one model from another -----------*- C++ -*-===//

#ifndef NNC_COMPILER_GRAPH_CHECKCALLS_H
#define NNC_COMPILER_GRAPH_CHECKCALLS_H

#include "mlir/IR/BuiltinOps.h"

namespace nnc {

/// Reports calls of models that are not there, that have other inputs or
/// outputs, that lead back to the caller, or that make a model without bounds.
void checkCalls(mlir::ModuleOp module);

} // namespace nnc

#endif // NNC_COMPILER_GRAPH_CHECKCALLS_H
