//===- KerasOpsProductPatterns.cpp - sums of products in keras.ops --------===//
//
// Each is the einsum that the dialect says it is.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/EinsumLowering.h"
#include "compiler/lowering/KerasOpsUtils.h"
#include "dialect/NNKerasProductOps.h"

using namespace mlir;
using namespace nnc;

static Lowered lowerProduct(nn::LayerOpInterface op, LayerBuilder &b) {
  SmallVector<Shape> shapes;
  for (Value operand : op->getOperands())
    shapes.emplace_back(shapeOf(operand));
  nn::Product product = llvm::cantFail(nn::getProduct(op, shapes));
  auto arguments = llvm::cantFail(nn::bindArguments(op, shapes.size()));
  SmallVector<Value> tensors;
  for (auto [argument, shape] : llvm::zip_equal(arguments, product.shapes))
    tensors.push_back(
        reshape(b, argumentTensor(b, op, argument, resultElement(op)), shape));
  return oneResult(einsum(b, product.equation, tensors));
}

void nnc::populateKerasOpsProductPatterns(RewritePatternSet &patterns,
                                          LoweringReport &report) {
  for (StringRef name :
       {"matmul", "dot", "inner", "outer", "vdot", "tensordot", "einsum"})
    addNamedLayer(patterns, report, ("nn.ops." + name).str(), lowerProduct);
}
