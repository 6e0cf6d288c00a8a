// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-specialize-batch --split-input-file --verify-diagnostics

// Without a batch, functions that mix samples are refused, each that does not
// only follow from another one.

nn.model @mixed {
  %x = nn.input {shape = [3, 4]}
  %v = nn.input {shape = [4]}
  // expected-error@+1 {{layer 'mean' (ops.Mean): mixes the samples of a batch; compile the model for one number of them with --batch N}}
  %0 = nn.ops.mean(%x)
  %1 = nn.ops.subtract(%x, %0)
  // expected-error@+1 {{layer 'flip' (ops.Flip): mixes the samples}}
  %2 = nn.ops.flip(%x) {axis = 0}
  // expected-error@+1 {{layer 'reshape' (ops.Reshape): mixes the samples}}
  %3 = nn.ops.reshape(%x) {newshape = [-1, 4]}
  // expected-error@+1 {{layer 'add' (ops.Add): mixes the samples}}
  %4 = nn.ops.add(%x, %v)
  // expected-error@+1 {{layer 'get_item' (ops.GetItem): mixes the samples}}
  %5 = nn.ops.get_item(%x) {key = "0"}
  // expected-error@+1 {{layer 'concatenate' (ops.Concatenate): mixes the samples}}
  %6 = nn.ops.concatenate(%x, %x)
  // expected-error@+1 {{layer 'einsum' (ops.Einsum): mixes the samples}}
  %7 = nn.ops.einsum(%x, %x) {subscripts = "bij,cij->bc"}
  // expected-error@+1 {{layer 'take' (ops.Take): mixes the samples}}
  %8 = nn.ops.take(%x) {indices = [0], axis = 0}
  nn.output(%1, %2, %3, %4, %5, %6, %7, %8)
}

// -----

// Samples stay apart in all of these.

nn.model @apart {
  %x = nn.input {shape = [3, 4]}
  %v = nn.input {shape = [1, 4]}
  %0 = nn.ops.mean(%x) {axis = [1, 2]}
  %1 = nn.ops.reshape(%x) {newshape = [-1, 2, 6]}
  %2 = nn.ops.add(%x, %v)
  %3 = nn.ops.multiply(%x) {x1 = [1, 2, 3, 4]}
  %4 = nn.ops.transpose(%x) {axes = [0, 2, 1]}
  %5 = nn.ops.get_item(%x) {key = ":, None, 0"}
  %6 = nn.ops.matmul(%x, %4)
  %7 = nn.ops.squeeze(%v)
  nn.output(%0, %1, %2, %3, %5, %6, %7)
}
