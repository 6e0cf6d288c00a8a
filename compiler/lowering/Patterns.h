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
// and have the shapes that the layer asks for, masks are of i1 and no state is
// kept. Each family's file ends with its populate function.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_LOWERING_PATTERNS_H
#define NNC_COMPILER_LOWERING_PATTERNS_H

#include "compiler/lowering/LoweringUtils.h"
#include "dialect/NNOps.h"
#include "mlir/IR/PatternMatch.h"
#include <functional>

namespace nnc {

/// A layer's results, one value per result of its op.
using Lowered = mlir::FailureOr<llvm::SmallVector<mlir::Value>>;

/// The status of a body that met an index outside its table: NNC_ERROR_INDEX
/// of nnc/abi.h.
inline constexpr int64_t kIndexError = 7;

/// What lowering a body tells the pass beside the IR that it makes.
struct LoweringReport {
  llvm::SmallVector<mlir::Value> statuses; ///< i32 each, 0 where all is well
  bool failed = false;                     ///< an error has been reported
};

/// Replaces a layer by what its function has built. A layer that fails leaves
/// an empty tensor, so that the layers after it are still looked at and all
/// independent errors appear at once.
inline void replaceLayer(mlir::Operation *layer, Lowered results,
                         LayerBuilder &b, mlir::PatternRewriter &rewriter,
                         LoweringReport &report) {
  if (mlir::failed(results)) {
    report.failed = true;
    results = llvm::SmallVector<mlir::Value>();
    for (mlir::Type type : layer->getResultTypes())
      results->push_back(empty(b, type));
  }
  rewriter.replaceOp(layer, *results);
}

/// The pattern of one kind of layer, which its function builds.
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
    replaceLayer(op, function(op, b), b, rewriter, report);
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

/// The same for an operation known by its name, so that one function serves
/// many whose keys it looks up by name.
class NamedLayerPattern : public mlir::RewritePattern {
public:
  using Function = std::function<Lowered(nn::LayerOpInterface, LayerBuilder &)>;

  NamedLayerPattern(llvm::StringRef name, mlir::MLIRContext *context,
                    LoweringReport &report, Function function)
      : mlir::RewritePattern(name, /*benefit=*/1, context), report(report),
        function(std::move(function)) {}

  mlir::LogicalResult
  matchAndRewrite(mlir::Operation *op,
                  mlir::PatternRewriter &rewriter) const override {
    LayerBuilder b(op->getLoc(), rewriter, report.statuses);
    auto layer = llvm::cast<nn::LayerOpInterface>(op);
    replaceLayer(layer, function(layer, b), b, rewriter, report);
    return mlir::success();
  }

private:
  LoweringReport &report;
  Function function;
};

inline void addNamedLayer(mlir::RewritePatternSet &patterns,
                          LoweringReport &report, llvm::StringRef name,
                          NamedLayerPattern::Function function) {
  patterns.add(std::make_unique<NamedLayerPattern>(
      name, patterns.getContext(), report, std::move(function)));
}

/// Whether the layer's operand or result was of an unsigned type, which a
/// function's values no longer say: their integers are signless.
bool isUnsignedOperand(mlir::Operation *layer, unsigned index);
bool isUnsignedResult(mlir::Operation *layer, unsigned index);

void populateCorePatterns(mlir::RewritePatternSet &, LoweringReport &);
void populateActivationPatterns(mlir::RewritePatternSet &, LoweringReport &);
void populateAttentionPatterns(mlir::RewritePatternSet &, LoweringReport &);
void populateConvPatterns(mlir::RewritePatternSet &, LoweringReport &);
void populatePoolPatterns(mlir::RewritePatternSet &, LoweringReport &);
void populateNormPatterns(mlir::RewritePatternSet &, LoweringReport &);
void populateRecurrentPatterns(mlir::RewritePatternSet &, LoweringReport &);
void populateConvLSTMPatterns(mlir::RewritePatternSet &, LoweringReport &);
void populateSequencePatterns(mlir::RewritePatternSet &, LoweringReport &);
void populateShapePatterns(mlir::RewritePatternSet &, LoweringReport &);
void populateMergePatterns(mlir::RewritePatternSet &, LoweringReport &);
void populateCategoryPatterns(mlir::RewritePatternSet &, LoweringReport &);
void populateHistogramPatterns(mlir::RewritePatternSet &, LoweringReport &);
void populateImagePatterns(mlir::RewritePatternSet &, LoweringReport &);
void populateSpectrogramPatterns(mlir::RewritePatternSet &, LoweringReport &);
void populateResizePatterns(mlir::RewritePatternSet &, LoweringReport &);
void populateKerasOpsPatterns(mlir::RewritePatternSet &, LoweringReport &);
void populateKerasOpsAxisPatterns(mlir::RewritePatternSet &, LoweringReport &);
void populateKerasOpsElementwisePatterns(mlir::RewritePatternSet &,
                                         LoweringReport &);
void populateKerasOpsProductPatterns(mlir::RewritePatternSet &,
                                     LoweringReport &);
void populateKerasOpsReducePatterns(mlir::RewritePatternSet &,
                                    LoweringReport &);
void populateKerasOpsShapePatterns(mlir::RewritePatternSet &, LoweringReport &);
void populateKerasOpsIndexPatterns(mlir::RewritePatternSet &, LoweringReport &);

} // namespace nnc

#endif // NNC_COMPILER_LOWERING_PATTERNS_H
