// RUN: nn-opt --nnc-lower-to-linalg --split-input-file --verify-diagnostics %s

nn.model @m attributes {linked, batch = 2 : i64} {
  %x = nn.input {shape = [5], name = "x"} : tensor<2x5xf32>
  // expected-error@+1 {{state 'a': needs one nn.update_state of its type}}
  %a = nn.state {shape = [5], name = "a"} : tensor<2x5xf32>
  // expected-error@+1 {{state 'b': needs a static shape that starts with the batch}}
  %b = nn.state {shape = [5], name = "b"} : tensor<?x5xf32>
  nn.update_state(%b, %b) : tensor<?x5xf32>, tensor<?x5xf32>
  // expected-error@+1 {{state 'c': needs one nn.update_state of its type}}
  %c = nn.state {shape = [5], name = "c"} : tensor<2x5xf32>
  nn.update_state(%c, %b) : tensor<2x5xf32>, tensor<?x5xf32>
  // expected-error@+1 {{state 'd': holds numbers that are no floating-point ones}}
  %d = nn.state {shape = [5], name = "d", dtype = "int32"} : tensor<2x5xi32>
  nn.update_state(%d, %d) : tensor<2x5xi32>, tensor<2x5xi32>
  // expected-error@+1 {{nn.update_state: its first operand is no nn.state}}
  nn.update_state(%x, %x) : tensor<2x5xf32>, tensor<2x5xf32>
  nn.output(%x) : tensor<2x5xf32>
}
