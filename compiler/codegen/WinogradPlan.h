//===- WinogradPlan.h - DECIDE: which convolutions, in what blocks -*- C++
//-*-===//
//
// The cost model of convolutions by Winograd: a pure function of plain numbers.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_WINOGRADPLAN_H
#define NNC_COMPILER_CODEGEN_WINOGRADPLAN_H

#include "llvm/ADT/ArrayRef.h"
#include <cstdint>
#include <optional>

namespace nnc {

/// A 3 × 3 convolution of stride 1: its results and its input channels.
struct ConvExtents {
  int64_t images = 1, height = 1, width = 1;
  int64_t inputs = 1, outputs = 1;
};

/// Blocks of images × rows × columns tiles of size × size results, of which
/// `channels` are made at a time. They are shared out to tasks, or with
/// shareChannels the channels of each block are.
struct WinogradPlan {
  int64_t size = 2;
  int64_t images = 1, rows = 1, columns = 1, channels = 1;
  int64_t tasks = 1;
  bool shareChannels = false;
};

/// Tiles of `size`, 0 for none, for all convolutions with one weight: the cost
/// that they save and the bytes by which the weight grows.
struct WinogradChoice {
  int64_t size = 0;
  int64_t saved = 0;
  int64_t grown = 0;
};

/// Columns of a panel of transformed weights.
inline constexpr int64_t kWinogradPanel = 16;

/// Channels on either side without which vectors stay half empty.
inline constexpr int64_t kFewestChannels = 8;

/// The cost of the convolution as it stands.
int64_t costOfDirect(const ConvExtents &conv);

/// The cost with tiles of `size`.
int64_t costOfWinograd(const ConvExtents &conv, int64_t size);

/// The bytes by which weights for tiles of `size` are larger than the taps.
int64_t grownBytes(const ConvExtents &conv, int64_t size);

/// Takes back what would make a model with `bytes` of weights too large, the
/// choices that save the least for their bytes first.
void limitGrowth(llvm::MutableArrayRef<WinogradChoice> choices, int64_t bytes);

/// The blocks for tiles of `size` on a CPU with a second cache of `l2Bytes`.
WinogradPlan planWinograd(const ConvExtents &conv, int64_t size,
                          int64_t l2Bytes);

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_WINOGRADPLAN_H
