//===- KerasOpsPatterns.cpp - lowering of functions of keras.ops ----------===//
//
// Functions that a functional model calls without a layer around them.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/Patterns.h"
#include "dialect/NNKerasOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace nnc;

static Lowered lowerCast(nn::OpsCastOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  Signs signs = {isUnsignedOperand(op, 0), isUnsignedResult(op, 0)};
  Type element = elementOf(op.getOutputs()[0]);
  return SmallVector<Value>{castTensor(b, input, element, signs)};
}

void nnc::populateKerasOpsPatterns(RewritePatternSet &patterns,
                                   LoweringReport &report) {
  addLayer<nn::OpsCastOp>(patterns, report, lowerCast);
}
