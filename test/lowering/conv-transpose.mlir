// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// With strides of 2 each phase of the result has its own half of the kernel,
// which is turned round: results 0, 2, … take the elements 2 and 0, results
// 1, 3, … the element 1 alone. No zero is put between the inputs.

// CHECK-DAG: #[[X:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1 + d3, d4)>
// CHECK-DAG: #[[K:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d3, d2, d4, d5)>
// CHECK-DAG: #[[Y:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d2, d5)>
// CHECK: memref.global "private" constant @m.c.turned_kernel : memref<2x2x1x1xf32> = dense<{{\[\[\[\[}}3.000000e+00]], {{\[\[}}0.000000e+00]]], {{\[\[\[}}1.000000e+00]], {{\[\[}}2.000000e+00]]]]>
// CHECK-LABEL: func.func private @m
// CHECK: tensor.pad %{{.*}} low[0, 1, 0] high[0, 1, 0]
// CHECK: %[[SUM:.*]] = linalg.generic {indexing_maps = [#[[X]], #[[K]], #[[Y]]], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction", "parallel"]}
// CHECK: %[[ALL:.*]] = tensor.collapse_shape %[[SUM]] {{.*}} : tensor<1x5x2x1xf32> into tensor<1x10x1xf32>
// CHECK: tensor.extract_slice %[[ALL]][0, 0, 0] [1, 9, 1] [1, 1, 1]
nn.weight @m.c.kernel : tensor<3x1x1xf32> = dense<[[[1.0]], [[2.0]], [[3.0]]]>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [4, 1], name = "x"} : tensor<1x4x1xf32>
  %1 = nn.conv1d_transpose(%0) {filters = 1, kernel_size = 3, strides = 2, use_bias = false, name = "c", weights = {kernel = @m.c.kernel}} : (tensor<1x4x1xf32>) -> tensor<1x9x1xf32>
  nn.output(%1) : tensor<1x9x1xf32>
}

// -----

// Without strides it is a convolution with a kernel of channels before filters.

// CHECK-DAG: #[[X:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1 + d2 * 2, d3)>
// CHECK-DAG: #[[K:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d2, d3, d4)>
// CHECK: memref.global "private" constant @m.c.turned_kernel : memref<2x2x1xf32> = dense<{{\[\[\[}}3.000000e+00], [4.000000e+00]], {{\[\[}}1.000000e+00], [2.000000e+00]]]>
// CHECK-LABEL: func.func private @m
// CHECK: tensor.pad %{{.*}} low[0, 1, 0] high[0, 1, 0]
// CHECK: linalg.generic {indexing_maps = [#[[X]], #[[K]], {{.*}}], iterator_types = ["parallel", "parallel", "reduction", "reduction", "parallel"]}
// CHECK-NOT: tensor.extract_slice
nn.weight @m.c.kernel : tensor<2x1x2xf32> = dense<[[[1.0, 2.0]], [[3.0, 4.0]]]>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [4, 2], name = "x"} : tensor<1x4x2xf32>
  %1 = nn.conv1d_transpose(%0) {filters = 1, kernel_size = 2, dilation_rate = 2, padding = "same", use_bias = false, name = "c", weights = {kernel = @m.c.kernel}} : (tensor<1x4x2xf32>) -> tensor<1x4x1xf32>
  nn.output(%1) : tensor<1x4x1xf32>
}
