//===- TileSizes.h - DECIDE: how a kernel is blocked -------------*- C++
//-*-===//
//
// The cost model: pure functions of plain numbers. All heuristics are here.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_TILESIZES_H
#define NNC_COMPILER_CODEGEN_TILESIZES_H

#include "compiler/codegen/KernelNest.h"

namespace nnc {

/// What blocking depends on of a CPU.
struct TileTarget {
  unsigned vectorBytes = 16, vectorRegisters = 16;
  int64_t l1Bytes = 32 * 1024, l2Bytes = 256 * 1024;
  bool loadsFirst = false; ///< as TargetModel has it
};

struct TileSizes {
  int64_t rows = 1, columns = 1;
  bool columnsOuter = false, unrollTaps = false;
  int64_t tasks = 1;
};

/// The blocks of a kernel on elements of `elementBytes`.
TileSizes chooseTileSizes(const KernelNest &nest, unsigned elementBytes,
                          const TileTarget &target);

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_TILESIZES_H
