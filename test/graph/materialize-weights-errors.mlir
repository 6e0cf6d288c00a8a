// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-materialize-weights --split-input-file --verify-diagnostics

// Missing and misshapen weights are reported together.

nn.weight @m.a.kernel : tensor<4x3xf32> = dense<1.0>
nn.weight @m.b.kernel : tensor<3x2xi32> = dense<1>
nn.weight @m.b.bias : tensor<2xf32> = sparse<[[0]], [1.0]>
nn.sequential @m {
  nn.input {shape = [3]}
  // expected-error@+2 {{layer 'a' (Dense): weight 'kernel' expects (3, 3), but got (4, 3)}}
  // expected-error@+1 {{layer 'a' (Dense): weight 'bias' (3,) is missing; give --weights FILE, or --seed N for an untrained model}}
  nn.dense {units = 3, name = "a"}
  // expected-error@+2 {{layer 'b' (Dense): weight 'kernel': expects float values}}
  // expected-error@+1 {{layer 'b' (Dense): weight 'bias': expects dense values}}
  nn.dense {units = 2, name = "b"}
}

// -----

// One that belongs to nobody is a slip.

nn.weight @m.a.kernel : tensor<3x3xf32> = dense<1.0>
// expected-error@+1 {{weight 'm.a.bias' (3,) belongs to no layer of the model}}
nn.weight @m.a.bias : tensor<3xf32> = dense<1.0>
// expected-error@+1 {{weight 'x/y' (1, 2) belongs to no layer of the model}}
nn.weight @"x/y" {from_file} : tensor<1x2xf32> = dense<1.0>
nn.sequential @m {
  nn.input {shape = [3]}
  nn.dense {units = 3, name = "a", use_bias = false}
}

// -----

// The name alone does not say which of two layers of that name is meant, and no
// tensor of a file is given to two layers.

nn.weight @"d/kernel" {from_file} : tensor<1x1xf32> = dense<1.0>
nn.sequential @m {
  nn.input {shape = [1]}
  nn.call @inner
  nn.dense {units = 1, use_bias = false, name = "d"}
}
nn.sequential @inner {
  nn.input {shape = [1]}
  // expected-error@+1 {{layer 'd' (Dense): weight 'kernel' (1, 1) is missing}}
  nn.dense {units = 1, use_bias = false, name = "d"}
}

// -----

// What a layer says itself is checked as well.

nn.weight @k : tensor<1x2xf32> = dense<1.0>
nn.sequential @m {
  nn.input {shape = [1]}
  // expected-error@+1 {{layer 'a' (Dense): weight 'kernel': there is no @nothing}}
  nn.dense {units = 1, use_bias = false, name = "a", weights = {kernel = @nothing}}
  // expected-error@+1 {{layer 'b' (Dense): weight 'kernel' expects (1, 1), but got (1, 2)}}
  nn.dense {units = 1, use_bias = false, name = "b", weights = {kernel = @k}}
  // expected-error@+1 {{layer 'r' (ReLU): has no weight 'kernel' to bind to @k}}
  nn.relu {name = "r", weights = {kernel = @k}}
  // expected-error@+1 {{layer 's' (ReLU): has no weight 'kernel' to bind to 3}}
  nn.relu {name = "s", weights = {kernel = 3}}
}

// -----

// A few bytes of text do not ask for all memory.

nn.weight @m.d.kernel : tensor<65536x65536xf32> = dense<1.0>
nn.sequential @m {
  nn.input {shape = [65536]}
  // expected-error@+1 {{layer 'd' (Dense): weight 'kernel' (65536, 65536): more than 2^30 elements would be made up in all}}
  nn.dense {units = 65536, use_bias = false, name = "d"}
}
