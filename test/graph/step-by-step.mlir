// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-step-by-step --nnc-infer-shapes --split-input-file | FileCheck %s
// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-step-by-step --nnc-step-by-step --nnc-infer-shapes --split-input-file | FileCheck %s

// Time is cut to one step, whether its length was open or fixed. Outputs have a
// value a step, or that of the last one.

// CHECK-LABEL: nn.model @m attributes {linked, stream = array<i1: true, false>}
// CHECK: %[[X:.*]] = nn.input {{.*}}shape = [1, 3]{{.*}} : tensor<?x1x3xf32>
// CHECK: %[[L:.*]] = nn.lstm(%[[X]]) {{.*}}return_sequences = true, stateful = true, units = 4{{.*}} -> tensor<?x1x4xf32>
// CHECK: %[[G:.*]] = nn.gru(%[[L]]) {{.*}}stateful = true, units = 2{{.*}} -> tensor<?x2xf32>
// CHECK: %[[R:.*]] = nn.repeat_vector(%[[G]])
// CHECK: %[[D:.*]] = nn.lstm(%[[R]]) {name = "decoder", units = 2}
// CHECK: nn.output(%[[L]], %[[D]])
nn.model @m {
  %x = nn.input {shape = [-1, 3], name = "x"}
  %l = nn.lstm(%x) {units = 4, return_sequences = true}
  %g = nn.gru(%l) {units = 2}
  // What comes behind the last step has a time of its own.
  %r = nn.repeat_vector(%g) {n = 3}
  %d = nn.lstm(%r) {units = 2, name = "decoder"}
  nn.output(%l, %d)
}

// -----

// A causal convolution gets the steps before the current one.

// CHECK-LABEL: nn.model @causal
// CHECK: %[[H:.*]] = nn.history(%{{.*}}) {name = "a", steps = 6 : i64} : tensor<?x1x3xf32> -> tensor<?x7x3xf32>
// CHECK: %[[A:.*]] = nn.conv1d(%[[H]]) {{.*}}padding = "valid"{{.*}} -> tensor<?x1x4xf32>
// CHECK: nn.conv1d(%[[A]]) {{.*}}name = "b", padding = "valid"
nn.sequential @causal {
  nn.input {shape = [100, 3], name = "x"}
  nn.conv1d {filters = 4, kernel_size = 3, dilation_rate = 3, padding = "causal", name = "a"}
  nn.conv1d {filters = 4, kernel_size = 1, padding = "causal", name = "b"}
}

// -----

// Everything else that acts step by step stays as it is.

// CHECK-LABEL: nn.model @stepwise
// CHECK-NOT: nn.history
// CHECK: nn.output
nn.model @stepwise {
  %i = nn.input {shape = [9], name = "i", dtype = "int32"}
  %x = nn.input {shape = [9, 4], name = "x"}
  %0 = nn.embedding(%i) {input_dim = 5, output_dim = 4}
  %1 = nn.add(%0, %x)
  %2 = nn.concatenate(%1, %x)
  %3 = nn.layer_normalization(%2)
  %4 = nn.batch_normalization(%3)
  %5 = nn.prelu(%4) {shared_axes = [1]}
  %6 = nn.softmax(%5)
  %7 = nn.activation(%6) {activation = "softmax"}
  %8 = nn.permute(%7) {dims = [1, 2]}
  %9 = nn.spatial_dropout1d(%8) {rate = 0.5}
  %10 = nn.rescaling(%9) {scale = 2.0}
  %11 = nn.conv1d(%10) {filters = 2, kernel_size = 1, padding = "same"}
  nn.output(%11)
}
