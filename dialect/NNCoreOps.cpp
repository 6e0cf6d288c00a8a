//===- NNCoreOps.cpp - dense, embedding, activations ----------------------===//
//
// Shapes, weights and costs of the core and activation layers.
//
//===----------------------------------------------------------------------===//

#include "dialect/NNCoreOps.h"
#include "dialect/Quantization.h"
#include "dialect/WeightSpecs.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;
using llvm::Error;
using llvm::Expected;

//===----------------------------------------------------------------------===//
// Dense
//===----------------------------------------------------------------------===//

Expected<SmallVector<Shape>> DenseOp::inferShapes(ArrayRef<Shape> inputs) {
  ShapeOr shape = inferDense(inputs[0], getUnits());
  return single(shape ? inferActivation(*shape, getActivation())
                      : std::move(shape));
}

SmallVector<WeightSpec> DenseOp::getWeightSpecs() {
  int64_t in = inputShape(*this).back();
  bool quantized = isInt8Quantized(*this);
  SmallVector<WeightSpec> specs;
  if (quantized)
    specs.push_back(fixed(*this, "kernel", {in, getUnits()}, {}, "zeros"));
  else
    specs.push_back(trained(*this, "kernel", {in, getUnits()},
                            getKernelInitializer(), "glorot_uniform"));
  if (getUseBias())
    specs.push_back(
        trained(*this, "bias", {getUnits()}, getBiasInitializer(), "zeros"));
  if (quantized)
    specs.push_back(fixed(*this, "kernel_scale", {getUnits()}, {}, "ones"));
  return specs;
}

int64_t DenseOp::getMacs() {
  Shape shape = inputShape(*this);
  return cappedProduct({sampleElements(shape), getUnits()});
}

//===----------------------------------------------------------------------===//
// EinsumDense
//===----------------------------------------------------------------------===//

static Expected<EinsumDenseShapes> inferShapesOf(EinsumDenseOp op,
                                                 ShapeRef input) {
  Shape output;
  for (int64_t extent : op.getOutputShape()) {
    if (extent == 0 || extent < -1)
      return shapeError("output_shape has the extent " + Twine(extent) +
                        " [N316]");
    output.push_back(extent == -1 ? kDynamic : extent);
  }
  return inferEinsumDense(op.getEquation(), op.getBiasAxes().value_or(""),
                          input, output);
}

Expected<SmallVector<Shape>>
EinsumDenseOp::inferShapes(ArrayRef<Shape> inputs) {
  auto shapes = inferShapesOf(*this, inputs[0]);
  if (!shapes)
    return shapes.takeError();
  if (isInt8Quantized(*this)) {
    Einsum einsum = llvm::cantFail(
        analyzeEinsum(getEquation(), {inputs[0], shapes->kernel}));
    if (Error error = checkScaleAxes(einsum))
      return error;
  }
  return single(inferActivation(shapes->result, getActivation()));
}

/// The extents of the result that are the kernel's, 1 for the others.
static Shape getScaleShape(EinsumDenseOp op, const EinsumDenseShapes &shapes) {
  Einsum einsum = llvm::cantFail(
      analyzeEinsum(op.getEquation(), {inputShape(op), shapes.kernel}));
  Shape scale;
  for (unsigned index : einsum.result)
    scale.push_back(llvm::is_contained(einsum.operands[1], index)
                        ? einsum.extents[index]
                        : 1);
  return scale;
}

SmallVector<WeightSpec> EinsumDenseOp::getWeightSpecs() {
  EinsumDenseShapes shapes =
      llvm::cantFail(inferShapesOf(*this, inputShape(*this)));
  bool quantized = isInt8Quantized(*this);
  SmallVector<WeightSpec> specs = {
      quantized ? fixed(*this, "kernel", shapes.kernel, {}, "zeros")
                : trained(*this, "kernel", shapes.kernel,
                          getKernelInitializer(), "glorot_uniform")};
  if (getBiasAxes().value_or("") != "")
    specs.push_back(
        trained(*this, "bias", shapes.bias, getBiasInitializer(), "zeros"));
  if (quantized)
    specs.push_back(
        fixed(*this, "kernel_scale", getScaleShape(*this, shapes), {}, "ones"));
  return specs;
}

int64_t EinsumDenseOp::getMacs() {
  Shape input = inputShape(*this);
  Shape kernel = llvm::cantFail(inferShapesOf(*this, input)).kernel;
  return countEinsumMacs(getEquation(), {input, kernel});
}

//===----------------------------------------------------------------------===//
// Other denses
//===----------------------------------------------------------------------===//

Expected<SmallVector<Shape>>
TernaryDenseOp::inferShapes(ArrayRef<Shape> inputs) {
  ShapeOr shape = inferDense(inputs[0], getUnits());
  return single(shape ? inferActivation(*shape, getActivation())
                      : std::move(shape));
}

SmallVector<WeightSpec> TernaryDenseOp::getWeightSpecs() {
  int64_t in = inputShape(*this).back();
  SmallVector<WeightSpec> specs = {trained(*this, "kernel", {in, getUnits()},
                                           getKernelInitializer(),
                                           "glorot_uniform")};
  if (getUseBias())
    specs.push_back(
        trained(*this, "bias", {getUnits()}, getBiasInitializer(), "zeros"));
  return specs;
}

int64_t TernaryDenseOp::getMacs() {
  return cappedProduct({sampleElements(inputShape(*this)), getUnits()});
}

Expected<SmallVector<Shape>> LayerScaleOp::inferShapes(ArrayRef<Shape> inputs) {
  if (Error error = expectRankAtLeast(inputs[0], 2))
    return error;
  if (inputs[0].back() != getProjectionDim())
    return shapeError("expects " + Twine(getProjectionDim()) +
                      " channels, but got " + toString(inputs[0]) + " [N302]");
  return single(inputs[0]);
}

SmallVector<WeightSpec> LayerScaleOp::getWeightSpecs() {
  Builder builder(getContext());
  DictionaryAttr value = builder.getDictionaryAttr(
      builder.getNamedAttr("value", getInitValuesAttr()));
  DictionaryAttr constant = builder.getDictionaryAttr(
      {builder.getNamedAttr("class_name", builder.getStringAttr("Constant")),
       builder.getNamedAttr("config", value)});
  return {trained(*this, "gamma", {getProjectionDim()}, constant, "")};
}

//===----------------------------------------------------------------------===//
// Embedding
//===----------------------------------------------------------------------===//

Expected<SmallVector<Shape>> EmbeddingOp::inferShapes(ArrayRef<Shape> inputs) {
  Shape result = inputs[0];
  result.push_back(getOutputDim());
  return single(result);
}

/// The weights of an embedding's table: of an int8 one a scale for each row.
template <typename Op> static SmallVector<WeightSpec> getTableSpecs(Op op) {
  Shape shape = {op.getInputDim(), op.getOutputDim()};
  if (isInt8Quantized(op))
    return {fixed(op, "embeddings", shape, {}, "zeros"),
            fixed(op, "embeddings_scale", {op.getInputDim()}, {}, "ones")};
  return {trained(op, "embeddings", shape, op.getEmbeddingsInitializer(),
                  "uniform")};
}

SmallVector<WeightSpec> EmbeddingOp::getWeightSpecs() {
  return getTableSpecs(*this);
}

/// In reverse the table, or one of its own, is a kernel.
Expected<SmallVector<Shape>>
ReversibleEmbeddingOp::inferShapes(ArrayRef<Shape> inputs) {
  Shape result = inputs[0];
  if (!getReverse()) {
    result.push_back(getOutputDim());
    return single(result);
  }
  if (result.size() < 2 || result.back() != getOutputDim())
    return shapeError("in reverse expects (None, ..., " +
                      Twine(getOutputDim()) + "), but got " + toString(result) +
                      " [N314]");
  if (isInt8Quantized(*this) && !quantizesLastAxis(getQuantizationConfigAttr()))
    return shapeError("quantization_config: the activation_quantizer expects "
                      "the axis -1 [N309]");
  result.back() = getInputDim();
  return single(result);
}

SmallVector<WeightSpec> ReversibleEmbeddingOp::getWeightSpecs() {
  SmallVector<WeightSpec> specs = getTableSpecs(*this);
  if (getTieWeights())
    return specs;
  Shape shape = {getOutputDim(), getInputDim()};
  if (isInt8Quantized(*this)) {
    specs.push_back(fixed(*this, "reverse_embeddings", shape, {}, "zeros"));
    specs.push_back(
        fixed(*this, "reverse_embeddings_scale", {getInputDim()}, {}, "ones"));
  } else {
    specs.push_back(trained(*this, "reverse_embeddings", shape,
                            getEmbeddingsInitializer(), "uniform"));
  }
  return specs;
}

int64_t ReversibleEmbeddingOp::getMacs() {
  if (!getReverse())
    return 0;
  return cappedProduct({sampleElements(inputShape(*this)), getInputDim()});
}

//===----------------------------------------------------------------------===//
// Activations
//===----------------------------------------------------------------------===//

Expected<SmallVector<Shape>> ActivationOp::inferShapes(ArrayRef<Shape> inputs) {
  bool isThreshold = getActivation() == "threshold";
  if (isThreshold != getThreshold().has_value() ||
      isThreshold != getDefaultValue().has_value())
    return shapeError("threshold and default_value belong to the activation "
                      "'threshold', which needs both [N305]");
  return single(inferActivation(inputs[0], getActivation()));
}

Expected<SmallVector<Shape>> ReLUOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inputs[0]);
}

Expected<SmallVector<Shape>> LeakyReLUOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inputs[0]);
}

Expected<SmallVector<Shape>> ELUOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inputs[0]);
}

/// The axes a PReLU has one alpha for, counted as Keras does (batch is 0).
static Expected<SmallVector<int64_t>> normalizeSharedAxes(PReLUOp op,
                                                          int64_t rank) {
  return normalizeAxes(op.getSharedAxes().value_or(ArrayRef<int64_t>()), rank);
}

Expected<SmallVector<Shape>> PReLUOp::inferShapes(ArrayRef<Shape> inputs) {
  auto shared = normalizeSharedAxes(*this, int64_t(inputs[0].size()));
  if (!shared)
    return shared.takeError();
  for (auto [axis, extent] : llvm::enumerate(inputs[0]))
    if (axis != 0 && extent == kDynamic &&
        !llvm::is_contained(*shared, int64_t(axis)))
      return shapeError("needs every extent that is not in shared_axes, but "
                        "got " +
                        toString(inputs[0]) + " [N303]");
  return single(inputs[0]);
}

SmallVector<WeightSpec> PReLUOp::getWeightSpecs() {
  Shape shape = inputShape(*this);
  for (int64_t axis :
       llvm::cantFail(normalizeSharedAxes(*this, int64_t(shape.size()))))
    shape[axis] = 1;
  shape.erase(shape.begin());
  return {trained(*this, "alpha", shape, getAlphaInitializer(), "zeros")};
}

Expected<SmallVector<Shape>> SoftmaxOp::inferShapes(ArrayRef<Shape> inputs) {
  if (getAxis().empty())
    return shapeError("axis names no axis [N309]");
  auto axes = normalizeAxes(getAxis(), int64_t(inputs[0].size()));
  if (!axes)
    return axes.takeError();
  if (!getMask())
    return single(inputs[0]);
  // Keras adds the mask, as numbers, to the input.
  const Shape &mask = inputs[1];
  bool fits = mask.size() == inputs[0].size();
  for (size_t i = 0; fits && i < mask.size(); ++i)
    fits = mask[i] == inputs[0][i] || mask[i] == 1;
  if (!fits)
    return shapeError("mask expects the input's shape " + toString(inputs[0]) +
                      ", but got " + toString(mask) + " [N313]");
  return single(inputs[0]);
}

Expected<SmallVector<Shape>> MaskingOp::inferShapes(ArrayRef<Shape> inputs) {
  if (Error error = expectRankAtLeast(inputs[0], 2))
    return error;
  return single(inputs[0]);
}

Expected<SmallVector<Shape>> IdentityOp::inferShapes(ArrayRef<Shape> inputs) {
  return single(inputs[0]);
}

//===----------------------------------------------------------------------===//
// Rescaling and Normalization
//===----------------------------------------------------------------------===//

/// The input against constants that broadcast into it.
static ShapeOr inferWithConstant(Shape input, Attribute value, StringRef key) {
  auto numbers = getNumbers(value);
  if (!numbers)
    return shapeError("'" + key + "' is a ragged list [N304]");
  Shape constant(numbers->shape);
  bool fits = constant.size() < input.size();
  for (size_t i = 0; fits && i < constant.size(); ++i) {
    int64_t extent = input[input.size() - constant.size() + i];
    fits = constant[i] == 1 || constant[i] == extent;
  }
  if (!fits)
    return shapeError("'" + key + "' of shape " + toString(constant) +
                      " does not broadcast into the input " + toString(input) +
                      " [N308]");
  return input;
}

Expected<SmallVector<Shape>> RescalingOp::inferShapes(ArrayRef<Shape> inputs) {
  ShapeOr shape = inferWithConstant(inputs[0], getScale(), "scale");
  if (shape && getOffset())
    shape = inferWithConstant(inputs[0], *getOffset(), "offset");
  return single(std::move(shape));
}

/// The extents that have a mean each: those of `axis`, in order.
static ShapeOr getNormalizedShape(NormalizationOp op, ShapeRef input) {
  Shape shape;
  auto axes = normalizeAxes(op.getAxis(), int64_t(input.size()));
  if (!axes)
    return axes.takeError();
  llvm::sort(*axes);
  for (int64_t axis : *axes) {
    if (input[axis] == kDynamic)
      return shapeError("needs the extents of axis, but got " +
                        toString(input) + " [N303]");
    shape.push_back(input[axis]);
  }
  return shape;
}

Expected<SmallVector<Shape>>
NormalizationOp::inferShapes(ArrayRef<Shape> inputs) {
  if (getMean().has_value() != getVariance().has_value())
    return shapeError(
        "mean and variance are given together or not at all [N305]");
  ShapeOr kept = getNormalizedShape(*this, inputs[0]);
  if (!kept)
    return kept.takeError();
  auto count = checkedProduct(*kept);
  if (!count)
    return count.takeError();
  for (auto [value, key] :
       {std::pair(getMean(), "mean"), std::pair(getVariance(), "variance")}) {
    if (!value)
      continue;
    int64_t given = int64_t(getNumbers(*value)->values.size());
    if (given != 1 && given != *count)
      return shapeError("'" + Twine(key) + "' has " + Twine(given) +
                        " numbers, but the axes have " + Twine(*count) +
                        " [N304]");
  }
  return single(inputs[0]);
}

SmallVector<WeightSpec> NormalizationOp::getWeightSpecs() {
  if (getMean())
    return {};
  Shape shape = llvm::cantFail(getNormalizedShape(*this, inputShape(*this)));
  return {fixed(*this, "mean", shape, {}, "zeros"),
          fixed(*this, "variance", shape, {}, "ones")};
}

//===----------------------------------------------------------------------===//
// Generated definitions
//===----------------------------------------------------------------------===//

void NNDialect::addCoreOps() {
  addOperations<
#define GET_OP_LIST
#include "dialect/NNCoreOps.cpp.inc"
      >();
}

#define GET_OP_CLASSES
#include "dialect/NNCoreOps.cpp.inc"
