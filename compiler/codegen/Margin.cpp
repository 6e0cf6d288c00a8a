//===- Margin.cpp - padding that a reduction can leave out ----------------===//
//
// A window moves along an axis with one parallel loop and reaches out with one
// reduction loop. Blocks of rows at the border are written out tap by tap, so
// the margin along the axis of the rows must be narrow; for a wide one (a
// strongly dilated convolution) the pad stays, as a copy.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/Margin.h"

#include "compiler/codegen/Reduction.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace nnc {

/// The widest margin and the most taps that are worth writing out.
static constexpr int64_t kWidestMargin = 8;
static constexpr int64_t kMostTaps = 11;

/// Whether an element of value `padding` leaves the accumulator as it is: 0
/// times anything in a sum, the neutral element of the combiner alone.
static bool addsNothing(linalg::GenericOp op, OpOperand &input,
                        TypedAttr padding) {
  Operation *combiner = findCombiner(op);
  BlockArgument element = op.getMatchingBlockArgument(&input);
  if (!combiner || !element.hasOneUse())
    return false;
  Operation *user = *element.user_begin();
  bool isProduct = user == combiner
                       ? isa<math::FmaOp>(user)
                       : isa<arith::MulFOp>(user) && user->hasOneUse() &&
                             *user->user_begin() == combiner;
  if (isProduct)
    return isa<math::FmaOp, arith::AddFOp>(combiner) &&
           isa<FloatAttr>(padding) &&
           cast<FloatAttr>(padding).getValue().isPosZero();
  return user == combiner &&
         padding == neutralElement(combiner, element.getType());
}

/// Whether one axis of a window is cheap to clip: beside loops of one turn
/// `expr` is made of one reduction loop and one parallel loop at most.
static bool isWindow(linalg::GenericOp op, AffineExpr expr) {
  SmallVector<int64_t> ranges = op.getStaticLoopRanges();
  auto kinds = op.getIteratorTypesArray();
  int64_t positions = 0, taps = 0;
  for (unsigned loop = 0; loop < ranges.size(); ++loop) {
    if (ranges[loop] == 1 || !expr.isFunctionOfDim(loop))
      continue;
    if (kinds[loop] == utils::IteratorType::reduction) {
      ++taps;
      if (ranges[loop] > kMostTaps)
        return false;
    } else {
      ++positions;
    }
  }
  return positions <= 1 && taps == 1;
}

std::optional<Margin> findMargin(linalg::GenericOp op, OpOperand &input) {
  auto pad = input.get().getDefiningOp<tensor::PadOp>();
  if (!pad)
    return std::nullopt;
  Value value = pad.getConstantPaddingValue();
  TypedAttr constant;
  if (!value || !matchPattern(value, m_Constant(&constant)) ||
      !addsNothing(op, input, constant))
    return std::nullopt;
  AffineMap map = op.getMatchingIndexingMap(&input);
  SmallVector<AffineExpr> exprs(map.getResults());
  ArrayRef<int64_t> low = pad.getStaticLow(), high = pad.getStaticHigh();
  for (auto [i, expr] : llvm::enumerate(exprs)) {
    if (low[i] == 0 && high[i] == 0)
      continue;
    if (low[i] < 0 || high[i] < 0 || low[i] > kWidestMargin ||
        high[i] > kWidestMargin || !isWindow(op, expr))
      return std::nullopt;
    expr = expr - low[i];
  }
  return Margin{pad.getSource(),
                AffineMap::get(map.getNumDims(), 0, exprs, op.getContext())};
}

} // namespace nnc
