//===- NNRecurrentOps.cpp - recurrent layers ------------------------------===//
//
// Shapes, weights and costs of the recurrent layers. All gates lie side by side
// in one kernel: 1 for SimpleRNN, 4 (i, f, c, o) for LSTM, 3 (z, r, h) for GRU.
//
//===----------------------------------------------------------------------===//

#include "dialect/NNOps.h"
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

template <typename OpTy>
static Expected<SmallVector<Shape>>
inferRecurrentShapes(OpTy op, ArrayRef<Shape> inputs, CellSpec cell) {
  ShapeRef input = inputs[0];
  static constexpr StringRef axes[] = {"steps", "features"};
  if (Error error = expectRank(input, axes))
    return error;
  if (input[2] == kDynamic)
    return shapeError("needs the number of features, but got " +
                      toString(input));
  if (op.getActivation() == "glu")
    return shapeError("the activation glu does not keep the state's size");
  int64_t units = op.getUnits();
  if (auto width = checkedProduct({cell.gates, units}); !width)
    return width.takeError();
  int64_t initial = int64_t(op.getInitialState().size());
  if (initial != 0 && initial != cell.states)
    return shapeError("initial_state expects " + Twine(cell.states) +
                      " states, but got " + Twine(initial));
  for (int64_t i = 0; i < initial; ++i)
    if (inputs[1 + i].size() != 2 || inputs[1 + i][1] != units)
      return shapeError("initial_state expects (None, " + Twine(units) +
                        "), but got " + toString(inputs[1 + i]));
  Shape last = {input[0], units};
  SmallVector<Shape> results;
  results.push_back(op.getReturnSequences() ? Shape{input[0], input[1], units}
                                            : last);
  if (op.getReturnState())
    results.append(cell.states, last);
  return results;
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

template <typename OpTy>
static int64_t countRecurrentMacs(OpTy op, CellSpec cell) {
  Shape input = inputShape(op);
  if (input[1] == kDynamic)
    return 0;
  return cappedProduct(
      {input[1], input[2] + op.getUnits(), cell.gates, op.getUnits()});
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
  auto specs = getRecurrentWeights(*this, {4, 2}, {4 * getUnits()});
  // Keras starts the forget gate's bias at one; the name tells materialization.
  if (getUseBias() && getUnitForgetBias() && !getBiasInitializer())
    specs.back().initializer =
        StringAttr::get(getContext(), "unit_forget_bias");
  return specs;
}
int64_t LSTMOp::getMacs() { return countRecurrentMacs(*this, {4, 2}); }
unsigned LSTMOp::getResultCount() { return getReturnState() ? 3 : 1; }

Expected<SmallVector<Shape>> GRUOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferRecurrentShapes(*this, inputs, {3, 1});
}
SmallVector<WeightSpec> GRUOp::getWeightSpecs() {
  int64_t width = 3 * getUnits();
  return getRecurrentWeights(*this, {3, 1},
                             getResetAfter() ? Shape{2, width} : Shape{width});
}
int64_t GRUOp::getMacs() { return countRecurrentMacs(*this, {3, 1}); }
unsigned GRUOp::getResultCount() { return getReturnState() ? 2 : 1; }

//===----------------------------------------------------------------------===//
// Bidirectional
//===----------------------------------------------------------------------===//

Expected<SmallVector<Shape>> BidirectionalOp::inferShapes(ArrayRef<Shape>) {
  return shapeError("cannot be compiled yet");
}
