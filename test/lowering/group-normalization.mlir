// RUN: nn-opt --nnc-lower-to-linalg %s | FileCheck %s

// The channels are split in groups, which keep a mean and a deviation each.

// CHECK-DAG: #[[ALL:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
// CHECK-DAG: #[[GROUP:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d2)>
// CHECK-DAG: #[[CHANNEL:.*]] = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
// CHECK-LABEL: func.func private @m
// CHECK: %[[X:.*]] = tensor.expand_shape {{.*}} : tensor<1x3x4xf32> into tensor<1x3x2x2xf32>
// CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "reduction", "parallel", "reduction"]} ins(%[[X]] :
// CHECK: %[[GAMMA:.*]] = tensor.expand_shape {{.*}} : tensor<4xf32> into tensor<2x2xf32>
// CHECK: %[[Y:.*]] = linalg.generic {indexing_maps = [#[[ALL]], #[[GROUP]], #[[GROUP]], #[[CHANNEL]], #[[ALL]]]
// CHECK-SAME: ins(%[[X]], %{{.*}}, %{{.*}}, %[[GAMMA]] :
// CHECK: tensor.collapse_shape %[[Y]] {{.*}} : tensor<1x3x2x2xf32> into tensor<1x3x4xf32>
nn.weight @m.n.gamma : tensor<4xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3, 4], name = "x"} : tensor<1x3x4xf32>
  %1 = nn.group_normalization(%0) {groups = 2, center = false, name = "n", weights = {gamma = @m.n.gamma}} : (tensor<1x3x4xf32>) -> tensor<1x3x4xf32>
  nn.output(%1) : tensor<1x3x4xf32>
}
