// RUN: nn-opt %s > %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: nn-opt %t.mlir | diff %t.mlir -
// RUN: nn-opt --emit-bytecode %s | nn-opt | diff %t.mlir -

// Recurrent layers keep all their keys, and wrappers what they wrap.

// CHECK-LABEL: nn.sequential @all {
// CHECK-NEXT: {{.*}} = nn.simple_rnn {activation = "relu", activity_regularizer = "l1", bias_constraint = "non_neg", bias_initializer = "ones", bias_regularizer = "l2", dropout = 0.1, go_backwards = true, kernel_constraint = "non_neg", kernel_initializer = "ones", kernel_regularizer = "l2", recurrent_constraint = "non_neg", recurrent_dropout = 0.2, recurrent_initializer = "ones", recurrent_regularizer = "l2", return_sequences = true, return_state = false, seed = 3, stateful = true, units = 4, unroll = true, use_bias = false, use_cudnn = "auto", zero_output_for_mask = true}
// CHECK-NEXT: {{.*}} = nn.lstm {activation = "relu", activity_regularizer = "l1", bias_constraint = "non_neg", bias_initializer = "ones", bias_regularizer = "l2", dropout = 0.1, go_backwards = true, kernel_constraint = "non_neg", kernel_initializer = "ones", kernel_regularizer = "l2", recurrent_activation = "tanh", recurrent_constraint = "non_neg", recurrent_dropout = 0.2, recurrent_initializer = "ones", recurrent_regularizer = "l2", return_sequences = true, return_state = false, seed = 3, stateful = true, unit_forget_bias = false, units = 4, unroll = true, use_bias = false, use_cudnn = "auto", zero_output_for_mask = true}
// CHECK-NEXT: {{.*}} = nn.gru {activation = "relu", activity_regularizer = "l1", bias_constraint = "non_neg", bias_initializer = "ones", bias_regularizer = "l2", dropout = 0.1, go_backwards = true, kernel_constraint = "non_neg", kernel_initializer = "ones", kernel_regularizer = "l2", recurrent_activation = "tanh", recurrent_constraint = "non_neg", recurrent_dropout = 0.2, recurrent_initializer = "ones", recurrent_regularizer = "l2", reset_after = false, return_sequences = true, return_state = false, seed = 3, stateful = true, units = 4, unroll = true, use_bias = false, use_cudnn = "auto", zero_output_for_mask = true}
// CHECK-NEXT: {{.*}} = nn.bidirectional {merge_mode = "sum", name = "both"} {
// CHECK-NEXT:   {{.*}} = nn.lstm {units = 4}
// CHECK-NEXT: }
// CHECK-NEXT: {{.*}} = nn.bidirectional {} {
// CHECK-NEXT:   {{.*}} = nn.gru {units = 4}
// CHECK-NEXT: } {
// CHECK-NEXT:   {{.*}} = nn.gru {go_backwards = true, units = 4}
// CHECK-NEXT: }

nn.sequential @all {
  nn.simple_rnn {units = 4, activation = "relu", use_bias = false, return_sequences = true, return_state = false, go_backwards = true, stateful = true, zero_output_for_mask = true, kernel_initializer = "ones", recurrent_initializer = "ones", bias_initializer = "ones", kernel_regularizer = "l2", recurrent_regularizer = "l2", bias_regularizer = "l2", activity_regularizer = "l1", kernel_constraint = "non_neg", recurrent_constraint = "non_neg", bias_constraint = "non_neg", dropout = 0.1, recurrent_dropout = 0.2, seed = 3, unroll = true, use_cudnn = "auto"}
  nn.lstm {recurrent_activation = "tanh", unit_forget_bias = false, units = 4, activation = "relu", use_bias = false, return_sequences = true, return_state = false, go_backwards = true, stateful = true, zero_output_for_mask = true, kernel_initializer = "ones", recurrent_initializer = "ones", bias_initializer = "ones", kernel_regularizer = "l2", recurrent_regularizer = "l2", bias_regularizer = "l2", activity_regularizer = "l1", kernel_constraint = "non_neg", recurrent_constraint = "non_neg", bias_constraint = "non_neg", dropout = 0.1, recurrent_dropout = 0.2, seed = 3, unroll = true, use_cudnn = "auto"}
  nn.gru {recurrent_activation = "tanh", reset_after = false, units = 4, activation = "relu", use_bias = false, return_sequences = true, return_state = false, go_backwards = true, stateful = true, zero_output_for_mask = true, kernel_initializer = "ones", recurrent_initializer = "ones", bias_initializer = "ones", kernel_regularizer = "l2", recurrent_regularizer = "l2", bias_regularizer = "l2", activity_regularizer = "l1", kernel_constraint = "non_neg", recurrent_constraint = "non_neg", bias_constraint = "non_neg", dropout = 0.1, recurrent_dropout = 0.2, seed = 3, unroll = true, use_cudnn = "auto"}
  nn.bidirectional {merge_mode = "sum", name = "both"} { nn.lstm {units = 4} }
  nn.bidirectional {} { nn.gru {units = 4} } { nn.gru {units = 4, go_backwards = true} }
}
