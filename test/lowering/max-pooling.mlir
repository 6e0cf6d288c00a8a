// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// The stride is the window's size where none is given; `same` pads with what
// no maximum is.

// CHECK-DAG: #[[X:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1 * 2 + d2, d3)>
// CHECK-DAG: #[[WINDOW:.*]] = affine_map<(d0, d1, d2, d3) -> (d2)>
// CHECK-DAG: #[[Y:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>
// CHECK-LABEL: func.func private @m
// CHECK: tensor.pad %{{.*}} low[0, 0, 0] high[0, 1, 0]
// CHECK: tensor.yield %[[LOW:.*]] : f32
// CHECK: linalg.generic {indexing_maps = [#[[X]], #[[WINDOW]], #[[Y]]], iterator_types = ["parallel", "parallel", "reduction", "parallel"]}
// CHECK: arith.maximumf
// CHECK: -> tensor<1x3x4xf32>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [5, 4], name = "x"} : tensor<1x5x4xf32>
  %1 = nn.max_pooling1d(%0) {padding = "same", name = "p"} : (tensor<1x5x4xf32>) -> tensor<1x3x4xf32>
  nn.output(%1) : tensor<1x3x4xf32>
}

// -----

// CHECK-DAG: #[[X:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1 + d3, d2 * 2 + d4, d5)>
// CHECK-LABEL: func.func private @m
// CHECK: %[[LAST:.*]] = linalg.transpose {{.*}} permutation = [0, 2, 3, 1]
// CHECK-NOT: tensor.pad
// CHECK: %[[MAX:.*]] = linalg.generic {indexing_maps = [#[[X]], {{.*}}ins(%[[LAST]],
// CHECK: linalg.transpose ins(%[[MAX]] : tensor<1x4x2x2xf32>) {{.*}} permutation = [0, 3, 1, 2]
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [2, 5, 5], name = "x"} : tensor<1x2x5x5xf32>
  %1 = nn.max_pooling2d(%0) {pool_size = [2, 2], strides = [1, 2], data_format = "channels_first", name = "p"} : (tensor<1x2x5x5xf32>) -> tensor<1x2x4x2xf32>
  nn.output(%1) : tensor<1x2x4x2xf32>
}
