//===- ConvLSTMPatterns.cpp - LSTMs of convolutions -----------------------===//
//
// As an LSTM, with convolutions for its products. The input's convolution, for
// all steps at once and for all gates side by side, comes before the loop over
// time; the state's is one of stride 1 that keeps its shape. Everything is
// computed channels last; channels_first is transposed at the borders.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/Activations.h"
#include "compiler/lowering/Convolution.h"
#include "compiler/lowering/Patterns.h"
#include "compiler/lowering/TimeLoop.h"
#include "dialect/NNRecurrentOps.h"

using namespace mlir;
using namespace nnc;

/// (batch, steps, …) as (batch · steps, …).
static Value mergeSteps(LocBuilder &b, Value sequence) {
  Shape shape(shapeOf(sequence));
  shape[0] *= shape[1];
  shape.erase(shape.begin() + 1);
  return reshape(b, sequence, shape);
}

/// Back to (batch, steps, …).
static Value splitSteps(LocBuilder &b, Value samples, int64_t steps) {
  Shape shape(shapeOf(samples));
  shape[0] /= steps;
  shape.insert(shape.begin() + 1, steps);
  return reshape(b, samples, shape);
}

/// Activations that look along an axis take the last one of Keras's layout.
static Value activate(LocBuilder &b, Value value, StringRef name,
                      bool channelsFirst) {
  if (!channelsFirst || isElementwiseActivation(name))
    return applyActivation(b, value, name);
  return toChannelsLast(b, applyActivation(b, toChannelsFirst(b, value), name));
}

template <typename LayerOp>
static Lowered lowerConvLSTM(LayerOp op, LayerBuilder &b) {
  bool first = op.getDataFormat() == "channels_first";
  int64_t filters = op.getFilters();
  int64_t steps = shapeOf(op.getInputs()[0])[1];
  Value input = mergeSteps(b, op.getInputs()[0]);
  if (first)
    input = toChannelsLast(b, input);
  Window window = {op.getKernelSize(), op.getStrides(), op.getDilationRate(),
                   nn::parsePadding(op.getPadding())};
  Value projected = convolve(b, input, weight(b, op, "kernel"), window, 1);
  if (op.getUseBias())
    projected = addBias(b, projected, weight(b, op, "bias"));
  projected = splitSteps(b, projected, steps);

  SmallVector<int64_t> ones(op.getKernelSize().size(), 1);
  Window inner = {op.getKernelSize(), ones, ones, nn::PaddingMode::Same};
  Value recurrent = weight(b, op, "recurrent_kernel");
  StringRef activation = op.getActivation(),
            gateActivation = op.getRecurrentActivation();
  auto step = [&](LocBuilder &at, Value row, ValueRange states) {
    Value sum = add(at, row, convolve(at, states[0], recurrent, inner, 1));
    int64_t channels = rankOf(sum) - 1;
    auto gate = [&](int64_t i, StringRef name) {
      Value part = sliceAxis(at, sum, channels, i * filters, filters);
      return activate(at, part, name, first);
    };
    Value in = gate(0, gateActivation), forget = gate(1, gateActivation);
    Value candidate = gate(2, activation), out = gate(3, gateActivation);
    Value carry = updateCarry(at, forget, states[1], in, candidate);
    Value hidden = multiply(at, out, activate(at, carry, activation, first));
    return SmallVector<Value>{hidden, carry};
  };

  Shape state(shapeOf(projected));
  state.erase(state.begin() + 1);
  state.back() = filters;
  TimeLoop loop = TimeLoop::of(op);
  SmallVector<Value> initial(loop.initialState);
  if (first)
    for (Value &value : initial)
      value = toChannelsLast(b, value);
  loop.initialState = initial;
  SmallVector<Value> results = runOverTime(b, loop, projected, state, 2, step);
  if (!first)
    return results;
  if (op.getReturnSequences())
    results[0] =
        splitSteps(b, toChannelsFirst(b, mergeSteps(b, results[0])), steps);
  else
    results[0] = toChannelsFirst(b, results[0]);
  for (Value &value : MutableArrayRef(results).drop_front())
    value = toChannelsFirst(b, value);
  return results;
}

void nnc::populateConvLSTMPatterns(RewritePatternSet &patterns,
                                   LoweringReport &report) {
  addLayer<nn::ConvLSTM1DOp>(patterns, report, lowerConvLSTM);
  addLayer<nn::ConvLSTM2DOp>(patterns, report, lowerConvLSTM);
  addLayer<nn::ConvLSTM3DOp>(patterns, report, lowerConvLSTM);
}
