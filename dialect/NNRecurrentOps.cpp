//===- NNRecurrentOps.cpp - recurrent layers and their cells --------------===//
//
// Shapes, weights and costs of the recurrent layers and of single cells. All
// gates lie side by side in one kernel: 1 for SimpleRNN, 4 (i, f, c, o) for
// LSTM, 3 (z, r, h) for GRU.
//
//===----------------------------------------------------------------------===//

#include "dialect/NNRecurrentOps.h"
#include "dialect/WeightSpecs.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;
using llvm::Error;
using llvm::Expected;

/// What differs between the three cells.
struct CellSpec {
  int64_t gates = 1, states = 1;
};

/// Activations that change the state's size, or that have no meaning here.
static Error checkActivations(LayerOpInterface layer) {
  for (StringRef key : {"activation", "recurrent_activation"}) {
    auto name = layer->getAttrOfType<StringAttr>(key);
    if (name && name.getValue() == "glu")
      return shapeError("the " + key +
                        " glu does not keep the state's size [N314]");
  }
  return Error::success();
}

/// States given by the caller have the shape of the layer's own, `state`.
static Error checkStates(ArrayRef<Shape> given, ShapeRef state, int64_t count) {
  if (!given.empty() && int64_t(given.size()) != count)
    return shapeError("initial_state expects " + Twine(count) +
                      " states, but got " + Twine(given.size()) + " [N314]");
  for (const Shape &shape : given)
    if (shape.size() != state.size() ||
        ShapeRef(shape).drop_front() != state.drop_front())
      return shapeError("initial_state expects " + toString(state) +
                        ", but got " + toString(shape) + " [N314]");
  return Error::success();
}

/// The results of a layer whose states have the shape `state`, the batch first.
template <typename OpTy>
static Expected<SmallVector<Shape>>
inferSequence(OpTy op, ArrayRef<Shape> inputs, const Shape &state,
              int64_t stateCount) {
  if (Error error = checkActivations(op))
    return error;
  if (Error error = checkStates(inputs.slice(1, op.getInitialState().size()),
                                state, stateCount))
    return error;
  if (Error error = checkSequenceMask(op, inputs))
    return error;
  SmallVector<Shape> results = {state};
  if (op.getReturnSequences())
    results[0].insert(results[0].begin() + 1, inputs[0][1]);
  if (op.getReturnState())
    results.append(stateCount, state);
  return results;
}

/// Refuses features that are not known, and gates that do not fit.
static Error checkFeatures(ShapeRef input, int64_t units, CellSpec cell) {
  if (input.back() == kDynamic)
    return shapeError("needs the number of features, but got " +
                      toString(input) + " [N303]");
  if (auto width = checkedProduct({cell.gates, units}); !width)
    return width.takeError();
  return Error::success();
}

template <typename OpTy>
static Expected<SmallVector<Shape>>
inferRecurrentShapes(OpTy op, ArrayRef<Shape> inputs, CellSpec cell) {
  ShapeRef input = inputs[0];
  static constexpr StringRef axes[] = {"steps", "features"};
  if (Error error = expectRank(input, axes))
    return error;
  if (Error error = checkFeatures(input, op.getUnits(), cell))
    return error;
  Shape state = {input[0], op.getUnits()};
  return inferSequence(op, inputs, state, cell.states);
}

template <typename OpTy>
static Expected<SmallVector<Shape>>
inferCellShapes(OpTy op, ArrayRef<Shape> inputs, CellSpec cell) {
  ShapeRef input = inputs[0];
  static constexpr StringRef axes[] = {"features"};
  if (Error error = expectRank(input, axes))
    return error;
  if (Error error = checkFeatures(input, op.getUnits(), cell))
    return error;
  if (Error error = checkActivations(op))
    return error;
  return SmallVector<Shape>{{input[0], op.getUnits()}};
}

template <typename OpTy>
static SmallVector<WeightSpec> getRecurrentWeights(OpTy op, CellSpec cell,
                                                   const Shape &bias) {
  int64_t width = cell.gates * op.getUnits();
  SmallVector<WeightSpec> specs = {
      trained(op, "kernel", {inputShape(op).back(), width},
              op.getKernelInitializer(), "glorot_uniform"),
      trained(op, "recurrent_kernel", {op.getUnits(), width},
              op.getRecurrentInitializer(), "orthogonal")};
  if (op.getUseBias())
    specs.push_back(
        trained(op, "bias", bias, op.getBiasInitializer(), "zeros"));
  return specs;
}

/// Keras starts the forget gate's bias at one; the name tells materialization.
template <typename OpTy>
static SmallVector<WeightSpec> startForgetting(OpTy op,
                                               SmallVector<WeightSpec> specs) {
  if (op.getUseBias() && op.getUnitForgetBias() && !op.getBiasInitializer())
    specs.back().initializer =
        StringAttr::get(op.getContext(), "unit_forget_bias");
  return specs;
}

template <typename OpTy>
static SmallVector<WeightSpec> getLSTMWeights(OpTy op) {
  return startForgetting(op,
                         getRecurrentWeights(op, {4, 2}, {4 * op.getUnits()}));
}

template <typename OpTy> static SmallVector<WeightSpec> getGRUWeights(OpTy op) {
  int64_t width = 3 * op.getUnits();
  return getRecurrentWeights(
      op, {3, 1}, op.getResetAfter() ? Shape{2, width} : Shape{width});
}

/// Of all steps, or of a cell's one.
template <typename OpTy>
static int64_t countRecurrentMacs(OpTy op, CellSpec cell) {
  Shape input = inputShape(op);
  int64_t steps = input.size() == 3 ? input[1] : 1;
  if (steps == kDynamic)
    return 0;
  return cappedProduct(
      {steps, input.back() + op.getUnits(), cell.gates, op.getUnits()});
}

Expected<SmallVector<Shape>> SimpleRNNOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferRecurrentShapes(*this, inputs, {1, 1});
}
SmallVector<WeightSpec> SimpleRNNOp::getWeightSpecs() {
  return getRecurrentWeights(*this, {1, 1}, {getUnits()});
}
int64_t SimpleRNNOp::getMacs() { return countRecurrentMacs(*this, {1, 1}); }
unsigned SimpleRNNOp::getResultCount() { return getReturnState() ? 2 : 1; }

Expected<SmallVector<Shape>> LSTMOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferRecurrentShapes(*this, inputs, {4, 2});
}
SmallVector<WeightSpec> LSTMOp::getWeightSpecs() {
  return getLSTMWeights(*this);
}
int64_t LSTMOp::getMacs() { return countRecurrentMacs(*this, {4, 2}); }
unsigned LSTMOp::getResultCount() { return getReturnState() ? 3 : 1; }

Expected<SmallVector<Shape>> GRUOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferRecurrentShapes(*this, inputs, {3, 1});
}
SmallVector<WeightSpec> GRUOp::getWeightSpecs() { return getGRUWeights(*this); }
int64_t GRUOp::getMacs() { return countRecurrentMacs(*this, {3, 1}); }
unsigned GRUOp::getResultCount() { return getReturnState() ? 2 : 1; }

//===----------------------------------------------------------------------===//
// Cells
//===----------------------------------------------------------------------===//

Expected<SmallVector<Shape>>
SimpleRNNCellOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferCellShapes(*this, inputs, {1, 1});
}
SmallVector<WeightSpec> SimpleRNNCellOp::getWeightSpecs() {
  return getRecurrentWeights(*this, {1, 1}, {getUnits()});
}
int64_t SimpleRNNCellOp::getMacs() { return countRecurrentMacs(*this, {1, 1}); }

Expected<SmallVector<Shape>> LSTMCellOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferCellShapes(*this, inputs, {4, 2});
}
SmallVector<WeightSpec> LSTMCellOp::getWeightSpecs() {
  return getLSTMWeights(*this);
}
int64_t LSTMCellOp::getMacs() { return countRecurrentMacs(*this, {4, 2}); }

Expected<SmallVector<Shape>> GRUCellOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferCellShapes(*this, inputs, {3, 1});
}
SmallVector<WeightSpec> GRUCellOp::getWeightSpecs() {
  return getGRUWeights(*this);
}
int64_t GRUCellOp::getMacs() { return countRecurrentMacs(*this, {3, 1}); }

//===----------------------------------------------------------------------===//
// ConvLSTM
//===----------------------------------------------------------------------===//

/// (batch, steps, …) without the steps.
static Shape getStepShape(ShapeRef sequence) {
  Shape step(sequence);
  step.erase(step.begin() + 1);
  return step;
}

template <typename OpTy> static bool isChannelsFirst(OpTy op) {
  return op.getDataFormat() == "channels_first";
}

/// The shape of the states, which is that of a step's convolution.
template <typename OpTy> static ShapeOr inferConvState(OpTy op, ShapeRef step) {
  auto width = checkedProduct({4, op.getFilters()});
  if (!width)
    return width.takeError();
  ConvSpec spec{op.getFilters(),
                op.getKernelSize(),
                op.getStrides(),
                op.getDilationRate(),
                parsePadding(op.getPadding()),
                isChannelsFirst(op)};
  return inferConv(step, spec);
}

template <typename OpTy>
static Expected<SmallVector<Shape>>
inferConvLSTMShapes(OpTy op, ArrayRef<Shape> inputs) {
  int64_t rank = op.getKernelSize().size();
  SmallVector<StringRef> axes = axisNames(rank, isChannelsFirst(op));
  axes.insert(axes.begin(), "steps");
  if (Error error = expectRank(inputs[0], axes))
    return error;
  Shape step = getStepShape(inputs[0]);
  if (llvm::is_contained(ShapeRef(step).drop_front(), kDynamic))
    return shapeError("needs a known shape of each step, but got " +
                      toString(inputs[0]) + " [N303]");
  ShapeOr state = inferConvState(op, step);
  if (!state)
    return state.takeError();
  return inferSequence(op, inputs, *state, 2);
}

template <typename OpTy>
static SmallVector<WeightSpec> getConvLSTMWeights(OpTy op) {
  Shape input = inputShape(op);
  int64_t channels = input[isChannelsFirst(op) ? 2 : input.size() - 1];
  int64_t width = 4 * op.getFilters();
  Shape kernel(op.getKernelSize()), recurrent(op.getKernelSize());
  kernel.append({channels, width});
  recurrent.append({op.getFilters(), width});
  SmallVector<WeightSpec> specs = {
      trained(op, "kernel", kernel, op.getKernelInitializer(),
              "glorot_uniform"),
      trained(op, "recurrent_kernel", recurrent, op.getRecurrentInitializer(),
              "orthogonal")};
  if (op.getUseBias())
    specs.push_back(
        trained(op, "bias", {width}, op.getBiasInitializer(), "zeros"));
  return startForgetting(op, std::move(specs));
}

template <typename OpTy> static int64_t countConvLSTMMacs(OpTy op) {
  Shape input = inputShape(op);
  ShapeOr state = inferConvState(op, getStepShape(input));
  if (!state) {
    llvm::consumeError(state.takeError());
    return 0;
  }
  int64_t channels = input[isChannelsFirst(op) ? 2 : input.size() - 1];
  SmallVector<int64_t> factors(op.getKernelSize());
  factors.append({sampleElements(*state), 4, channels + op.getFilters(),
                  input[1] == kDynamic ? 0 : input[1]});
  return cappedProduct(factors);
}

Expected<SmallVector<Shape>> ConvLSTM1DOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferConvLSTMShapes(*this, inputs);
}
SmallVector<WeightSpec> ConvLSTM1DOp::getWeightSpecs() {
  return getConvLSTMWeights(*this);
}
int64_t ConvLSTM1DOp::getMacs() { return countConvLSTMMacs(*this); }
unsigned ConvLSTM1DOp::getResultCount() { return getReturnState() ? 3 : 1; }

Expected<SmallVector<Shape>> ConvLSTM2DOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferConvLSTMShapes(*this, inputs);
}
SmallVector<WeightSpec> ConvLSTM2DOp::getWeightSpecs() {
  return getConvLSTMWeights(*this);
}
int64_t ConvLSTM2DOp::getMacs() { return countConvLSTMMacs(*this); }
unsigned ConvLSTM2DOp::getResultCount() { return getReturnState() ? 3 : 1; }

Expected<SmallVector<Shape>> ConvLSTM3DOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferConvLSTMShapes(*this, inputs);
}
SmallVector<WeightSpec> ConvLSTM3DOp::getWeightSpecs() {
  return getConvLSTMWeights(*this);
}
int64_t ConvLSTM3DOp::getMacs() { return countConvLSTMMacs(*this); }
unsigned ConvLSTM3DOp::getResultCount() { return getReturnState() ? 3 : 1; }

//===----------------------------------------------------------------------===//
// Generated definitions
//===----------------------------------------------------------------------===//

void NNDialect::addRecurrentOps() {
  addOperations<
#define GET_OP_LIST
#include "dialect/NNRecurrentOps.cpp.inc"
      >();
}

#define GET_OP_CLASSES
#include "dialect/NNRecurrentOps.cpp.inc"
