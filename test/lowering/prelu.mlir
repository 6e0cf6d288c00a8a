// RUN: nn-opt --nnc-lower-to-linalg %s | FileCheck %s

// relu(x) - alpha · relu(-x); alpha repeats along shared axes.

// CHECK-DAG: #[[SHARED:.*]] = affine_map<(d0, d1, d2) -> (0, d2)>
// CHECK-LABEL: func.func private @m
// CHECK: %[[ALPHA:.*]] = bufferization.to_tensor {{.*}} : memref<1x3xf32> to tensor<1x3xf32>
// CHECK: linalg.generic {indexing_maps = [{{.*}}, #[[SHARED]], {{.*}}]{{.*}} ins(%{{.*}}, %[[ALPHA]] :
// CHECK: ^bb0(%[[X:.*]]: f32, %[[A:.*]]: f32, %{{.*}}: f32):
// CHECK: %[[N:.*]] = arith.negf %[[X]] : f32
// CHECK: %[[BELOW:.*]] = arith.maximumf %[[N]]
// CHECK: %[[PART:.*]] = arith.mulf %[[A]], %[[BELOW]] : f32
// CHECK: %[[ABOVE:.*]] = arith.maximumf %[[X]]
// CHECK: arith.subf %[[ABOVE]], %[[PART]] : f32
nn.weight @m.p.alpha : tensor<1x3xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [2, 3], name = "x"} : tensor<1x2x3xf32>
  %1 = nn.prelu(%0) {shared_axes = [1], name = "p", weights = {alpha = @m.p.alpha}} : (tensor<1x2x3xf32>) -> tensor<1x2x3xf32>
  nn.output(%1) : tensor<1x2x3xf32>
}
