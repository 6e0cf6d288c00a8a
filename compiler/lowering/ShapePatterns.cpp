//===- ShapePatterns.cpp - layers that move or repeat elements ------------===//
//
// Reshapes become views, borders become pads and slices, repetition becomes a
// broadcast into an axis of its own that a view then merges. Nothing here
// computes, so every element type passes. Layers that only work in training
// vanish.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/Patterns.h"
#include "dialect/NNShapeOps.h"

using namespace mlir;

namespace nnc {
namespace {

template <typename LayerOp> Value inputOf(LayerOp op) {
  return op.getInputs().front();
}

template <typename LayerOp> ShapeRef resultShape(LayerOp op) {
  return shapeOf(op.getOutputs().front());
}

Lowered one(Value result) { return SmallVector<Value>{result}; }

Lowered lowerFlatten(nn::FlattenOp op, LayerBuilder &b) {
  Value input = inputOf(op);
  if (op.getDataFormat() == "channels_first" && rankOf(input) > 2)
    input = toChannelsLast(b, input);
  return one(reshape(b, input, resultShape(op)));
}

Lowered lowerReshape(nn::ReshapeOp op, LayerBuilder &b) {
  return one(reshape(b, inputOf(op), resultShape(op)));
}

Lowered lowerPermute(nn::PermuteOp op, LayerBuilder &b) {
  SmallVector<int64_t> permutation = {0};
  llvm::append_range(permutation, op.getDims());
  return one(transpose(b, inputOf(op), permutation));
}

Lowered lowerRepeatVector(nn::RepeatVectorOp op, LayerBuilder &b) {
  ShapeRef shape = resultShape(op);
  Value row = reshape(b, inputOf(op), {shape[0], 1, shape[2]});
  return one(repeatAxes(b, row, 1, {op.getN()}));
}

//===----------------------------------------------------------------------===//
// Borders
//===----------------------------------------------------------------------===//

/// What a layer adds to (or takes from) the start and the end of each axis.
struct Border {
  Shape low, high;

  explicit Border(int64_t rank) : low(rank, 0), high(rank, 0) {}

  /// The spatial axes of a tensor whose channels come first or last.
  static Border spatial(int64_t rank, ArrayRef<int64_t> sides,
                        bool channelsFirst) {
    Border border(rank);
    nn::AxisLayout layout{channelsFirst, rank};
    for (int64_t i = 0, e = int64_t(sides.size()) / 2; i < e; ++i) {
      border.low[layout.spatialAxis(i)] = sides[2 * i];
      border.high[layout.spatialAxis(i)] = sides[2 * i + 1];
    }
    return border;
  }
};

template <typename LayerOp>
Lowered padZeros(LayerOp op, LayerBuilder &b, ArrayRef<int64_t> sides) {
  Value input = inputOf(op);
  Border border = Border::spatial(rankOf(input), sides,
                                  op.getDataFormat() == "channels_first");
  return one(pad(b, input, border.low, border.high, 0.0));
}

Lowered lowerZeroPadding1D(nn::ZeroPadding1DOp op, LayerBuilder &b) {
  return padZeros(op, b, op.getPadding());
}

Lowered lowerZeroPadding2D(nn::ZeroPadding2DOp op, LayerBuilder &b) {
  return padZeros(op, b, nn::getBorder(op.getPaddingAttr(), 2, 1));
}

Lowered lowerZeroPadding3D(nn::ZeroPadding3DOp op, LayerBuilder &b) {
  return padZeros(op, b, nn::getBorder(op.getPaddingAttr(), 3, 1));
}

template <typename LayerOp>
Lowered crop(LayerOp op, LayerBuilder &b, ArrayRef<int64_t> sides,
             bool channelsFirst) {
  Value input = inputOf(op);
  Border border = Border::spatial(rankOf(input), sides, channelsFirst);
  return one(slice(b, input, border.low, resultShape(op)));
}

Lowered lowerCropping1D(nn::Cropping1DOp op, LayerBuilder &b) {
  return crop(op, b, op.getCropping(), /*channelsFirst=*/false);
}

Lowered lowerCropping2D(nn::Cropping2DOp op, LayerBuilder &b) {
  return crop(op, b, nn::getBorder(op.getCroppingAttr(), 2, 0),
              op.getDataFormat() == "channels_first");
}

Lowered lowerCropping3D(nn::Cropping3DOp op, LayerBuilder &b) {
  return crop(op, b, nn::getBorder(op.getCroppingAttr(), 3, 1),
              op.getDataFormat() == "channels_first");
}

Lowered lowerUpSampling1D(nn::UpSampling1DOp op, LayerBuilder &b) {
  return one(repeatAxes(b, inputOf(op), 1, {op.getSize()}));
}

Lowered lowerUpSampling3D(nn::UpSampling3DOp op, LayerBuilder &b) {
  bool channelsFirst = op.getDataFormat() == "channels_first";
  return one(repeatAxes(b, inputOf(op), channelsFirst ? 2 : 1, op.getSize()));
}

//===----------------------------------------------------------------------===//
// Training only
//===----------------------------------------------------------------------===//

struct PassThrough : OpTraitRewritePattern<nn::TrainingOnly> {
  using OpTraitRewritePattern::OpTraitRewritePattern;

  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &rewriter) const override {
    rewriter.replaceOp(op, op->getOperand(0));
    return success();
  }
};

} // namespace

void populateShapePatterns(RewritePatternSet &patterns,
                           LoweringReport &report) {
  addLayer<nn::FlattenOp>(patterns, report, lowerFlatten);
  addLayer<nn::ReshapeOp>(patterns, report, lowerReshape);
  addLayer<nn::PermuteOp>(patterns, report, lowerPermute);
  addLayer<nn::RepeatVectorOp>(patterns, report, lowerRepeatVector);
  addLayer<nn::ZeroPadding1DOp>(patterns, report, lowerZeroPadding1D);
  addLayer<nn::ZeroPadding2DOp>(patterns, report, lowerZeroPadding2D);
  addLayer<nn::ZeroPadding3DOp>(patterns, report, lowerZeroPadding3D);
  addLayer<nn::Cropping1DOp>(patterns, report, lowerCropping1D);
  addLayer<nn::Cropping2DOp>(patterns, report, lowerCropping2D);
  addLayer<nn::Cropping3DOp>(patterns, report, lowerCropping3D);
  addLayer<nn::UpSampling1DOp>(patterns, report, lowerUpSampling1D);
  addLayer<nn::UpSampling3DOp>(patterns, report, lowerUpSampling3D);
  patterns.add<PassThrough>(patterns.getContext());
}

} // namespace nnc
