// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-explicit-masks --split-input-file --verify-diagnostics

// A mask that travels to a layer may not fit it.

nn.model @shape {
  %x = nn.input {shape = [6, 2]}
  %0 = nn.masking(%x)
  // expected-error@+1 {{layer 'softmax' (Softmax): mask expects the input's shape (None, 6, 2), but got (None, 6)}}
  %1 = nn.softmax(%0)
  nn.output(%1)
}

// -----

nn.model @images {
  %x = nn.input {shape = [6, 4, 2]}
  %0 = nn.masking(%x)
  // expected-error@+1 {{layer 'lstm' (ConvLSTM1D): mask expects (None, 6), but got (None, 6, 4)}}
  %1 = nn.conv_lstm1d(%0) {filters = 1, kernel_size = 1, name = "lstm"}
  nn.output(%1)
}
