// Wrappers become plain layers, with the weights that are bound to theirs.
// RUN: nn-opt %s --nnc-check-model --nnc-link --nnc-infer-shapes --nnc-materialize-weights="initialize" --nnc-explicit-masks --nnc-expand-wrappers --split-input-file 2>/dev/null | FileCheck %s

// CHECK-LABEL: nn.model @both
// CHECK-NOT: nn.bidirectional
nn.model @both {
  // CHECK: %[[X:.*]] = nn.input
  %x = nn.input {shape = [6, 2], name = "x"}
  %h = nn.input {shape = [3], name = "h"}
  // The outputs of masked steps are zero where all outputs are returned.
  // CHECK: %[[F:.*]]:2 = nn.gru(%[[X]], initial_state = %{{.*}}) {name = "forward_gru", return_sequences = true, return_state = true, units = 3, weights = {bias = @both.w.forward_layer.bias, {{.*}}}, zero_output_for_mask = true}
  // CHECK: %[[B:.*]]:2 = nn.gru(%[[X]], initial_state = %{{.*}}) {go_backwards = true, name = "backward_gru", {{.*}}@both.w.backward_layer.bias
  // CHECK: %[[R:.*]] = nn.reverse_time(%[[B]]#0) {name = "w"}
  // CHECK: %[[C:.*]] = nn.concatenate(%[[F]]#0, %[[R]]) {name = "w"}
  // CHECK: nn.output(%[[C]], %[[F]]#1, %[[B]]#1)
  %0, %1, %2 = nn.bidirectional(%x, initial_state = [%h, %h]) {name = "w"} { nn.gru {units = 3, return_sequences = true, return_state = true} }
  nn.output(%0, %1, %2)
}

// -----

// CHECK-LABEL: nn.model @merges
nn.model @merges {
  %x = nn.input {shape = [6, 2], name = "x"}
  // CHECK: nn.average(
  %0 = nn.bidirectional(%x) {merge_mode = "ave"} { nn.gru {units = 3} }
  // CHECK: %[[F:.*]] = nn.lstm({{.*}}name = "forward_lstm"
  // CHECK: %[[B:.*]] = nn.gru({{.*}}name = "mine"
  // CHECK: nn.output(%{{.*}}, %[[F]], %[[B]])
  %1, %2 = nn.bidirectional(%x) {merge_mode = "none"} { nn.lstm {units = 3} } { nn.gru {units = 4, go_backwards = true, name = "mine"} }
  nn.output(%0, %1, %2)
}

// -----

// CHECK-LABEL: nn.model @each
nn.model @each {
  // CHECK: %[[X:.*]] = nn.input
  %x = nn.input {shape = [6, 4, 4, 2], name = "x"}
  // CHECK: %[[M:.*]] = nn.merge_time(%[[X]]) {name = "w"} : (tensor<?x6x4x4x2xf32>) -> tensor<?x4x4x2xf32>
  // CHECK: %[[C:.*]] = nn.conv2d(%[[M]]) {{.*}}@each.w.layer.bias
  // CHECK: nn.split_time(%[[C]]) {name = "w", steps = 6} : (tensor<?x4x4x5xf32>) -> tensor<?x6x4x4x5xf32>
  %0 = nn.time_distributed(%x) {name = "w"} { nn.conv2d {filters = 5, kernel_size = 1} }
  nn.output(%0)
}

// -----

// A stack of cells is one layer on the other; the first gives its sequence.

// CHECK-LABEL: nn.model @stack
nn.model @stack {
  // CHECK: %[[X:.*]] = nn.input {{.*}}name = "x"
  %x = nn.input {shape = [6, 2], name = "x"}
  // CHECK: %[[K:.*]] = nn.input {{.*}}name = "k"
  %k = nn.input {shape = [6], name = "k", dtype = "bool"}
  // CHECK: %[[F:.*]]:3 = nn.lstm(%[[X]], mask = %[[K]]) {go_backwards = true, name = "w", return_sequences = true, return_state = true, {{.*}}units = 3, {{.*}}@stack.w.cell.cells.lstm_cell.bias
  // CHECK: %[[R:.*]] = nn.reverse_time(%[[K]])
  // CHECK: %[[G:.*]]:3 = nn.lstm(%[[F]]#0, mask = %[[R]])
  // CHECK: nn.output(%[[G]]#0, %[[F]]#1, %[[F]]#2, %[[G]]#1, %[[G]]#2)
  %0, %1, %2, %3, %4 = nn.rnn(%x, mask = %k) {name = "w", return_state = true, go_backwards = true} {
    nn.stacked_rnn_cells {} { nn.lstm_cell {units = 3} nn.lstm_cell {units = 4} }
  }
  nn.output(%0, %1, %2, %3, %4)
}

// -----

// CHECK-LABEL: nn.model @plain
nn.model @plain {
  %x = nn.input {shape = [6], name = "x"}
  // CHECK: nn.dense({{.*}}) {{.*}}@plain.s.layer.kernel
  // CHECK-NEXT: nn.relu
  // CHECK-NEXT: nn.relu
  // CHECK-NEXT: nn.output
  %0 = nn.spectral_normalization(%x) {name = "s"} { nn.dense {units = 3} }
  %1 = nn.pipeline(%0) {} { nn.relu nn.relu }
  nn.output(%1)
}
