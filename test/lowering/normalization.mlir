// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// (x - mean) / deviation, with the deviation of the weights computed here and
// never below Keras's epsilon.

// CHECK-DAG: #[[AXES:.*]] = affine_map<(d0, d1, d2) -> (d1)>
// CHECK: memref.global "private" constant @m.n.deviation : memref<2xf32> = dense<[2.000000e+00, 1.000000e-07]>
// CHECK-LABEL: func.func private @m
// CHECK: memref.get_global @m.n.mean
// CHECK: memref.get_global @m.n.deviation
// CHECK: linalg.generic {indexing_maps = [{{.*}}, #[[AXES]], #[[AXES]], {{.*}}]
// CHECK: ^bb0(%[[X:.*]]: f32, %[[M:.*]]: f32, %[[D:.*]]: f32, %{{.*}}: f32):
// CHECK-NEXT: %[[C:.*]] = arith.subf %[[X]], %[[M]] : f32
// CHECK-NEXT: arith.divf %[[C]], %[[D]] : f32
nn.weight @m.n.mean : tensor<2xf32> = dense<1.0>
nn.weight @m.n.variance : tensor<2xf32> = dense<[4.0, 0.0]>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [2, 3], name = "x"} : tensor<1x2x3xf32>
  %1 = nn.normalization(%0) {axis = [1], name = "n", weights = {mean = @m.n.mean, variance = @m.n.variance}} : (tensor<1x2x3xf32>) -> tensor<1x2x3xf32>
  nn.output(%1) : tensor<1x2x3xf32>
}

// -----

// Given as keys, and the other way round.

// CHECK-LABEL: func.func private @m
// CHECK: %[[MEAN:.*]] = arith.constant dense<3.000000e+00> : tensor<3xf32>
// CHECK: %[[DEVIATION:.*]] = arith.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %[[MEAN]], %[[DEVIATION]] :
// CHECK: ^bb0(%[[X:.*]]: f32, %[[M:.*]]: f32, %[[D:.*]]: f32, %{{.*}}: f32):
// CHECK-NEXT: %[[P:.*]] = arith.mulf %[[X]], %[[D]] : f32
// CHECK-NEXT: arith.addf %[[M]], %[[P]] : f32
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3], name = "x"} : tensor<1x3xf32>
  %1 = nn.normalization(%0) {mean = 3.0, variance = 4.0, invert = true, name = "n"} : (tensor<1x3xf32>) -> tensor<1x3xf32>
  nn.output(%1) : tensor<1x3xf32>
}
