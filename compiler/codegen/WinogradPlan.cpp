//===- WinogradPlan.cpp - DECIDE: which convolutions, in what blocks ------===//
//
// Costs are cycles of a core that does one vector multiply-add in each. The
// multiplications that tiles save are set against the additions, loads and
// stores of the transforms and against the larger weights, which have to come
// from memory where they do not stay in the cache. Few channels share too
// little of a transform, few tiles too little of the weights.
//
// Small blocks of tiles stay in the second cache but read all weights again,
// large ones read the weights once but not from there: the blocks with the
// fewest bytes from beyond that cache win.
//
// Weights of 2 × 2 tiles take 16/9 of the bytes. What a model's weights may
// grow by in all is limited, and the convolutions that save the most for their
// bytes have it.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/WinogradPlan.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include <algorithm>
#include <limits>
#include <vector>

using llvm::divideCeilSigned;

namespace nnc {

/// Floats of a vector and bytes of weights that stay in the cache. Weights have
/// one form for all levels of a machine, so that the choice cannot depend on
/// it.
static constexpr int64_t kLanes = 16;
static constexpr int64_t kCacheBytes = 512 * 1024;
/// Bytes that come from beyond the second cache in a cycle.
static constexpr int64_t kStreamedBytes = 8;
/// Channels that are multiplied and transformed back at a time: the products
/// never leave the cache.
static constexpr int64_t kChannels = 64;
/// Bytes by which the weights of any model may grow, and the share of all its
/// weights by which they may grow beyond that.
static constexpr int64_t kFreeGrowth = 8 * 1024 * 1024;
static constexpr int64_t kGrowthShare = 10;
/// Tiles that make the reading of weights worth it.
static constexpr int64_t kManyTiles = 128;
/// Rows that a product needs to hide the reading of its weights.
static constexpr int64_t kFewRows = 8;

static int64_t tilesOf(const ConvExtents &conv, int64_t size) {
  return conv.images * divideCeilSigned(conv.height, size) *
         divideCeilSigned(conv.width, size);
}

/// The reading of weights that do not stay in the cache.
static int64_t costOfWeights(const ConvExtents &conv, int64_t elements) {
  int64_t bytes = elements * conv.inputs * conv.outputs * 4;
  return bytes > kCacheBytes ? bytes / kStreamedBytes : 0;
}

int64_t costOfDirect(const ConvExtents &conv) {
  int64_t results = conv.images * conv.height * conv.width;
  return results * 9 * conv.inputs * divideCeilSigned(conv.outputs, kLanes) +
         costOfWeights(conv, 9) / 2;
}

int64_t costOfWinograd(const ConvExtents &conv, int64_t size) {
  int64_t elements = (size + 2) * (size + 2);
  int64_t tiles = tilesOf(conv, size);
  int64_t in = divideCeilSigned(conv.inputs, kLanes);
  int64_t out = divideCeilSigned(conv.outputs, kLanes);
  // A transform adds twice for each element, loads it and stores it.
  return tiles * elements * (conv.inputs * out + 4 * in + 4 * out) +
         costOfWeights(conv, elements) / 2;
}

int64_t grownBytes(const ConvExtents &conv, int64_t size) {
  int64_t elements = (size + 2) * (size + 2);
  int64_t columns =
      divideCeilSigned(conv.outputs, kWinogradPanel) * kWinogradPanel;
  return conv.inputs * (elements * columns - 9 * conv.outputs) *
         int64_t(sizeof(float));
}

void limitGrowth(llvm::MutableArrayRef<WinogradChoice> choices, int64_t bytes) {
  std::vector<WinogradChoice *> order;
  for (WinogradChoice &choice : choices)
    if (choice.size != 0)
      order.push_back(&choice);
  auto savedPerByte = [](const WinogradChoice *choice) {
    return double(choice->saved) / double(choice->grown);
  };
  llvm::stable_sort(order, [&](WinogradChoice *a, WinogradChoice *b) {
    return savedPerByte(a) > savedPerByte(b);
  });
  int64_t left = kFreeGrowth + bytes / kGrowthShare;
  for (WinogradChoice *choice : order)
    if (choice->grown <= left)
      left -= choice->grown;
    else
      *choice = {};
}

/// What the blocks cost: products, of which few rows use the machine badly, and
/// bytes that do not stay in the second cache, which half of it holds of the
/// transformed inputs. Every pass over channels reads these.
static int64_t costOfBlocks(const ConvExtents &conv, const WinogradPlan &plan,
                            int64_t l2Bytes) {
  int64_t elements = (plan.size + 2) * (plan.size + 2);
  int64_t tiles = plan.images * plan.rows * plan.columns;
  int64_t blocks =
      divideCeilSigned(conv.images, plan.images) *
      divideCeilSigned(divideCeilSigned(conv.height, plan.size), plan.rows) *
      divideCeilSigned(divideCeilSigned(conv.width, plan.size), plan.columns);
  int64_t passes = divideCeilSigned(conv.outputs, plan.channels);
  int64_t weights = elements * conv.inputs * conv.outputs * 4;
  int64_t inputs = elements * tiles * conv.inputs * 4;
  int64_t bytes = 0;
  if (weights > l2Bytes / 4)
    bytes += weights * blocks;
  if (inputs > l2Bytes / 2)
    bytes += inputs * blocks * (1 + passes);
  return blocks * std::max(tiles, kFewRows) * elements * conv.inputs *
             divideCeilSigned(conv.outputs, kLanes) +
         bytes / kStreamedBytes;
}

/// Whether the transformed inputs of a block are more than a workspace should
/// hold, and the weights have enough to do with fewer.
static bool isTooLarge(const ConvExtents &conv, const WinogradPlan &plan,
                       int64_t l2Bytes) {
  int64_t tiles = plan.images * plan.rows * plan.columns;
  int64_t elements = (plan.size + 2) * (plan.size + 2);
  return tiles > kManyTiles && elements * tiles * conv.inputs * 4 > 4 * l2Bytes;
}

/// Calls `body` with the extent of each way to cut an axis into equal parts,
/// the largest first.
template <typename Body> static void forEachCut(int64_t extent, Body body) {
  int64_t last = 0;
  for (int64_t parts = 1; parts <= extent; ++parts) {
    int64_t part = divideCeilSigned(extent, parts);
    if (part != last)
      body(part);
    last = part;
  }
}

WinogradPlan planWinograd(const ConvExtents &conv, int64_t size,
                          int64_t l2Bytes) {
  int64_t rows = divideCeilSigned(conv.height, size);
  int64_t columns = divideCeilSigned(conv.width, size);
  int64_t panels = divideCeilSigned(conv.outputs, kWinogradPanel);
  WinogradPlan best;
  int64_t least = std::numeric_limits<int64_t>::max();
  auto consider = [&](int64_t images, int64_t height, int64_t width) {
    WinogradPlan plan = {size, images, height, width,
                         std::min(panels * kWinogradPanel, kChannels)};
    int64_t cost = costOfBlocks(conv, plan, l2Bytes);
    if (isTooLarge(conv, plan, l2Bytes) || cost >= least)
      return;
    least = cost;
    best = plan;
  };
  forEachCut(conv.images,
             [&](int64_t images) { consider(images, rows, columns); });
  forEachCut(rows, [&](int64_t height) { consider(1, height, columns); });
  forEachCut(columns, [&](int64_t width) { consider(1, 1, width); });
  return best;
}

} // namespace nnc
