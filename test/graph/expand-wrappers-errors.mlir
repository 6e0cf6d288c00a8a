// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-explicit-masks --nnc-expand-wrappers --split-input-file --verify-diagnostics

// States are checked where they are used.

nn.model @states {
  %x = nn.input {shape = [6, 2]}
  %h = nn.input {shape = [3]}
  // expected-error@+1 {{layer 'forward_lstm' (LSTM): initial_state expects 2 states, but got 1}}
  %0 = nn.bidirectional(%x, initial_state = [%h, %h]) {merge_mode = "sum"} { nn.lstm {units = 3} } { nn.gru {units = 3, go_backwards = true} }
  nn.output(%0)
}

// -----

nn.model @kept {
  %x = nn.input {shape = [6, 4, 2]}
  // expected-error@+1 {{layer 'inner' (GRU): stateful = true cannot be compiled in a TimeDistributed}}
  %0 = nn.time_distributed(%x) {} { nn.gru {units = 3, stateful = true, name = "inner"} }
  nn.output(%0)
}
