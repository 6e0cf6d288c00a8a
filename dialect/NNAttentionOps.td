//===- NNAttentionOps.td - attention --------------------------------------===//

#ifndef NN_ATTENTION_OPS_TD
#define NN_ATTENTION_OPS_TD

include "dialect/NNBase.td"

class NN_AttentionLayer<string mnemonic, string kerasClass, list<string> methods>
    : NN_KeywordLayer<mnemonic, kerasClass,
                      methods # ["getMacs", "getResultCount"]> {
  let least = 2;
  let most = 3;
  let elementTypes = "inferAttentionTypes";
  let masks = "passMasks";
  let operandTypes = "castAttention";
  let callKeys = ["use_causal_mask", "return_attention_scores"];
}

defvar NN_AttentionCallKeys = (ins
    NN_Default<NN_Bool, "false">:$use_causal_mask,
    NN_Default<NN_Bool, "false">:$return_attention_scores);

//===----------------------------------------------------------------------===//
// Without projections
//===----------------------------------------------------------------------===//

class NN_PlainAttention<string mnemonic, string kerasClass, dag ownKeys>
    : NN_AttentionLayer<mnemonic, kerasClass, ["getWeightSpecs"]> {
  let description = [{
    The inputs are query, value and, if it is not the value, key. Where
    query_mask is false the result is zero.
  }];
  let keywordOperands = (ins Optional<NN_Value>:$query_mask,
                             Optional<NN_Value>:$value_mask);
  let keywords = ["query_mask", "value_mask"];
  let keys = !con(ownKeys, NN_AttentionCallKeys);
  let trainingKeys = ["dropout", "seed"];
}

def NN_AttentionOp : NN_PlainAttention<"attention", "Attention",
    (ins NN_Default<NN_Bool, "false">:$use_scale,
         NN_DefaultWord<NN_OneOf<["dot", "concat"]>, "dot">:$score_mode)> {
  let summary = "softmax(query · key) · value";
}
def NN_AdditiveAttentionOp
    : NN_PlainAttention<"additive_attention", "AdditiveAttention",
    (ins NN_Default<NN_Bool, "true">:$use_scale)> {
  let summary = "softmax(sum(scale · tanh(query + key))) · value";
}

//===----------------------------------------------------------------------===//
// With projections
//===----------------------------------------------------------------------===//

class NN_ProjectedAttention<string mnemonic, string kerasClass, dag ownKeys>
    : NN_AttentionLayer<mnemonic, kerasClass, ["getWeightSpecs"]> {
  let description = [{
    The inputs are query, value and, here or by keyword, key. Masks say what is
    attended to: query_mask is (batch, queries), value_mask and key_mask are
    (batch, values), attention_mask is (batch, queries, values).
  }];
  let keywordOperands = (ins Optional<NN_Value>:$key,
      Optional<NN_Value>:$query_mask, Optional<NN_Value>:$value_mask,
      Optional<NN_Value>:$key_mask, Optional<NN_Value>:$attention_mask);
  let keywords = ["key", "query_mask", "value_mask", "key_mask", "attention_mask"];
  let keys = !con(ownKeys, (ins
      NN_Default<NN_Bool, "true">:$use_bias,
      NN_Default<NN_Bool, "false">:$use_gate,
      OptionalAttr<NN_PositiveInt>:$sliding_window,
      OptionalAttr<NN_Initializer>:$kernel_initializer,
      OptionalAttr<NN_Initializer>:$bias_initializer), NN_AttentionCallKeys);
  let trainingKeys = ["dropout", "seed", "kernel_regularizer", "bias_regularizer", "activity_regularizer", "kernel_constraint", "bias_constraint"];
}

def NN_MultiHeadAttentionOp
    : NN_ProjectedAttention<"multi_head_attention", "MultiHeadAttention",
    (ins NN_PositiveInt:$num_heads, NN_PositiveInt:$key_dim,
         OptionalAttr<NN_PositiveInt>:$value_dim,
         OptionalAttr<NN_Ints>:$output_shape,
         OptionalAttr<NN_Ints>:$attention_axes)> {
  let summary = "attention in several heads, each with its projections";
  let required = ["num_heads", "key_dim"];
}
def NN_GroupQueryAttentionOp
    : NN_ProjectedAttention<"group_query_attention", "GroupQueryAttention",
    (ins NN_PositiveInt:$head_dim, NN_PositiveInt:$num_query_heads,
         NN_PositiveInt:$num_key_value_heads)> {
  let summary = "attention whose query heads share heads of key and value";
  let required = ["head_dim", "num_query_heads", "num_key_value_heads"];
}

#endif // NN_ATTENTION_OPS_TD
