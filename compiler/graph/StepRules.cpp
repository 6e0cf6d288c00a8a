//===- StepRules.cpp - which layers act step by step ----------------------===//
//
// One table from a layer's name to what it must not do with the time axis.
// Layers are told apart by name, and keys are read by theirs, so that one rule
// serves a whole family. What the table does not have is refused: a layer that
// is let through wrongly would give other numbers than the whole sequence.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/StepRules.h"

#include "dialect/Constants.h"

#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

/// The axis of time in every stream.
static constexpr int64_t kTime = 1;

static int64_t getRank(LayerOpInterface layer) {
  return cast<RankedTensorType>(layer->getOperand(0).getType()).getRank();
}

static bool isTrue(LayerOpInterface layer, StringRef key) {
  auto value = layer->getAttrOfType<BoolAttr>(key);
  return value && value.getValue();
}

static bool isWord(LayerOpInterface layer, StringRef key, StringRef word) {
  auto value = layer->getAttrOfType<StringAttr>(key);
  return value && value.getValue() == word;
}

/// A key that is one integer or a list of them; empty where it is not given.
static SmallVector<int64_t> getInts(LayerOpInterface layer, StringRef key) {
  Attribute value = layer->getAttr(key);
  if (auto single = dyn_cast_if_present<IntegerAttr>(value))
    return {single.getInt()};
  if (auto list = dyn_cast_if_present<DenseI64ArrayAttr>(value))
    return SmallVector<int64_t>(list.asArrayRef());
  return {};
}

static bool isTime(int64_t axis, int64_t rank) {
  return axis == kTime || axis + rank == kTime;
}

//===----------------------------------------------------------------------===//
// Rules
//===----------------------------------------------------------------------===//

/// For layers that work along the last axis.
static std::string checkLastAxis(LayerOpInterface layer) {
  return getRank(layer) > kTime + 1 ? "" : "works along the axis of time";
}

/// For layers with the key `axis`; left out, it is the last one.
static std::string checkAxis(LayerOpInterface layer) {
  int64_t rank = getRank(layer);
  SmallVector<int64_t> axes = getInts(layer, "axis");
  if (axes.empty() && !layer->hasAttr("axis"))
    axes.push_back(-1);
  for (int64_t axis : axes)
    if (isTime(axis, rank))
      return "works along the axis of time";
  return "";
}

/// For functions that take in everything, or join samples, unless told an axis.
static std::string checkGivenAxis(LayerOpInterface layer) {
  if (getInts(layer, "axis").empty())
    return "works along all axes";
  return checkAxis(layer);
}

/// For functions element by element: constants may not differ between steps.
static std::string checkConstants(LayerOpInterface layer) {
  for (NamedAttribute key : layer->getAttrs()) {
    if (!isConstant(key.getValue()))
      continue;
    // Axes line up from the last one on.
    Shape shape = getConstantShape(key.getValue());
    int64_t time = kTime - getRank(layer) + int64_t(shape.size());
    if (time > 0 || (time == 0 && shape[0] != 1))
      return ("has a constant '" + key.getName().getValue() +
              "' with an axis of time")
          .str();
  }
  return "";
}

/// What gives numbers as vectors (one_hot, …) may count over the steps.
static std::string checkNumbers(LayerOpInterface layer) {
  bool plain =
      !layer->hasAttr("output_mode") || isWord(layer, "output_mode", "int");
  return plain ? "" : "puts the steps' numbers together";
}

static std::string checkActivation(LayerOpInterface layer) {
  static constexpr llvm::StringLiteral alongRows[] = {"softmax", "log_softmax",
                                                      "sparsemax", "glu"};
  auto name = layer->getAttrOfType<StringAttr>("activation");
  bool row = name && llvm::is_contained(alongRows, name.getValue());
  return row ? checkLastAxis(layer) : "";
}

/// A slope for every step would be a weight as long as the sequence.
static std::string checkPReLU(LayerOpInterface layer) {
  bool shared = llvm::is_contained(getInts(layer, "shared_axes"), kTime);
  return shared ? "" : "has a slope for every step; share axis 1";
}

static std::string checkRecurrent(LayerOpInterface layer) {
  if (isTrue(layer, "go_backwards"))
    return "goes backwards from the last step";
  if (!getKeywordOperands(layer, "initial_state").empty())
    return "is given its initial state, but goes on from the last call";
  return "";
}

static std::string checkConv1D(LayerOpInterface layer) {
  SmallVector<int64_t> kernel = getInts(layer, "kernel_size");
  SmallVector<int64_t> strides = getInts(layer, "strides");
  if (isWord(layer, "data_format", "channels_first"))
    return "has its channels before the steps; use channels_last";
  if (!strides.empty() && strides.front() != 1)
    return "changes the number of steps (strides = " +
           std::to_string(strides.front()) + ")";
  if (kernel.empty() || kernel.front() == 1 ||
      isWord(layer, "padding", "causal"))
    return "";
  return "looks at steps to come; padding = \"causal\" looks back only";
}

/// Only nn.conv1d can look back without looking ahead.
static std::string checkPointwise(LayerOpInterface layer) {
  SmallVector<int64_t> kernel = getInts(layer, "kernel_size");
  if (!kernel.empty() && kernel.front() == 1)
    return checkConv1D(layer);
  return "looks at steps to come";
}

static std::string checkPermute(LayerOpInterface layer) {
  SmallVector<int64_t> dims = getInts(layer, "dims");
  return !dims.empty() && dims.front() == kTime ? "" : "moves the axis of time";
}

/// Inputs line up step by step only where they have the same axes.
static std::string checkMerge(LayerOpInterface layer) {
  for (Value operand : layer->getOperands())
    if (cast<RankedTensorType>(operand.getType()).getRank() != getRank(layer))
      return "merges inputs of different ranks";
  return checkConstants(layer);
}

static std::string checkConcatenate(LayerOpInterface layer) {
  return checkAxis(layer).empty() ? "" : "joins sequences one after the other";
}

static std::string checkOneHot(LayerOpInterface layer) {
  SmallVector<int64_t> axis = getInts(layer, "axis");
  return axis.empty() || axis.front() == -1 ? "" : "moves the axis of time";
}

/// A new last axis, or one between those behind time.
static std::string checkExpandDims(LayerOpInterface layer) {
  for (int64_t axis : getInts(layer, "axis"))
    if ((axis < 0 ? axis + getRank(layer) + 1 : axis) <= kTime)
      return "moves the axis of time";
  return getInts(layer, "axis").empty() ? "moves the axis of time" : "";
}

/// An Embedding, or its reverse, which is a Dense.
static std::string checkReversible(LayerOpInterface layer) {
  return isTrue(layer, "reverse") ? checkLastAxis(layer) : "";
}

/// What wraps a layer for its weights' sake does what that layer does.
static std::string checkWrapped(LayerOpInterface layer) {
  for (auto inner : layer->getRegion(0).getOps<LayerOpInterface>()) {
    if (!llvm::all_of(inner->getOperandTypes(),
                      llvm::IsaPred<RankedTensorType>))
      return "wraps a layer whose input is not known";
    if (isRecurrent(inner) || isWord(inner, "padding", "causal"))
      return ("wraps a " + inner.getKerasClass() + ", which remembers").str();
    std::string reason = whyNotStepwise(inner);
    if (!reason.empty())
      return reason;
  }
  return "";
}

/// The letter of time must stay where it is and not be summed over.
static std::string checkEinsum(LayerOpInterface layer) {
  auto equation = layer->getAttrOfType<StringAttr>("equation");
  if (!equation)
    return "has no equation";
  auto [inputs, output] = equation.getValue().split("->");
  auto [input, kernel] = inputs.split(",");
  if (input.consume_front("..."))
    // The dots stand for all axes but those that follow.
    return output.starts_with("...") &&
                   getRank(layer) - int64_t(input.size()) > kTime
               ? ""
               : "works along the axis of time";
  bool kept = input.size() > kTime && output.size() > kTime &&
              input[0] == output[0] && input[kTime] == output[kTime] &&
              !kernel.contains(input[kTime]);
  return kept ? "" : "works along the axis of time";
}

static std::string accept(LayerOpInterface) { return ""; }

static std::string changesSteps(LayerOpInterface) {
  return "changes the number of steps";
}
static std::string needsAllSteps(LayerOpInterface) {
  return "needs all steps of the sequence at once";
}
static std::string rearranges(LayerOpInterface) {
  return "rearranges the steps";
}
static std::string refuse(LayerOpInterface) {
  return "is not known to act step by step";
}

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

using Rule = std::string (*)(LayerOpInterface);

static Rule getLayerRule(StringRef layer) {
  return llvm::StringSwitch<Rule>(layer)
      .Case("activation", checkActivation)
      .Cases({"relu", "leaky_relu", "elu", "rescaling", "identity", "masking",
              "embedding", "time_distributed"},
             accept)
      .Cases({"discretization", "integer_lookup"}, checkNumbers)
      .Case("prelu", checkPReLU)
      .Cases({"dense", "ternary_dense", "layer_scale"}, checkLastAxis)
      .Case("reversible_embedding", checkReversible)
      .Case("einsum_dense", checkEinsum)
      .Cases({"batch_normalization", "layer_normalization", "normalization",
              "rms_normalization", "unit_normalization", "softmax"},
             checkAxis)
      .Cases({"simple_rnn", "lstm", "gru", "rnn", "conv_lstm1d", "conv_lstm2d",
              "conv_lstm3d"},
             checkRecurrent)
      .Case("conv1d", checkConv1D)
      .Cases({"depthwise_conv1d", "separable_conv1d"}, checkPointwise)
      .Cases({"add", "subtract", "multiply", "average", "maximum", "minimum"},
             checkMerge)
      .Case("concatenate", checkConcatenate)
      .Case("permute", checkPermute)
      .Cases({"spectral_normalization", "pipeline"}, checkWrapped)
      .Cases({"reshape", "flatten", "repeat_vector"}, rearranges)
      .Cases({"zero_padding1d", "cropping1d", "up_sampling1d", "max_pooling1d",
              "average_pooling1d", "conv1d_transpose",
              "adaptive_average_pooling1d", "adaptive_max_pooling1d"},
             changesSteps)
      .Cases({"bidirectional", "global_average_pooling1d",
              "global_max_pooling1d", "attention", "additive_attention",
              "multi_head_attention", "group_query_attention",
              "group_normalization", "stft_spectrogram", "mel_spectrogram"},
             needsAllSteps)
      .Default(refuse);
}

/// Functions of keras.ops.
static Rule getFunctionRule(StringRef function) {
  return llvm::StringSwitch<Rule>(function)
      .Cases({"absolute", "abs",   "negative",   "sign",  "square",   "round",
              "trunc",    "floor", "ceil",       "sqrt",  "rsqrt",    "exp",
              "exp2",     "expm1", "reciprocal", "log",   "log1p",    "log2",
              "log10",    "sin",   "cos",        "tan",   "arcsin",   "arccos",
              "arctan",   "sinh",  "cosh",       "tanh",  "arcsinh",  "arccosh",
              "arctanh",  "erf",   "isnan",      "isinf", "isfinite", "cast",
              "clip",     "where", "nan_to_num"},
             checkMerge)
      .Cases({"relu",        "relu6",     "sigmoid",      "sparse_sigmoid",
              "silu",        "hard_silu", "hard_sigmoid", "log_sigmoid",
              "softplus",    "softsign",  "sparse_plus",  "mish",
              "selu",        "hard_tanh", "tanh_shrink",  "soft_shrink",
              "hard_shrink", "threshold", "squareplus",   "leaky_relu",
              "elu",         "celu",      "gelu",         "stop_gradient",
              "zeros_like",  "ones_like", "full_like"},
             checkMerge)
      .Cases({"add",         "subtract",      "multiply",     "divide",
              "true_divide", "divide_no_nan", "floor_divide", "mod",
              "power",       "maximum",       "minimum",      "arctan2",
              "logaddexp",   "hypot",         "equal",        "not_equal",
              "less",        "less_equal",    "greater",      "greater_equal",
              "logical_and", "logical_or",    "logical_xor",  "logical_not"},
             checkMerge)
      .Cases({"any", "all", "sum", "prod", "mean", "var", "std", "logsumexp",
              "max", "min", "amax", "amin", "count_nonzero", "argmax", "argmin",
              "concatenate"},
             checkGivenAxis)
      .Cases({"glu", "softmax", "log_softmax", "sparsemax"}, checkAxis)
      .Case("one_hot", checkOneHot)
      .Case("expand_dims", checkExpandDims)
      .Default(refuse);
}

static Rule getRule(LayerOpInterface layer) {
  StringRef name = layer->getName().stripDialect();
  return name.consume_front("ops.") ? getFunctionRule(name)
                                    : getLayerRule(name);
}

std::string nnc::whyNotStepwise(LayerOpInterface layer) {
  if (layer->hasTrait<TrainingOnly>())
    return "";
  return getRule(layer)(layer);
}

bool nnc::isRecurrent(LayerOpInterface layer) {
  return getRule(layer) == checkRecurrent;
}

bool nnc::givesStream(LayerOpInterface layer) {
  return !isRecurrent(layer) || isTrue(layer, "return_sequences");
}
