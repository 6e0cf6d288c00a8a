//===- Passes.h - the passes of the graph stage -----------------*- C++ -*-===//

#ifndef NNC_COMPILER_GRAPH_PASSES_H
#define NNC_COMPILER_GRAPH_PASSES_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace nnc {

#define GEN_PASS_DECL
#include "compiler/graph/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "compiler/graph/Passes.h.inc"

} // namespace nnc

#endif // NNC_COMPILER_GRAPH_PASSES_H
