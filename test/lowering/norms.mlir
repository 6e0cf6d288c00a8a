// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// RMSNormalization: x times 1 / sqrt(mean of squares + epsilon), times scale.

// CHECK-LABEL: func.func private @m
// CHECK: %[[SQUARES:.*]] = linalg.generic
// CHECK: %[[E:.*]]: f32, %{{.*}}: f32):
// CHECK-NEXT: arith.mulf %[[E]], %[[E]] : f32
// CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "reduction"]} ins(%[[SQUARES]] :
// CHECK: %[[COUNT:.*]] = arith.constant 3.000000e+00 : f32
// CHECK: arith.divf %{{.*}}, %[[COUNT]] : f32
// CHECK: %[[EPSILON:.*]] = arith.constant 5.000000e-01 : f32
// CHECK-NEXT: %[[S:.*]] = arith.addf %{{.*}}, %[[EPSILON]] : f32
// CHECK: %[[ROOT:.*]] = math.sqrt %[[S]] : f32
// CHECK: arith.divf %{{.*}}, %[[ROOT]] : f32
// CHECK: linalg.generic
// CHECK: %[[Y:.*]] = arith.mulf
// CHECK-NEXT: arith.mulf %[[Y]], %{{.*}} : f32
nn.weight @m.n.scale : tensor<3xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 2 : i64} {
  %0 = nn.input {shape = [3], name = "x"} : tensor<2x3xf32>
  %1 = nn.rms_normalization(%0) {epsilon = 0.5, name = "n", weights = {scale = @m.n.scale}} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  nn.output(%1) : tensor<2x3xf32>
}

// -----

// UnitNormalization: x times 1 / sqrt of the sum of squares, never more than 1e6.

// CHECK-LABEL: func.func private @m
// CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "reduction"]}
// CHECK: %[[LEAST:.*]] = arith.constant 9.99999996E-13 : f32
// CHECK-NEXT: %[[S:.*]] = arith.maximumf %{{.*}}, %[[LEAST]] : f32
// CHECK: math.sqrt %[[S]] : f32
nn.model @m attributes {linked, batch = 2 : i64} {
  %0 = nn.input {shape = [3], name = "x"} : tensor<2x3xf32>
  %1 = nn.unit_normalization(%0) {name = "n"} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  nn.output(%1) : tensor<2x3xf32>
}
