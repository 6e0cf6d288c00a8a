//===- RecurrentPatterns.cpp - SimpleRNN, LSTM, GRU -----------------------===//
//
// A recurrent layer becomes a loop over time. What does not depend on the state
// (the input's product with the kernel, for all steps) is one product before
// the loop; the weights are read there too.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/Activations.h"
#include "compiler/lowering/Patterns.h"
#include "compiler/lowering/TimeLoop.h"
#include "dialect/NNRecurrentOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace nnc {
namespace {

/// input · kernel (+ bias) for all steps at once: [batch, time, gates·units].
Value projectInput(LocBuilder &b, Value input, Value kernel, Value bias) {
  ShapeRef shape = shapeOf(input);
  int64_t columns = shapeOf(kernel)[1];
  Value rows = reshape(b, input, {shape[0] * shape[1], shape[2]});
  Value product = matmul(b, rows, kernel);
  if (bias)
    product = addBias(b, product, bias);
  return reshape(b, product, {shape[0], shape[1], columns});
}

/// Runs `step` over the steps of `projected`, with states of (batch, units).
template <typename LayerOp>
SmallVector<Value> runSteps(LayerOp op, LocBuilder &b, Value projected,
                            int64_t stateCount, StepBody step) {
  Shape state = {shapeOf(projected)[0], op.getUnits()};
  return runOverTime(b, TimeLoop::of(op), projected, state, stateCount, step);
}

/// The part of gate `gate` in a row of gates.
Value gateOf(LocBuilder &b, Value row, int64_t gate, int64_t units) {
  return sliceAxis(b, row, 1, gate * units, units);
}

/// activation(lhs + rhs).
Value activateSum(LocBuilder &b, Value lhs, Value rhs, StringRef activation) {
  return applyActivation(b, add(b, lhs, rhs), activation);
}

/// Gate `gate` of a step: activation of its parts of both products.
Value activateGate(LocBuilder &b, Value row, Value inner, int64_t gate,
                   int64_t units, StringRef activation) {
  Value ofInput = gateOf(b, row, gate, units);
  Value ofState = gateOf(b, inner, gate, units);
  return activateSum(b, ofInput, ofState, activation);
}

//===----------------------------------------------------------------------===//
// The layers
//===----------------------------------------------------------------------===//

Lowered lowerSimpleRNN(nn::SimpleRNNOp op, LayerBuilder &b) {
  StringRef activation = op.getActivation();
  Value recurrent = weight(b, op, "recurrent_kernel");
  Value bias = op.getUseBias() ? weight(b, op, "bias") : Value();
  Value projected =
      projectInput(b, op.getInputs().front(), weight(b, op, "kernel"), bias);
  auto step = [&](LocBuilder &b, Value row, ValueRange states) {
    return SmallVector<Value>{
        activateSum(b, row, matmul(b, states[0], recurrent), activation)};
  };
  return runSteps(op, b, projected, /*stateCount=*/1, step);
}

Lowered lowerLSTM(nn::LSTMOp op, LayerBuilder &b) {
  StringRef activation = op.getActivation();
  StringRef gateActivation = op.getRecurrentActivation();
  int64_t units = op.getUnits();
  Value recurrent = weight(b, op, "recurrent_kernel");
  Value bias = op.getUseBias() ? weight(b, op, "bias") : Value();
  Value projected =
      projectInput(b, op.getInputs().front(), weight(b, op, "kernel"), bias);
  auto step = [&](LocBuilder &b, Value row, ValueRange states) {
    Value inner = matmul(b, states[0], recurrent);
    auto gate = [&](int64_t i, StringRef activate) {
      return activateGate(b, row, inner, i, units, activate);
    };
    Value input = gate(0, gateActivation), forget = gate(1, gateActivation);
    Value candidate = gate(2, activation), output = gate(3, gateActivation);
    Value carry = updateCarry(b, forget, states[1], input, candidate);
    Value hidden = multiply(b, output, applyActivation(b, carry, activation));
    return SmallVector<Value>{hidden, carry};
  };
  return runSteps(op, b, projected, /*stateCount=*/2, step);
}

/// z·h + (1 - z)·candidate.
Value blend(LocBuilder &b, Value update, Value old, Value candidate) {
  return elementwise(b, shapeOf(old), {update, old, candidate},
                     [](LocBuilder &b, ValueRange x) -> Value {
                       Value one = scalar(b, 1.0, x[0].getType());
                       Value rest = arith::SubFOp::create(b, one, x[0]);
                       Value kept = arith::MulFOp::create(b, x[0], x[1]);
                       Value added = arith::MulFOp::create(b, rest, x[2]);
                       return arith::AddFOp::create(b, kept, added);
                     });
}

/// The weights of a GRU. With reset_after the reset gate acts on the product
/// of state and kernel, which then has a bias of its own; otherwise on the
/// state, so that the candidate needs a product of its own.
struct GRUWeights {
  Value gates;                    ///< the recurrent kernel of z, r (and h)
  Value candidate;                ///< of h, without reset_after
  Value inputBias, recurrentBias; ///< null where there is none

  GRUWeights(nn::GRUOp op, LocBuilder &b) {
    int64_t units = op.getUnits();
    gates = weight(b, op, "recurrent_kernel");
    if (!op.getResetAfter()) {
      candidate = sliceAxis(b, gates, 1, 2 * units, units);
      gates = sliceAxis(b, gates, 1, 0, 2 * units);
    }
    if (!op.getUseBias())
      return;
    inputBias = weight(b, op, "bias");
    if (!op.getResetAfter())
      return;
    auto row = [&](int64_t i) {
      return reshape(b, sliceAxis(b, inputBias, 0, i, 1), {3 * units});
    };
    recurrentBias = row(1);
    inputBias = row(0);
  }
};

Lowered lowerGRU(nn::GRUOp op, LayerBuilder &b) {
  StringRef activation = op.getActivation();
  StringRef gateActivation = op.getRecurrentActivation();
  int64_t units = op.getUnits();
  GRUWeights weights(op, b);
  Value projected = projectInput(b, op.getInputs().front(),
                                 weight(b, op, "kernel"), weights.inputBias);
  auto step = [&](LocBuilder &b, Value row, ValueRange states) {
    Value old = states[0];
    Value inner = matmul(b, old, weights.gates);
    if (weights.recurrentBias)
      inner = addBias(b, inner, weights.recurrentBias);
    auto gate = [&](int64_t i) {
      return activateGate(b, row, inner, i, units, gateActivation);
    };
    Value update = gate(0), reset = gate(1);
    Value recall = op.getResetAfter()
                       ? multiply(b, reset, gateOf(b, inner, 2, units))
                       : matmul(b, multiply(b, reset, old), weights.candidate);
    Value ofInput = gateOf(b, row, 2, units);
    Value candidate = activateSum(b, ofInput, recall, activation);
    return SmallVector<Value>{blend(b, update, old, candidate)};
  };
  return runSteps(op, b, projected, /*stateCount=*/1, step);
}

} // namespace

void populateRecurrentPatterns(RewritePatternSet &patterns,
                               LoweringReport &report) {
  addLayer<nn::SimpleRNNOp>(patterns, report, lowerSimpleRNN);
  addLayer<nn::LSTMOp>(patterns, report, lowerLSTM);
  addLayer<nn::GRUOp>(patterns, report, lowerGRU);
}

} // namespace nnc
