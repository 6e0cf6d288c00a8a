// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// A kernel that is a tensor is turned where the model runs: filled up to whole
// strides, its taps backwards, filters and channels exchanged.

// CHECK-LABEL: func.func private @transposed
// CHECK: tensor.pad {{.*}} low[0, 0, 0] high[1, 0, 0]
// CHECK: tensor.expand_shape {{.*}} : tensor<4x1x2xf32> into tensor<2x2x1x2xf32>
// CHECK: linalg.transpose {{.*}} permutation = [0, 1, 3, 2]
// CHECK: tensor.extract_slice {{.*}} : tensor<1x10x1xf32> to tensor<1x9x1xf32>
nn.model @transposed attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [4, 2], name = "a"} : tensor<1x4x2xf32>
  %1 = nn.input {shape = [1, 2], name = "k"} : tensor<3x1x2xf32>
  %2 = nn.ops.conv_transpose(%0, %1) {strides = [2], name = "c"} : (tensor<1x4x2xf32>, tensor<3x1x2xf32>) -> tensor<1x9x1xf32>
  nn.output(%2) : tensor<1x9x1xf32>
}

// -----

// Three operands are two products, the first of which keeps what the second
// needs.

// CHECK-LABEL: func.func private @chain
// CHECK: %[[FIRST:.+]] = linalg.generic {{.*}} ins(%[[X:.+]], %[[X]] : tensor<2x3xf32>, tensor<2x3xf32>)
// CHECK: linalg.generic {{.*}} ins(%[[FIRST]], %[[X]] : tensor<2x3xf32>, tensor<2x3xf32>) outs({{.*}} : tensor<2x2xf32>)
nn.model @chain attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3], name = "a"} : tensor<2x3xf32>
  %1 = nn.ops.einsum(%0, %0, %0) {subscripts = "ab,cb,db->ad", name = "e"} : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x2xf32>
  nn.output(%1) : tensor<2x2xf32>
}

// -----

// Five elements are sorted as eight places, in six steps.

// CHECK-LABEL: func.func private @sort
// CHECK: %[[END:.+]] = arith.constant 6 : index
// CHECK: %[[PLACES:.+]] = tensor.empty() : tensor<1x8xi32>
// CHECK: scf.for {{.*}} to %[[END]] {{.*}}iter_args({{.*}} = %[[PLACES]])
// CHECK: tensor.extract_slice {{.*}} : tensor<1x8xi32> to tensor<1x5xi32>
nn.model @sort attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [5], name = "a"} : tensor<1x5xf32>
  %1 = nn.ops.argsort(%0) {name = "s"} : (tensor<1x5xf32>) -> tensor<1x5xi32>
  nn.output(%1) : tensor<1x5xi32>
}
