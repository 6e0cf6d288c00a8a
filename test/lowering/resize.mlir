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

// CHECK-DAG: #[[TAPS:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d1, d2)>
// CHECK-DAG: #[[TO:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d3, d4)>
// CHECK-LABEL: func.func private @bilinear
// CHECK: %[[W:.*]] = arith.constant dense<{{\[\[}}1.000000e+00, 0.000000e+00], [7.500000e-01, 2.500000e-01], [2.500000e-01, 7.500000e-01], [1.000000e+00, 0.000000e+00]]> : tensor<4x2xf32>
// CHECK: %[[AT:.*]] = arith.constant dense<{{\[\[}}0, 0], [0, 1], [0, 1], [1, 1]]> : tensor<4x2xi32>
// CHECK: linalg.generic {indexing_maps = [#[[TAPS]], #[[TAPS]], #[[TO]]], iterator_types = ["parallel", "parallel", "reduction", "parallel", "parallel"]} ins(%[[W]], %[[AT]] :
// CHECK: tensor.extract %{{.*}} : tensor<1x2x3x1xf32>
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
// CHECK: arith.constant dense<1.000000e+00> : tensor<2x1xf32>
// CHECK: arith.constant dense<{{.*}}> : tensor<18x9xf32>
// CHECK: linalg.transpose {{.*}} permutation = [0, 3, 1, 2]
nn.model @lanczos attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3, 1, 9], name = "x"} : tensor<1x3x1x9xf32>
  %1 = nn.up_sampling2d(%0) {size = [2, 2], interpolation = "lanczos5", data_format = "channels_first", name = "u"} : (tensor<1x3x1x9xf32>) -> tensor<1x3x2x18xf32>
  nn.output(%1) : tensor<1x3x2x18xf32>
}

// -----

// Integers become floats, are rounded and are what they were again.

// CHECK-LABEL: func.func private @bytes
// CHECK: arith.uitofp
// CHECK: tensor.extract
// CHECK: math.roundeven
// CHECK: arith.fptoui
nn.model @bytes attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [2, 2, 1], name = "x", dtype = "uint8"} : tensor<1x2x2x1xui8>
  %1 = nn.resizing(%0) {height = 3, width = 2, name = "r"} : (tensor<1x2x2x1xui8>) -> tensor<1x3x2x1xui8>
  nn.output(%1) : tensor<1x3x2x1xui8>
}

// -----

// The nearest element is moved as it is; crops are slices, borders pads.

// CHECK-LABEL: func.func private @nearest_bytes
// CHECK-NOT: arith.uitofp
// CHECK: arith.constant dense<[0, 1, 1]> : tensor<3xi32>
// CHECK: tensor.extract
nn.model @nearest_bytes attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [2, 2, 1], name = "x", dtype = "uint8"} : tensor<1x2x2x1xui8>
  %1 = nn.resizing(%0) {height = 3, width = 2, interpolation = "nearest", name = "r"} : (tensor<1x2x2x1xui8>) -> tensor<1x3x2x1xui8>
  nn.output(%1) : tensor<1x3x2x1xui8>
}

// -----

// CHECK-LABEL: func.func private @aspect
// CHECK: tensor.extract_slice %{{.*}}[0, 0, 1, 0] [1, 4, 4, 1] [1, 1, 1, 1]
// CHECK: tensor.pad %{{.*}} low[0, 1, 0, 0] high[0, 1, 0, 0]
nn.model @aspect attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [4, 6, 1], name = "x"} : tensor<1x4x6x1xf32>
  %1 = nn.resizing(%0) {height = 4, width = 4, crop_to_aspect_ratio = true, name = "c"} : (tensor<1x4x6x1xf32>) -> tensor<1x4x4x1xf32>
  %2 = nn.resizing(%0) {height = 6, width = 6, pad_to_aspect_ratio = true, name = "p"} : (tensor<1x4x6x1xf32>) -> tensor<1x6x6x1xf32>
  nn.output(%1, %2) : tensor<1x4x4x1xf32>, tensor<1x6x6x1xf32>
}
