// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// CHECK-LABEL: func.func private @m
// CHECK: %[[MAX:.*]] = linalg.generic {{.*}} iterator_types = ["parallel", "reduction", "reduction", "parallel"]}
// CHECK: arith.maximumf
// CHECK-NOT: linalg.generic
// CHECK: materialize_in_destination %[[MAX]]
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [2, 3, 4], name = "x"} : tensor<1x2x3x4xf32>
  %1 = nn.global_max_pooling2d(%0) {name = "p"} : (tensor<1x2x3x4xf32>) -> tensor<1x4xf32>
  nn.output(%1) : tensor<1x4xf32>
}

// -----

// channels_first needs no transpose: it reduces the other axes.

// CHECK-LABEL: func.func private @m
// CHECK-NOT: linalg.transpose
// CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "parallel", "reduction", "reduction"]}
// CHECK: %[[COUNT:.*]] = arith.constant 1.200000e+01 : f32
// CHECK: arith.divf %{{.*}}, %[[COUNT]] : f32
// CHECK: tensor.expand_shape {{.*}} : tensor<1x2xf32> into tensor<1x2x1x1xf32>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [2, 3, 4], name = "x"} : tensor<1x2x3x4xf32>
  %1 = nn.global_average_pooling2d(%0) {data_format = "channels_first", keepdims = true, name = "p"} : (tensor<1x2x3x4xf32>) -> tensor<1x2x1x1xf32>
  nn.output(%1) : tensor<1x2x1x1xf32>
}

// -----

// CHECK-LABEL: func.func private @m
// CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "reduction", "parallel"]}
// CHECK: arith.maximumf
// CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "reduction", "parallel"]}
// CHECK: arith.addf
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3, 4], name = "x"} : tensor<1x3x4xf32>
  %1 = nn.global_max_pooling1d(%0) {keepdims = true, name = "p"} : (tensor<1x3x4xf32>) -> tensor<1x1x4xf32>
  %2 = nn.global_average_pooling1d(%1) {name = "q"} : (tensor<1x1x4xf32>) -> tensor<1x4xf32>
  nn.output(%2) : tensor<1x4xf32>
}
