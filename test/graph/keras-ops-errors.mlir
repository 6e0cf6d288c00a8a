// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --split-input-file --verify-diagnostics

// What a function of keras.ops cannot be called with.

nn.model @arguments {
  %x = nn.input {shape = [3, 4]}
  %i = nn.input {shape = [3, 4], dtype = "int32"}
  // expected-error@+1 {{layer 'add' (ops.Add): needs a tensor or a constant for 'x2'}}
  %0 = nn.ops.add(%x)
  // expected-error@+1 {{layer 'multiply' (ops.Multiply): has 2 tensors for 1 parameters that are not given as keys}}
  %1 = nn.ops.multiply(%x, %x) {x1 = 2}
  // expected-error@+1 {{layer 'subtract' (ops.Subtract): inputs (None, 3, 4) and (3,) do not broadcast}}
  %2 = nn.ops.subtract(%x) {x2 = [1, 2, 3]}
  // expected-error@+1 {{layer 'relu' (ops.Relu): expects floats, but got int32}}
  %3 = nn.ops.relu(%i)
  // expected-error@+1 {{layer 'mean' (ops.Mean): axis 3 is outside an input of rank 3}}
  %4 = nn.ops.mean(%x) {axis = 3}
  // expected-error@+1 {{layer 'max' (ops.Max): axis -2 is named twice}}
  %5 = nn.ops.max(%x) {axis = [1, -2]}
  // expected-error@+1 {{layer 'glu' (ops.Glu): needs an axis of even extent, but got axis 1 of (None, 3, 4)}}
  %6 = nn.ops.glu(%x) {axis = 1}
  nn.output(%0, %1, %2, %3, %4, %5, %6)
}

// -----

nn.model @shapes {
  %x = nn.input {shape = [3, 4]}
  // expected-error@+1 {{layer 'reshape' (ops.Reshape): newshape has more than one -1}}
  %0 = nn.ops.reshape(%x) {newshape = [-1, -1]}
  // expected-error@+1 {{layer 'transpose' (ops.Transpose): axes must name each of 3 axes once}}
  %1 = nn.ops.transpose(%x) {axes = [0, 1]}
  // expected-error@+1 {{layer 'get_item' (ops.GetItem): index 3 is outside an axis of 3}}
  %2 = nn.ops.get_item(%x) {key = ":, 3"}
  // expected-error@+1 {{layer 'get_item_1' (ops.GetItem): key '[0' is no integer, slice, 'None' or '...'}}
  %3 = nn.ops.get_item(%x) {key = ":, [0, 1]"}
  // expected-error@+1 {{layer 'split' (ops.Split): cannot split an axis of 3 into 2 equal parts}}
  %4, %5 = nn.ops.split(%x) {indices_or_sections = 2, axis = 1}
  // expected-error@+1 {{layer 'unstack' (ops.Unstack): gives 2 results, but axis 1 of (None, 3, 4) has another extent}}
  %6, %7 = nn.ops.unstack(%x) {num = 2, axis = 1}
  // expected-error@+1 {{layer 'pad' (ops.Pad): mode "reflect" pads an axis of 3 by at most 2}}
  %8 = nn.ops.pad(%x) {pad_width = [[0, 0], [3, 0], [0, 0]], mode = "reflect"}
  // expected-error@+1 {{layer 'stack' (ops.Stack): expects inputs of one shape, but got (None, 3, 4) and (None, 3)}}
  %9 = nn.ops.stack(%x, %10)
  %10 = nn.ops.get_item(%x) {key = "..., 0"}
  // expected-error@+1 {{layer 'top_k' (ops.TopK): expects a last axis of at least k = 5, but got (None, 3, 4)}}
  %11, %12 = nn.ops.top_k(%x) {k = 5}
  // expected-error@+1 {{layer 'one_hot' (ops.OneHot): sparse = true cannot be compiled}}
  %13 = nn.ops.one_hot(%x) {num_classes = 3, sparse = true}
  nn.output(%0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %11, %12, %13)
}

// -----

nn.model @products {
  %x = nn.input {shape = [3, 4]}
  // expected-error@+1 {{layer 'matmul' (ops.Matmul): index 'k' is 4 and 3}}
  %0 = nn.ops.matmul(%x, %x)
  // expected-error@+1 {{layer 'einsum' (ops.Einsum): the equation has 2 operands, but got 3}}
  %1 = nn.ops.einsum(%x, %x, %x) {subscripts = "bij,bij->b"}
  // expected-error@+1 {{layer 'tensordot' (ops.Tensordot): axes sums over more axes than there are}}
  %2 = nn.ops.tensordot(%x, %x) {axes = 4}
  // expected-error@+1 {{layer 'tensordot_1' (ops.Tensordot): axes expects a number or two lists of one length}}
  %3 = nn.ops.tensordot(%x, %x) {axes = [1, 2, 3]}
  nn.output(%0, %1, %2, %3)
}
