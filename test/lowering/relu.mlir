// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// CHECK-LABEL: func.func private @m
// CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
// CHECK: %[[R:.*]] = arith.maximumf %[[X]], %{{.*}} : f32
// CHECK-NEXT: linalg.yield %[[R]]
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3], name = "x"} : tensor<1x3xf32>
  %1 = nn.relu(%0) {name = "r"} : (tensor<1x3xf32>) -> tensor<1x3xf32>
  nn.output(%1) : tensor<1x3xf32>
}

// -----

// A slope alone is a leaky relu.

// CHECK-LABEL: func.func private @m
// CHECK: arith.cmpf oge
// CHECK: arith.select
// CHECK-NOT: arith.maximumf
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3], name = "x"} : tensor<1x3xf32>
  %1 = nn.relu(%0) {negative_slope = 0.5, name = "r"} : (tensor<1x3xf32>) -> tensor<1x3xf32>
  nn.output(%1) : tensor<1x3xf32>
}

// -----

// All three: min(max(x · (x > t), 0), ceiling) - slope · max(t - x, 0).

// CHECK-LABEL: func.func private @m
// CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
// CHECK: %[[ABOVE:.*]] = arith.cmpf ogt, %[[X]], %[[T:.*]] : f32
// CHECK: %[[FACTOR:.*]] = arith.select %[[ABOVE]]
// CHECK: %[[KEPT:.*]] = arith.mulf %[[X]], %[[FACTOR]] : f32
// CHECK: %[[LOW:.*]] = arith.maximumf %[[KEPT]]
// CHECK: %[[HIGH:.*]] = arith.constant 6.000000e+00 : f32
// CHECK: %[[CLIPPED:.*]] = arith.minimumf %[[LOW]], %[[HIGH]] : f32
// CHECK: %[[BELOW:.*]] = arith.subf %{{.*}}, %[[X]] : f32
// CHECK: %[[RELU:.*]] = arith.maximumf %[[BELOW]]
// CHECK: %[[PART:.*]] = arith.mulf %{{.*}}, %[[RELU]] : f32
// CHECK: arith.subf %[[CLIPPED]], %[[PART]] : f32
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3], name = "x"} : tensor<1x3xf32>
  %1 = nn.relu(%0) {max_value = 6.0, negative_slope = 0.5, threshold = 1.0, name = "r"} : (tensor<1x3xf32>) -> tensor<1x3xf32>
  nn.output(%1) : tensor<1x3xf32>
}
