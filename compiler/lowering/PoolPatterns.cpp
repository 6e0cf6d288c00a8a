//===- PoolPatterns.cpp - lowering of the pooling layers ------------------===//
//
// The layers, and the functions of keras.ops that are the same. Windows slide
// over channels-last tensors with the channels innermost. `same` pads with what
// the window ignores: -inf for a maximum, zeros for a sum, which is then
// divided by the number of cells that lie inside the input. Adaptive pooling
// goes along one axis after the other, since its windows differ in size.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/AxisTaps.h"
#include "compiler/lowering/Patterns.h"
#include "dialect/KerasWindows.h"
#include "dialect/NNKerasReduceOps.h"
#include "dialect/NNPoolOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/STLExtras.h"
#include <numeric>

using namespace mlir;
using namespace nnc;

namespace {
/// A pooling as its keys say it, over a channels-last tensor.
struct Pool {
  SmallVector<int64_t> size, strides;
  SmallVector<nn::AxisGeometry> axes; ///< per spatial axis
  Shape result;                       ///< channels last

  int64_t spatialRank() const { return size.size(); }
};
} // namespace

/// A key with a number for each spatial axis of a tensor, or one for all.
static SmallVector<int64_t> perAxis(ArrayRef<int64_t> key, Value tensor) {
  // Shape inference has already succeeded with the same numbers.
  return llvm::cantFail(nn::spreadOverAxes("", key, rankOf(tensor) - 2));
}

template <typename LayerOp> static Pool getPool(LayerOp op, Value input) {
  Pool pool;
  pool.size = perAxis(op.getPoolSize(), input);
  pool.strides = perAxis(op.getStrides().value_or(op.getPoolSize()), input);
  nn::PaddingMode padding = nn::parsePadding(op.getPadding());
  pool.result = Shape(shapeOf(input));
  for (int64_t i = 0; i < pool.spatialRank(); ++i) {
    // As has this.
    pool.axes.push_back(llvm::cantFail(nn::inferAxis(
        shapeOf(input)[i + 1], {pool.size[i], pool.strides[i], 1}, padding)));
    pool.result[i + 1] = pool.axes[i].out;
  }
  return pool;
}

/// body over each window of `input`, starting at `init`, which also fills the
/// padding. Loops: batch, positions, window, channels.
static Value slide(LocBuilder &b, Value input, const Pool &pool, double init,
                   ScalarBody body) {
  int64_t spatial = pool.spatialRank(), loops = 2 * spatial + 2;
  SmallVector<int64_t> low = {0}, high = {0};
  SmallVector<AffineExpr> in = {b.getAffineDimExpr(0)}, window, out = in;
  SmallVector<bool> reductions(loops, false);
  for (int64_t i = 0; i < spatial; ++i) {
    AffineExpr position = b.getAffineDimExpr(1 + i);
    AffineExpr cell = b.getAffineDimExpr(1 + spatial + i);
    in.push_back(position * pool.strides[i] + cell);
    window.push_back(cell);
    out.push_back(position);
    reductions[1 + spatial + i] = true;
    low.push_back(pool.axes[i].low);
    high.push_back(pool.axes[i].high);
  }
  for (SmallVector<int64_t> *sides : {&low, &high})
    sides->push_back(0);
  for (SmallVector<AffineExpr> *exprs : {&in, &out})
    exprs->push_back(b.getAffineDimExpr(loops - 1));
  auto map = [&](ArrayRef<AffineExpr> exprs) {
    return AffineMap::get(loops, 0, exprs, b.getContext());
  };
  // Never read: it gives the loops over the window their extents.
  Value extents = empty(b, typeOf(input).clone(pool.size));
  return accumulate(b, ValueRange{pad(b, input, low, high, init), extents},
                    pool.result, init, {map(in), map(window), map(out)},
                    reductions, body);
}

/// The number of cells of each window along one axis that lie inside.
static SmallVector<double> countCells(const Pool &pool, int64_t axis,
                                      int64_t extent) {
  SmallVector<double> counts;
  for (int64_t i = 0; i < pool.axes[axis].out; ++i) {
    int64_t begin = i * pool.strides[axis] - pool.axes[axis].low;
    int64_t end = std::min(begin + pool.size[axis], extent);
    counts.push_back(double(end - std::max<int64_t>(begin, 0)));
  }
  return counts;
}

/// Each sum over the number of its window's cells that lie in `input`.
static Value divideByCells(LocBuilder &b, Value sums, Value input,
                           const Pool &pool) {
  SmallVector<Placed> operands = {
      {sums, llvm::to_vector(llvm::seq<int64_t>(0, rankOf(sums)))}};
  double everywhere = 1.0;
  for (int64_t i = 0; i < pool.spatialRank(); ++i) {
    SmallVector<double> counts = countCells(pool, i, shapeOf(input)[i + 1]);
    if (llvm::all_equal(counts))
      everywhere *= counts.front();
    else
      operands.push_back(
          {constantTensor(b, {int64_t(counts.size())}, counts, elementOf(sums)),
           {i + 1}});
  }
  return elementwise(b, shapeOf(sums), operands,
                     [&](LocBuilder &at, ValueRange x) -> Value {
                       Value cells = scalar(at, everywhere, x[0].getType());
                       for (Value count : x.drop_front())
                         cells = arith::MulFOp::create(at, cells, count);
                       return arith::DivFOp::create(at, x[0], cells);
                     });
}

static Value maxPool(LocBuilder &b, Value input, const Pool &pool) {
  double lowest = -std::numeric_limits<double>::infinity();
  return slide(b, input, pool, lowest,
               [](LocBuilder &at, ValueRange x) -> Value {
                 return arith::MaximumFOp::create(at, x[2], x[0]);
               });
}

static Value averagePool(LocBuilder &b, Value input, const Pool &pool) {
  Value sums =
      slide(b, input, pool, 0.0, [](LocBuilder &at, ValueRange x) -> Value {
        return arith::AddFOp::create(at, x[2], x[0]);
      });
  return divideByCells(b, sums, input, pool);
}

template <typename LayerOp, Value (*apply)(LocBuilder &, Value, const Pool &)>
static Lowered lowerPool(LayerOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  bool channelsFirst = op.getDataFormat() == "channels_first";
  if (channelsFirst)
    input = toChannelsLast(b, input);
  Value result = apply(b, input, getPool(op, input));
  return SmallVector<Value>{channelsFirst ? toChannelsFirst(b, result)
                                          : result};
}

//===----------------------------------------------------------------------===//
// Over everything
//===----------------------------------------------------------------------===//

static Value maxOver(LocBuilder &b, Value input, ArrayRef<int64_t> axes) {
  return reduceMax(b, input, axes);
}

static Value averageOver(LocBuilder &b, Value input, ArrayRef<int64_t> axes) {
  int64_t count = 1;
  for (int64_t axis : axes)
    count *= shapeOf(input)[axis];
  return map(b, reduceSum(b, input, axes),
             [&](LocBuilder &at, ValueRange x) -> Value {
               return arith::DivFOp::create(
                   at, x[0], scalar(at, double(count), x[0].getType()));
             });
}

/// The mean of the steps that count; NaN where none does.
static Lowered lowerMaskedAverage(nn::GlobalAveragePooling1DOp op,
                                  LayerBuilder &b) {
  Value input = op.getInputs()[0], mask = op.getMask();
  Type type = typeOf(input).getElementType();
  int64_t steps = op.getDataFormat() == "channels_first" ? 2 : 1;
  Placed operands[] = {{mask, {0, steps}}, {input, {0, 1, 2}}};
  Value kept = elementwise(
      b, shapeOf(input), operands,
      [&](LocBuilder &at, ValueRange x) -> Value {
        return arith::SelectOp::create(at, x[0], x[1], scalar(at, 0.0, type));
      },
      type);
  Value counting = elementwise(
      b, shapeOf(mask), ValueRange(mask),
      [&](LocBuilder &at, ValueRange x) -> Value {
        return arith::UIToFPOp::create(at, type, x[0]);
      },
      type);
  Value sums = reduceSum(b, kept, {steps});
  Placed parts[] = {{sums, {0, 1}}, {reduceSum(b, counting, {1}), {0}}};
  Value mean = elementwise(b, shapeOf(sums), parts,
                           [](LocBuilder &at, ValueRange x) -> Value {
                             return arith::DivFOp::create(at, x[0], x[1]);
                           });
  return SmallVector<Value>{reshape(b, mean, shapeOf(op.getOutputs()[0]))};
}

template <typename LayerOp,
          Value (*apply)(LocBuilder &, Value, ArrayRef<int64_t>)>
static Lowered lowerGlobalPool(LayerOp op, LayerBuilder &b) {
  if constexpr (std::is_same_v<LayerOp, nn::GlobalAveragePooling1DOp>)
    if (op.getMask())
      return lowerMaskedAverage(op, b);
  Value input = op.getInputs()[0];
  nn::AxisLayout layout{op.getDataFormat() == "channels_first", rankOf(input)};
  SmallVector<int64_t> axes;
  for (int64_t i = 0; i < layout.spatialRank(); ++i)
    axes.push_back(layout.spatialAxis(i));
  Value result = apply(b, input, axes);
  return SmallVector<Value>{reshape(b, result, shapeOf(op.getOutputs()[0]))};
}

//===----------------------------------------------------------------------===//
// Adaptive
//===----------------------------------------------------------------------===//

/// The windows of one axis: each element counts 1, and shorter windows repeat
/// their last element with 0.
static AxisTaps getAdaptiveWindows(int64_t in, int64_t out) {
  AxisTaps windows(out, 0);
  for (int64_t i = 0; i < out; ++i) {
    auto [begin, end] = nn::adaptiveWindow(i, in, out);
    windows.taps = std::max(windows.taps, end - begin);
  }
  for (int64_t i = 0; i < out; ++i) {
    auto [begin, end] = nn::adaptiveWindow(i, in, out);
    for (int64_t at = begin; at < begin + windows.taps; ++at)
      windows.push(std::min(at, end - 1), at < end ? 1.0 : 0.0);
  }
  return windows;
}

static Value adaptiveMax(LocBuilder &b, Value input, int64_t axis,
                         const AxisTaps &windows) {
  double lowest = -std::numeric_limits<double>::infinity();
  return combineAlong(b, input, axis, windows, lowest,
                      [](LocBuilder &at, ValueRange x) -> Value {
                        return arith::MaximumFOp::create(at, x[2], x[1]);
                      });
}

static Value adaptiveAverage(LocBuilder &b, Value input, int64_t axis,
                             const AxisTaps &windows) {
  // What is not in the window adds nothing, even where it is not finite.
  Value sums = combineAlong(
      b, input, axis, windows, 0.0, [](LocBuilder &at, ValueRange x) -> Value {
        Value zero = scalar(at, 0.0, x[0].getType());
        Value inside =
            arith::CmpFOp::create(at, arith::CmpFPredicate::OGT, x[0], zero);
        Value cell = arith::SelectOp::create(at, inside, x[1], zero);
        return arith::AddFOp::create(at, x[2], cell);
      });
  SmallVector<double> counts;
  for (size_t i = 0; i < windows.weights.size(); i += windows.taps)
    counts.push_back(std::accumulate(&windows.weights[i],
                                     &windows.weights[i] + windows.taps, 0.0));
  Type type = typeOf(input).getElementType();
  Placed operands[] = {
      {sums, llvm::to_vector(llvm::seq<int64_t>(0, rankOf(sums)))},
      {tableOf(b, {windows.count}, counts, type), {axis}}};
  return elementwise(b, shapeOf(sums), operands,
                     [](LocBuilder &at, ValueRange x) -> Value {
                       return arith::DivFOp::create(at, x[0], x[1]);
                     });
}

/// The pooling whose windows are all of one size, if there is one.
static std::optional<Pool> getEvenPool(ArrayRef<int64_t> out, Value input) {
  Pool pool;
  pool.result = Shape(shapeOf(input));
  for (auto [i, count] : llvm::enumerate(out)) {
    int64_t &extent = pool.result[i + 1];
    if (extent % count != 0)
      return std::nullopt;
    pool.size.push_back(extent / count);
    pool.axes.push_back({count, 0, 0});
    extent = count;
  }
  pool.strides = pool.size;
  return pool;
}

template <typename LayerOp, Value (*even)(LocBuilder &, Value, const Pool &),
          Value (*along)(LocBuilder &, Value, int64_t, const AxisTaps &)>
static Lowered lowerAdaptivePool(LayerOp op, LayerBuilder &b) {
  Value result = op.getInputs()[0];
  bool channelsFirst = op.getDataFormat() == "channels_first";
  if (channelsFirst)
    result = toChannelsLast(b, result);
  SmallVector<int64_t> size = perAxis(op.getOutputSize(), result);
  if (std::optional<Pool> pool = getEvenPool(size, result)) {
    result = even(b, result, *pool);
  } else {
    for (auto [i, out] : llvm::enumerate(size)) {
      int64_t axis = int64_t(i) + 1, in = shapeOf(result)[axis];
      result = along(b, result, axis, getAdaptiveWindows(in, out));
    }
  }
  return SmallVector<Value>{channelsFirst ? toChannelsFirst(b, result)
                                          : result};
}

//===----------------------------------------------------------------------===//
// The layers
//===----------------------------------------------------------------------===//

template <typename... LayerOps>
static void addAverage(RewritePatternSet &patterns, LoweringReport &report) {
  (addLayer<LayerOps>(patterns, report, lowerPool<LayerOps, averagePool>), ...);
}

template <typename... LayerOps>
static void addMax(RewritePatternSet &patterns, LoweringReport &report) {
  (addLayer<LayerOps>(patterns, report, lowerPool<LayerOps, maxPool>), ...);
}

template <typename... LayerOps>
static void addGlobalAverage(RewritePatternSet &patterns,
                             LoweringReport &report) {
  (addLayer<LayerOps>(patterns, report, lowerGlobalPool<LayerOps, averageOver>),
   ...);
}

template <typename... LayerOps>
static void addGlobalMax(RewritePatternSet &patterns, LoweringReport &report) {
  (addLayer<LayerOps>(patterns, report, lowerGlobalPool<LayerOps, maxOver>),
   ...);
}

template <typename... LayerOps>
static void addAdaptiveAverage(RewritePatternSet &patterns,
                               LoweringReport &report) {
  (addLayer<LayerOps>(
       patterns, report,
       lowerAdaptivePool<LayerOps, averagePool, adaptiveAverage>),
   ...);
}

template <typename... LayerOps>
static void addAdaptiveMax(RewritePatternSet &patterns,
                           LoweringReport &report) {
  (addLayer<LayerOps>(patterns, report,
                      lowerAdaptivePool<LayerOps, maxPool, adaptiveMax>),
   ...);
}

void nnc::populatePoolPatterns(RewritePatternSet &patterns,
                               LoweringReport &report) {
  using namespace nn;
  addAverage<AveragePooling1DOp, AveragePooling2DOp, AveragePooling3DOp,
             OpsAveragePoolOp>(patterns, report);
  addMax<MaxPooling1DOp, MaxPooling2DOp, MaxPooling3DOp, OpsMaxPoolOp>(patterns,
                                                                       report);
  addGlobalAverage<GlobalAveragePooling1DOp, GlobalAveragePooling2DOp,
                   GlobalAveragePooling3DOp>(patterns, report);
  addGlobalMax<GlobalMaxPooling1DOp, GlobalMaxPooling2DOp,
               GlobalMaxPooling3DOp>(patterns, report);
  addAdaptiveAverage<AdaptiveAveragePooling1DOp, AdaptiveAveragePooling2DOp,
                     AdaptiveAveragePooling3DOp, OpsAdaptiveAveragePoolOp>(
      patterns, report);
  addAdaptiveMax<AdaptiveMaxPooling1DOp, AdaptiveMaxPooling2DOp,
                 AdaptiveMaxPooling3DOp, OpsAdaptiveMaxPoolOp>(patterns,
                                                               report);
}
