// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --split-input-file --verify-diagnostics

// Factors of the wrong shape, and heads that do not fit.

nn.model @norms {
  %a = nn.input {shape = [5, 4], name = "a"}
  %i = nn.input {shape = [5, 4], dtype = "int32", name = "i"}
  // expected-error@+1 {{layer 'gamma' (ops.LayerNorm): 'gamma' expects a number or the shape (4,), but has (2,)}}
  %0 = nn.ops.layer_norm(%a) {gamma = [1.0, 2.0], name = "gamma"}
  // expected-error@+1 {{layer 'axis' (ops.LayerNorm): axis 3 is outside an input of rank 3}}
  %1 = nn.ops.layer_norm(%a) {axis = 3, name = "axis"}
  // expected-error@+1 {{layer 'scale' (ops.RMSNorm): 'scale' of shape (1, 1, 1, 1) does not broadcast to (None, 5, 4)}}
  %2 = nn.ops.rms_norm(%a) {scale = [[[[1.0]]]], name = "scale"}
  // expected-error@+1 {{layer 'mean' (ops.BatchNorm): 'mean' expects the shape (4,), but has (2,)}}
  %3 = nn.ops.batch_norm(%a) {mean = [1.0, 2.0], variance = [1.0, 2.0, 3.0, 4.0], offset = 0.0, scale = 1.0, axis = -1, epsilon = 0.001, name = "mean"}
  // expected-error@+1 {{layer 'open' (ops.BatchNorm): needs the extent of axis 0, but got (None, 5, 4)}}
  %4 = nn.ops.batch_norm(%a) {mean = 0.0, variance = 1.0, offset = 0.0, scale = 1.0, axis = 0, epsilon = 0.001, name = "open"}
  // expected-error@+1 {{layer 'floats' (ops.Moments): expects floats, but got int32}}
  %5, %6 = nn.ops.moments(%i) {axes = 1, name = "floats"}
  nn.output(%0, %1, %2, %3, %4, %5, %6)
}

// -----

nn.model @heads {
  %q = nn.input {shape = [5, 4, 2], name = "q"}
  %k = nn.input {shape = [5, 3, 2], name = "k"}
  // expected-error@+1 {{layer 'heads' (ops.DotProductAttention): expects a query (batch, steps, heads, features), and key and value of one shape that has as many heads or divides them, but got (None, 5, 4, 2), (None, 5, 3, 2) and (None, 5, 3, 2)}}
  %0 = nn.ops.dot_product_attention(%q, %k, %k) {bias = 0.0, mask = true, name = "heads"}
  // expected-error@+1 {{layer 'mask' (ops.DotProductAttention): inputs (None, 4, 5, 5) and (2,) do not broadcast}}
  %1 = nn.ops.dot_product_attention(%q, %q, %q) {bias = 0.0, mask = [true, false], name = "mask"}
  // expected-error@+1 {{layer 'none' (ops.DotProductAttention): needs a tensor or a constant for 'bias', 'mask'}}
  %2 = nn.ops.dot_product_attention(%q, %q, %q) {name = "none"}
  nn.output(%0, %1, %2)
}
