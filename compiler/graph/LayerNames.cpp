//===- LayerNames.cpp - names as Keras makes them -------------------------===//
//
// Pure functions: a layer left unnamed by its author is called as Keras would
// call it, so that summaries, weights files and messages agree.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/LayerNames.h"
#include "compiler/model/Text.h"

using namespace nnc;

std::string LayerNamer::next(llvm::StringRef className) {
  // Keras exports one class under another name than it has in Python.
  std::string base = className == "GroupQueryAttention"
                         ? "grouped_query_attention"
                         : toSnakeCase(className);
  while (true) {
    unsigned count = counts[base]++;
    std::string name = count == 0 ? base : base + "_" + std::to_string(count);
    if (taken.insert(name).second)
      return name;
  }
}
