// RUN: nn-opt %s --nnc-check-model --split-input-file --verify-diagnostics

// Everything wrong in one model is reported in one run.

// expected-error@+1 {{model 'all_at_once': needs one nn.output, but has 0}}
nn.model @all_at_once {
  %x = nn.input {shape = [3]}
  // expected-error@+1 {{layer 'h' (densse): no such layer; did you mean 'dense'?}}
  %a = nn.densse(%x) {units = 4, name = "h"}
  // expected-error@+1 {{layer (frobnicate): no such layer; there are activation, activity_regularization, adaptive_average_pooling1d, }}
  %b = nn.frobnicate(%x)
  // expected-error@+1 {{layer 'd' (Dense): needs the key 'units'}}
  %c = nn.dense(%x) {name = "d"}
  // expected-error@+2 {{layer (Dense): needs the key 'units'}}
  // expected-error@+1 {{layer (Dense): no such key 'unit'; it has activation, activity_regularizer, bias_constraint, bias_initializer, bias_regularizer, dtype, kernel_constraint, kernel_initializer, kernel_regularizer, name, quantization_config, trainable, units, use_bias}}
  %d = nn.dense(%x) {unit = 4}
  // expected-error@+1 {{layer (Dense): 'units' expects a positive integer, but got 0}}
  %e = nn.dense(%x) {units = 0}
  // expected-error@+1 {{layer (Dense): 'units' expects a positive integer, but got -3}}
  %f = nn.dense(%x) {units = -3}
  // expected-error@+1 {{layer (Dense): 'units' expects a positive integer, but got 2.5}}
  %g = nn.dense(%x) {units = 2.5}
  // expected-error@+1 {{layer (Dense): 'units' expects a positive integer, but got "4"}}
  %h = nn.dense(%x) {units = "4"}
}

// -----

// Each kind of key says what it takes.

nn.sequential @kinds {
  nn.input {shape = [3]}
  // expected-error@+4 {{layer (Conv2D): 'kernel_size' expects a positive integer or a list of 2 of them, but got [1, 2, 3]}}
  // expected-error@+3 {{layer (Conv2D): 'padding' expects one of "valid", "same", but got "causal"}}
  // expected-error@+2 {{layer (Conv2D): 'use_bias' expects true or false, but got 1}}
  // expected-error@+1 {{layer (Conv2D): 'kernel_initializer' expects an initializer's name or {class_name = "…", config = {…}}, but got {name = "x"}}}
  nn.conv2d {filters = 3, kernel_size = [1, 2, 3], padding = "causal", use_bias = 1, kernel_initializer = {name = "x"}}
  // expected-error@+1 {{layer (Activation): 'activation' expects one of Keras's activations, but got "rellu"}}
  nn.activation {activation = "rellu"}
  // expected-error@+1 {{layer (ELU): 'alpha' expects a number, but got 0x7FF0000000000000 : f64}}
  nn.elu {alpha = 0x7FF0000000000000 : f64}
  // expected-error@+1 {{layer (LeakyReLU): 'negative_slope' expects a number of at least 0, but got -0.5}}
  nn.leaky_relu {negative_slope = -0.5}
  // expected-error@+1 {{layer (Concatenate): 'axis' expects an integer, but got "x"}}
  nn.concatenate {axis = "x"}
  // expected-error@+1 {{layer (Softmax): 'axis' expects a list of integers, but got [1, "x"]}}
  nn.softmax {axis = [1, "x"]}
  // expected-error@+1 {{layer (ZeroPadding1D): 'padding' expects an integer of at least 0 or a list of 2 of them, but got -1}}
  nn.zero_padding1d {padding = -1}
  // expected-error@+1 {{layer (ZeroPadding2D): 'padding' expects an integer of at least 0, a list of 2 of them or of 2 pairs of them, but got [1, 2, 3]}}
  nn.zero_padding2d {padding = [1, 2, 3]}
  // expected-error@+1 {{layer (Rescaling): 'scale' expects a number or a list of numbers, but got [[1, 2], [3]]}}
  nn.rescaling {scale = [[1, 2], [3]]}
  // expected-error@+1 {{layer 'a/b' (ReLU): 'name' expects a name: not empty, without '/' and control characters, but got "a/b"}}
  nn.relu {name = "a/b"}
  // expected-error@+1 {{layer (ReLU): 'dtype' expects one of "float32", "float64", "float16", "bfloat16", "mixed_float16", "mixed_bfloat16", but got "int8_from_float32"}}
  nn.relu {dtype = "int8_from_float32"}
  // expected-error@+1 {{layer (ReLU): wraps no other layer}}
  nn.relu {} { nn.relu }
  // expected-error@+1 {{layer (ReLU): is written as nn.malformed, but fits nn.relu}}
  nn.malformed "relu"
  // Inside a wrapper, too.
  nn.bidirectional {} {
    // expected-error@+1 {{layer (gruu): no such layer; did you mean 'gru'?}}
    nn.gruu {units = 4}
  }
  // expected-error@+1 {{layer (Dense): no such key 'owner'; only the compiler writes it}}
  nn.dense {units = 3, owner = "x"}
  // expected-error@+1 {{layer (Dense): no such key 'scope'; only the compiler writes it}}
  nn.dense {units = 3, scope = "x"}
}

// -----

// Numbers of inputs and results.

nn.model @counts {
  %x = nn.input {shape = [4, 3]}
  // expected-error@+1 {{layer 'r' (ReLU): expects 1 input, but got 2}}
  %a = nn.relu(%x, %x) {name = "r"}
  // expected-error@+1 {{layer (Add): expects at least 2 inputs, but got 1}}
  %b = nn.add(%x)
  // expected-error@+1 {{layer (Subtract): expects 2 inputs, but got 3}}
  %c = nn.subtract(%x, %x, %x)
  // expected-error@+1 {{layer (Dense): expects 1 input, but got 0}}
  %d = nn.dense {units = 3}
  // expected-error@+1 {{layer (LSTM): gives 3 results, but 1 is named}}
  %e = nn.lstm(%x) {units = 3, return_state = true}
  // expected-error@+1 {{layer (GRU): gives 1 result, but 2 are named}}
  %f:2 = nn.gru(%x) {units = 3}
  nn.output(%a, %b, %c, %d, %e, %f#0, %f#1)
}

// -----

// Names.

nn.model @names {
  %x = nn.input {shape = [3], name = "x"}
  // expected-error@+1 {{input 'x': the name is taken by input 'x' with other keys; equal keys would share the layer}}
  %y = nn.input {shape = [3], name = "x"}
  %a = nn.dense(%x) {units = 3, name = "d"}
  // expected-error@+1 {{layer 'd' (Dense): the name is taken by layer 'd' (Dense) with other keys; equal keys would share the layer}}
  %b = nn.dense(%y) {units = 4, name = "d"}
  // expected-error@+1 {{layer 'd' (ReLU): the name is taken by layer 'd' (Dense) with other keys; equal keys would share the layer}}
  %c = nn.relu(%a) {name = "d"}
  %e = nn.relu(%b) {name = "inner"}
  // expected-error@+1 {{call of @inner: the name is taken by layer 'inner' (ReLU) with other keys; equal keys would share the layer}}
  %f = nn.call @inner(%c)
  nn.output(%e, %f)
}

nn.sequential @inner {
  nn.input {shape = [3]}
  nn.relu
}

// -----

// The forms of nn.sequential.

// expected-error@+1 {{model 'no_input': needs an nn.input first}}
nn.sequential @no_input {
  nn.relu
}

// expected-error@+1 {{model 'nothing': needs an nn.input first}}
nn.sequential @nothing {
}

// expected-error@+1 {{model 'no_layers': has no layers}}
nn.sequential @no_layers {
  nn.input {shape = [3]}
}

nn.sequential @forms {
  %x = nn.input {shape = [3]}
  // expected-error@+1 {{model 'forms': nn.sequential has one nn.input}}
  nn.input {shape = [3]}
  // expected-error@+1 {{layer 'r' (ReLU): layers of nn.sequential take the one above and have no operands}}
  %y = nn.relu(%x) {name = "r"}
  // expected-error@+1 {{layer (Add): takes several inputs, which nn.sequential cannot give; write an nn.model}}
  nn.add
  // expected-error@+1 {{layer (GRU): gives several results, which nn.sequential cannot pass on; write an nn.model}}
  nn.gru {units = 3, return_state = true}
  // expected-error@+2 {{model 'forms': nn.sequential has no nn.output; its last layer is the output}}
  // expected-error@+1 {{nn.output: layers of nn.sequential take the one above and have no operands}}
  nn.output(%y)
}

// -----

// The forms of nn.model.

// expected-error@+1 {{model 'no_input': needs an nn.input}}
nn.model @no_input {
  // expected-error@+1 {{nn.output: names no value}}
  nn.output()
}

// expected-error@+1 {{model 'two_outputs': needs one nn.output, but has 2}}
nn.model @two_outputs {
  %x = nn.input {shape = [3]}
  nn.output(%x)
  nn.output(%x)
}

nn.model @outputs {
  %x = nn.input {shape = [3]}
  // expected-error@+4 {{nn.output: has 2 values, but 3 names}}
  // expected-error@+3 {{nn.output: '' is no name}}
  // expected-error@+2 {{nn.output: two outputs are named 'a'}}
  // expected-error@+1 {{nn.output: no such key 'foo'; it has names}}
  nn.output(%x, %x) {names = ["a", "", "a"], foo = 3}
}

nn.model @dangling {
  %x = nn.input {shape = [3]}
  %a = nn.relu(%x)
  // expected-error@+1 {{layer 'lost' (ReLU): leads to no output}}
  %b = nn.relu(%a) {name = "lost"}
  // expected-error@+1 {{call of @outputs: leads to no output}}
  %c:2 = nn.call @outputs(%a)
  nn.output(%a)
}

nn.model @cycle {
  %x = nn.input {shape = [3]}
  // expected-error@+1 {{layer 'a' (Add): is part of a cycle with layer 'b' (ReLU)}}
  %a = nn.add(%x, %b) {name = "a"}
  %b = nn.relu(%a) {name = "b"}
  nn.output(%b)
}

// expected-error@+1 {{model 'arguments': inputs are written as nn.input, not as block arguments}}
nn.model @arguments {
^bb0(%x: tensor<?x3xf32>):
  %y = nn.input {shape = [3]} : tensor<?x3xf32>
  nn.output(%x) : tensor<?x3xf32>
}

nn.model @foreign {
  %x = nn.input {shape = [3]} : tensor<?x3xf32>
  // expected-error@+1 {{'arith.constant' is no layer; a model holds nn layers}}
  %c = arith.constant dense<0.0> : tensor<2x3xf32>
  %y = nn.add(%x, %c) : (tensor<?x3xf32>, tensor<2x3xf32>) -> tensor<?x3xf32>
  nn.output(%y) : tensor<?x3xf32>
}

// -----

// Types of all values or of none.

nn.model @half_typed {
  %x = nn.input {shape = [3]} : tensor<?x3xf32>
  // expected-error@+1 {{input: has no type, but layer (ReLU) has; give the types of a whole model or none (nnc --strip-types removes them)}}
  %y = nn.input {shape = [3]}
  %a = nn.relu(%x) : (tensor<?x3xf32>) -> tensor<?x3xf32>
  nn.output(%a) : tensor<?x3xf32>
}

// -----

// Calls.

nn.model @caller {
  %x = nn.input {shape = [3]}
  // expected-error@+1 {{call of @nobody: there is no such model}}
  %a = nn.call @nobody(%x)
  // expected-error@+1 {{call of @w: there is no such model}}
  %b = nn.call @w(%x)
  // expected-error@+1 {{call of @line: expects 1 input, but got 2}}
  %c = nn.call @line(%x, %x)
  // expected-error@+1 {{call of @pair: expects 2 inputs, but got 1}}
  %d:2 = nn.call @pair(%x)
  // expected-error@+1 {{call of @pair: gives 2 results, but 1 is named}}
  %e = nn.call @pair(%x, %x)
  // expected-error@+1 {{call of @line: gives 1 result, but 2 are named}}
  %f:2 = nn.call @line(%x) {name = "f"}
  // expected-error@+1 {{call of @line 'g': no such key 'foo'; it has name}}
  %g = nn.call @line(%x) {name = "g", foo = 1}
  nn.output(%a, %b, %c, %d#0, %d#1, %e, %f#0, %f#1, %g)
}

nn.weight @w : tensor<1xf32> = dense<0.0>

nn.sequential @line {
  nn.input {shape = [3]}
  // expected-error@+2 {{call of @pair: expects 2 inputs, but got 1}}
  // expected-error@+1 {{call of @pair: gives 2 results, but 1 is named}}
  nn.call @pair
}

nn.model @pair {
  %x = nn.input {shape = [3]}
  %y = nn.input {shape = [3]}
  nn.output(%x, %y)
}

// -----

nn.sequential @self {
  nn.input {shape = [3]}
  // expected-error@+1 {{call of @self: a model cannot call itself}}
  nn.call @self
}

nn.sequential @a {
  nn.input {shape = [3]}
  nn.call @b
}

nn.sequential @b {
  nn.input {shape = [3]}
  // expected-error@+1 {{call of @a: a model cannot call itself}}
  nn.call @a
}

// -----

// What stands beside models would be compiled unseen.

nn.sequential @m {
  nn.input {shape = [3]}
  nn.relu
}

// expected-error@+1 {{'func.func' is no part of a model}}
func.func private @f()

// -----

// A text that says it is linked has to be.

nn.model @linked attributes {linked} {
  // expected-error@+1 {{input: has no name, which a linked model's need}}
  %x = nn.input {shape = [3]}
  // expected-error@+1 {{layer (ReLU): has no name, which a linked model's need}}
  %a = nn.relu(%x)
  // expected-error@+1 {{call of @other: a linked model has no calls}}
  %b = nn.call @other(%a)
  nn.output(%b)
}

// expected-error@+1 {{model 'other': is not linked, but others of the module are}}
nn.sequential @other {
  nn.input {shape = [3]}
  nn.relu
}

// expected-error@+1 {{model 'again': there is another linked model of this batch}}
nn.model @again attributes {linked} {
  %x = nn.input {shape = [3], name = "x"}
  nn.output(%x)
}

// -----

// States are written by the compiler, and have one update each.

nn.model @states {
  %x = nn.input {shape = [3], name = "x"}
  // expected-error@+1 {{state 's': is no layer; only the compiler writes it}}
  %s = nn.state {shape = [3], name = "s"}
  %y = nn.add(%x, %s)
  // expected-error@+1 {{update_state: is no layer; only the compiler writes it}}
  nn.update_state(%s, %y) : !nn.unknown, !nn.unknown
  nn.output(%y)
}

// -----

nn.model @updates attributes {linked} {
  %x = nn.input {shape = [3], name = "x"}
  // expected-error@+1 {{state 's': needs one nn.update_state, but has 2}}
  %s = nn.state {shape = [3], name = "s"}
  // expected-error@+1 {{state 't': needs one nn.update_state, but has 0}}
  %t = nn.state {shape = [3], name = "t"}
  %y = nn.add(%s, %t) {name = "y"}
  nn.update_state(%s, %y) : !nn.unknown, !nn.unknown
  nn.update_state(%s, %x) : !nn.unknown, !nn.unknown
  // expected-error@+1 {{nn.update_state: its first operand is no nn.state}}
  nn.update_state(%x, %t) : !nn.unknown, !nn.unknown
  nn.output(%y)
}

// -----

nn.model @stream attributes {linked, stream = array<i1: true, false>} {
  // expected-error@+1 {{input 'x': a stream's input starts with one step}}
  %x = nn.input {shape = [3], name = "x"}
  // expected-error@+1 {{nn.output: has 1 values, but 'stream' is of 2}}
  nn.output(%x)
}
