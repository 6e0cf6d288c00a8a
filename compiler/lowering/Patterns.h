//===- Patterns.h - one lowering per layer, by family -----------*- C++ -*-===//
//
// A layer is lowered by a free function
//
//   Lowered lowerDense(nn::DenseOp op, LayerBuilder &b);
//
// which builds the results from the layer's operands, or reports with
// nn::emitLayerError and fails. One line registers it:
//
//   addLayer<nn::DenseOp>(patterns, report, lowerDense);
//
// The pass has already checked what holds for every layer: operand and result
// types are static tensors that fit the layer's keys, its weights are bound
// and have the shapes that the layer asks for, no mask is given and no state
// is kept. Each family's file ends with its populate function.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_LOWERING_PATTERNS_H
#define NNC_COMPILER_LOWERING_PATTERNS_H

#include "compiler/lowering/LoweringUtils.h"
#include "dialect/NNOps.h"
#include "mlir/IR/PatternMatch.h"

namespace nnc {

/// A layer's results, one value per result of its op.
using Lowered = mlir::FailureOr<llvm::SmallVector<mlir::Value>>;

/// What lowering a body tells the pass beside the IR that it makes.
struct LoweringReport {
  llvm::SmallVector<mlir::Value> statuses; ///< i32 each, 0 where all is well
  bool failed = false;                     ///< an error has been reported
};

/// Replaces a layer by what its function builds. A layer that fails leaves an
/// empty tensor, so that the layers after it are still looked at and all
/// independent errors appear at once.
template <typename LayerOp>
class LayerPattern : public mlir::OpRewritePattern<LayerOp> {
public:
  using Function = Lowered (*)(LayerOp, LayerBuilder &);

  LayerPattern(mlir::MLIRContext *context, LoweringReport &report,
               Function function)
      : mlir::OpRewritePattern<LayerOp>(context), report(report),
        function(function) {}

  mlir::LogicalResult
  matchAndRewrite(LayerOp op, mlir::PatternRewriter &rewriter) const override {
    LayerBuilder b(op.getLoc(), rewriter, report.statuses);
    Lowered results = function(op, b);
    if (mlir::failed(results)) {
      report.failed = true;
      results = llvm::SmallVector<mlir::Value>();
      for (mlir::Type type : op->getResultTypes())
        results->push_back(empty(b, type));
    }
    rewriter.replaceOp(op, *results);
    return mlir::success();
  }

private:
  LoweringReport &report;
  Function function;
};

template <typename LayerOp>
void addLayer(mlir::RewritePatternSet &patterns, LoweringReport &report,
              typename LayerPattern<LayerOp>::Function function) {
  patterns.add<LayerPattern<LayerOp>>(patterns.getContext(), report, function);
}

void populateCorePatterns(mlir::RewritePatternSet &, LoweringReport &);
void populateActivationPatterns(mlir::RewritePatternSet &, LoweringReport &);
void populateConvPatterns(mlir::RewritePatternSet &, LoweringReport &);
void populatePoolPatterns(mlir::RewritePatternSet &, LoweringReport &);
void populateNormPatterns(mlir::RewritePatternSet &, LoweringReport &);
void populateRecurrentPatterns(mlir::RewritePatternSet &, LoweringReport &);
void populateShapePatterns(mlir::RewritePatternSet &, LoweringReport &);
void populateMergePatterns(mlir::RewritePatternSet &, LoweringReport &);
void populateResizePatterns(mlir::RewritePatternSet &, LoweringReport &);

} // namespace nnc

#endif // NNC_COMPILER_LOWERING_PATTERNS_H
