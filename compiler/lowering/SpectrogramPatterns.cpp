//===- SpectrogramPatterns.cpp - sound to spectrograms --------------------===//
//
// STFTSpectrogram is a convolution with two kernels, which are weights.
// MelSpectrogram has none: its Fourier transform of N = first · second samples
// is split (Cooley and Tukey) into `second` transforms of `first`, a rotation
// of each number, and `first` transforms of `second`, which takes tables of a
// few thousand numbers where one matrix would have millions.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/AxisTaps.h"
#include "compiler/lowering/Patterns.h"
#include "dialect/NNPreprocessingOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include <cmath>

using namespace mlir;
using namespace nnc;

/// Keras's epsilon.
static constexpr double kEpsilon = 1e-7;

static SmallVector<int64_t> allAxes(Value tensor) {
  return llvm::to_vector(llvm::seq<int64_t>(0, rankOf(tensor)));
}

//===----------------------------------------------------------------------===//
// STFTSpectrogram
//===----------------------------------------------------------------------===//

/// One part of the transform of each frame: (batch, time, channels, bins).
static Value transformFrames(LocBuilder &b, Value sound, Value kernel,
                             int64_t step, int64_t frames) {
  ShapeRef shape = shapeOf(sound), size = shapeOf(kernel);
  auto d = [&](int64_t i) { return b.getAffineDimExpr(unsigned(i)); };
  auto mapOf = [&](ArrayRef<AffineExpr> exprs) {
    return AffineMap::get(5, 0, exprs, b.getContext());
  };
  // Loops: batch, time, channel, sample of the frame, bin.
  return contract(b, sound, reshape(b, kernel, {size[0], size[2]}),
                  {shape[0], frames, shape[2], size[2]},
                  {mapOf({d(0), d(1) * step + d(3), d(2)}), mapOf({d(3), d(4)}),
                   mapOf({d(0), d(1), d(2), d(4)})},
                  {false, false, false, true, false});
}

/// Both parts behind each other.
static Value joinParts(LocBuilder &b, Value real, Value imaginary) {
  Shape shape(shapeOf(real));
  int64_t bins = shape.back();
  shape.back() *= 2;
  Value both = empty(b, typeOf(real).clone(shape));
  both = insert(b, real, both, {0, 0, 0, 0});
  return insert(b, imaginary, both, {0, 0, 0, bins});
}

/// What `mode` makes of both parts.
static Value combineParts(LocBuilder &b, Value real, Value imaginary,
                          StringRef mode) {
  Type type = typeOf(real).getElementType();
  int64_t bins = shapeOf(real).back();
  // In a density all bins but the first and the last stand for two.
  SmallVector<double> twice(size_t(bins), mode == "psd" ? 2.0 : 1.0);
  twice.front() = twice.back() = 1.0;
  SmallVector<Value> operands = {real, imaginary};
  if (mode == "psd")
    operands.push_back(tableOf(b, {bins}, twice, type));
  return elementwise(
      b, shapeOf(real), operands, [&](LocBuilder &at, ValueRange x) -> Value {
        if (mode == "angle")
          return math::Atan2Op::create(at, x[1], x[0]);
        Value a = arith::MulFOp::create(at, x[0], x[0]);
        Value c = arith::MulFOp::create(at, x[1], x[1]);
        Value power = arith::AddFOp::create(at, a, c);
        if (mode == "psd")
          return arith::MulFOp::create(at, power, x[2]);
        Value least = scalar(at, kEpsilon, type);
        power = arith::MaximumFOp::create(at, power, least);
        Value magnitude = math::SqrtOp::create(at, power);
        if (mode == "magnitude")
          return magnitude;
        magnitude = arith::MaximumFOp::create(at, magnitude, least);
        return math::LogOp::create(at, magnitude);
      });
}

/// (batch, time, channels, bins) as the layer gives it.
static Value arrange(nn::STFTSpectrogramOp op, LocBuilder &b, Value result) {
  bool first = op.getDataFormat() == "channels_first";
  if (op.getExpandDims())
    result = first ? transpose(b, result, {0, 2, 1, 3})
                   : transpose(b, result, {0, 1, 3, 2});
  else if (first)
    result = transpose(b, result, {0, 2, 3, 1});
  return reshape(b, result, shapeOf(op.getOutputs()[0]));
}

static Lowered lowerSTFTSpectrogram(nn::STFTSpectrogramOp op, LayerBuilder &b) {
  StringRef mode = op.getMode();
  // Shape inference has already succeeded with the same keys.
  nn::StftSpec spec = llvm::cantFail(nn::getStftSpec(op));
  Value sound = op.getInputs()[0];
  if (op.getDataFormat() == "channels_first")
    sound = toChannelsLast(b, sound);
  nn::AxisGeometry time = llvm::cantFail(nn::inferAxis(
      shapeOf(sound)[1], {spec.frame, spec.step, 1}, spec.padding));
  sound = pad(b, sound, {0, time.low, 0}, {0, time.high, 0}, 0.0);
  auto part = [&](StringRef kernel) {
    return transformFrames(b, sound, weight(b, op, kernel), spec.step,
                           time.out);
  };
  Value result;
  if (mode == "real" || mode == "imag")
    result = part((mode + "_kernel").str());
  else if (mode == "stft")
    result = joinParts(b, part("real_kernel"), part("imag_kernel"));
  else
    result = combineParts(b, part("real_kernel"), part("imag_kernel"), mode);
  return SmallVector<Value>{arrange(op, b, result)};
}

//===----------------------------------------------------------------------===//
// MelSpectrogram: the transform
//===----------------------------------------------------------------------===//

namespace {
/// Real and imaginary parts.
struct Complex {
  Value real, imaginary;
};
} // namespace

/// e^(-2 pi i · row · column / period) for all rows and columns.
static Complex rotations(LocBuilder &b, int64_t rows, int64_t columns,
                         int64_t period, Type type) {
  SmallVector<double> real, imaginary;
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t column = 0; column < columns; ++column) {
      // The remainder first, which keeps the angle exact.
      double angle = -2.0 * llvm::numbers::pi * double(row * column % period) /
                     double(period);
      real.push_back(std::cos(angle));
      imaginary.push_back(std::sin(angle));
    }
  return {tableOf(b, {rows, columns}, real, type),
          tableOf(b, {rows, columns}, imaginary, type)};
}

/// The sound with half a transform mirrored at both ends.
static Value mirrorEnds(LocBuilder &b, Value sound, int64_t border) {
  if (border == 0)
    return sound;
  int64_t count = shapeOf(sound)[1];
  SmallVector<int32_t> before, behind;
  for (int64_t i = 0; i < border; ++i) {
    before.push_back(int32_t(border - i));
    behind.push_back(int32_t(border - 1 - i));
  }
  // The ends alone are looked up in tables.
  Value start = sliceAxis(b, sound, 1, 0, border + 1);
  Value end = sliceAxis(b, sound, 1, count - border - 1, border + 1);
  Value all = pad(b, sound, {0, border}, {0, border}, 0.0);
  all = insert(b, gatherAlong(b, start, 1, before), all, {0, 0});
  return insert(b, gatherAlong(b, end, 1, behind), all, {0, border + count});
}

/// Windowed frames as matrices: (batch, frames, first, second).
static Value makeFrames(LocBuilder &b, Value sound, const nn::MelSpec &spec,
                        int64_t frames) {
  Type type = typeOf(sound).getElementType();
  Value window = tableOf(b, {spec.first, spec.second}, spec.window, type);
  auto d = [&](int64_t i) { return b.getAffineDimExpr(unsigned(i)); };
  auto mapOf = [&](ArrayRef<AffineExpr> exprs) {
    return AffineMap::get(4, 0, exprs, b.getContext());
  };
  return contract(
      b, sound, window, {shapeOf(sound)[0], frames, spec.first, spec.second},
      {mapOf({d(0), d(1) * spec.stride + d(2) * spec.second + d(3)}),
       mapOf({d(2), d(3)}), mapOf({d(0), d(1), d(2), d(3)})},
      {false, false, false, false});
}

/// The transforms along the third axis, then the rotation of each number:
/// (batch, frames, first, second).
static Complex transformColumns(LocBuilder &b, Value frames,
                                const nn::MelSpec &spec) {
  Type type = typeOf(frames).getElementType();
  Complex table = rotations(b, spec.first, spec.first, spec.first, type);
  auto d = [&](int64_t i) { return b.getAffineDimExpr(unsigned(i)); };
  auto mapOf = [&](ArrayRef<AffineExpr> exprs) {
    return AffineMap::get(5, 0, exprs, b.getContext());
  };
  // Loops: batch, frame, frequency, row, column.
  auto sum = [&](Value part) {
    return contract(b, frames, part, shapeOf(frames),
                    {mapOf({d(0), d(1), d(3), d(4)}), mapOf({d(2), d(3)}),
                     mapOf({d(0), d(1), d(2), d(4)})},
                    {false, false, false, true, false});
  };
  Value real = sum(table.real), imaginary = sum(table.imaginary);
  Complex turn = rotations(b, spec.first, spec.second, spec.length, type);
  auto product = [&](Value left, Value right, bool subtract) {
    return elementwise(b, shapeOf(frames),
                       ValueRange{real, imaginary, left, right},
                       [&](LocBuilder &at, ValueRange x) -> Value {
                         Value a = arith::MulFOp::create(at, x[0], x[2]);
                         Value c = arith::MulFOp::create(at, x[1], x[3]);
                         if (subtract)
                           return arith::SubFOp::create(at, a, c);
                         return arith::AddFOp::create(at, a, c);
                       });
  };
  return {product(turn.real, turn.imaginary, true),
          product(turn.imaginary, turn.real, false)};
}

/// The transforms along the last axis, and the power of the frequencies up to
/// the middle: (batch, frames, bins).
static Value transformRows(LocBuilder &b, const Complex &rows,
                           const nn::MelSpec &spec) {
  Type type = typeOf(rows.real).getElementType();
  Shape shape(shapeOf(rows.real));
  int64_t count = spec.length / 2 / spec.first + 1;
  shape.back() = count;
  Complex table = rotations(b, spec.second, count, spec.second, type);
  auto d = [&](int64_t i) { return b.getAffineDimExpr(unsigned(i)); };
  auto mapOf = [&](ArrayRef<AffineExpr> exprs) {
    return AffineMap::get(5, 0, exprs, b.getContext());
  };
  AffineMap in = mapOf({d(0), d(1), d(2), d(3)}), by = mapOf({d(3), d(4)}),
            out = mapOf({d(0), d(1), d(2), d(4)});
  // Loops: batch, frame, row, column, frequency.
  auto sum = [&](Value left, Value right, bool subtract) {
    return accumulate(
        b, ValueRange{rows.real, rows.imaginary, left, right}, shape, 0.0,
        {in, in, by, by, out}, {false, false, false, true, false},
        [&](LocBuilder &at, ValueRange x) -> Value {
          Value a = arith::MulFOp::create(at, x[0], x[2]);
          Value c = arith::MulFOp::create(at, x[1], x[3]);
          Value both = subtract ? arith::SubFOp::create(at, a, c).getResult()
                                : arith::AddFOp::create(at, a, c).getResult();
          return arith::AddFOp::create(at, x[4], both);
        });
  };
  Value real = sum(table.real, table.imaginary, true);
  Value imaginary = sum(table.imaginary, table.real, false);
  Value power = elementwise(b, shape, ValueRange{real, imaginary},
                            [](LocBuilder &at, ValueRange x) -> Value {
                              Value a = arith::MulFOp::create(at, x[0], x[0]);
                              Value c = arith::MulFOp::create(at, x[1], x[1]);
                              return arith::AddFOp::create(at, a, c);
                            });
  // Frequency row + first · column is at [row, column].
  power = transpose(b, power, {0, 1, 3, 2});
  power = reshape(b, power, {shape[0], shape[1], count * spec.first});
  return sliceAxis(b, power, 2, 0, spec.bins());
}

//===----------------------------------------------------------------------===//
// MelSpectrogram: loudness
//===----------------------------------------------------------------------===//

/// The square root of the power, to the power `exponent`.
static Value raise(LocBuilder &b, Value power, double exponent) {
  if (exponent == 2.0)
    return power;
  return map(b, power, [&](LocBuilder &at, ValueRange x) -> Value {
    Value magnitude = math::SqrtOp::create(at, x[0]);
    if (exponent == 1.0)
      return magnitude;
    return math::PowFOp::create(at, magnitude,
                                scalar(at, exponent, x[0].getType()));
  });
}

/// Decibels above the reference, at most `top_db` below the loudest.
static Value toDecibels(nn::MelSpectrogramOp op, LocBuilder &b, Value power) {
  Type type = typeOf(power).getElementType();
  double least = op.getMinPower(), top = op.getTopDb();
  double reference =
      10.0 * std::log10(std::max(std::abs(op.getRefPower()), least));
  Value levels = map(b, power, [&](LocBuilder &at, ValueRange x) -> Value {
    Value heard = arith::MaximumFOp::create(at, x[0], scalar(at, least, type));
    Value level =
        arith::MulFOp::create(at, math::LogOp::create(at, heard).getResult(),
                              scalar(at, 10.0 / std::log(10.0), type));
    return arith::SubFOp::create(at, level, scalar(at, reference, type));
  });
  Placed operands[] = {{levels, allAxes(levels)},
                       {reduceMax(b, levels, allAxes(levels)), {}}};
  return elementwise(
      b, shapeOf(levels), operands, [&](LocBuilder &at, ValueRange x) -> Value {
        Value floor = arith::SubFOp::create(at, x[1], scalar(at, top, type));
        return arith::MaximumFOp::create(at, x[0], floor);
      });
}

static Lowered lowerMelSpectrogram(nn::MelSpectrogramOp op, LayerBuilder &b) {
  // Shape inference has already succeeded with the same keys.
  nn::MelSpec spec = llvm::cantFail(nn::getMelSpec(op));
  Value sound = op.getInputs()[0];
  Type type = typeOf(sound).getElementType();
  ShapeRef shape = shapeOf(op.getOutputs()[0]);
  int64_t batch = shape[0], frames = shape[2];

  sound = mirrorEnds(b, sound, spec.length / 2);
  Value matrices = makeFrames(b, sound, spec, frames);
  Value power = transformRows(b, transformColumns(b, matrices, spec), spec);
  power = raise(b, power, op.getMagExp());
  double rate = double(op.getSamplingRate());
  double highest = op.getMaxFreq().value_or(0.0);
  if (highest == 0.0) // as in Keras
    highest = double(op.getSamplingRate() / 2);
  Value weights = tableOf(b, {spec.bins(), spec.mels},
                          nn::makeMelWeights(spec.bins(), spec.mels, rate,
                                             op.getMinFreq(), highest),
                          type);
  Value mels =
      matmul(b, reshape(b, power, {batch * frames, spec.bins()}), weights);
  if (op.getPowerToDb())
    mels = toDecibels(op, b, mels);
  mels = reshape(b, mels, {batch, frames, spec.mels});
  return SmallVector<Value>{transpose(b, mels, {0, 2, 1})};
}

void nnc::populateSpectrogramPatterns(RewritePatternSet &patterns,
                                      LoweringReport &report) {
  addLayer<nn::STFTSpectrogramOp>(patterns, report, lowerSTFTSpectrogram);
  addLayer<nn::MelSpectrogramOp>(patterns, report, lowerMelSpectrogram);
}
