//===- TileSizes.cpp - DECIDE: how a kernel is blocked --------------------===//
//
// A block of results stays in registers for the whole of its reduction. In a
// contraction each step loads the weights of its columns and one activation
// for each row, so that the cost of a step is the larger of its multiply-adds,
// its loads and the latency that few accumulators cannot hide; the block with
// the least cost over all rows and columns, remainders included, wins (Goto,
// van de Geijn: Anatomy of High-Performance Matrix Multiplication, 2008, with
// no packing of activations). Where every input changes along rows and
// columns alike (depthwise convolutions, pooling) one vector of columns and as
// many rows as there are registers share the most.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/TileSizes.h"
#include "compiler/codegen/Tasks.h"

#include "llvm/ADT/bit.h"
#include <algorithm>

namespace nnc {

/// Cycles from one multiply-add to the next that needs its result.
static constexpr int64_t kLatency = 4;
/// Rows whose stride is a multiple of this fall into one set of the cache.
static constexpr int64_t kAliasBytes = 4096;
/// Rows of that kind that the cache still holds beside the weights.
static constexpr int64_t kMostAliasingRows = 7;
/// More tasks than threads even out what other work delays.
static constexpr int64_t kMostTasks = 16;
/// Bytes of weights that a core reads in a cycle where no cache of its own
/// holds them.
static constexpr int64_t kBytesPerCycle = 16;
/// The most taps along the rows that are written out.
static constexpr int64_t kMostUnrolledTaps = 7;

namespace {

/// What one kernel asks of its blocks.
struct Demand {
  int64_t rows = 1, columns = 1, steps = 1; ///< extents; steps are reduced over
  int64_t lanes = 1, registers = 16;
  int64_t panelWidth = 0; ///< of packed weights
  bool aliases = false;   ///< rows fall into one set of the cache
  bool loadsFirst = false;

  /// The most rows whose sums, of so many values each, stay in registers
  /// beside what a step loads: the weights and an activation, or if all loads
  /// come first, one for each row, and a product.
  int64_t mostRows(int64_t pieces) const {
    return (registers - pieces - 1) / (loadsFirst ? pieces + 1 : pieces);
  }
};

} // namespace

/// Whether an input does not change along the columns but along the rows: one
/// element of it serves a row of results.
static bool isContraction(const KernelNest &nest) {
  for (unsigned i = 0; i < nest.inputs; ++i) {
    const NestAccess &access = nest.accesses[i];
    bool alongColumns =
        nest.columns != kNone && access.strides[nest.columns] != 0;
    if (!alongColumns && nest.inputs > 1)
      return true;
  }
  return false;
}

/// The cost of a block: multiply-adds, loads (two scalars or one vector a
/// cycle) or latency.
static int64_t costOfBlock(int64_t rows, int64_t vectors) {
  int64_t loads = vectors + (rows + 1) / 2;
  return std::max({rows * vectors, loads, kLatency});
}

/// The cost of one step of the reduction for all rows and columns.
static int64_t costOfStep(const Demand &demand, int64_t rows, int64_t vectors) {
  int64_t all = (demand.columns + demand.lanes - 1) / demand.lanes;
  int64_t lastVectors = all % vectors, lastRows = demand.rows % rows;
  int64_t wholeRows = demand.rows / rows;
  auto row = [&](int64_t of) {
    return wholeRows * costOfBlock(rows, of) +
           (lastRows != 0 ? costOfBlock(lastRows, of) : 0);
  };
  int64_t cost = all / vectors * row(vectors);
  if (lastVectors != 0)
    cost += row(lastVectors);
  return cost;
}

/// Whether blocks of so many columns begin at panels of packed weights or lie
/// within one.
static bool fitsPanels(int64_t columns, int64_t width) {
  return width == 0 || columns % width == 0 || width % columns == 0;
}

/// The values that so many columns of a row take: whole vectors, and for the
/// rest one of each power of two in it.
static int64_t countPieces(int64_t columns, int64_t lanes) {
  return columns / lanes + llvm::popcount(uint64_t(columns % lanes));
}

/// Those of the widest block and of the last one, whichever are more.
static int64_t countPieces(const Demand &demand, int64_t vectors) {
  int64_t block = std::min(vectors * demand.lanes, demand.columns);
  return std::max(countPieces(block, demand.lanes),
                  countPieces(demand.columns % block, demand.lanes));
}

/// Rows and vectors of columns of a contraction.
static std::pair<int64_t, int64_t> chooseBlock(const Demand &demand) {
  int64_t all = (demand.columns + demand.lanes - 1) / demand.lanes;
  std::pair<int64_t, int64_t> best = {1, 1};
  int64_t least = std::numeric_limits<int64_t>::max();
  for (int64_t vectors : {2, 3, 4, 1, 6, 8}) {
    if (vectors > std::max<int64_t>(all, 1) ||
        !fitsPanels(vectors * demand.lanes, demand.panelWidth))
      continue;
    int64_t most = demand.mostRows(countPieces(demand, vectors));
    most = std::min(most, demand.rows);
    if (demand.aliases)
      most = std::min(most, kMostAliasingRows);
    for (int64_t rows = most; rows >= 1; --rows) {
      int64_t cost = costOfStep(demand, rows, vectors);
      // With one vector every multiply-add would need a load of its own.
      bool isLarger = vectors > 1 && rows * vectors > best.first * best.second;
      if (cost < least || (cost == least && isLarger)) {
        least = cost;
        best = {rows, vectors};
      }
    }
  }
  return best;
}

/// Rows of a block whose inputs change along rows and columns: about half of
/// the registers, without a remainder if possible.
static int64_t chooseSharedRows(const Demand &demand) {
  int64_t most = std::min(demand.rows, demand.registers / 2 - 2);
  for (int64_t rows = most; rows > most / 2; --rows)
    if (demand.rows % rows == 0)
      return rows;
  return most;
}

/// The loop over blocks of columns goes outside where the weights do not stay
/// in the second cache from one block of rows to the next.
static bool goesOutside(const Demand &demand, unsigned elementBytes,
                        const TileTarget &target) {
  return demand.steps * demand.columns * elementBytes > target.l2Bytes / 2;
}

/// Into how many tasks the kernel is worth cutting.
static int64_t chooseTasks(const KernelNest &nest, const Demand &demand,
                           const TileSizes &sizes, unsigned elementBytes) {
  int64_t vectors = (sizes.columns + demand.lanes - 1) / demand.lanes;
  double cycles =
      double(costOfStep(demand, sizes.rows, vectors)) * double(demand.steps);
  for (const NestLoop &loop : nest.loops)
    if (!loop.reduces)
      cycles *= double(loop.extent);
  cycles /= double(demand.rows) * double(demand.columns);
  double bytes = 0;
  if (isContraction(nest))
    bytes = double(demand.steps) * double(demand.columns) * elementBytes;
  cycles = std::max(cycles, bytes / kBytesPerCycle);
  return countTasks(cycles, kMostTasks);
}

/// Fewer columns in a block where there are no other loops to share out, as
/// long as enough vectors are left to hide the latency.
static int64_t cutForTasks(const KernelNest &nest, const Demand &demand,
                           const TileSizes &sizes) {
  int64_t least = kLatency * demand.lanes;
  for (unsigned i = 0; i < nest.loops.size(); ++i)
    if (!nest.loops[i].reduces && nest.loops[i].extent != 1 &&
        i != nest.columns)
      return sizes.columns;
  bool isOneBlock = sizes.columns == demand.columns;
  return sizes.tasks > 1 && isOneBlock && sizes.columns % least == 0
             ? least
             : sizes.columns;
}

TileSizes chooseTileSizes(const KernelNest &nest, unsigned elementBytes,
                          const TileTarget &target) {
  Demand demand;
  demand.rows = nest.extent(nest.rows);
  demand.columns = nest.extent(nest.columns);
  for (const NestLoop &loop : nest.loops)
    demand.steps *= loop.reduces ? loop.extent : 1;
  demand.lanes = nest.columns == kNone
                     ? 1
                     : std::max<int64_t>(target.vectorBytes / elementBytes, 1);
  demand.registers = target.vectorRegisters;
  demand.loadsFirst = target.loadsFirst;
  for (const NestAccess &access : nest.accesses)
    demand.panelWidth = std::max(demand.panelWidth, access.width);
  for (unsigned i = 0; i < nest.inputs && nest.rows != kNone; ++i) {
    int64_t bytes = nest.accesses[i].strides[nest.rows] * elementBytes;
    demand.aliases |= bytes != 0 && bytes % kAliasBytes == 0;
  }
  TileSizes sizes;
  int64_t vectors = 1;
  if (isContraction(nest)) {
    std::tie(sizes.rows, vectors) = chooseBlock(demand);
    sizes.columnsOuter = goesOutside(demand, elementBytes, target);
  } else {
    sizes.rows = chooseSharedRows(demand);
    if (demand.rows == 1)
      vectors = kLatency;
    // Those of the innermost loop, which are the ones that are written out.
    for (const NestLoop &loop : nest.loops)
      if (loop.reduces)
        sizes.unrollTaps = loop.extent <= kMostUnrolledTaps;
  }
  sizes.columns = std::min(vectors * demand.lanes, demand.columns);
  sizes.tasks = chooseTasks(nest, demand, sizes, elementBytes);
  sizes.columns = cutForTasks(nest, demand, sizes);
  return sizes;
}

} // namespace nnc
