//===- PoolPatterns.cpp - lowering of the pooling layers ------------------===//
//
// Windows slide over channels-last tensors with the channels innermost. `same`
// pads with what the window ignores: -inf for a maximum, zeros for a sum, which
// is then divided by the number of cells that lie inside the input.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/Patterns.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/STLExtras.h"

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

template <typename LayerOp> static Pool getPool(LayerOp op, Value input) {
  Pool pool;
  pool.size = llvm::to_vector(op.getPoolSize());
  pool.strides = llvm::to_vector(op.getStrides().value_or(op.getPoolSize()));
  nn::PaddingMode padding = nn::parsePadding(op.getPadding());
  pool.result = Shape(shapeOf(input));
  for (int64_t i = 0; i < pool.spatialRank(); ++i) {
    // Shape inference has already succeeded with the same numbers.
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
  Value extents = empty(b, f32Tensor(b, pool.size));
  return accumulate(b, ValueRange{pad(b, input, low, high, init), extents},
                    pool.result, init, {map(in), map(window), map(out)},
                    reductions, body);
}

/// The number of cells of each window along one axis that lie inside.
static SmallVector<float> countCells(const Pool &pool, int64_t axis,
                                     int64_t extent) {
  SmallVector<float> counts;
  for (int64_t i = 0; i < pool.axes[axis].out; ++i) {
    int64_t begin = i * pool.strides[axis] - pool.axes[axis].low;
    int64_t end = std::min(begin + pool.size[axis], extent);
    counts.push_back(float(end - std::max<int64_t>(begin, 0)));
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
    SmallVector<float> counts = countCells(pool, i, shapeOf(input)[i + 1]);
    if (llvm::all_equal(counts))
      everywhere *= counts.front();
    else
      operands.push_back(
          {constantTensor(b, {int64_t(counts.size())}, counts), {i + 1}});
  }
  return elementwise(b, shapeOf(sums), operands,
                     [&](LocBuilder &at, ValueRange x) -> Value {
                       Value cells = scalar(at, everywhere);
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
  return map(
      b, reduceSum(b, input, axes), [&](LocBuilder &at, ValueRange x) -> Value {
        return arith::DivFOp::create(at, x[0], scalar(at, double(count)));
      });
}

template <typename LayerOp,
          Value (*apply)(LocBuilder &, Value, ArrayRef<int64_t>)>
static Lowered lowerGlobalPool(LayerOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  nn::AxisLayout layout{op.getDataFormat() == "channels_first", rankOf(input)};
  SmallVector<int64_t> axes;
  for (int64_t i = 0; i < layout.spatialRank(); ++i)
    axes.push_back(layout.spatialAxis(i));
  Value result = apply(b, input, axes);
  return SmallVector<Value>{reshape(b, result, shapeOf(op.getOutputs()[0]))};
}

void nnc::populatePoolPatterns(RewritePatternSet &patterns,
                               LoweringReport &report) {
  addLayer<nn::AveragePooling1DOp>(
      patterns, report, lowerPool<nn::AveragePooling1DOp, averagePool>);
  addLayer<nn::AveragePooling2DOp>(
      patterns, report, lowerPool<nn::AveragePooling2DOp, averagePool>);
  addLayer<nn::MaxPooling1DOp>(patterns, report,
                               lowerPool<nn::MaxPooling1DOp, maxPool>);
  addLayer<nn::MaxPooling2DOp>(patterns, report,
                               lowerPool<nn::MaxPooling2DOp, maxPool>);
  addLayer<nn::GlobalAveragePooling1DOp>(
      patterns, report,
      lowerGlobalPool<nn::GlobalAveragePooling1DOp, averageOver>);
  addLayer<nn::GlobalAveragePooling2DOp>(
      patterns, report,
      lowerGlobalPool<nn::GlobalAveragePooling2DOp, averageOver>);
  addLayer<nn::GlobalMaxPooling1DOp>(
      patterns, report, lowerGlobalPool<nn::GlobalMaxPooling1DOp, maxOver>);
  addLayer<nn::GlobalMaxPooling2DOp>(
      patterns, report, lowerGlobalPool<nn::GlobalMaxPooling2DOp, maxOver>);
}
