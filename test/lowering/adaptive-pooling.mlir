// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// Windows of one size slide.

// CHECK-DAG: #[[X:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1 * 3 + d2, d3)>
// CHECK-LABEL: func.func private @even
// CHECK: linalg.generic {indexing_maps = [#[[X]],
// CHECK-NOT: tensor.extract
nn.model @even attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [6, 2], name = "x"} : tensor<1x6x2xf32>
  %1 = nn.adaptive_max_pooling1d(%0) {output_size = 2, name = "p"} : (tensor<1x6x2xf32>) -> tensor<1x2x2xf32>
  nn.output(%1) : tensor<1x2x2xf32>
}

// -----

// Others are looked up: the windows of 5 elements begin at 0, 1 and 3, and the
// shorter ones repeat their last element, which does not count.

// CHECK-LABEL: func.func private @uneven
// CHECK-DAG: arith.constant dense<{{\[\[}}1.000000e+00, 1.000000e+00, 0.000000e+00], [1.000000e+00, 1.000000e+00, 1.000000e+00], [1.000000e+00, 1.000000e+00, 0.000000e+00]]> : tensor<3x3xf32>
// CHECK-DAG: arith.constant dense<{{\[\[}}0, 1, 1], [1, 2, 3], [3, 4, 4]]> : tensor<3x3xi32>
// CHECK: tensor.extract
// CHECK: arith.select
// CHECK: arith.constant dense<[2.000000e+00, 3.000000e+00, 2.000000e+00]> : tensor<3xf32>
// CHECK: arith.divf
nn.model @uneven attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [5, 2], name = "x"} : tensor<1x5x2xf32>
  %1 = nn.adaptive_average_pooling1d(%0) {output_size = 3, name = "p"} : (tensor<1x5x2xf32>) -> tensor<1x3x2xf32>
  nn.output(%1) : tensor<1x3x2xf32>
}
