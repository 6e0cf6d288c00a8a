//===- Graph.h - the graph stage --------------------------------*- C++ -*-===//
//
// nn → nn: a model as written becomes whole (checked, linked, shapes inferred,
// weights bound), is simplified, and is cloned into bodies of static batch.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_GRAPH_GRAPH_H
#define NNC_COMPILER_GRAPH_GRAPH_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"
#include <optional>
#include <string>
#include <vector>

namespace nnc {

struct GraphOptions {
  std::string model;               ///< which one, if the input has several
  std::string symbol;              ///< prefix of the C symbols
  std::vector<std::string> shapes; ///< "NAME=2x3" or "2x3"
  int64_t batch = 0;               ///< the only batch size; 0: any
  bool stateful = false;           ///< every recurrent layer keeps its state
  bool stream = false;             ///< any number of steps of time a call
  std::optional<uint64_t> seed;    ///< of weights that nobody gave
  std::vector<std::string> taps;   ///< layers whose results become outputs
  bool describeLayers = false;     ///< say what each layer costs, for a profile
};

/// Appends the stage's passes.
void buildGraphPipeline(mlir::OpPassManager &passes,
                        const GraphOptions &options);

/// For editors, in whose texts some layer is wrong most of the time: erases
/// from each model the operations that `isWrong` or that hold one, and all that
/// take something of theirs. What nothing uses then is the output.
void keepSoundPart(mlir::ModuleOp module,
                   llvm::function_ref<bool(mlir::Operation *)> isWrong);

} // namespace nnc

#endif // NNC_COMPILER_GRAPH_GRAPH_H
