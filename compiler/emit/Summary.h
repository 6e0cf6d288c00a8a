//===- Summary.h - what model.summary() prints ------------------*- C++ -*-===//
//
// The table of a model's layers exactly as Keras prints it on a terminal of 80
// columns, so that both can be compared as text; and behind an option, what
// somebody who deploys the model asks: work per layer, memory, weights.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_EMIT_SUMMARY_H
#define NNC_COMPILER_EMIT_SUMMARY_H

#include "compiler/model/ModelInfo.h"
#include <string>

namespace nnc {

struct SummaryOptions {
  /// Adds a second table (MACs, FLOPs and bytes of weights per layer) and the
  /// totals, with the workspace where it is planned already.
  bool details = false;
};

std::string emitSummary(const ModelInfo &model, const SummaryOptions &options);

} // namespace nnc

#endif // NNC_COMPILER_EMIT_SUMMARY_H
