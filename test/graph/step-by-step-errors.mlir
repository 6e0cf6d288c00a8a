// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-step-by-step --split-input-file --verify-diagnostics

nn.model @all {
  %x = nn.input {shape = [8, 4], name = "x"}
  // expected-error@+1 {{input 'scalar': has no axis of time to stream along}}
  %scalar = nn.input {shape = [], name = "scalar"}
  // expected-error@+1 {{layer 'back' (GRU): goes backwards from the last step, so that --stream cannot feed it}}
  %back = nn.gru(%x) {units = 4, go_backwards = true, return_sequences = true, name = "back"}
  // expected-error@+1 {{layer 'ahead' (Conv1D): looks at steps to come; padding = "causal" looks back only, so that --stream cannot feed it}}
  %ahead = nn.conv1d(%x) {filters = 4, kernel_size = 3, padding = "same", name = "ahead"}
  // expected-error@+1 {{layer 'stride' (Conv1D): changes the number of steps (strides = 2), so that --stream cannot feed it}}
  %stride = nn.conv1d(%x) {filters = 4, kernel_size = 3, strides = 2, padding = "causal", name = "stride"}
  // expected-error@+1 {{layer 'pool' (MaxPooling1D): changes the number of steps, so that --stream cannot feed it}}
  %pool = nn.max_pooling1d(%x) {name = "pool"}
  // expected-error@+1 {{layer 'mean' (GlobalAveragePooling1D): needs all steps of the sequence at once, so that --stream cannot feed it}}
  %mean = nn.global_average_pooling1d(%x) {name = "mean"}
  // expected-error@+1 {{layer 'flat' (Flatten): rearranges the steps, so that --stream cannot feed it}}
  %flat = nn.flatten(%x) {name = "flat"}
  // expected-error@+1 {{layer 'swap' (Permute): moves the axis of time, so that --stream cannot feed it}}
  %swap = nn.permute(%x) {dims = [2, 1], name = "swap"}
  // expected-error@+1 {{layer 'slopes' (PReLU): has a slope for every step; share axis 1, so that --stream cannot feed it}}
  %slopes = nn.prelu(%x) {name = "slopes"}
  // expected-error@+1 {{layer 'over' (Softmax): works along the axis of time, so that --stream cannot feed it}}
  %over = nn.softmax(%x) {axis = [-2], name = "over"}
  // expected-error@+1 {{layer 'norm' (LayerNormalization): works along the axis of time, so that --stream cannot feed it}}
  %norm = nn.layer_normalization(%x) {axis = [1, 2], name = "norm"}
  // expected-error@+1 {{layer 'join' (Concatenate): joins sequences one after the other, so that --stream cannot feed it}}
  %join = nn.concatenate(%x, %x) {axis = 1, name = "join"}
  // expected-error@+1 {{layer 'product' (Dot): is not known to act step by step, so that --stream cannot feed it}}
  %product = nn.dot(%x, %x) {axes = [2, 2], name = "product"}
  %last = nn.lstm(%x) {units = 4, name = "last"}
  // expected-error@+1 {{layer 'given' (GRU): is given its initial state, but goes on from the last call, so that --stream cannot feed it}}
  %given = nn.gru(%x, initial_state = %last) {units = 4, name = "given"}
  nn.output(%back, %ahead, %stride, %pool, %mean, %flat, %swap, %slopes, %over, %norm, %join, %product, %given)
}

// -----

nn.model @mixed {
  %i = nn.input {shape = [8], name = "i"}
  // expected-error@+1 {{layer 'dense' (Dense): works along the axis of time, so that --stream cannot feed it}}
  %d = nn.dense(%i) {units = 8, name = "dense"}
  %x = nn.input {shape = [8, 4], name = "x"}
  %s = nn.lstm(%x) {units = 4, return_sequences = true}
  %l = nn.lstm(%x) {units = 4, name = "last"}
  %r = nn.repeat_vector(%l) {n = 1}
  // expected-error@+1 {{layer 'sum' (Add): mixes a stream with the value of the last step, so that --stream cannot feed it}}
  %sum = nn.add(%s, %r) {name = "sum"}
  // expected-error@+1 {{layer 'kept' (GRU): is stateful, but sees the last step of a call only, however long the call is}}
  %k = nn.gru(%r) {units = 4, stateful = true, name = "kept"}
  nn.output(%d, %sum, %k)
}

// -----

// expected-error@+1 {{the model has been compiled without --stream already}}
nn.model @done attributes {linked, batch = 5} {
  %x = nn.input {shape = [8], name = "x"}
  nn.output(%x)
}
