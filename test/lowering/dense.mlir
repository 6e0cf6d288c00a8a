// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// One contraction from zero, the units innermost; then bias, then activation.

// CHECK-DAG: #[[X:.*]] = affine_map<(d0, d1, d2) -> (d0, d1)>
// CHECK-DAG: #[[K:.*]] = affine_map<(d0, d1, d2) -> (d1, d2)>
// CHECK-DAG: #[[Y:.*]] = affine_map<(d0, d1, d2) -> (d0, d2)>
// CHECK-DAG: #[[BIAS:.*]] = affine_map<(d0, d1) -> (d1)>
// CHECK-LABEL: func.func private @m
// CHECK: %[[ZERO:.*]] = linalg.fill
// CHECK: %[[SUM:.*]] = linalg.generic {indexing_maps = [#[[X]], #[[K]], #[[Y]]], iterator_types = ["parallel", "reduction", "parallel"]}
// CHECK-SAME: outs(%[[ZERO]] : tensor<2x4xf32>)
// CHECK: ^bb0(%[[A:.*]]: f32, %[[B:.*]]: f32, %[[ACC:.*]]: f32):
// CHECK-NEXT: %[[P:.*]] = arith.mulf %[[A]], %[[B]] : f32
// CHECK-NEXT: %[[S:.*]] = arith.addf %[[ACC]], %[[P]] : f32
// CHECK-NEXT: linalg.yield %[[S]]
// CHECK: %[[BIASED:.*]] = linalg.generic {indexing_maps = [{{.*}}, #[[BIAS]], {{.*}}], iterator_types = ["parallel", "parallel"]} ins(%[[SUM]],
// CHECK: linalg.generic {{.*}} ins(%[[BIASED]] :
// CHECK: math.tanh
nn.weight @m.d.kernel : tensor<3x4xf32> = dense<1.0>
nn.weight @m.d.bias : tensor<4xf32> = dense<0.5>
nn.model @m attributes {linked, batch = 2 : i64} {
  %0 = nn.input {shape = [3], name = "x"} : tensor<2x3xf32>
  %1 = nn.dense(%0) {units = 4, activation = "tanh", name = "d", weights = {kernel = @m.d.kernel, bias = @m.d.bias}} : (tensor<2x3xf32>) -> tensor<2x4xf32>
  nn.output(%1) : tensor<2x4xf32>
}

// -----

// Axes between the batch and the last count as rows of one matrix.

// CHECK-LABEL: func.func private @m
// CHECK: %[[ROWS:.*]] = tensor.collapse_shape %{{.*}} {{\[\[}}0, 1, 2], [3]] : tensor<2x5x6x3xf32> into tensor<60x3xf32>
// CHECK: %[[SUM:.*]] = linalg.generic {{.*}} ins(%[[ROWS]],
// CHECK: tensor.expand_shape %[[SUM]] {{.*}} : tensor<60x4xf32> into tensor<2x5x6x4xf32>
// CHECK-NOT: linalg.generic
nn.weight @m.d.kernel : tensor<3x4xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 2 : i64} {
  %0 = nn.input {shape = [5, 6, 3], name = "x"} : tensor<2x5x6x3xf32>
  %1 = nn.dense(%0) {units = 4, use_bias = false, name = "d", weights = {kernel = @m.d.kernel}} : (tensor<2x5x6x3xf32>) -> tensor<2x5x6x4xf32>
  nn.output(%1) : tensor<2x5x6x4xf32>
}
