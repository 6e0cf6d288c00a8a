// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-specialize-batch=batch=1152921504606846976 --split-input-file --verify-diagnostics

nn.sequential @large {
  // expected-error@+1 {{input 'x': the size overflows}}
  nn.input {shape = [8], name = "x"}
  // expected-error@+1 {{layer 'flat' (Flatten): the size overflows}}
  nn.flatten {name = "flat"}
  // expected-error@+1 {{layer 'one' (Dense): (1152921504606846976, 1) has more than 2^44 elements}}
  nn.dense {units = 1, name = "one"}
}

// -----

nn.sequential @open {
  // expected-error@+1 {{input 'x': has an open dimension: (1152921504606846976, None)}}
  nn.input {shape = [-1], name = "x"}
  // expected-error@+1 {{layer 'r' (ReLU): has an open dimension: (1152921504606846976, None)}}
  nn.relu {name = "r"}
}

// -----

// expected-error@+1 {{the model has been compiled for other batches than 1152921504606846976 already}}
nn.model @done attributes {linked, batch = 5} {
  %x = nn.input {shape = [8], name = "x"}
  nn.output(%x)
}
