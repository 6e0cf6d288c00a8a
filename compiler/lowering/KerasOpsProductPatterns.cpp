//===- KerasOpsProductPatterns.cpp - sums of products in keras.ops --------===//
//
// Products are the einsum that the dialect says they are, convolutions the sums
// that those of the layers are.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/Convolution.h"
#include "compiler/lowering/EinsumLowering.h"
#include "compiler/lowering/KerasOpsUtils.h"
#include "dialect/KerasWindows.h"
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

//===----------------------------------------------------------------------===//
// Convolutions
//===----------------------------------------------------------------------===//

static Value convolveByName(nn::LayerOpInterface op, LocBuilder &b,
                            const nn::KernelWindows &windows, Value input,
                            ArrayRef<Value> kernels) {
  Window window = {windows.size, windows.strides, windows.dilation,
                   windows.padding};
  int64_t channels = shapeOf(input).back();
  if (isa<nn::OpsConvOp>(*op))
    return convolve(b, input, kernels[0], window,
                    nn::countGroups(channels, shapeOf(kernels[0])));
  if (isa<nn::OpsConvTransposeOp>(*op)) {
    std::optional<ArrayRef<int64_t>> more;
    if (windows.outputPadding)
      more = *windows.outputPadding;
    auto axes = getTransposedAxes(shapeOf(input), window, more);
    Value turned = turnKernel(b, kernels[0], axes);
    return convolveTransposed(b, input, turned, windows.dilation, axes);
  }
  Value result = convolveDepthwise(b, input, kernels[0], window);
  if (kernels.size() == 1)
    return result;
  SmallVector<int64_t> ones(window.spatialRank(), 1);
  Window point = {ones, ones, ones, nn::PaddingMode::Valid};
  return convolve(b, result, kernels[1], point, /*groups=*/1);
}

static Lowered lowerConvolution(nn::LayerOpInterface op, LayerBuilder &b) {
  SmallVector<Value> tensors;
  for (const nn::Argument &argument :
       llvm::cantFail(nn::bindArguments(op, op->getNumOperands())))
    tensors.push_back(argumentTensor(b, op, argument, resultElement(op)));
  Value input = tensors.front();
  auto kernels = ArrayRef(tensors).drop_front();
  // Shape inference has already succeeded with the same numbers.
  nn::KernelWindows windows =
      llvm::cantFail(nn::getKernelWindows(op, shapeOf(kernels[0])));
  if (windows.channelsFirst)
    input = toChannelsLast(b, input);
  Value result = convolveByName(op, b, windows, input, kernels);
  return oneResult(windows.channelsFirst ? toChannelsFirst(b, result) : result);
}

void nnc::populateKerasOpsProductPatterns(RewritePatternSet &patterns,
                                          LoweringReport &report) {
  for (StringRef name :
       {"matmul", "dot", "inner", "outer", "vdot", "tensordot", "einsum"})
    addNamedLayer(patterns, report, ("nn.ops." + name).str(), lowerProduct);
  for (StringRef name :
       {"conv", "depthwise_conv", "separable_conv", "conv_transpose"})
    addNamedLayer(patterns, report, ("nn.ops." + name).str(), lowerConvolution);
}
