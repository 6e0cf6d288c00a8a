// RUN: nn-opt %s --nnc-link --nnc-keep-states | FileCheck %s

// Every recurrent layer keeps its state, in wrappers, too; those that start a
// sequence of their own at each step do not.

// CHECK-LABEL: nn.model @m
// CHECK: nn.lstm(%{{.*}}) {name = "lstm", stateful = true, units = 4}
// CHECK: nn.dense(%{{.*}}) {name = "dense", units = 2}
// CHECK: nn.bidirectional(%{{.*}}) {name = "bidirectional"}
// CHECK: nn.gru(%{{.*}}) {name = "forward_gru", stateful = true, units = 3}
// CHECK: nn.gru(%{{.*}}) {go_backwards = true, name = "backward_gru", stateful = true, units = 3}
// CHECK: nn.time_distributed(%{{.*}}) {name = "each"}
// CHECK: nn.gru(%{{.*}}) {name = "inner", units = 3}
nn.model @m {
  %x = nn.input {shape = [5, 3], name = "x"}
  %0 = nn.lstm(%x) {units = 4}
  %1 = nn.dense(%0) {units = 2}
  %2 = nn.bidirectional(%x) {} { nn.gru {units = 3} }
  %s = nn.input {shape = [5, 2, 3], name = "s"}
  %3 = nn.time_distributed(%s) {name = "each"} { nn.gru {units = 3, name = "inner"} }
  nn.output(%1, %2, %3)
}
