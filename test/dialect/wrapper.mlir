// RUN: nn-opt %s > %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: nn-opt %t.mlir | diff %t.mlir -
// RUN: nn-opt --emit-bytecode %s | nn-opt | diff %t.mlir -

// Wrappers keep what they hold, and cells all their keys.

// CHECK-LABEL: nn.model @all {
// CHECK: nn.bidirectional(%{{.*}}, initial_state = [%{{.*}}, %{{.*}}], mask = %{{.*}}) {merge_mode = "none"} {
// CHECK: nn.time_distributed(%{{.*}}, mask = %{{.*}}) {} {
// CHECK-NEXT: nn.dense {units = 4}
// CHECK: nn.rnn(%{{.*}}, initial_state = %{{.*}}, mask = %{{.*}}) {activity_regularizer = "l1", go_backwards = true, return_sequences = true, return_state = true, stateful = true, unroll = true, zero_output_for_mask = true} {
// CHECK-NEXT: nn.stacked_rnn_cells {} {
// CHECK-NEXT: nn.simple_rnn_cell {{{.*}}seed = 3, units = 4, use_bias = false}
// CHECK-NEXT: nn.lstm_cell {{{.*}}unit_forget_bias = false, units = 4, use_bias = false}
// CHECK-NEXT: nn.gru_cell {{{.*}}reset_after = false, seed = 3, units = 4, use_bias = false}
// CHECK: nn.spectral_normalization(%{{.*}}) {power_iterations = 2} {
// CHECK: nn.pipeline(%{{.*}}, mask = %{{.*}}) {} {
// CHECK: nn.merge_time(%{{.*}}) {name = "w"} : (tensor<?x6x2xf32>) -> tensor<?x2xf32>
// CHECK: nn.split_time(%{{.*}}) {name = "w", steps = 6} : (tensor<?x2xf32>) -> tensor<?x6x2xf32>
// CHECK: nn.reverse_time(%{{.*}}) {name = "w"} : (tensor<?x6x2xf32>) -> tensor<?x6x2xf32>
// CHECK: nn.masking {mask_value = 1.0}
// CHECK: nn.conv_lstm1d(%{{.*}}, initial_state = [%{{.*}}, %{{.*}}], mask = %{{.*}}) {activation = "relu"
// CHECK: nn.conv_lstm2d(
// CHECK: nn.conv_lstm3d(

nn.model @all {
  %x = nn.input {shape = [6, 2]}
  %h = nn.input {shape = [4]}
  %m = nn.input {shape = [6]}
  %0 = nn.bidirectional(%x, initial_state = [%h, %h], mask = %m) {merge_mode = "none"} { nn.gru {units = 4} }
  %1 = nn.time_distributed(%x, mask = %m) {} { nn.dense {units = 4} }
  %2 = nn.rnn(%x, initial_state = %h, mask = %m) {return_sequences = true, return_state = true, go_backwards = true, stateful = true, zero_output_for_mask = true, unroll = true, activity_regularizer = "l1"} {
    nn.stacked_rnn_cells {} {
      nn.simple_rnn_cell {units = 4, activation = "relu", use_bias = false, kernel_initializer = "ones", recurrent_initializer = "ones", bias_initializer = "ones", kernel_regularizer = "l2", recurrent_regularizer = "l2", bias_regularizer = "l2", kernel_constraint = "non_neg", recurrent_constraint = "non_neg", bias_constraint = "non_neg", dropout = 0.1, recurrent_dropout = 0.2, seed = 3}
      nn.lstm_cell {recurrent_activation = "tanh", unit_forget_bias = false, units = 4, activation = "relu", use_bias = false, kernel_initializer = "ones", recurrent_initializer = "ones", bias_initializer = "ones", kernel_regularizer = "l2", recurrent_regularizer = "l2", bias_regularizer = "l2", kernel_constraint = "non_neg", recurrent_constraint = "non_neg", bias_constraint = "non_neg", dropout = 0.1, recurrent_dropout = 0.2, seed = 3}
      nn.gru_cell {recurrent_activation = "tanh", reset_after = false, units = 4, activation = "relu", use_bias = false, kernel_initializer = "ones", recurrent_initializer = "ones", bias_initializer = "ones", kernel_regularizer = "l2", recurrent_regularizer = "l2", bias_regularizer = "l2", kernel_constraint = "non_neg", recurrent_constraint = "non_neg", bias_constraint = "non_neg", dropout = 0.1, recurrent_dropout = 0.2, seed = 3}
    }
  }
  %3 = nn.spectral_normalization(%x) {power_iterations = 2} { nn.dense {units = 3} }
  %4 = nn.pipeline(%x, mask = %m) {} { nn.relu nn.relu }
}

nn.model @inner attributes {linked} {
  %x = nn.input {shape = [6, 2], name = "x"} : tensor<?x6x2xf32>
  %0 = nn.merge_time(%x) {name = "w"} : (tensor<?x6x2xf32>) -> tensor<?x2xf32>
  %1 = nn.split_time(%0) {steps = 6, name = "w"} : (tensor<?x2xf32>) -> tensor<?x6x2xf32>
  %2 = nn.reverse_time(%1) {name = "w"} : (tensor<?x6x2xf32>) -> tensor<?x6x2xf32>
  nn.output(%2) : tensor<?x6x2xf32>
}

nn.model @convolutions {
  %x = nn.input {shape = [6, 2]}
  %m = nn.input {shape = [6]}
  %9 = nn.masking {mask_value = 1.0}
  %0 = nn.conv_lstm1d(%x, initial_state = [%x, %x], mask = %m) {filters = 2, kernel_size = 3, strides = 1, padding = "same", data_format = "channels_first", dilation_rate = 2, activation = "relu", recurrent_activation = "tanh", unit_forget_bias = false, use_bias = false, return_sequences = true, return_state = true, go_backwards = true, stateful = true, zero_output_for_mask = true, kernel_initializer = "ones", recurrent_initializer = "ones", bias_initializer = "ones", kernel_regularizer = "l2", recurrent_regularizer = "l2", bias_regularizer = "l2", activity_regularizer = "l1", kernel_constraint = "non_neg", recurrent_constraint = "non_neg", bias_constraint = "non_neg", dropout = 0.1, recurrent_dropout = 0.2, seed = 3, unroll = true, use_cudnn = "auto"}
  %1 = nn.conv_lstm2d(%x, initial_state = [%x, %x], mask = %m) {filters = 2, kernel_size = 3, strides = [1, 2], padding = "same", data_format = "channels_first", dilation_rate = 2, activation = "relu", recurrent_activation = "tanh", unit_forget_bias = false, use_bias = false, return_sequences = true, return_state = true, go_backwards = true, stateful = true, zero_output_for_mask = true, kernel_initializer = "ones", recurrent_initializer = "ones", bias_initializer = "ones", kernel_regularizer = "l2", recurrent_regularizer = "l2", bias_regularizer = "l2", activity_regularizer = "l1", kernel_constraint = "non_neg", recurrent_constraint = "non_neg", bias_constraint = "non_neg", dropout = 0.1, recurrent_dropout = 0.2, seed = 3, unroll = true, use_cudnn = "auto"}
  %2 = nn.conv_lstm3d(%x, initial_state = [%x, %x], mask = %m) {filters = 2, kernel_size = 3, strides = 1, padding = "same", data_format = "channels_first", dilation_rate = 2, activation = "relu", recurrent_activation = "tanh", unit_forget_bias = false, use_bias = false, return_sequences = true, return_state = true, go_backwards = true, stateful = true, zero_output_for_mask = true, kernel_initializer = "ones", recurrent_initializer = "ones", bias_initializer = "ones", kernel_regularizer = "l2", recurrent_regularizer = "l2", bias_regularizer = "l2", activity_regularizer = "l1", kernel_constraint = "non_neg", recurrent_constraint = "non_neg", bias_constraint = "non_neg", dropout = 0.1, recurrent_dropout = 0.2, seed = 3, unroll = true, use_cudnn = "auto"}
}
