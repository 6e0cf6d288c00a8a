// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// x · scale + shift with scale = gamma / sqrt(variance + epsilon) and
// shift = beta - mean · scale, along the layer's axis.

// CHECK-DAG: #[[AXIS:.*]] = affine_map<(d0, d1, d2) -> (d1)>
// CHECK-DAG: constant @m.n.scale : memref<2xf32> = dense<[2.000000e+00, 3.000000e+00]>
// CHECK-DAG: constant @m.n.shift : memref<2xf32> = dense<[-1.500000e+01, -2.400000e+01]>
// CHECK-LABEL: func.func private @m
// CHECK: memref.get_global @m.n.scale
// CHECK: memref.get_global @m.n.shift
// CHECK: linalg.generic {indexing_maps = [{{.*}}, #[[AXIS]], #[[AXIS]], {{.*}}]
// CHECK: ^bb0(%[[X:.*]]: f32, %[[A:.*]]: f32, %[[B:.*]]: f32, %{{.*}}: f32):
// CHECK-NEXT: %[[P:.*]] = arith.mulf %[[X]], %[[A]] : f32
// CHECK-NEXT: arith.addf %[[P]], %[[B]] : f32
nn.weight @m.n.gamma : tensor<2xf32> = dense<[4.0, 6.0]>
nn.weight @m.n.beta : tensor<2xf32> = dense<[5.0, 6.0]>
nn.weight @m.n.moving_mean : tensor<2xf32> = dense<10.0>
nn.weight @m.n.moving_variance : tensor<2xf32> = dense<3.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [2, 3], name = "x"} : tensor<1x2x3xf32>
  %1 = nn.batch_normalization(%0) {axis = 1, epsilon = 1.0, name = "n", weights = {gamma = @m.n.gamma, beta = @m.n.beta, moving_mean = @m.n.moving_mean, moving_variance = @m.n.moving_variance}} : (tensor<1x2x3xf32>) -> tensor<1x2x3xf32>
  nn.output(%1) : tensor<1x2x3xf32>
}

// -----

// A name that is taken by something else gets a number.

// CHECK-DAG: constant @m.n.scale : memref<1xf32> = dense<7.000000e+00>
// CHECK-DAG: constant @m.n.scale_1 : memref<1xf32> = dense<5.000000e-01>
// CHECK-LABEL: func.func private @m
// CHECK: memref.get_global @m.n.scale_1
nn.weight @m.n.scale : tensor<1xf32> = dense<7.0>
nn.weight @m.n.moving_mean : tensor<1xf32> = dense<10.0>
nn.weight @m.n.moving_variance : tensor<1xf32> = dense<3.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [1], name = "x"} : tensor<1x1xf32>
  %1 = nn.batch_normalization(%0) {epsilon = 1.0, center = false, scale = false, name = "n", weights = {moving_mean = @m.n.moving_mean, moving_variance = @m.n.moving_variance}} : (tensor<1x1xf32>) -> tensor<1x1xf32>
  nn.output(%1) : tensor<1x1xf32>
}
