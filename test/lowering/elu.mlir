// RUN: nn-opt --nnc-lower-to-linalg %s | FileCheck %s

// CHECK-LABEL: func.func private @m
// CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
// CHECK-DAG: %[[ALPHA:.*]] = arith.constant 5.000000e-01 : f32
// CHECK-DAG: %[[E:.*]] = math.expm1 %[[X]] : f32
// CHECK: %[[PART:.*]] = arith.mulf %[[ALPHA]], %[[E]] : f32
// CHECK: arith.select %{{.*}}, %[[X]], %[[PART]] : f32
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3], name = "x"} : tensor<1x3xf32>
  %1 = nn.elu(%0) {alpha = 0.5, name = "r"} : (tensor<1x3xf32>) -> tensor<1x3xf32>
  nn.output(%1) : tensor<1x3xf32>
}
