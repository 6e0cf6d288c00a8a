// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// One operation over all inputs, from the first to the last.

// CHECK-LABEL: func.func private @add
// CHECK: linalg.generic {{.*}} ins(%[[A:.*]], %[[B:.*]], %[[C:.*]] : tensor<1x3xf32>, tensor<1x3xf32>, tensor<1x3xf32>)
// CHECK: ^bb0(%[[X:.*]]: f32, %[[Y:.*]]: f32, %[[Z:.*]]: f32, %{{.*}}: f32):
// CHECK: %[[S:.*]] = arith.addf %[[X]], %[[Y]] : f32
// CHECK: arith.addf %[[S]], %[[Z]] : f32
nn.model @add attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3], name = "a"} : tensor<1x3xf32>
  %1 = nn.input {shape = [3], name = "b"} : tensor<1x3xf32>
  %2 = nn.input {shape = [3], name = "c"} : tensor<1x3xf32>
  %3 = nn.add(%0, %1, %2) {name = "add"} : (tensor<1x3xf32>, tensor<1x3xf32>, tensor<1x3xf32>) -> tensor<1x3xf32>
  nn.output(%3) : tensor<1x3xf32>
}

// -----

// A lower rank gets its axes behind the batch. Maxima pass NaN on.

// CHECK-DAG: #[[VECTOR:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, 0, 0, d3)>
// CHECK-LABEL: func.func private @broadcast
// CHECK: %[[V:.*]] = tensor.expand_shape {{.*}} : tensor<2x3xf32> into tensor<2x1x1x3xf32>
// CHECK: linalg.generic {indexing_maps = [{{.*}}, #[[VECTOR]], {{.*}} ins(%{{.*}}, %[[V]] :
// CHECK: arith.maximumf
nn.model @broadcast attributes {linked, batch = 2 : i64} {
  %0 = nn.input {shape = [4, 5, 3], name = "a"} : tensor<2x4x5x3xf32>
  %1 = nn.input {shape = [3], name = "b"} : tensor<2x3xf32>
  %2 = nn.maximum(%0, %1) {name = "max"} : (tensor<2x4x5x3xf32>, tensor<2x3xf32>) -> tensor<2x4x5x3xf32>
  nn.output(%2) : tensor<2x4x5x3xf32>
}

// -----

// CHECK-LABEL: func.func private @average
// CHECK: arith.addf
// CHECK: %[[N:.*]] = arith.constant 2.000000e+00 : f32
// CHECK: arith.divf %{{.*}}, %[[N]] : f32
// CHECK: tensor.concat dim(1)
nn.model @average attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3], name = "a"} : tensor<1x3xf32>
  %1 = nn.input {shape = [3], name = "b"} : tensor<1x3xf32>
  %2 = nn.average(%0, %1) {name = "mean"} : (tensor<1x3xf32>, tensor<1x3xf32>) -> tensor<1x3xf32>
  %3 = nn.concatenate(%2, %1) {name = "concat"} : (tensor<1x3xf32>, tensor<1x3xf32>) -> tensor<1x6xf32>
  nn.output(%3) : tensor<1x6xf32>
}

// -----

// What is left of the second input is innermost.

// CHECK-DAG: #[[A:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
// CHECK-DAG: #[[B:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d3, d2)>
// CHECK-DAG: #[[Y:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>
// CHECK-LABEL: func.func private @dot
// CHECK: linalg.generic {indexing_maps = [#[[A]], #[[B]], #[[Y]]], iterator_types = ["parallel", "parallel", "reduction", "parallel"]}
nn.model @dot attributes {linked, batch = 2 : i64} {
  %0 = nn.input {shape = [3, 4], name = "a"} : tensor<2x3x4xf32>
  %1 = nn.input {shape = [5, 4], name = "b"} : tensor<2x5x4xf32>
  %2 = nn.dot(%0, %1) {axes = -1, name = "dot"} : (tensor<2x3x4xf32>, tensor<2x5x4xf32>) -> tensor<2x3x5xf32>
  nn.output(%2) : tensor<2x3x5xf32>
}

// -----

// Two vectors give one number, each divided by its length, at least 1e-7.

// CHECK-LABEL: func.func private @cosine
// CHECK-COUNT-2: math.rsqrt
// CHECK: %[[DOT:.*]] = linalg.generic {{.*}} iterator_types = ["parallel", "reduction"]
// CHECK: tensor.expand_shape %[[DOT]] {{.*}} : tensor<2xf32> into tensor<2x1xf32>
nn.model @cosine attributes {linked, batch = 2 : i64} {
  %0 = nn.input {shape = [4], name = "a"} : tensor<2x4xf32>
  %1 = nn.input {shape = [4], name = "b"} : tensor<2x4xf32>
  %2 = nn.dot(%0, %1) {axes = [1, 1], normalize = true, name = "dot"} : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x1xf32>
  nn.output(%2) : tensor<2x1xf32>
}
