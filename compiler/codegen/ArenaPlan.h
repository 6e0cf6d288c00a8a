//===- ArenaPlan.h - where each buffer lies in the arena ---------*- C++
//-*-===//
//
// A body's buffers share one block of memory. Given each buffer's size and
// the time it is in use, this finds offsets such that buffers in use at the
// same time never overlap.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_ARENAPLAN_H
#define NNC_COMPILER_CODEGEN_ARENAPLAN_H

#include "llvm/ADT/ArrayRef.h"
#include <cstdint>
#include <optional>
#include <vector>

namespace nnc {

/// Where arenas, weights and states are aligned to, in bytes.
inline constexpr int64_t kAlignment = 64;

/// `bytes` rounded up to kAlignment; nullopt on overflow or if negative.
std::optional<int64_t> alignedBytes(int64_t bytes);

/// A buffer that is in use from time `first` to time `last`, both included.
struct ArenaBuffer {
  int64_t bytes;
  int64_t first;
  int64_t last;
};

struct ArenaPlan {
  std::vector<int64_t> offsets; ///< of each buffer, multiples of kAlignment
  int64_t bytes = 0;            ///< of the whole arena
  int64_t lowerBound = 0;       ///< most bytes in use at one time
};

/// Plans the arena; nullopt if a size is negative or the sum overflows. The
/// result depends on nothing but the buffers in their order.
std::optional<ArenaPlan> planArena(llvm::ArrayRef<ArenaBuffer> buffers);

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_ARENAPLAN_H
