// RUN: nn-opt %s --split-input-file --verify-diagnostics

// Only what cannot be read at all stops the parser.

nn.sequential @m {
  // expected-error@+1 {{custom op 'nn.input' needs a shape: that of one sample, as in {shape = [28, 28, 1]}}}
  nn.input
}

// -----

nn.sequential @m {
  // expected-error@+1 {{custom op 'nn.input' has no key 'size'; it has dtype, name, shape}}
  nn.input {shape = [3], size = 4}
}

// -----

nn.sequential @m {
  // expected-error@+1 {{custom op 'nn.input' 'shape' expects a list of integers}}
  nn.input {shape = "3"}
}

// -----

nn.sequential @m {
  // expected-error@+1 {{custom op 'nn.input' 'dtype' expects one of "float32", "float64", "float16", "bfloat16", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "bool"}}
  nn.input {shape = [3], dtype = "string"}
}

// -----

nn.model @m {
  %x = nn.input {shape = [4, 2]}
  // expected-error@+1 {{custom op 'nn.gru' takes by keyword: initial_state, mask}}
  %y = nn.gru(%x, states = %x) {units = 4}
}

// -----

nn.model @m {
  %x = nn.input {shape = [4, 2]}
  // expected-error@+1 {{custom op 'nn.dense' takes by keyword: nothing}}
  %y = nn.dense(%x, mask = %x) {units = 4}
}

// -----

nn.model @m {
  %x = nn.input {shape = [4, 2]}
  // expected-error@+1 {{'mask' is given twice}}
  %y = nn.gru(%x, mask = %x, mask = %x) {units = 4}
}

// -----

nn.model @m {
  %x = nn.input {shape = [4, 2]}
  // expected-error@+1 {{a positional input follows one by keyword}}
  %y = nn.gru(mask = %x, %x) {units = 4}
}

// -----

nn.model @m {
  %x = nn.input {shape = [4, 2]}
  // expected-error@+1 {{operand group starting at #1 requires 0 or 1 element, but found 2}}
  %y = nn.gru(%x, mask = [%x, %x]) {units = 4}
}

// -----

nn.model @m {
  %x = nn.input {shape = [3]} : tensor<?x3xf32>
  // expected-error@+1 {{expected 1 operand types, but got 2}}
  %y = nn.relu(%x) : (tensor<?x3xf32>, tensor<?x3xf32>) -> tensor<?x3xf32>
}

// -----

nn.model @m {
  %x = nn.input {shape = [3]}
  // expected-error@+1 {{use of undeclared SSA value name}}
  %y = nn.relu(%z)
}

// -----

nn.model @m {
  %x = nn.input {shape = [3]}
  // expected-error@+1 {{attribute 'names' failed to satisfy constraint: string array attribute}}
  nn.output(%x) {names = [3]}
}

// -----

nn.sequential @m {
  nn.input {shape = [3]}
  // expected-error@+1 {{expected '}' in attribute dictionary}}
  nn.bidirectional { nn.gru {units = 4} }
}

// -----

// expected-error@+1 {{a weight is a tensor}}
nn.weight @w : f32 = dense<1.0>

// -----

// expected-error@+1 {{weight 'w': expects a tensor of static shape}}
nn.weight @w : tensor<1xcomplex<f32>> = dense<(1.0, 2.0)>

// -----

// expected-error@+1 {{weight 'w': the size overflows}}
nn.weight @w : tensor<4294967296x4294967296xf32> = dense_resource<w>

// -----

// expected-error@+1 {{weight 'w': the resource 'nothing' has 0 bytes, but 'tensor<1xf32>' needs 4}}
nn.weight @w : tensor<1xf32> = dense_resource<nothing>
