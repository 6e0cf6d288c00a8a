// RUN: nn-opt --nnc-lower-to-linalg %s | FileCheck %s

// x · scale + offset; lists broadcast along the last axes as in numpy.

// CHECK-DAG: #[[ID:.*]] = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
// CHECK-DAG: #[[SCALAR:.*]] = affine_map<(d0, d1, d2) -> ()>
// CHECK-DAG: #[[ROWS:.*]] = affine_map<(d0, d1, d2) -> (d1, 0)>
// CHECK-DAG: #[[LAST:.*]] = affine_map<(d0, d1, d2) -> (d2)>
// CHECK-LABEL: func.func private @m
// CHECK: %[[SCALE:.*]] = arith.constant dense<5.000000e-01> : tensor<f32>
// CHECK: %[[ONCE:.*]] = linalg.generic {indexing_maps = [#[[ID]], #[[SCALAR]], #[[ID]]]{{.*}} ins(%{{.*}}, %[[SCALE]] :
// CHECK: arith.mulf
// CHECK-NOT: arith.addf
// CHECK-DAG: %[[SCALES:.*]] = arith.constant dense<{{\[\[}}1.000000e+00], [2.000000e+00]]> : tensor<2x1xf32>
// CHECK-DAG: %[[OFFSETS:.*]] = arith.constant dense<[1.000000e+00, 2.000000e+00, 3.000000e+00]> : tensor<3xf32>
// CHECK: linalg.generic {indexing_maps = [#[[ID]], #[[ROWS]], #[[LAST]], #[[ID]]]{{.*}} ins(%[[ONCE]], %[[SCALES]], %[[OFFSETS]] :
// CHECK: %[[P:.*]] = arith.mulf
// CHECK: arith.addf %[[P]],
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [2, 3], name = "x"} : tensor<1x2x3xf32>
  %1 = nn.rescaling(%0) {scale = 0.5, name = "a"} : (tensor<1x2x3xf32>) -> tensor<1x2x3xf32>
  %2 = nn.rescaling(%1) {scale = [[1.0], [2.0]], offset = [1, 2, 3], name = "b"} : (tensor<1x2x3xf32>) -> tensor<1x2x3xf32>
  nn.output(%2) : tensor<1x2x3xf32>
}
