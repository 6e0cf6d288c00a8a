// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-collect-model-info --nnc-explicit-states --split-input-file | FileCheck %s

// A stateful layer takes its states from the last call and leaves them for the
// next. The state of one sample and its next value are 2 · (2 · 4 + 3) floats.

// CHECK: stateBytes\22:88
// CHECK-LABEL: nn.model @m
// CHECK: %[[X:.*]] = nn.input
// CHECK: %[[H:.*]] = nn.state {dtype = "float32", name = "lstm.0", shape = [4]} : tensor<?x4xf32>
// CHECK: %[[C:.*]] = nn.state {dtype = "float32", name = "lstm.1", shape = [4]} : tensor<?x4xf32>
// CHECK: %[[L:.*]]:3 = nn.lstm(%[[X]], initial_state = [%[[H]], %[[C]]]) {name = "lstm", return_sequences = true, return_state = true, units = 4}
// CHECK: nn.update_state(%[[H]], %[[L]]#1) : tensor<?x4xf32>, tensor<?x4xf32>
// CHECK: nn.update_state(%[[C]], %[[L]]#2)
// CHECK: %[[S:.*]] = nn.state {{.*}}name = "gru.0"
// CHECK: %[[G:.*]]:2 = nn.gru(%[[L]]#0, initial_state = %[[S]]) {name = "gru", return_state = true, units = 3}
// CHECK: nn.update_state(%[[S]], %[[G]]#1)
// CHECK: nn.output(%[[G]]#0, %[[G]]#1)
nn.model @m {
  %x = nn.input {shape = [5, 3], name = "x"}
  %0 = nn.lstm(%x) {units = 4, return_sequences = true, stateful = true}
  %1:2 = nn.gru(%0) {units = 3, return_state = true, stateful = true}
  nn.output(%1#0, %1#1)
}

// -----

// A layer that is given its initial state does not look at its old one.

// CHECK-NOT: stateBytes\22:8
// CHECK-LABEL: nn.model @given
// CHECK-NOT: nn.state
// CHECK: nn.gru(%{{.*}}, initial_state = %{{.*}}) {name = "gru", units = 3}
nn.model @given {
  %x = nn.input {shape = [5, 3], name = "x"}
  %h = nn.input {shape = [3], name = "h"}
  %1 = nn.gru(%x, initial_state = %h) {units = 3, stateful = true}
  nn.output(%1)
}

// -----

// Nothing to remember: nothing to do.

// CHECK-LABEL: nn.model @none
// CHECK-NOT: nn.state
nn.model @none {
  %x = nn.input {shape = [5, 3], name = "x"}
  %1 = nn.gru(%x) {units = 3}
  nn.output(%1)
}

// -----

// The steps that a causal convolution looks back at are a state.

// CHECK-LABEL: nn.model @causal
// CHECK: %[[X:.*]] = nn.input
// CHECK: %[[S:.*]] = nn.state {dtype = "float32", name = "a", shape = [2, 3]} : tensor<?x2x3xf32>
// CHECK: %[[ALL:.*]] = nn.concatenate(%[[S]], %[[X]]) {axis = 1, name = "a.past"}{{.*}} -> tensor<?x3x3xf32>
// CHECK: %[[NEXT:.*]] = nn.cropping1d(%[[ALL]]) {cropping = [1, 0], name = "a.next"}
// CHECK: nn.update_state(%[[S]], %[[NEXT]])
// CHECK: nn.conv1d(%[[ALL]])
nn.model @causal attributes {linked, stream = array<i1: true>} {
  %x = nn.input {shape = [1, 3], name = "x"} : tensor<?x1x3xf32>
  %h = nn.history(%x) {steps = 2, name = "a"} : tensor<?x1x3xf32> -> tensor<?x3x3xf32>
  %y = nn.conv1d(%h) {filters = 4, kernel_size = 3, name = "a"} : (tensor<?x3x3xf32>) -> tensor<?x1x4xf32>
  nn.output(%y) : tensor<?x1x4xf32>
}
