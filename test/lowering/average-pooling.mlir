// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// Without padding all windows have the same number of cells.

// CHECK-LABEL: func.func private @m
// CHECK: %[[SUM:.*]] = linalg.generic
// CHECK: arith.addf
// CHECK: linalg.generic {{.*}} ins(%[[SUM]] : tensor<1x2x2x4xf32>)
// CHECK: ^bb0(%[[S:.*]]: f32, %{{.*}}: f32):
// CHECK: %[[CELLS:.*]] = arith.constant 4.000000e+00 : f32
// CHECK: arith.divf %[[S]], %[[CELLS]] : f32
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [4, 4, 4], name = "x"} : tensor<1x4x4x4xf32>
  %1 = nn.average_pooling2d(%0) {name = "p"} : (tensor<1x4x4x4xf32>) -> tensor<1x2x2x4xf32>
  nn.output(%1) : tensor<1x2x2x4xf32>
}

// -----

// With padding only the cells inside count; the rows have none here.

// CHECK-DAG: #[[COLUMN:.*]] = affine_map<(d0, d1, d2, d3) -> (d2)>
// CHECK-LABEL: func.func private @m
// CHECK: tensor.pad %{{.*}} low[0, 0, 0, 0] high[0, 0, 1, 0]
// CHECK: %[[SUM:.*]] = linalg.generic
// CHECK: %[[COUNTS:.*]] = arith.constant dense<[2.000000e+00, 2.000000e+00, 1.000000e+00]> : tensor<3xf32>
// CHECK: linalg.generic {indexing_maps = [{{.*}}, #[[COLUMN]], {{.*}}]{{.*}} ins(%[[SUM]], %[[COUNTS]] :
// CHECK: ^bb0(%[[S:.*]]: f32, %[[C:.*]]: f32, %{{.*}}: f32):
// CHECK: %[[ROWS:.*]] = arith.constant 2.000000e+00 : f32
// CHECK: %[[CELLS:.*]] = arith.mulf %[[ROWS]], %[[C]] : f32
// CHECK: arith.divf %[[S]], %[[CELLS]] : f32
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [4, 5, 1], name = "x"} : tensor<1x4x5x1xf32>
  %1 = nn.average_pooling2d(%0) {padding = "same", name = "p"} : (tensor<1x4x5x1xf32>) -> tensor<1x2x3x1xf32>
  nn.output(%1) : tensor<1x2x3x1xf32>
}

// -----

// CHECK-LABEL: func.func private @m
// CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "parallel", "reduction", "parallel"]}
// CHECK: %[[CELLS:.*]] = arith.constant 3.000000e+00 : f32
// CHECK: arith.divf %{{.*}}, %[[CELLS]] : f32
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [6, 1], name = "x"} : tensor<1x6x1xf32>
  %1 = nn.average_pooling1d(%0) {pool_size = 3, name = "p"} : (tensor<1x6x1xf32>) -> tensor<1x2x1xf32>
  nn.output(%1) : tensor<1x2x1xf32>
}
