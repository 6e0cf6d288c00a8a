// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// Causal padding is all at the start; the dilation is in the map.

// CHECK-DAG: #[[X:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1 + d2 * 2, d3)>
// CHECK-DAG: #[[K:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d2, d3, d4)>
// CHECK-DAG: #[[Y:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d4)>
// CHECK-LABEL: func.func private @m
// CHECK: %[[PADDED:.*]] = tensor.pad %{{.*}} low[0, 4, 0] high[0, 0, 0]
// CHECK: tensor<1x5x2xf32> to tensor<1x9x2xf32>
// CHECK: linalg.generic {indexing_maps = [#[[X]], #[[K]], #[[Y]]], iterator_types = ["parallel", "parallel", "reduction", "reduction", "parallel"]} ins(%[[PADDED]],
// CHECK: -> tensor<1x5x4xf32>
nn.weight @m.c.kernel : tensor<3x2x4xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [5, 2], name = "x"} : tensor<1x5x2xf32>
  %1 = nn.conv1d(%0) {filters = 4, kernel_size = 3, padding = "causal", dilation_rate = 2, use_bias = false, name = "c", weights = {kernel = @m.c.kernel}} : (tensor<1x5x2xf32>) -> tensor<1x5x4xf32>
  nn.output(%1) : tensor<1x5x4xf32>
}

// -----

// An activation along an axis sees Keras's own layout: here the steps.

// CHECK-LABEL: func.func private @m
// CHECK: %[[LAST:.*]] = linalg.transpose ins(%{{.*}} : tensor<1x2x5xf32>) {{.*}} permutation = [0, 2, 1]
// CHECK: %[[SUM:.*]] = linalg.generic {{.*}} ins(%[[LAST]],
// CHECK: %[[FIRST:.*]] = linalg.transpose ins(%[[SUM]] : tensor<1x5x4xf32>) {{.*}} permutation = [0, 2, 1]
// CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "parallel", "reduction"]} ins(%[[FIRST]] : tensor<1x4x5xf32>)
nn.weight @m.c.kernel : tensor<1x2x4xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [2, 5], name = "x"} : tensor<1x2x5xf32>
  %1 = nn.conv1d(%0) {filters = 4, kernel_size = 1, data_format = "channels_first", activation = "softmax", use_bias = false, name = "c", weights = {kernel = @m.c.kernel}} : (tensor<1x2x5xf32>) -> tensor<1x4x5xf32>
  nn.output(%1) : tensor<1x4x5xf32>
}
