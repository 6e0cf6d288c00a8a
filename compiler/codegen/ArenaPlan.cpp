//===- ArenaPlan.cpp - where each buffer lies in the arena ----------------===//
//
// Optimal placement is NP-hard, but placing one buffer after the other into
// the tightest gap comes close. Which order is best differs between chains,
// branches and recurrent nets, so a few orders are tried and the smallest
// result wins.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/ArenaPlan.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/MathExtras.h"
#include <limits>
#include <numeric>

using namespace llvm;

namespace nnc {

std::optional<int64_t> alignedBytes(int64_t bytes) {
  if (bytes < 0 || bytes > std::numeric_limits<int64_t>::max() - kAlignment)
    return std::nullopt;
  return (bytes + kAlignment - 1) / kAlignment * kAlignment;
}

static bool liveTogether(const ArenaBuffer &a, const ArenaBuffer &b) {
  return a.first <= b.last && b.first <= a.last;
}

/// The offset of the smallest gap that takes `bytes` between the blocks
/// (offset, bytes), or the end of the last block.
static int64_t bestFit(SmallVectorImpl<std::pair<int64_t, int64_t>> &blocks,
                       int64_t bytes) {
  llvm::sort(blocks);
  int64_t end = 0;
  int64_t best = -1;
  int64_t bestGap = std::numeric_limits<int64_t>::max();
  for (auto [offset, size] : blocks) {
    int64_t gap = offset - end;
    if (gap >= bytes && gap < bestGap) {
      best = end;
      bestGap = gap;
    }
    end = std::max(end, offset + size);
  }
  return best >= 0 ? best : end;
}

/// Places the buffers in the given order.
static ArenaPlan place(ArrayRef<ArenaBuffer> buffers, ArrayRef<size_t> order) {
  ArenaPlan plan;
  plan.offsets.assign(buffers.size(), 0);
  SmallVector<size_t> placed;
  for (size_t index : order) {
    const ArenaBuffer &buffer = buffers[index];
    SmallVector<std::pair<int64_t, int64_t>> blocks;
    for (size_t other : placed)
      if (liveTogether(buffers[other], buffer))
        blocks.push_back({plan.offsets[other], buffers[other].bytes});
    int64_t offset = bestFit(blocks, buffer.bytes);
    plan.offsets[index] = offset;
    plan.bytes = std::max(plan.bytes, offset + buffer.bytes);
    placed.push_back(index);
  }
  return plan;
}

/// The most bytes in use at one time: it grows only where a buffer begins.
static int64_t largestSum(ArrayRef<ArenaBuffer> buffers) {
  int64_t most = 0;
  for (const ArenaBuffer &start : buffers) {
    int64_t sum = 0;
    for (const ArenaBuffer &buffer : buffers)
      if (buffer.first <= start.first && start.first <= buffer.last)
        sum += buffer.bytes;
    most = std::max(most, sum);
  }
  return most;
}

std::optional<ArenaPlan> planArena(ArrayRef<ArenaBuffer> buffers) {
  SmallVector<ArenaBuffer> rounded(buffers);
  int64_t total = 0;
  for (ArenaBuffer &buffer : rounded) {
    std::optional<int64_t> bytes = alignedBytes(buffer.bytes);
    if (!bytes || AddOverflow(total, *bytes, total))
      return std::nullopt;
    buffer.bytes = *bytes;
  }

  SmallVector<size_t> order(rounded.size());
  std::iota(order.begin(), order.end(), 0);
  ArenaPlan best = place(rounded, order);
  auto tryOrder = [&](function_ref<int64_t(const ArenaBuffer &)> key) {
    llvm::stable_sort(order, [&](size_t a, size_t b) {
      return key(rounded[a]) > key(rounded[b]);
    });
    ArenaPlan plan = place(rounded, order);
    if (plan.bytes < best.bytes)
      best = std::move(plan);
  };
  tryOrder([](const ArenaBuffer &b) { return b.bytes; });
  tryOrder([](const ArenaBuffer &b) { return b.last - b.first; });
  best.lowerBound = largestSum(rounded);
  return best;
}

} // namespace nnc
