// RUN: nn-opt --nnc-lower-to-linalg --split-input-file --verify-diagnostics %s

// What the graph stage leaves undone is named, not guessed.

// expected-error@+1 {{model 'm': has no batch size; it is specialized before lowering}}
nn.model @m attributes {linked} {
  %0 = nn.input {shape = [3], name = "x"} : tensor<1x3xf32>
  nn.output(%0) : tensor<1x3xf32>
}

// -----

// expected-error@+1 {{model 'm': is linked before lowering}}
nn.sequential @m {
  nn.input {shape = [3]}
  nn.relu
}

// -----

// expected-error@+1 {{model 'm': needs exactly one nn.output}}
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3], name = "x"} : tensor<1x3xf32>
}

// -----

nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3], name = "x"} : tensor<1x3xf32>
  // expected-error@+1 {{model 'm': its layers are not in the order of their connections}}
  %1 = nn.relu(%2) {name = "a"} : (tensor<1x3xf32>) -> tensor<1x3xf32>
  %2 = nn.relu(%0) {name = "b"} : (tensor<1x3xf32>) -> tensor<1x3xf32>
  nn.output(%1) : tensor<1x3xf32>
}

// -----

nn.model @inner attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3], name = "x"} : tensor<1x3xf32>
  nn.output(%0) : tensor<1x3xf32>
}
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3], name = "x"} : tensor<1x3xf32>
  // expected-error@+1 {{model 'm': 'nn.call' cannot be lowered}}
  %1 = nn.call @inner(%0) : (tensor<1x3xf32>) -> tensor<1x3xf32>
  nn.output(%1) : tensor<1x3xf32>
}

// -----

nn.model @m attributes {linked, batch = 1 : i64} {
  // expected-error@+1 {{model 'm': its inputs and outputs need static shapes that are not empty}}
  %0 = nn.input {shape = [-1], name = "x"} : tensor<1x?xf32>
  // expected-error@+1 {{layer 'a' (ReLU): needs tensors of static shape that are not empty, but got 'tensor<1x?xf32>'}}
  %1 = nn.relu(%0) {name = "a"} : (tensor<1x?xf32>) -> tensor<1x?xf32>
  // expected-error@+1 {{model 'm': its inputs and outputs need static shapes that are not empty}}
  nn.output(%1) : tensor<1x?xf32>
}

// -----

nn.weight @m.a.kernel : tensor<0x4xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  // expected-error@+1 {{model 'm': its inputs and outputs need static shapes that are not empty}}
  %0 = nn.input {shape = [0], name = "x"} : tensor<1x0xf32>
  // expected-error@+1 {{layer 'a' (Dense): needs tensors of static shape that are not empty, but got 'tensor<1x0xf32>'}}
  %1 = nn.dense(%0) {units = 4, use_bias = false, name = "a", weights = {kernel = @m.a.kernel}} : (tensor<1x0xf32>) -> tensor<1x4xf32>
  nn.output(%1) : tensor<1x4xf32>
}

// -----

// Types written by hand must be those that the keys give.

nn.weight @m.a.kernel : tensor<3x4xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3], name = "x"} : tensor<1x3xf32>
  // expected-error@+1 {{layer 'a' (Dense): its results are 'tensor<1x4xf32>', but the types say 'tensor<1x5xf32>'}}
  %1 = nn.dense(%0) {units = 4, use_bias = false, name = "a", weights = {kernel = @m.a.kernel}} : (tensor<1x3xf32>) -> tensor<1x5xf32>
  nn.output(%1) : tensor<1x5xf32>
}

// -----

nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3], name = "x", dtype = "int32"} : tensor<1x3xi32>
  // expected-error@+1 {{layer 'a' (ReLU): needs a float32 operand, but got int32 without a cast}}
  %1 = nn.relu(%0) {name = "a"} : (tensor<1x3xi32>) -> tensor<1x3xi32>
  nn.output(%1) : tensor<1x3xi32>
}

// -----

nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3], name = "x"} : tensor<1x3xf32>
  // expected-error@+1 {{layer 'a' (ReLU): takes at most 1 inputs, but got 2}}
  %1 = nn.relu(%0, %0) {name = "a"} : (tensor<1x3xf32>, tensor<1x3xf32>) -> tensor<1x3xf32>
  nn.output(%1) : tensor<1x3xf32>
}

// -----

// Independent faults are reported together.

nn.weight @m.a.kernel : tensor<3x5xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3], name = "x"} : tensor<1x3xf32>
  // expected-error@+1 {{layer 'a' (Dense): its weight 'kernel' needs float32 elements and shape (3, 4), but got 'memref<3x5xf32>'}}
  %1 = nn.dense(%0) {units = 4, use_bias = false, name = "a", weights = {kernel = @m.a.kernel}} : (tensor<1x3xf32>) -> tensor<1x4xf32>
  // expected-error@+1 {{layer 'b' (Dense): has no weight bound to 'kernel'}}
  %2 = nn.dense(%1) {units = 4, use_bias = false, name = "b"} : (tensor<1x4xf32>) -> tensor<1x4xf32>
  // expected-error@+1 {{layer 'c' (Dense): its weight 'kernel' is @nobody, which does not exist}}
  %3 = nn.dense(%2) {units = 4, use_bias = false, name = "c", weights = {kernel = @nobody}} : (tensor<1x4xf32>) -> tensor<1x4xf32>
  nn.output(%3) : tensor<1x4xf32>
}

// -----

// Masks are truth values by now.

nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3], name = "x"} : tensor<1x3xf32>
  // expected-error@+1 {{layer 's' (Softmax): mask needs elements of i1, but got 'tensor<1x3xf32>'}}
  %1 = nn.softmax(%0, mask = %0) {name = "s"} : (tensor<1x3xf32>, tensor<1x3xf32>) -> tensor<1x3xf32>
  nn.output(%1) : tensor<1x3xf32>
}

// -----

nn.weight @m.r.kernel : tensor<2x1xf32> = dense<1.0>
nn.weight @m.r.recurrent_kernel : tensor<1x1xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3, 2], name = "x"} : tensor<1x3x2xf32>
  // expected-error@+1 {{layer 'r' (SimpleRNN): is stateful; states are made explicit before lowering}}
  %1 = nn.simple_rnn(%0) {units = 1, use_bias = false, stateful = true, name = "r", weights = {kernel = @m.r.kernel, recurrent_kernel = @m.r.recurrent_kernel}} : (tensor<1x3x2xf32>) -> tensor<1x1xf32>
  nn.output(%1) : tensor<1x1xf32>
}

// -----

nn.weight @m.a.kernel : tensor<3x4xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3], name = "x"} : tensor<1x3xf32>
  // expected-error@+1 {{layer 'a' (Dense): 'activation' cannot be "threshold", which needs two arguments that only Activation takes}}
  %1 = nn.dense(%0) {units = 4, use_bias = false, activation = "threshold", name = "a", weights = {kernel = @m.a.kernel}} : (tensor<1x3xf32>) -> tensor<1x4xf32>
  nn.output(%1) : tensor<1x4xf32>
}

// -----

// A layer that fails does not hide what is wrong with the next.

nn.weight @m.l.gamma : tensor<3x3xf32> = dense<1.0>
nn.weight @m.n.mean : tensor<3x3xf32> = dense<1.0>
nn.weight @m.n.variance : tensor<3x3xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3, 3], name = "x"} : tensor<1x3x3xf32>
  // expected-error@+1 {{layer 'l' (LayerNormalization): axis 1 is named twice}}
  %1 = nn.layer_normalization(%0) {axis = [1, 1], center = false, name = "l", weights = {gamma = @m.l.gamma}} : (tensor<1x3x3xf32>) -> tensor<1x3x3xf32>
  // expected-error@+1 {{layer 'n' (Normalization): axis -1 is named twice}}
  %2 = nn.normalization(%1) {axis = [2, -1], name = "n", weights = {mean = @m.n.mean, variance = @m.n.variance}} : (tensor<1x3x3xf32>) -> tensor<1x3x3xf32>
  nn.output(%2) : tensor<1x3x3xf32>
}

// -----

// A layer without a lowering.

nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3, 2], name = "x"} : tensor<1x3x2xf32>
  // expected-error@+1 {{layer 'd' (Bidirectional): the types of what it wraps are not known}}
  %1 = nn.bidirectional(%0) {name = "d"} : (tensor<1x3x2xf32>) -> tensor<1x2xf32>
  nn.output(%1) : tensor<1x2xf32>
}
