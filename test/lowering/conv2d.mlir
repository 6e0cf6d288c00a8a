// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// One contraction: batch, positions, kernel, input channels, filters; then the
// bias and the activation.

// CHECK-DAG: #[[X:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 * 2 + d3, d2 + d4, d5)>
// CHECK-DAG: #[[K:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d3, d4, d5, d6)>
// CHECK-DAG: #[[Y:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d6)>
// CHECK-LABEL: func.func private @m
// CHECK-NOT: tensor.pad
// CHECK: %[[SUM:.*]] = linalg.generic {indexing_maps = [#[[X]], #[[K]], #[[Y]]], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "parallel"]}
// CHECK: arith.mulf
// CHECK: %[[BIASED:.*]] = linalg.generic {{.*}} ins(%[[SUM]],
// CHECK: linalg.generic {{.*}} ins(%[[BIASED]] :
// CHECK: arith.maximumf
nn.weight @m.c.kernel : tensor<3x2x2x8xf32> = dense<1.0>
nn.weight @m.c.bias : tensor<8xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [7, 5, 2], name = "x"} : tensor<1x7x5x2xf32>
  %1 = nn.conv2d(%0) {filters = 8, kernel_size = [3, 2], strides = [2, 1], activation = "relu", name = "c", weights = {kernel = @m.c.kernel, bias = @m.c.bias}} : (tensor<1x7x5x2xf32>) -> tensor<1x3x4x8xf32>
  nn.output(%1) : tensor<1x3x4x8xf32>
}

// -----

// `same` with an even kernel and stride 2 pads at the end only.

// CHECK-LABEL: func.func private @m
// CHECK: tensor.pad %{{.*}} low[0, 0, 0, 0] high[0, 1, 1, 0]
nn.weight @m.c.kernel : tensor<2x2x1x8xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [5, 5, 1], name = "x"} : tensor<1x5x5x1xf32>
  %1 = nn.conv2d(%0) {filters = 8, kernel_size = 2, strides = 2, padding = "same", use_bias = false, name = "c", weights = {kernel = @m.c.kernel}} : (tensor<1x5x5x1xf32>) -> tensor<1x3x3x8xf32>
  nn.output(%1) : tensor<1x3x3x8xf32>
}

// -----

// Groups become a loop of their own between positions and kernel.

// CHECK-DAG: #[[X:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7) -> (d0, d1 + d4, d2 + d5, d3, d6)>
// CHECK-DAG: #[[K:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7) -> (d4, d5, d6, d3, d7)>
// CHECK-DAG: #[[Y:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7) -> (d0, d1, d2, d3, d7)>
// CHECK-LABEL: func.func private @m
// CHECK-DAG: %[[IN:.*]] = tensor.expand_shape {{.*}} : tensor<1x4x4x6xf32> into tensor<1x4x4x2x3xf32>
// CHECK-DAG: %[[KERNEL:.*]] = tensor.expand_shape {{.*}} : tensor<2x2x3x8xf32> into tensor<2x2x3x2x4xf32>
// CHECK: %[[SUM:.*]] = linalg.generic {indexing_maps = [#[[X]], #[[K]], #[[Y]]]{{.*}} ins(%[[IN]], %[[KERNEL]] :
// CHECK: tensor.collapse_shape %[[SUM]] {{.*}} : tensor<1x3x3x2x4xf32> into tensor<1x3x3x8xf32>
nn.weight @m.c.kernel : tensor<2x2x3x8xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [4, 4, 6], name = "x"} : tensor<1x4x4x6xf32>
  %1 = nn.conv2d(%0) {filters = 8, kernel_size = 2, groups = 2, use_bias = false, name = "c", weights = {kernel = @m.c.kernel}} : (tensor<1x4x4x6xf32>) -> tensor<1x3x3x8xf32>
  nn.output(%1) : tensor<1x3x3x8xf32>
}

// -----

// channels_first is transposed away at the borders, around bias and activation.

// CHECK-LABEL: func.func private @m
// CHECK: linalg.transpose ins(%{{.*}} : tensor<1x2x4x5xf32>) {{.*}} permutation = [0, 2, 3, 1]
// CHECK: math.tanh
// CHECK: linalg.transpose ins(%{{.*}} : tensor<1x4x5x8xf32>) {{.*}} permutation = [0, 3, 1, 2]
// CHECK-NOT: linalg.generic
nn.weight @m.c.kernel : tensor<1x1x2x8xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [2, 4, 5], name = "x"} : tensor<1x2x4x5xf32>
  %1 = nn.conv2d(%0) {filters = 8, kernel_size = 1, data_format = "channels_first", activation = "tanh", use_bias = false, name = "c", weights = {kernel = @m.c.kernel}} : (tensor<1x2x4x5xf32>) -> tensor<1x8x4x5xf32>
  nn.output(%1) : tensor<1x8x4x5xf32>
}
