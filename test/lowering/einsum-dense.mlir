// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// Neighbouring axes become one: a product of matrices, as Dense is.

// CHECK-LABEL: func.func private @m
// CHECK-DAG: %[[X:.*]] = tensor.collapse_shape %{{.*}} {{\[\[}}0, 1], [2]] : tensor<2x6x5xf32> into tensor<12x5xf32>
// CHECK-DAG: %[[K:.*]] = tensor.collapse_shape %{{.*}} {{\[\[}}0], [1, 2]] : tensor<5x2x3xf32> into tensor<5x6xf32>
// CHECK: %[[Y:.*]] = linalg.generic {{.*}} iterator_types = ["parallel", "reduction", "parallel"]} ins(%[[X]], %[[K]] :
// CHECK: tensor.expand_shape
// CHECK: linalg.generic
// CHECK: arith.addf
nn.weight @m.d.kernel : tensor<5x2x3xf32> = dense<1.0>
nn.weight @m.d.bias : tensor<2x1xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 2 : i64} {
  %0 = nn.input {shape = [6, 5], name = "x"} : tensor<2x6x5xf32>
  %1 = nn.einsum_dense(%0) {equation = "abc,cde->abde", output_shape = [-1, 2, 3], bias_axes = "d", name = "d", weights = {kernel = @m.d.kernel, bias = @m.d.bias}} : (tensor<2x6x5xf32>) -> tensor<2x6x2x3xf32>
  nn.output(%1) : tensor<2x6x2x3xf32>
}

// -----

// What is contiguous is innermost: here the last axis of the input.

// CHECK-DAG: #[[X:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d2, d3)>
// CHECK-DAG: #[[K:.*]] = affine_map<(d0, d1, d2, d3) -> (d2, d1)>
// CHECK-DAG: #[[Y:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>
// CHECK-LABEL: func.func private @m
// CHECK: linalg.generic {indexing_maps = [#[[X]], #[[K]], #[[Y]]], iterator_types = ["parallel", "parallel", "reduction", "parallel"]}
nn.weight @m.d.kernel : tensor<6x4xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 2 : i64} {
  %0 = nn.input {shape = [6, 5], name = "x"} : tensor<2x6x5xf32>
  %1 = nn.einsum_dense(%0) {equation = "abc,bd->adc", output_shape = [4, 5], name = "d", weights = {kernel = @m.d.kernel}} : (tensor<2x6x5xf32>) -> tensor<2x4x5xf32>
  nn.output(%1) : tensor<2x4x5xf32>
}
