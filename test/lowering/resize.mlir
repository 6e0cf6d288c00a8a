// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// Nearest repeats rows and columns in one step.

// CHECK-DAG: #[[FROM:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d3, d5)>
// CHECK-LABEL: func.func private @nearest
// CHECK: linalg.generic {indexing_maps = [#[[FROM]], {{.*}} outs(%{{.*}} : tensor<1x2x2x3x3x1xf32>)
// CHECK: tensor.collapse_shape {{.*}} {{\[\[}}0], [1, 2], [3, 4], [5]] : tensor<1x2x2x3x3x1xf32> into tensor<1x4x9x1xf32>
nn.model @nearest attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [2, 3, 1], name = "x"} : tensor<1x2x3x1xf32>
  %1 = nn.up_sampling2d(%0) {size = [2, 3], name = "u"} : (tensor<1x2x3x1xf32>) -> tensor<1x4x9x1xf32>
  nn.output(%1) : tensor<1x4x9x1xf32>
}

// -----

// Half-pixel centres: output 2·q is 1/4 of the input before and 3/4 of input q,
// output 2·q + 1 the same with the input after; the border has all the weight.
// An axis with the factor 1 stays as it is.

// CHECK-DAG: #[[FROM:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1 + d3, d4, d5)>
// CHECK-DAG: #[[TAPS:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d1, d2, d3)>
// CHECK-DAG: #[[TO:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d2, d4, d5)>
// CHECK-LABEL: func.func private @bilinear
// CHECK: %[[W:.*]] = arith.constant dense<{{\[\[\[}}0.000000e+00, 1.000000e+00, 0.000000e+00], [0.000000e+00, 7.500000e-01, 2.500000e-01]],
// CHECK-SAME: {{\[\[}}2.500000e-01, 7.500000e-01, 0.000000e+00], [0.000000e+00, 1.000000e+00, 0.000000e+00]]]> : tensor<2x2x3xf32>
// CHECK: %[[PADDED:.*]] = tensor.pad %{{.*}} low[0, 1, 0, 0] high[0, 1, 0, 0]
// CHECK: linalg.generic {indexing_maps = [#[[FROM]], #[[TAPS]], #[[TO]]], iterator_types = ["parallel", "parallel", "parallel", "reduction", "parallel", "parallel"]} ins(%[[PADDED]], %[[W]] :
// CHECK: tensor.collapse_shape {{.*}} : tensor<1x2x2x3x1xf32> into tensor<1x4x3x1xf32>
// CHECK-NOT: linalg.generic
nn.model @bilinear attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [2, 3, 1], name = "x"} : tensor<1x2x3x1xf32>
  %1 = nn.up_sampling2d(%0) {size = [2, 1], interpolation = "bilinear", name = "u"} : (tensor<1x2x3x1xf32>) -> tensor<1x4x3x1xf32>
  nn.output(%1) : tensor<1x4x3x1xf32>
}

// -----

// A kernel reaches no further than the axis; channels_first is transposed away.

// CHECK-LABEL: func.func private @lanczos
// CHECK: linalg.transpose {{.*}} permutation = [0, 2, 3, 1]
// CHECK: arith.constant dense<1.000000e+00> : tensor<1x2x1xf32>
// CHECK: arith.constant dense<{{.*}}> : tensor<9x2x11xf32>
// CHECK: tensor.pad %{{.*}} low[0, 0, 5, 0] high[0, 0, 5, 0]
// CHECK: linalg.transpose {{.*}} permutation = [0, 3, 1, 2]
nn.model @lanczos attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3, 1, 9], name = "x"} : tensor<1x3x1x9xf32>
  %1 = nn.up_sampling2d(%0) {size = [2, 2], interpolation = "lanczos5", data_format = "channels_first", name = "u"} : (tensor<1x3x1x9xf32>) -> tensor<1x3x2x18xf32>
  nn.output(%1) : tensor<1x3x2x18xf32>
}
