// RUN: nn-opt --nnc-lower-to-linalg %s | FileCheck %s

// exp(x - max) / sum over the axes together.

// CHECK-DAG: #[[KEPT:.*]] = affine_map<(d0, d1, d2) -> (d0)>
// CHECK-LABEL: func.func private @m
// CHECK: %[[X:.*]] = bufferization.to_tensor
// CHECK: %[[LOW:.*]] = arith.constant 0xFF800000 : f32
// CHECK: linalg.fill ins(%[[LOW]]
// CHECK: %[[MAX:.*]] = linalg.generic {indexing_maps = [{{.*}}, #[[KEPT]]], iterator_types = ["parallel", "reduction", "reduction"]} ins(%[[X]] :
// CHECK: arith.maximumf
// CHECK: %[[SHIFTED:.*]] = linalg.generic {{.*}} ins(%[[X]], %[[MAX]] :
// CHECK: arith.subf
// CHECK: %[[POWERS:.*]] = linalg.generic {{.*}} ins(%[[SHIFTED]] :
// CHECK: math.exp
// CHECK: %[[SUM:.*]] = linalg.generic {{.*}} iterator_types = ["parallel", "reduction", "reduction"]} ins(%[[POWERS]] :
// CHECK: arith.addf
// CHECK: linalg.generic {{.*}} ins(%[[POWERS]], %[[SUM]] :
// CHECK: arith.divf
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [2, 3], name = "x"} : tensor<1x2x3xf32>
  %1 = nn.softmax(%0) {axis = [1, -1], name = "s"} : (tensor<1x2x3xf32>) -> tensor<1x2x3xf32>
  nn.output(%1) : tensor<1x2x3xf32>
}
