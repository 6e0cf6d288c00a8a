//===- NNRecurrentOps.td - recurrent layers and their cells ---------------===//

#ifndef NN_RECURRENT_OPS_TD
#define NN_RECURRENT_OPS_TD

include "dialect/NNBase.td"

/// What one step is computed with, in a layer and in a cell of its own.
defvar NN_StepKeys = (ins NN_DefaultActivation<"tanh">:$activation,
    NN_Default<NN_Bool, "true">:$use_bias,
    OptionalAttr<NN_Initializer>:$kernel_initializer,
    OptionalAttr<NN_Initializer>:$recurrent_initializer,
    OptionalAttr<NN_Initializer>:$bias_initializer);
defvar NN_UnitKeys = !con((ins NN_PositiveInt:$units), NN_StepKeys);
defvar NN_LSTMKeys = (ins NN_DefaultActivation<"sigmoid">:$recurrent_activation,
    NN_Default<NN_Bool, "true">:$unit_forget_bias);
defvar NN_GRUKeys = (ins NN_DefaultActivation<"sigmoid">:$recurrent_activation,
    NN_Default<NN_Bool, "true">:$reset_after);
/// How the steps are run.
defvar NN_SequenceKeys = (ins NN_Default<NN_Bool, "false">:$return_sequences,
    NN_Default<NN_Bool, "false">:$return_state,
    NN_Default<NN_Bool, "false">:$go_backwards,
    NN_Default<NN_Bool, "false">:$stateful,
    NN_Default<NN_Bool, "false">:$zero_output_for_mask);
defvar NN_StepTrainingKeys = ["kernel_regularizer", "recurrent_regularizer", "bias_regularizer", "kernel_constraint", "recurrent_constraint", "bias_constraint", "dropout", "recurrent_dropout", "seed"];
defvar NN_RecurrentTrainingKeys = !listconcat(NN_StepTrainingKeys, ["activity_regularizer", "unroll", "use_cudnn"]);

class NN_SequenceLayer<string mnemonic, string kerasClass>
    : NN_KeywordLayer<mnemonic, kerasClass,
                      ["getWeightSpecs", "getMacs", "getResultCount"]> {
  let keywordOperands = (ins Variadic<NN_Value>:$initial_state,
                             Optional<NN_Value>:$mask);
  let keywords = ["initial_state", "mask"];
  let masks = "sequenceMasks";
  let trainingKeys = NN_RecurrentTrainingKeys;
}

class NN_RecurrentLayer<string mnemonic, string kerasClass, dag moreKeys>
    : NN_SequenceLayer<mnemonic, kerasClass> {
  let required = ["units"];
  let keys = !con(NN_UnitKeys, NN_SequenceKeys, moreKeys);
}

def NN_SimpleRNNOp : NN_RecurrentLayer<"simple_rnn", "SimpleRNN", (ins)> {
  let summary = "h = activation(x · kernel + bias + h · recurrent_kernel)";
}
def NN_LSTMOp : NN_RecurrentLayer<"lstm", "LSTM", NN_LSTMKeys> {
  let summary = "long short-term memory; gates in the order i, f, c, o";
}
def NN_GRUOp : NN_RecurrentLayer<"gru", "GRU", NN_GRUKeys> {
  let summary = "gated recurrent unit; gates in the order z, r, h";
}

/// One step of a recurrent layer, to be run by nn.rnn.
class NN_RecurrentCell<string mnemonic, string kerasClass, dag moreKeys>
    : NN_Layer<mnemonic, kerasClass, ["getWeightSpecs", "getMacs"], [NN_Cell]> {
  let required = ["units"];
  let keys = !con(NN_UnitKeys, moreKeys);
  let trainingKeys = NN_StepTrainingKeys;
}

def NN_SimpleRNNCellOp
    : NN_RecurrentCell<"simple_rnn_cell", "SimpleRNNCell", (ins)> {
  let summary = "one step of SimpleRNN";
}
def NN_LSTMCellOp : NN_RecurrentCell<"lstm_cell", "LSTMCell", NN_LSTMKeys> {
  let summary = "one step of LSTM";
}
def NN_GRUCellOp : NN_RecurrentCell<"gru_cell", "GRUCell", NN_GRUKeys> {
  let summary = "one step of GRU";
}

class NN_ConvLSTMLayer<string mnemonic, string kerasClass, int rank>
    : NN_SequenceLayer<mnemonic, kerasClass> {
  let required = ["filters", "kernel_size"];
  let keys = !con((ins NN_PositiveInt:$filters,
      NN_PositiveInts<rank>:$kernel_size,
      NN_Default<NN_PositiveInts<rank>,
                 "{" # !interleave(!listsplat("1", rank), ", ") # "}">:$strides,
      NN_DefaultWord<NN_Padding, "valid">:$padding,
      NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format,
      NN_Default<NN_PositiveInts<rank>,
                 "{" # !interleave(!listsplat("1", rank), ", ") # "}">
          :$dilation_rate), NN_StepKeys, NN_SequenceKeys, NN_LSTMKeys);
}

def NN_ConvLSTM1DOp : NN_ConvLSTMLayer<"conv_lstm1d", "ConvLSTM1D", 1> {
  let summary = "an LSTM with convolutions over one axis for its products";
}
def NN_ConvLSTM2DOp : NN_ConvLSTMLayer<"conv_lstm2d", "ConvLSTM2D", 2> {
  let summary = "an LSTM with convolutions over two axes for its products";
}
def NN_ConvLSTM3DOp : NN_ConvLSTMLayer<"conv_lstm3d", "ConvLSTM3D", 3> {
  let summary = "an LSTM with convolutions over three axes for its products";
}

#endif // NN_RECURRENT_OPS_TD
