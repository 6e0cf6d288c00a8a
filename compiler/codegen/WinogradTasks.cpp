//===- WinogradTasks.cpp - DECIDE: tasks of a convolution -----------------===//
//
// Tasks of whole blocks wait for each other once, but each needs memory for its
// tiles, and reads all weights. Where there are enough blocks, or weights that
// stay in the cache so that blocks may be cut, tasks are blocks; otherwise they
// share the channels of each block, and every task reads weights of its own.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/WinogradTasks.h"
#include "compiler/codegen/Tasks.h"

#include "llvm/Support/MathExtras.h"
#include <algorithm>

using llvm::divideCeilSigned;

namespace nnc {

/// More tasks than threads even out what other work delays.
static constexpr int64_t kMostTasks = 8;
/// Tasks of blocks: what each has for itself of memory comes into the cache
/// anew.
static constexpr int64_t kBlockTasks = 4;
/// Tiles of a block that fill the rows of its products.
static constexpr int64_t kFewestTiles = 16;
/// What all tasks' tiles may take up, in second caches.
static constexpr int64_t kMostScratch = 8;

static int64_t rowsOfTiles(const ConvExtents &conv, const WinogradPlan &plan) {
  return divideCeilSigned(conv.height, plan.size);
}

/// Blocks along the axis of tiles that has the most.
static int64_t countBlocks(const ConvExtents &conv, const WinogradPlan &plan) {
  return std::max({divideCeilSigned(conv.images, plan.images),
                   divideCeilSigned(rowsOfTiles(conv, plan), plan.rows),
                   divideCeilSigned(divideCeilSigned(conv.width, plan.size),
                                    plan.columns)});
}

static int64_t bytesOfScratch(const ConvExtents &conv,
                              const WinogradPlan &plan) {
  int64_t elements = (plan.size + 2) * (plan.size + 2);
  int64_t tiles = plan.images * plan.rows * plan.columns;
  return elements * tiles * (conv.inputs + plan.channels) * 4;
}

/// Fewer rows in a block, so that there are up to `tasks` blocks.
static WinogradPlan cutRows(const ConvExtents &conv, WinogradPlan plan,
                            int64_t tasks) {
  plan.images = 1;
  int64_t least = divideCeilSigned(kFewestTiles, plan.columns);
  int64_t rows = divideCeilSigned(rowsOfTiles(conv, plan), tasks);
  plan.rows = std::clamp(rows, std::min(least, plan.rows), plan.rows);
  return plan;
}

WinogradPlan shareOut(const ConvExtents &conv, WinogradPlan plan,
                      int64_t l2Bytes) {
  double cycles = double(costOfWinograd(conv, plan.size));
  int64_t wanted = countTasks(cycles, kBlockTasks);
  int64_t elements = (plan.size + 2) * (plan.size + 2);
  int64_t weights = elements * conv.inputs * conv.outputs * 4;
  if (weights <= l2Bytes / 4 && countBlocks(conv, plan) < wanted)
    plan = cutRows(conv, plan, wanted);
  int64_t most = kMostScratch * l2Bytes / bytesOfScratch(conv, plan);
  int64_t ofBlocks = std::min({wanted, countBlocks(conv, plan), most});
  int64_t ofChannels = std::min(countTasks(cycles, kMostTasks),
                                divideCeilSigned(conv.outputs, plan.channels));
  plan.shareChannels = ofBlocks < wanted && ofChannels > ofBlocks;
  plan.tasks = std::max<int64_t>(plan.shareChannels ? ofChannels : ofBlocks, 1);
  return plan;
}

} // namespace nnc
