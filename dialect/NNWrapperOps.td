//===- NNWrapperOps.td - layers that hold other layers --------------------===//

#ifndef NN_WRAPPER_OPS_TD
#define NN_WRAPPER_OPS_TD

include "dialect/NNBase.td"

def NN_BidirectionalOp : NN_KeywordWrapper<"bidirectional", "Bidirectional",
                                    ["getMacs", "getResultCount"]> {
  let summary = "a recurrent layer run forwards and backwards";
  let description = [{
    A second region holds the layer that runs backwards; without it that is the
    first one with `go_backwards = true`. `merge_mode = "none"` gives both
    outputs.
  }];
  let roles = ["forward_layer", "backward_layer"];
  let wrappedKind = "Recurrent";
  let masks = "bidirectionalMasks";
  let keywordOperands = (ins Variadic<NN_Value>:$initial_state,
                             Optional<NN_Value>:$mask);
  let keywords = ["initial_state", "mask"];
  let keys = (ins NN_DefaultWord<
      NN_OneOf<["concat", "sum", "mul", "ave", "none"]>, "concat">:$merge_mode);
}

def NN_TimeDistributedOp : NN_KeywordWrapper<"time_distributed", "TimeDistributed",
                                      ["getMacs"]> {
  let summary = "a layer, or a model, applied to each step of time";
  let most = -1;
  let perStep = 1;
  let masks = "passMasks";
  let keywordOperands = (ins Optional<NN_Value>:$mask);
  let keywords = ["mask"];
}

def NN_RNNOp : NN_KeywordWrapper<"rnn", "RNN", ["getMacs", "getResultCount"]> {
  let summary = "a cell run over time";
  let roles = ["cell"];
  let perStep = 1;
  let wrappedKind = "Cells";
  let masks = "sequenceMasks";
  let keywordOperands = (ins Variadic<NN_Value>:$initial_state,
                             Optional<NN_Value>:$mask);
  let keywords = ["initial_state", "mask"];
  let keys = (ins NN_Default<NN_Bool, "false">:$return_sequences,
      NN_Default<NN_Bool, "false">:$return_state,
      NN_Default<NN_Bool, "false">:$go_backwards,
      NN_Default<NN_Bool, "false">:$stateful,
      NN_Default<NN_Bool, "false">:$zero_output_for_mask);
  let trainingKeys = ["activity_regularizer", "unroll"];
}

def NN_StackedRNNCellsOp : NN_Wrapper<"stacked_rnn_cells", "StackedRNNCells",
                                      ["getMacs"], [NN_Cell]> {
  let summary = "cells of which each takes what the one above gives";
  let roles = ["cells"];
  let chain = 1;
  let wrappedKind = "Cells";
}

def NN_SpectralNormalizationOp
    : NN_Wrapper<"spectral_normalization", "SpectralNormalization",
                 ["getMacs", "getWeightSpecs"]> {
  let summary = "a layer whose kernel training has divided by its largest singular value";
  let trainingKeys = ["power_iterations"];
}

def NN_PipelineOp : NN_KeywordWrapper<"pipeline", "Pipeline", ["getMacs"]> {
  let summary = "layers, each applied to what the one above gives";
  let roles = ["layers"];
  let chain = 1;
  let keywordOperands = (ins Optional<NN_Value>:$mask);
  let keywords = ["mask"];
}

/// What wrappers become beside plain layers; nobody needs to write them.
def NN_MergeTimeOp : NN_Layer<"merge_time", "MergeTime"> {
  let summary = "each step of time as a sample of its own";
  let elementTypes = "keepTypes";
}
def NN_SplitTimeOp : NN_Layer<"split_time", "SplitTime"> {
  let summary = "samples that merge_time has made, as steps of time again";
  let elementTypes = "keepTypes";
  let required = ["steps"];
  let keys = (ins NN_PositiveInt:$steps);
}
def NN_ReverseTimeOp : NN_Layer<"reverse_time", "ReverseTime"> {
  let summary = "the steps of time from the last to the first";
  let elementTypes = "keepTypes";
}

#endif // NN_WRAPPER_OPS_TD
