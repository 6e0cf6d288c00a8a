//===- HistogramPatterns.cpp - equalization tile by tile ------------------===//
//
// ContrastLimitedAdaptiveHistogramEqualization. The image, mirrored at its end
// to fill the last tiles, gives a histogram of 256 values for each tile, whose
// running sums say what each value becomes; between the centres of tiles the
// answers of the four around are mixed.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/AxisTaps.h"
#include "compiler/lowering/ImageRange.h"
#include "compiler/lowering/Patterns.h"
#include "dialect/NNImageOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

using namespace mlir;
using namespace nnc;

using EqualizeOp = nn::ContrastLimitedAdaptiveHistogramEqualizationOp;

static constexpr int64_t kValues = 256;

namespace {
/// How one axis is divided.
struct Tiles {
  int64_t count, size, extent; ///< extent: without what was added

  Tiles(int64_t extent, int64_t count)
      : count(count), size((extent + count - 1) / count), extent(extent) {}
  int64_t padded() const { return count * size; }
};

/// For each position along an axis the two tiles that it lies between, and how
/// near it is to the second.
struct Between {
  Value first, second, weight;

  Between(LocBuilder &b, const Tiles &tiles, Type type) {
    SmallVector<int32_t> low, high;
    SmallVector<double> part;
    for (int64_t i = 0; i < tiles.extent; ++i) {
      double at = (double(i) - double(tiles.size) / 2.0) / double(tiles.size);
      double floor = std::floor(at);
      auto inside = [&](double tile) {
        return int32_t(std::clamp(tile, 0.0, double(tiles.count - 1)));
      };
      low.push_back(inside(floor));
      high.push_back(inside(floor + 1.0));
      part.push_back(at - floor);
    }
    first = tableOf(b, {tiles.extent}, low);
    second = tableOf(b, {tiles.extent}, high);
    weight = tableOf(b, {tiles.extent}, part, type);
  }
};
} // namespace

/// The values from 0 to 255 that the pixels count as, mirrored to whole tiles.
static Value makePixels(LocBuilder &b, Value image, const ValueRangeKey &range,
                        ArrayRef<Tiles> tiles) {
  Type i32 = b.getI32Type();
  Value pixels = elementwise(
      b, shapeOf(image), ValueRange(image),
      [&](LocBuilder &at, ValueRange x) -> Value {
        Type type = x[0].getType();
        Value value = toBytes(at, x[0], range);
        value = arith::MaxNumFOp::create(at, value, scalar(at, 0.0, type));
        value =
            arith::MinNumFOp::create(at, value, scalar(at, kValues - 1, type));
        return arith::FPToSIOp::create(at, i32, value);
      },
      i32);
  for (auto [i, axis] : llvm::enumerate(tiles)) {
    SmallVector<int32_t> mirrored;
    for (int64_t at = 0; at < axis.padded(); ++at)
      mirrored.push_back(
          int32_t(at < axis.extent ? at : 2 * axis.extent - 1 - at));
    if (axis.padded() != axis.extent)
      pixels = gatherAlong(b, pixels, int64_t(i) + 1, mirrored);
  }
  return pixels;
}

/// How often each value is in each tile: [batch, rows, columns, channels,
/// values].
static Value countValues(LocBuilder &b, Value pixels, ArrayRef<Tiles> tiles,
                         Type type) {
  ShapeRef shape = shapeOf(pixels);
  Value tiled = reshape(b, pixels,
                        {shape[0], tiles[0].count, tiles[0].size,
                         tiles[1].count, tiles[1].size, shape[3]});
  auto d = [&](int64_t i) { return b.getAffineDimExpr(unsigned(i)); };
  auto mapOf = [&](ArrayRef<AffineExpr> exprs) {
    return AffineMap::get(7, 0, exprs, b.getContext());
  };
  // Loops: batch, row and column of the tile, channel, row and column in it,
  // value.
  return accumulate(
      b, ValueRange(tiled),
      {shape[0], tiles[0].count, tiles[1].count, shape[3], kValues}, 0.0,
      {mapOf({d(0), d(1), d(4), d(2), d(5), d(3)}),
       mapOf({d(0), d(1), d(2), d(3), d(6)})},
      {false, false, false, false, true, true, false},
      [&](LocBuilder &at, ValueRange x) -> Value {
        Value value = linalg::IndexOp::create(at, 6);
        value = arith::IndexCastOp::create(at, x[0].getType(), value);
        Value same =
            arith::CmpIOp::create(at, arith::CmpIPredicate::eq, x[0], value);
        Value more = arith::SelectOp::create(at, same, scalar(at, 1.0, type),
                                             scalar(at, 0.0, type));
        return arith::AddFOp::create(at, x[1], more);
      },
      type);
}

/// Counts above `limit` are spread over all values.
static Value limitCounts(LocBuilder &b, Value counts, double limit) {
  Type type = typeOf(counts).getElementType();
  auto clip = [&](LocBuilder &at, Value count) -> Value {
    return arith::MinimumFOp::create(at, count, scalar(at, limit, type));
  };
  Value excess = map(b, counts, [&](LocBuilder &at, ValueRange x) -> Value {
    return arith::SubFOp::create(at, x[0], clip(at, x[0]));
  });
  Placed operands[] = {{counts, {0, 1, 2, 3, 4}},
                       {reduceSum(b, excess, {4}), {0, 1, 2, 3}}};
  return elementwise(
      b, shapeOf(counts), operands, [&](LocBuilder &at, ValueRange x) -> Value {
        Value share =
            arith::DivFOp::create(at, x[1], scalar(at, double(kValues), type));
        return arith::AddFOp::create(at, clip(at, x[0]), share);
      });
}

/// What each value becomes in each tile: the running sums, from 0 to 255.
static Value makeAnswers(LocBuilder &b, Value counts, int64_t pixels) {
  Type type = typeOf(counts).getElementType();
  auto maps = [&](unsigned last) {
    SmallVector<AffineExpr> exprs;
    for (unsigned i = 0; i < 4; ++i)
      exprs.push_back(b.getAffineDimExpr(i));
    exprs.push_back(b.getAffineDimExpr(last));
    return AffineMap::get(6, 0, exprs, b.getContext());
  };
  Value sums = accumulate(
      b, ValueRange(counts), shapeOf(counts), 0.0, {maps(4), maps(5)},
      {false, false, false, false, true, false},
      [&](LocBuilder &at, ValueRange x) -> Value {
        Value from = linalg::IndexOp::create(at, 4);
        Value to = linalg::IndexOp::create(at, 5);
        Value counted =
            arith::CmpIOp::create(at, arith::CmpIPredicate::ule, from, to);
        Value count =
            arith::SelectOp::create(at, counted, x[0], scalar(at, 0.0, type));
        return arith::AddFOp::create(at, x[1], count);
      });
  Placed operands[] = {{sums, {0, 1, 2, 3, 4}},
                       {reduceMin(b, sums, {4}), {0, 1, 2, 3}}};
  return elementwise(
      b, shapeOf(counts), operands, [&](LocBuilder &at, ValueRange x) -> Value {
        Value zero = scalar(at, 0.0, type), top = scalar(at, 255.0, type);
        Value above = arith::SubFOp::create(at, x[0], x[1]);
        Value span =
            arith::SubFOp::create(at, scalar(at, double(pixels), type), x[1]);
        Value none =
            arith::CmpFOp::create(at, arith::CmpFPredicate::OEQ, span, zero);
        span = arith::SelectOp::create(at, none, scalar(at, 1.0, type), span);
        Value scaled = arith::MulFOp::create(at, above, top);
        Value part = arith::DivFOp::create(at, scaled, span);
        part = arith::MaximumFOp::create(at, part, zero);
        return arith::MinimumFOp::create(at, part, top);
      });
}

/// a · (1 - t) + b · t
static Value mix(LocBuilder &at, Value a, Value b, Value t) {
  Value rest = arith::SubFOp::create(at, scalar(at, 1.0, t.getType()), t);
  Value left = arith::MulFOp::create(at, a, rest);
  Value right = arith::MulFOp::create(at, b, t);
  return arith::AddFOp::create(at, left, right);
}

/// The answers for each pixel of the four tiles around it.
static Value mixAnswers(LocBuilder &b, Value pixels, Value answers,
                        ShapeRef shape, ArrayRef<Tiles> tiles,
                        const ValueRangeKey &range) {
  Type type = typeOf(answers).getElementType();
  Between rows(b, tiles[0], type), columns(b, tiles[1], type);
  Placed operands[] = {{slice(b, pixels, {0, 0, 0, 0}, shape), {0, 1, 2, 3}},
                       {rows.first, {1}},
                       {rows.second, {1}},
                       {rows.weight, {1}},
                       {columns.first, {2}},
                       {columns.second, {2}},
                       {columns.weight, {2}}};
  auto answer = [&](LocBuilder &at, ValueRange x) -> Value {
    auto index = [&](Value value) -> Value {
      return arith::IndexCastOp::create(at, at.getIndexType(), value);
    };
    auto read = [&](Value row, Value column) -> Value {
      Value sample = linalg::IndexOp::create(at, 0);
      Value channel = linalg::IndexOp::create(at, 3);
      return tensor::ExtractOp::create(
          at, answers,
          ValueRange{sample, index(row), index(column), channel, index(x[0])});
    };
    Value above = mix(at, read(x[1], x[4]), read(x[1], x[5]), x[6]);
    Value below = mix(at, read(x[2], x[4]), read(x[2], x[5]), x[6]);
    return fromBytes(at, mix(at, above, below, x[3]), range);
  };
  return elementwise(b, shape, operands, answer, type);
}

static Lowered lowerEqualize(EqualizeOp op, LayerBuilder &b) {
  bool channelsFirst = op.getDataFormat() == "channels_first";
  Value image = op.getInputs()[0];
  if (channelsFirst)
    image = toChannelsLast(b, image);
  Shape shape(shapeOf(image));
  ArrayRef<int64_t> grid = op.getTileGridSize();
  Tiles tiles[] = {{shape[1], grid[0]}, {shape[2], grid[1]}};
  int64_t size = tiles[0].size * tiles[1].size;
  ValueRangeKey range = getValueRange(op.getValueRange());

  Value pixels = makePixels(b, image, range, tiles);
  Value counts = countValues(b, pixels, tiles, typeOf(image).getElementType());
  if (op.getClipLimit() > 0)
    counts = limitCounts(b, counts,
                         op.getClipLimit() * double(size) / double(kValues));
  Value answers = makeAnswers(b, counts, size);
  Value result = mixAnswers(b, pixels, answers, shape, tiles, range);
  return SmallVector<Value>{channelsFirst ? toChannelsFirst(b, result)
                                          : result};
}

void nnc::populateHistogramPatterns(RewritePatternSet &patterns,
                                    LoweringReport &report) {
  addLayer<EqualizeOp>(patterns, report, lowerEqualize);
}
