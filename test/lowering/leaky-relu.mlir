// RUN: nn-opt --nnc-lower-to-linalg %s | FileCheck %s

// The layer's slope is 0.3 where none is given.

// CHECK-LABEL: func.func private @m
// CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
// CHECK-DAG: %[[SLOPE:.*]] = arith.constant 3.000000e-01 : f32
// CHECK-DAG: %[[PART:.*]] = arith.mulf %[[SLOPE]], %[[X]] : f32
// CHECK: %[[POSITIVE:.*]] = arith.cmpf oge, %[[X]], %{{.*}} : f32
// CHECK: arith.select %[[POSITIVE]], %[[X]], %[[PART]] : f32
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3], name = "x"} : tensor<1x3xf32>
  %1 = nn.leaky_relu(%0) {name = "r"} : (tensor<1x3xf32>) -> tensor<1x3xf32>
  nn.output(%1) : tensor<1x3xf32>
}
