//===- NNRecurrentOps.td - recurrent layers and their wrappers ------------===//

defvar NN_RecurrentKeys = (ins NN_PositiveInt:$units,
    NN_DefaultActivation<"tanh">:$activation,
    NN_Default<NN_Bool, "true">:$use_bias,
    NN_Default<NN_Bool, "false">:$return_sequences,
    NN_Default<NN_Bool, "false">:$return_state,
    NN_Default<NN_Bool, "false">:$go_backwards,
    NN_Default<NN_Bool, "false">:$stateful,
    NN_Default<NN_Bool, "false">:$zero_output_for_mask,
    OptionalAttr<NN_Initializer>:$kernel_initializer,
    OptionalAttr<NN_Initializer>:$recurrent_initializer,
    OptionalAttr<NN_Initializer>:$bias_initializer);
defvar NN_RecurrentTrainingKeys = ["kernel_regularizer", "recurrent_regularizer", "bias_regularizer", "activity_regularizer", "kernel_constraint", "recurrent_constraint", "bias_constraint", "dropout", "recurrent_dropout", "seed", "unroll", "use_cudnn"];

class NN_RecurrentLayer<string mnemonic, string kerasClass, dag moreKeys>
    : NN_KeywordLayer<mnemonic, kerasClass,
                      ["getWeightSpecs", "getMacs", "getResultCount"]> {
  let required = ["units"];
  let keywordOperands = (ins Variadic<NN_Value>:$initial_state,
                             Optional<NN_Value>:$mask);
  let keywords = ["initial_state", "mask"];
  let keys = !con(NN_RecurrentKeys, moreKeys);
  let trainingKeys = NN_RecurrentTrainingKeys;
}

def NN_SimpleRNNOp : NN_RecurrentLayer<"simple_rnn", "SimpleRNN", (ins)> {
  let summary = "h = activation(x · kernel + bias + h · recurrent_kernel)";
}
def NN_LSTMOp : NN_RecurrentLayer<"lstm", "LSTM",
    (ins NN_DefaultActivation<"sigmoid">:$recurrent_activation,
         NN_Default<NN_Bool, "true">:$unit_forget_bias)> {
  let summary = "long short-term memory; gates in the order i, f, c, o";
}
def NN_GRUOp : NN_RecurrentLayer<"gru", "GRU",
    (ins NN_DefaultActivation<"sigmoid">:$recurrent_activation,
         NN_Default<NN_Bool, "true">:$reset_after)> {
  let summary = "gated recurrent unit; gates in the order z, r, h";
}

def NN_BidirectionalOp : NN_Wrapper<"bidirectional", "Bidirectional"> {
  let summary = "a recurrent layer run forwards and backwards";
  let keywordOperands = (ins Variadic<NN_Value>:$initial_state,
                             Optional<NN_Value>:$mask);
  let keywords = ["initial_state", "mask"];
  let keys = (ins NN_DefaultWord<NN_OneOf<["concat", "sum", "mul", "ave"]>,
                                 "concat">:$merge_mode);
}
