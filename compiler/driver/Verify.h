//===- Verify.h - a model against recorded outputs --------------*- C++ -*-===//
//
// `nnc MODEL --verify SAMPLES.npz`: compiles the model for this machine, runs
// it on recorded inputs and compares what it computes with what was recorded.
// When the two disagree and outputs of layers were recorded too, the first
// layer that differs is named.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_DRIVER_VERIFY_H
#define NNC_COMPILER_DRIVER_VERIFY_H

#include "compiler/driver/Options.h"
#include "llvm/Support/LogicalResult.h"
#include "llvm/Support/raw_ostream.h"

namespace nnc {

/// Writes the comparison to `report`, everything else to `log`. Succeeds if all
/// recorded outputs agree.
llvm::LogicalResult verifyModel(const Options &options,
                                llvm::raw_ostream &report,
                                llvm::raw_ostream &log);

} // namespace nnc

#endif // NNC_COMPILER_DRIVER_VERIFY_H
