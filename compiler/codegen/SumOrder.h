//===- SumOrder.h - in which order a reduction adds --------------*- C++
//-*-===//
//
// The order of every sum is fixed once, as a function of the length of the
// reduction and the target only. Batch, tiles, remainders and threads obey
// it, so that they all give the same bits.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_SUMORDER_H
#define NNC_COMPILER_CODEGEN_SUMORDER_H

#include "llvm/ADT/StringRef.h"
#include <cstdint>

namespace nnc {

/// The discardable attribute on a reduction: `nnc.sum = P : i64`, P a power of
/// two. P = 1: one running sum, in the order of the loops. P > 1: along the
/// innermost loop there are P partial sums, element k goes to sum k mod P in
/// ascending order of k, and then sum i takes in sum i + P/2, then i + P/4, …
/// until one is left, which is added to the value that was there before.
/// Outer reduction loops run in their order around this.
inline constexpr llvm::StringLiteral kSumAttr = "nnc.sum";

/// How many partial sums a contiguous reduction over `extent` elements keeps:
/// two vectors' worth where at least two rounds fill them, otherwise fewer,
/// and one for short sums.
int64_t partialSums(int64_t extent, unsigned elementBytes,
                    unsigned vectorBytes);

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_SUMORDER_H
