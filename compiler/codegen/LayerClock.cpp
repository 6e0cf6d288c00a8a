//===- LayerClock.cpp - the clock that layers are timed with --------------===//
//
// See LayerClock.h.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/LayerClock.h"

namespace nnc {

llvm::StringRef findClock(const llvm::Triple &triple) {
  // rdtsc; it has counted at a constant rate, whatever the frequency, for long.
  if (triple.isX86())
    return "llvm.readcyclecounter";
  // cntvct_el0 and rdtime; systems keep the counters of cycles to themselves.
  if (triple.isAArch64() || triple.isRISCV())
    return "llvm.readsteadycounter";
  return "";
}

} // namespace nnc
