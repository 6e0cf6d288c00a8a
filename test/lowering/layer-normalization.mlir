// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// Mean, then the mean of the squared distances from it, per group; gamma and
// beta along the axes.

// CHECK-DAG: #[[ID:.*]] = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
// CHECK-DAG: #[[GROUP:.*]] = affine_map<(d0, d1, d2) -> (d0, d1)>
// CHECK-DAG: #[[AXIS:.*]] = affine_map<(d0, d1, d2) -> (d2)>
// CHECK-LABEL: func.func private @m
// CHECK: %[[X:.*]] = bufferization.to_tensor
// CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "parallel", "reduction"]} ins(%[[X]] :
// CHECK: %[[MEAN:.*]] = linalg.generic
// CHECK: arith.divf
// CHECK: linalg.generic {{.*}} ins(%[[X]], %[[MEAN]] :
// CHECK: %[[D:.*]] = arith.subf
// CHECK: arith.mulf %[[D]], %[[D]] : f32
// CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "parallel", "reduction"]}
// CHECK: %[[EPSILON:.*]] = arith.constant 5.000000e-01 : f32
// CHECK: arith.addf %{{.*}}, %[[EPSILON]] : f32
// CHECK: math.sqrt
// CHECK: linalg.generic {indexing_maps = [#[[ID]], #[[GROUP]], #[[GROUP]], #[[AXIS]], #[[AXIS]], #[[ID]]]
// CHECK: ^bb0(%[[E:.*]]: f32, %[[M:.*]]: f32, %[[I:.*]]: f32, %[[G:.*]]: f32, %[[B:.*]]: f32, %{{.*}}: f32):
// CHECK-NEXT: %[[C:.*]] = arith.subf %[[E]], %[[M]] : f32
// CHECK-NEXT: %[[N:.*]] = arith.mulf %[[C]], %[[I]] : f32
// CHECK-NEXT: %[[S:.*]] = arith.mulf %[[N]], %[[G]] : f32
// CHECK-NEXT: arith.addf %[[S]], %[[B]] : f32
nn.weight @m.n.gamma : tensor<3xf32> = dense<1.0>
nn.weight @m.n.beta : tensor<3xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [2, 3], name = "x"} : tensor<1x2x3xf32>
  %1 = nn.layer_normalization(%0) {epsilon = 0.5, name = "n", weights = {gamma = @m.n.gamma, beta = @m.n.beta}} : (tensor<1x2x3xf32>) -> tensor<1x2x3xf32>
  nn.output(%1) : tensor<1x2x3xf32>
}

// -----

// Weights in the order of `axis` are reshaped to the input's order; with
// rms_scaling the deviation scales and nothing is centred.

// CHECK-LABEL: func.func private @m
// CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "reduction", "reduction"]}
// CHECK: %[[FLAT:.*]] = tensor.collapse_shape %{{.*}} : tensor<3x2xf32> into tensor<6xf32>
// CHECK: %[[GAMMA:.*]] = tensor.expand_shape %[[FLAT]] {{.*}} : tensor<6xf32> into tensor<2x3xf32>
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %{{.*}}, %{{.*}}, %[[GAMMA]] :
// CHECK: ^bb0(%[[E:.*]]: f32, %{{.*}}: f32, %[[I:.*]]: f32, %[[G:.*]]: f32, %{{.*}}: f32):
// CHECK-NEXT: %[[N:.*]] = arith.mulf %[[E]], %[[I]] : f32
// CHECK-NEXT: %[[S:.*]] = arith.mulf %[[N]], %[[G]] : f32
// CHECK-NEXT: linalg.yield %[[S]] : f32
nn.weight @m.n.gamma : tensor<3x2xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [2, 3], name = "x"} : tensor<1x2x3xf32>
  %1 = nn.layer_normalization(%0) {axis = [2, 1], rms_scaling = true, name = "n", weights = {gamma = @m.n.gamma}} : (tensor<1x2x3xf32>) -> tensor<1x2x3xf32>
  nn.output(%1) : tensor<1x2x3xf32>
}
