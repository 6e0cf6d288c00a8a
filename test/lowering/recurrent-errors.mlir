// RUN: not nn-opt --nnc-lower-to-linalg --split-input-file %s 2>&1 | FileCheck %s

// CHECK: error: layer 'stateful' (GRU): {{.*}}state
nn.weight @m.rnn.kernel : tensor<3x6xf32> = dense<1.0>
nn.weight @m.rnn.recurrent_kernel : tensor<2x6xf32> = dense<1.0>
nn.weight @m.rnn.bias : tensor<2x6xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [5, 3], name = "x"} : tensor<1x5x3xf32>
  %1 = nn.gru(%0) {units = 2, stateful = true, name = "stateful", weights = {kernel = @m.rnn.kernel, recurrent_kernel = @m.rnn.recurrent_kernel, bias = @m.rnn.bias}} : (tensor<1x5x3xf32>) -> tensor<1x2xf32>
  nn.output(%1) : tensor<1x2xf32>
}

// -----

// CHECK: error: layer 'masked' (SimpleRNN): {{.*}}mask
nn.weight @m.rnn.kernel : tensor<3x2xf32> = dense<1.0>
nn.weight @m.rnn.recurrent_kernel : tensor<2x2xf32> = dense<1.0>
nn.weight @m.rnn.bias : tensor<2xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [5, 3], name = "x"} : tensor<1x5x3xf32>
  %1 = nn.input {shape = [5], name = "m"} : tensor<1x5xf32>
  %2 = nn.simple_rnn(%0, mask = %1) {units = 2, name = "masked", weights = {kernel = @m.rnn.kernel, recurrent_kernel = @m.rnn.recurrent_kernel, bias = @m.rnn.bias}} : (tensor<1x5x3xf32>, tensor<1x5xf32>) -> tensor<1x2xf32>
  nn.output(%2) : tensor<1x2xf32>
}

// -----

// CHECK: error: layer 'gated' (LSTM): {{.*}}recurrent_activation glu does not keep the state's size
nn.weight @m.rnn.kernel : tensor<3x8xf32> = dense<1.0>
nn.weight @m.rnn.recurrent_kernel : tensor<2x8xf32> = dense<1.0>
nn.weight @m.rnn.bias : tensor<8xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [5, 3], name = "x"} : tensor<1x5x3xf32>
  %1 = nn.lstm(%0) {units = 2, recurrent_activation = "glu", name = "gated", weights = {kernel = @m.rnn.kernel, recurrent_kernel = @m.rnn.recurrent_kernel, bias = @m.rnn.bias}} : (tensor<1x5x3xf32>) -> tensor<1x2xf32>
  nn.output(%1) : tensor<1x2xf32>
}
