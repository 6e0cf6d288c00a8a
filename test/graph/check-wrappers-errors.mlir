// What wrappers may hold, as written.
// RUN: nn-opt %s --nnc-check-model --split-input-file --verify-diagnostics

nn.model @wrappers {
  %x = nn.input {shape = [6, 2]}
  // expected-error@+1 {{layer 'a' (TimeDistributed): wraps a layer in a region behind its keys, but has 0 regions}}
  %0 = nn.time_distributed(%x) {name = "a"}
  // expected-error@+1 {{layer 'b' (TimeDistributed): wraps one layer, but its region holds 2}}
  %1 = nn.time_distributed(%x) {name = "b"} { nn.relu nn.relu }
  // expected-error@+1 {{layer 'c' (TimeDistributed): wraps a layer in a region behind its keys, but has 2 regions}}
  %2 = nn.time_distributed(%x) {name = "c"} { nn.relu } { nn.relu }
  // expected-error@+1 {{layer 'd' (Bidirectional): wraps recurrent layers, but got nn.dense}}
  %3 = nn.bidirectional(%x) {name = "d"} { nn.dense {units = 3} }
  // expected-error@+1 {{layer 'e' (RNN): wraps cells of recurrent layers, but got nn.lstm}}
  %4 = nn.rnn(%x) {name = "e"} { nn.lstm {units = 3} }
  // expected-error@+1 {{layer 'f' (TimeDistributed): wraps layers, but got nn.lstm_cell}}
  %5 = nn.time_distributed(%x) {name = "f"} { nn.lstm_cell {units = 3} }
  // expected-error@+1 {{layer 'g' (TimeDistributed): gives Add 1 input, but that expects 2}}
  %6 = nn.time_distributed(%x) {name = "g"} { nn.add }
  // expected-error@+1 {{layer 'h' (Pipeline): wraps layers of one result, but LSTM gives 3}}
  %7 = nn.pipeline(%x) {name = "h"} { nn.lstm {units = 3, return_state = true} }
  // expected-error@+1 {{layer 'i' (LSTMCell): is a cell; it is run by nn.rnn}}
  %8 = nn.lstm_cell(%x) {units = 3, name = "i"}
  // expected-error@+1 {{layer 'j' (TimeDistributed): what it wraps has no operands of its own}}
  %9 = nn.time_distributed(%x) {name = "j"} { nn.relu(%x) }
  // expected-error@+1 {{layer 'k' (Bidirectional): gives 2 results, but 1 is named}}
  %10 = nn.bidirectional(%x) {name = "k", merge_mode = "none"} { nn.gru {units = 3} }
  nn.output(%0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10)
}

// -----

// A linked model's regions are connected, with what they are given.

nn.model @linked attributes {linked} {
  %x = nn.input {shape = [6, 2], name = "x"} : tensor<?x6x2xf32>
  // expected-error@+1 {{layer 'a' (TimeDistributed): its region is not connected, which a linked model's are}}
  %0 = nn.time_distributed(%x) {name = "a"} { nn.relu } : (tensor<?x6x2xf32>) -> tensor<?x6x2xf32>
  %1 = nn.time_distributed(%0) {name = "b"} {
  ^bb0(%s: tensor<?x2xf32>):
    // expected-error@+1 {{layer 'b' (TimeDistributed): wraps 'r', which takes a value from outside the region}}
    %2 = nn.relu(%x) {name = "r"} : (tensor<?x6x2xf32>) -> tensor<?x6x2xf32>
    nn.output(%2) : tensor<?x6x2xf32>
  } : (tensor<?x6x2xf32>) -> tensor<?x6x2xf32>
  nn.output(%1) : tensor<?x6x2xf32>
}

// -----

// Calls in wrappers are calls.

nn.sequential @pair {
  nn.input {shape = [2]}
  nn.dense {units = 2}
}
nn.model @calls {
  %x = nn.input {shape = [6, 2]}
  // expected-error@+1 {{call of @nobody: there is no such model}}
  %0 = nn.time_distributed(%x) {} { nn.call @nobody }
  // expected-error@+1 {{call of @calls: a model cannot call itself}}
  %1 = nn.time_distributed(%0) {} { nn.call @calls }
  nn.output(%1)
}
