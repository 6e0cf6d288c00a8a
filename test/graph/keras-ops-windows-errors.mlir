// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --split-input-file --verify-diagnostics

// Kernels that are no weights, and keys that do not know the rank.

nn.model @kernels {
  %a = nn.input {shape = [5, 4], name = "a"}
  %k = nn.input {shape = [4, 4], name = "k"}
  // expected-error@+1 {{layer 'open' (ops.Conv): expects a kernel of 3 axes of known extents, but got (None, 4, 4)}}
  %0 = nn.ops.conv(%a, %k) {name = "open"}
  // expected-error@+1 {{layer 'flat' (ops.Conv): expects a kernel of 3 axes of known extents, but got (1, 4)}}
  %1 = nn.ops.conv(%a) {kernel = [[1, 2, 3, 4]], name = "flat"}
  // expected-error@+1 {{layer 'many' (ops.Conv): its kernel (1, 3, 1) is for 3 channels, which do not go with (None, 5, 4)}}
  %2 = nn.ops.conv(%a) {kernel = [[[1], [2], [3]]], name = "many"}
  // expected-error@+1 {{layer 'groups' (ops.Conv): filters = 1 is not a multiple of groups = 2}}
  %3 = nn.ops.conv(%a) {kernel = [[[1], [2]]], name = "groups"}
  // expected-error@+1 {{layer 'each' (ops.DepthwiseConv): its kernel (1, 2, 1) is for 2 channels, which do not go with (None, 5, 4)}}
  %4 = nn.ops.depthwise_conv(%a) {kernel = [[[1], [2]]], name = "each"}
  // expected-error@+1 {{layer 'point' (ops.SeparableConv): expects a pointwise kernel (1, 4, 1), but got (1, 2, 1)}}
  %5 = nn.ops.separable_conv(%a) {depthwise_kernel = [[[1], [2], [3], [4]]], pointwise_kernel = [[[1], [2]]], name = "point"}
  // expected-error@+1 {{layer 'back' (ops.ConvTranspose): its kernel (1, 2, 1) is for 1 channels, which do not go with (None, 5, 4)}}
  %6 = nn.ops.conv_transpose(%a) {kernel = [[[1], [2]]], strides = 1, name = "back"}
  nn.output(%0, %1, %2, %3, %4, %5, %6)
}

// -----

nn.model @axes {
  %a = nn.input {shape = [5, 4], name = "a"}
  %f = nn.input {shape = [5], name = "f"}
  // expected-error@+1 {{layer 'rank' (ops.Conv): expects an input with one to three spatial axes, but got (None, 5)}}
  %0 = nn.ops.conv(%f) {kernel = [[1]], name = "rank"}
  // expected-error@+1 {{layer 'strides' (ops.MaxPool): 'strides' expects one integer or one for each of 1 spatial axes, but has 2}}
  %1 = nn.ops.max_pool(%a) {pool_size = 2, strides = [1, 2], name = "strides"}
  // expected-error@+1 {{layer 'size' (ops.AdaptiveMaxPool): 'output_size' expects one integer or one for each of 1 spatial axes, but has 3}}
  %2 = nn.ops.adaptive_max_pool(%a) {output_size = [1, 1, 1], name = "size"}
  // expected-error@+1 {{layer 'low' (ops.AveragePool): expects a rank-3 input (batch, steps, channels), but got (None, 5)}}
  %3 = nn.ops.average_pool(%f) {pool_size = 2, name = "low"}
  // expected-error@+1 {{layer 'dilation' (ops.Conv): 'dilation_rate' expects one integer or one for each of 1 spatial axes, but has 2}}
  %4 = nn.ops.conv(%a) {kernel = [[[1], [2], [3], [4]]], dilation_rate = [1, 1], name = "dilation"}
  nn.output(%0, %1, %2, %3, %4)
}
