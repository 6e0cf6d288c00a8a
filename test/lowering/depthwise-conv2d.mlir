// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// The channels are innermost; nothing is summed over them.

// CHECK-DAG: #[[X:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1 + d3, d2 + d4, d5)>
// CHECK-DAG: #[[K:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d3, d4, d5)>
// CHECK-DAG: #[[Y:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d2, d5)>
// CHECK-LABEL: func.func private @m
// CHECK: linalg.generic {indexing_maps = [#[[X]], #[[K]], #[[Y]]], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction", "parallel"]}
nn.weight @m.c.kernel : tensor<2x2x6x1xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [4, 4, 6], name = "x"} : tensor<1x4x4x6xf32>
  %1 = nn.depthwise_conv2d(%0) {kernel_size = 2, use_bias = false, name = "c", weights = {kernel = @m.c.kernel}} : (tensor<1x4x4x6xf32>) -> tensor<1x3x3x6xf32>
  nn.output(%1) : tensor<1x3x3x6xf32>
}

// -----

// Several results per channel lie beside each other.

// CHECK-DAG: #[[K:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d3, d4, d5, d6)>
// CHECK-DAG: #[[Y:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d5, d6)>
// CHECK-LABEL: func.func private @m
// CHECK: %[[SUM:.*]] = linalg.generic {indexing_maps = [{{.*}}, #[[K]], #[[Y]]]
// CHECK: tensor.collapse_shape %[[SUM]] {{.*}} : tensor<1x3x3x6x2xf32> into tensor<1x3x3x12xf32>
nn.weight @m.c.kernel : tensor<2x2x6x2xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [4, 4, 6], name = "x"} : tensor<1x4x4x6xf32>
  %1 = nn.depthwise_conv2d(%0) {kernel_size = 2, depth_multiplier = 2, use_bias = false, name = "c", weights = {kernel = @m.c.kernel}} : (tensor<1x4x4x6xf32>) -> tensor<1x3x3x12xf32>
  nn.output(%1) : tensor<1x3x3x12xf32>
}
