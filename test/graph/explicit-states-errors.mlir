// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-explicit-states --verify-diagnostics

nn.model @twice {
  %x = nn.input {shape = [5, 3], name = "x"}
  %y = nn.input {shape = [5, 3], name = "y"}
  %0 = nn.gru(%x) {units = 3, stateful = true, name = "shared"}
  // expected-error@+1 {{layer 'shared' (GRU): is stateful and used twice, so that the order of the uses would matter; give each use a layer of its own}}
  %1 = nn.gru(%y) {units = 3, stateful = true, name = "shared"}
  nn.output(%0, %1)
}
