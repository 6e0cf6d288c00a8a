//===- NNWrapperOps.cpp - layers that hold other layers -------------------===//
//
// Shapes and costs of wrappers follow from what is in their regions, whose
// types shape inference has found first.
//
//===----------------------------------------------------------------------===//

#include "dialect/NNWrapperOps.h"

#include "dialect/NNRecurrentOps.h"
#include "dialect/WeightSpecs.h"
#include "dialect/Wrappers.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;
using llvm::Error;
using llvm::Expected;

using Shapes = Expected<SmallVector<Shape>>;

static Error unknownShapes() {
  return shapeError("the shapes of what it wraps are not known [N315]");
}

static bool isTrue(LayerOpInterface layer, StringRef key) {
  auto value = layer->getAttrOfType<BoolAttr>(key);
  return value && value.getValue();
}

/// Steps of a sequence, 0 where they are open.
static int64_t countSteps(LayerOpInterface layer) {
  int64_t steps = inputShape(layer)[1];
  return steps == kDynamic ? 0 : steps;
}

//===----------------------------------------------------------------------===//
// Bidirectional
//===----------------------------------------------------------------------===//

/// What Keras demands of the two layers.
static Error checkDirections(LayerOpInterface forward,
                             LayerOpInterface backward) {
  if (isTrue(forward, "go_backwards") == isTrue(backward, "go_backwards"))
    return shapeError(
        "needs one layer of the two to have go_backwards = true [N315]");
  for (StringRef key : {"stateful", "return_sequences", "return_state"})
    if (isTrue(forward, key) != isTrue(backward, key))
      return shapeError("needs layers with the same '" + key + "' [N315]");
  return Error::success();
}

Shapes BidirectionalOp::inferShapes(ArrayRef<Shape> inputs) {
  if (inputs[0].size() < 3)
    return shapeError("expects at least a rank-3 input (batch, steps, "
                      "features), but got " +
                      toString(inputs[0]) + " [N301]");
  if (Error error = checkSequenceMask(*this, inputs))
    return error;
  LayerOpInterface layers[] = {getWrappedLayer(*this, 0),
                               getWrappedLayer(*this, 1)};
  SmallVector<Shape> forward = getWrappedShapes(*this, 0),
                     backward = getWrappedShapes(*this, 1);
  if (!layers[0] || !layers[1] || forward.empty() || backward.empty())
    return unknownShapes();
  if (Error error = checkDirections(layers[0], layers[1]))
    return error;
  if (getInitialState().size() % 2 != 0)
    return shapeError("initial_state expects as many states for each of its "
                      "layers, but got " +
                      Twine(getInitialState().size()) + " [N314]");
  StringRef mode = getMergeMode();
  SmallVector<Shape> results = {forward[0]};
  if (mode == "none") {
    results.push_back(backward[0]);
  } else if (mode == "concat") {
    ShapeOr joined = inferConcatenate({forward[0], backward[0]}, -1);
    if (!joined)
      return joined.takeError();
    results[0] = *joined;
  } else if (forward[0] != backward[0]) {
    return shapeError(
        "merge_mode = \"" + mode + "\" needs outputs of one shape, but got " +
        toString(forward[0]) + " and " + toString(backward[0]) + " [N308]");
  }
  llvm::append_range(results, ArrayRef(forward).drop_front());
  llvm::append_range(results, ArrayRef(backward).drop_front());
  return results;
}

unsigned BidirectionalOp::getResultCount() {
  auto forward = getWrappedLayer(*this, 0),
       backward = getWrappedLayer(*this, 1);
  if (!forward)
    return 1;
  // Asked once: a wrapper may be in a wrapper, and so on.
  unsigned states = forward.getResultCount() - 1;
  states += backward ? backward.getResultCount() - 1 : states;
  return (getMergeMode() == "none" ? 2 : 1) + states;
}

int64_t BidirectionalOp::getMacs() {
  int64_t both = (*this)->getNumRegions() == 1 ? 2 : 1;
  return cappedProduct({both, std::max<int64_t>(countWrappedMacs(*this), 1)});
}

//===----------------------------------------------------------------------===//
// TimeDistributed
//===----------------------------------------------------------------------===//

Shapes TimeDistributedOp::inferShapes(ArrayRef<Shape> inputs) {
  for (const Shape &input : inputs.take_front(getInputs().size()))
    if (input.size() < 3 || input[1] != inputs[0][1])
      return shapeError("expects inputs (batch, steps, …) of at least rank 3 "
                        "and as many steps, but got " +
                        toString(input) + " [N301]");
  if (getMask()) {
    const Shape &mask = inputs.back();
    if (mask.size() < 2 || mask[1] != inputs[0][1])
      return shapeError("mask expects " +
                        toString({inputs[0][0], inputs[0][1]}) + ", but got " +
                        toString(mask) + " [N313]");
  }
  SmallVector<Shape> results = getWrappedShapes(*this, 0);
  if (results.size() != 1 || results[0].empty())
    return unknownShapes();
  results[0].insert(results[0].begin() + 1, inputs[0][1]);
  return results;
}

int64_t TimeDistributedOp::getMacs() {
  return cappedProduct({countSteps(*this), countWrappedMacs(*this)});
}

//===----------------------------------------------------------------------===//
// RNN and its cells
//===----------------------------------------------------------------------===//

/// The sizes of the states of all cells in `cell`, in order.
static void appendStateSizes(LayerOpInterface cell, Shape &sizes) {
  if (auto lstm = dyn_cast<LSTMCellOp>(*cell)) {
    sizes.append(2, lstm.getUnits());
  } else if (auto units = cell->getAttrOfType<IntegerAttr>("units")) {
    sizes.push_back(units.getInt());
  } else if (Block *block = getWrappedBlock(cell, 0)) {
    for (auto inner : block->getOps<LayerOpInterface>())
      appendStateSizes(inner, sizes);
  }
}

static Shape getStateSizes(RNNOp rnn) {
  Shape sizes;
  if (LayerOpInterface cell = getWrappedLayer(rnn, 0))
    appendStateSizes(cell, sizes);
  return sizes;
}

Shapes RNNOp::inferShapes(ArrayRef<Shape> inputs) {
  static constexpr StringRef axes[] = {"steps", "features"};
  if (Error error = expectRank(inputs[0], axes))
    return error;
  if (Error error = checkSequenceMask(*this, inputs))
    return error;
  SmallVector<Shape> cell = getWrappedShapes(*this, 0);
  if (cell.size() != 1 || cell[0].size() != 2)
    return unknownShapes();
  Shape sizes = getStateSizes(*this);
  size_t given = getInitialState().size();
  if (given != 0 && given != sizes.size())
    return shapeError("initial_state expects " + Twine(sizes.size()) +
                      " states, but got " + Twine(given) + " [N314]");
  for (size_t i = 0; i < given; ++i)
    if (inputs[1 + i].size() != 2 || inputs[1 + i][1] != sizes[i])
      return shapeError("initial_state expects (None, " + Twine(sizes[i]) +
                        "), but got " + toString(inputs[1 + i]) + " [N314]");
  SmallVector<Shape> results = {cell[0]};
  if (getReturnSequences())
    results[0].insert(results[0].begin() + 1, inputs[0][1]);
  if (getReturnState())
    for (int64_t size : sizes)
      results.push_back({inputs[0][0], size});
  return results;
}

unsigned RNNOp::getResultCount() {
  return 1 + (getReturnState() ? getStateSizes(*this).size() : 0);
}

int64_t RNNOp::getMacs() {
  return cappedProduct({countSteps(*this), countWrappedMacs(*this)});
}

Shapes StackedRNNCellsOp::inferShapes(ArrayRef<Shape>) {
  SmallVector<Shape> results = getWrappedShapes(*this, 0);
  if (results.size() != 1)
    return unknownShapes();
  return results;
}
int64_t StackedRNNCellsOp::getMacs() { return countWrappedMacs(*this); }

//===----------------------------------------------------------------------===//
// Wrappers that run what they hold
//===----------------------------------------------------------------------===//

/// The weight that SpectralNormalization divides in training.
static std::optional<WeightSpec> findKernel(LayerOpInterface layer) {
  if (layer && !isa<WrapperOpInterface>(*layer))
    for (StringRef name : {"kernel", "embeddings"})
      for (WeightSpec &spec : layer.getWeightSpecs())
        if (spec.name == name)
          return std::move(spec);
  return std::nullopt;
}

Shapes SpectralNormalizationOp::inferShapes(ArrayRef<Shape>) {
  SmallVector<Shape> results = getWrappedShapes(*this, 0);
  if (results.size() != 1)
    return unknownShapes();
  if (!findKernel(getWrappedLayer(*this, 0)))
    return shapeError(
        "wraps a layer that has neither kernel nor embeddings [N315]");
  return results;
}

SmallVector<WeightSpec> SpectralNormalizationOp::getWeightSpecs() {
  std::optional<WeightSpec> kernel = findKernel(getWrappedLayer(*this, 0));
  if (!kernel)
    return {};
  Builder builder(getContext());
  Attribute initializer = builder.getDictionaryAttr(
      {builder.getNamedAttr("class_name",
                            builder.getStringAttr("TruncatedNormal")),
       builder.getNamedAttr("config",
                            builder.getDictionaryAttr(builder.getNamedAttr(
                                "stddev", builder.getF64FloatAttr(0.02))))});
  kernel->repeated = true;
  Shape vector = {1, kernel->shape.back()};
  return {std::move(*kernel),
          fixed(*this, "vector_u", vector, initializer, "")};
}
int64_t SpectralNormalizationOp::getMacs() { return countWrappedMacs(*this); }

Shapes PipelineOp::inferShapes(ArrayRef<Shape>) {
  SmallVector<Shape> results = getWrappedShapes(*this, 0);
  if (results.size() != 1)
    return unknownShapes();
  return results;
}
int64_t PipelineOp::getMacs() { return countWrappedMacs(*this); }

//===----------------------------------------------------------------------===//
// What wrappers become
//===----------------------------------------------------------------------===//

Shapes MergeTimeOp::inferShapes(ArrayRef<Shape> inputs) {
  const Shape &input = inputs[0];
  if (input.size() < 2 || input[1] == kDynamic)
    return shapeError("expects (batch, steps, …) with a known number of "
                      "steps, but got " +
                      toString(input) + " [N303]");
  Shape result = {kDynamic};
  if (input[0] != kDynamic) {
    Expected<int64_t> rows = checkedProduct({input[0], input[1]});
    if (!rows)
      return rows.takeError();
    result[0] = *rows;
  }
  result.append(input.begin() + 2, input.end());
  return SmallVector<Shape>{result};
}

Shapes SplitTimeOp::inferShapes(ArrayRef<Shape> inputs) {
  const Shape &input = inputs[0];
  int64_t steps = getSteps();
  if (input.empty() || (input[0] != kDynamic && input[0] % steps != 0))
    return shapeError("expects a multiple of " + Twine(steps) +
                      " samples, but got " + toString(input) + " [N302]");
  Shape result = {input[0] == kDynamic ? kDynamic : input[0] / steps, steps};
  result.append(input.begin() + 1, input.end());
  return SmallVector<Shape>{result};
}

Shapes ReverseTimeOp::inferShapes(ArrayRef<Shape> inputs) {
  if (Error error = expectRankAtLeast(inputs[0], 2))
    return error;
  return SmallVector<Shape>{inputs[0]};
}

//===----------------------------------------------------------------------===//
// Generated definitions
//===----------------------------------------------------------------------===//

void NNDialect::addWrapperOps() {
  addOperations<
#define GET_OP_LIST
#include "dialect/NNWrapperOps.cpp.inc"
      >();
}

#define GET_OP_CLASSES
#include "dialect/NNWrapperOps.cpp.inc"
