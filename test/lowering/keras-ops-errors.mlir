// RUN: nn-opt --nnc-lower-to-linalg --split-input-file --verify-diagnostics %s

nn.model @refused attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3], dtype = "bool", name = "a"} : tensor<1x3xi1>
  %1 = nn.input {shape = [3], dtype = "int32", name = "b"} : tensor<1x3xi32>
  %2 = nn.input {shape = [3], name = "c"} : tensor<1x3xf32>
  // expected-error@+1 {{layer 'n' (ops.Negative): is not defined for bool}}
  %3 = nn.ops.negative(%0) {name = "n"} : (tensor<1x3xi1>) -> tensor<1x3xi1>
  // expected-error@+1 {{layer 'clip' (ops.Clip): 'x_max' must be an integer, as its input is}}
  %4 = nn.ops.clip(%1) {x_max = 0.5, name = "clip"} : (tensor<1x3xi32>) -> tensor<1x3xi32>
  // expected-error@+1 {{layer 't' (ops.Take): index 3 is outside an axis of 3}}
  %5 = nn.ops.take(%1) {axis = 1, indices = [0, 3], name = "t"} : (tensor<1x3xi32>) -> tensor<1x2xi32>
  // expected-error@+1 {{layer 'u' (ops.Take): expects integers as indices}}
  %6 = nn.ops.take(%2) {axis = 0, x = [0.5, 1.5], name = "u"} : (tensor<1x3xf32>) -> tensor<1x3xf32>
  nn.output(%3, %4, %5, %6) : tensor<1x3xi1>, tensor<1x3xi32>, tensor<1x2xi32>, tensor<1x3xf32>
}
