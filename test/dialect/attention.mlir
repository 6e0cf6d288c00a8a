// RUN: nn-opt %s > %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: nn-opt %t.mlir | diff %t.mlir -
// RUN: nn-opt --emit-bytecode %s | nn-opt | diff %t.mlir -

// Attention layers keep all their keys, and operands given by keyword.

// CHECK-LABEL: nn.model @all {
// CHECK: nn.attention(%{{.*}}, %{{.*}}, %{{.*}}, query_mask = %{{.*}}, value_mask = %{{.*}}) {dropout = 0.5, return_attention_scores = true, score_mode = "concat", seed = 3, use_causal_mask = true, use_scale = true}
// CHECK: nn.additive_attention(%{{.*}}, %{{.*}}, query_mask = %{{.*}}, value_mask = %{{.*}}) {dropout = 0.5, return_attention_scores = true, seed = 3, use_causal_mask = true, use_scale = false}
// CHECK: nn.multi_head_attention(%{{.*}}, %{{.*}}, key = %{{.*}}, query_mask = %{{.*}}, value_mask = %{{.*}}, key_mask = %{{.*}}, attention_mask = %{{.*}}) {activity_regularizer = "l1", attention_axes = [1], bias_constraint = "unit_norm", bias_initializer = "ones", bias_regularizer = "l1", dropout = 0.5, kernel_constraint = "non_neg", kernel_initializer = "he_normal", kernel_regularizer = "l2", key_dim = 3, num_heads = 2, output_shape = [5], return_attention_scores = true, seed = 3, sliding_window = 2, use_bias = false, use_causal_mask = true, use_gate = true, value_dim = 4}
// CHECK: nn.group_query_attention(%{{.*}}, %{{.*}}, key = %{{.*}}, query_mask = %{{.*}}, value_mask = %{{.*}}, key_mask = %{{.*}}, attention_mask = %{{.*}}) {activity_regularizer = "l1", bias_constraint = "unit_norm", bias_initializer = "ones", bias_regularizer = "l1", dropout = 0.5, head_dim = 3, kernel_constraint = "non_neg", kernel_initializer = "he_normal", kernel_regularizer = "l2", num_key_value_heads = 2, num_query_heads = 4, return_attention_scores = true, seed = 3, sliding_window = 2, use_bias = false, use_causal_mask = true, use_gate = true}

nn.model @all {
  %q = nn.input {shape = [5, 4]}
  %v = nn.input {shape = [6, 4]}
  %k = nn.input {shape = [6, 4]}
  %m = nn.input {shape = [5], dtype = "bool"}
  %n = nn.input {shape = [6], dtype = "bool"}
  %a = nn.input {shape = [5, 6], dtype = "bool"}
  %y0:2 = nn.attention(%q, %v, %k, query_mask = %m, value_mask = %n) {use_scale = true, score_mode = "concat", use_causal_mask = true, return_attention_scores = true, dropout = 0.5, seed = 3}
  %y1:2 = nn.additive_attention(%q, %v, query_mask = %m, value_mask = %n) {use_scale = false, use_causal_mask = true, return_attention_scores = true, dropout = 0.5, seed = 3}
  %y2:2 = nn.multi_head_attention(%q, %v, key = %k, query_mask = %m, value_mask = %n, key_mask = %n, attention_mask = %a) {num_heads = 2, key_dim = 3, value_dim = 4, output_shape = [5], attention_axes = [1], use_bias = false, use_gate = true, sliding_window = 2, kernel_initializer = "he_normal", bias_initializer = "ones", use_causal_mask = true, return_attention_scores = true, dropout = 0.5, seed = 3, kernel_regularizer = "l2", bias_regularizer = "l1", activity_regularizer = "l1", kernel_constraint = "non_neg", bias_constraint = "unit_norm"}
  %y3:2 = nn.group_query_attention(%q, %v, key = %k, query_mask = %m, value_mask = %n, key_mask = %n, attention_mask = %a) {head_dim = 3, num_query_heads = 4, num_key_value_heads = 2, use_bias = false, use_gate = true, sliding_window = 2, kernel_initializer = "he_normal", bias_initializer = "ones", use_causal_mask = true, return_attention_scores = true, dropout = 0.5, seed = 3, kernel_regularizer = "l2", bias_regularizer = "l1", activity_regularizer = "l1", kernel_constraint = "non_neg", bias_constraint = "unit_norm"}
  nn.output(%y0#0, %y0#1, %y1#0, %y1#1, %y2#0, %y2#1, %y3#0, %y3#1)
}
