// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// Layers that only move elements: views, transposes, pads, slices.

// CHECK-LABEL: func.func private @views
// CHECK: tensor.collapse_shape %{{.*}} {{\[\[}}0], [1, 2, 3]] : tensor<2x3x4x5xf32> into tensor<2x60xf32>
// CHECK-NOT: linalg
// CHECK: tensor.expand_shape %{{.*}} : tensor<2x60xf32> into tensor<2x15x4xf32>
// CHECK: return
nn.model @views attributes {linked, batch = 2 : i64} {
  %0 = nn.input {shape = [3, 4, 5], name = "x"} : tensor<2x3x4x5xf32>
  %1 = nn.flatten(%0) {name = "flatten"} : (tensor<2x3x4x5xf32>) -> tensor<2x60xf32>
  %2 = nn.reshape(%1) {target_shape = [15, -1], name = "reshape"} : (tensor<2x60xf32>) -> tensor<2x15x4xf32>
  nn.output(%2) : tensor<2x15x4xf32>
}

// -----

// Flatten takes channels_first as channels_last; integers pass too.

// CHECK-LABEL: func.func private @first
// CHECK: %[[LAST:.*]] = linalg.transpose {{.*}} permutation = [0, 2, 3, 1]
// CHECK: tensor.collapse_shape %[[LAST]] {{.*}} : tensor<1x4x5x3xi32> into tensor<1x60xi32>
nn.model @first attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3, 4, 5], dtype = "int32", name = "x"} : tensor<1x3x4x5xi32>
  %1 = nn.flatten(%0) {data_format = "channels_first", name = "flatten"} : (tensor<1x3x4x5xi32>) -> tensor<1x60xi32>
  nn.output(%1) : tensor<1x60xi32>
}

// -----

// Permute counts from 1, without the batch.

// CHECK-LABEL: func.func private @permute
// CHECK: linalg.transpose {{.*}} permutation = [0, 3, 1, 2]
nn.model @permute attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3, 4, 5], name = "x"} : tensor<1x3x4x5xf32>
  %1 = nn.permute(%0) {dims = [3, 1, 2], name = "p"} : (tensor<1x3x4x5xf32>) -> tensor<1x5x3x4xf32>
  nn.output(%1) : tensor<1x5x3x4xf32>
}

// -----

// Repetition is an axis of its own until a view merges it.

// CHECK-DAG: #[[ROW:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>
// CHECK-DAG: #[[ALL:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
// CHECK-LABEL: func.func private @repeat
// CHECK: tensor.expand_shape {{.*}} : tensor<1x4xf32> into tensor<1x1x4xf32>
// CHECK: linalg.generic {indexing_maps = [#[[ROW]], #[[ALL]]]{{.*}} outs(%{{.*}} : tensor<1x1x3x4xf32>)
// CHECK: tensor.collapse_shape {{.*}} : tensor<1x1x3x4xf32> into tensor<1x3x4xf32>
// CHECK: linalg.generic {indexing_maps = [#[[ROW]], #[[ALL]]]{{.*}} outs(%{{.*}} : tensor<1x3x2x4xf32>)
// CHECK: tensor.collapse_shape {{.*}} : tensor<1x3x2x4xf32> into tensor<1x6x4xf32>
nn.model @repeat attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [4], name = "x"} : tensor<1x4xf32>
  %1 = nn.repeat_vector(%0) {n = 3, name = "r"} : (tensor<1x4xf32>) -> tensor<1x3x4xf32>
  %2 = nn.up_sampling1d(%1) {size = 2, name = "u"} : (tensor<1x3x4xf32>) -> tensor<1x6x4xf32>
  nn.output(%2) : tensor<1x6x4xf32>
}

// -----

// CHECK-LABEL: func.func private @borders
// CHECK: tensor.pad %{{.*}} low[0, 1, 0] high[0, 1, 0]
// CHECK: tensor.extract_slice %{{.*}}[0, 2, 0] [1, 3, 2] [1, 1, 1]
nn.model @borders attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [4, 2], name = "x"} : tensor<1x4x2xf32>
  %1 = nn.zero_padding1d(%0) {name = "z"} : (tensor<1x4x2xf32>) -> tensor<1x6x2xf32>
  %2 = nn.cropping1d(%1) {cropping = [2, 1], name = "c"} : (tensor<1x6x2xf32>) -> tensor<1x3x2xf32>
  nn.output(%2) : tensor<1x3x2xf32>
}

// -----

// [[top, bottom], [left, right]], on the axes that data_format names.

// CHECK-LABEL: func.func private @borders2d
// CHECK: tensor.pad %{{.*}} low[0, 1, 3, 0] high[0, 2, 0, 0]
// CHECK: tensor.pad %{{.*}} low[0, 0, 1, 3] high[0, 0, 2, 0]
// CHECK: tensor.extract_slice %{{.*}}[0, 0, 0, 1] [1, 7, 8, 4] [1, 1, 1, 1]
nn.model @borders2d attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [4, 5, 2], name = "x"} : tensor<1x4x5x2xf32>
  %1 = nn.zero_padding2d(%0) {padding = [[1, 2], [3, 0]], name = "z"} : (tensor<1x4x5x2xf32>) -> tensor<1x7x8x2xf32>
  %2 = nn.zero_padding2d(%1) {padding = [[1, 2], [3, 0]], data_format = "channels_first", name = "f"} : (tensor<1x7x8x2xf32>) -> tensor<1x7x11x5xf32>
  %3 = nn.cropping2d(%2) {cropping = [[0, 3], [1, 0]], data_format = "channels_first", name = "c"} : (tensor<1x7x11x5xf32>) -> tensor<1x7x8x4xf32>
  nn.output(%3) : tensor<1x7x8x4xf32>
}

// -----

// Layers that only work in training leave nothing behind.

// CHECK-LABEL: func.func private @training
// CHECK-NEXT: %[[X:.*]] = bufferization.to_tensor %arg0
// CHECK-NEXT: materialize_in_destination %[[X]]
nn.model @training attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [4], name = "x"} : tensor<1x4xf32>
  %1 = nn.dropout(%0) {rate = 0.5, name = "d"} : (tensor<1x4xf32>) -> tensor<1x4xf32>
  %2 = nn.gaussian_noise(%1) {stddev = 0.5, name = "n"} : (tensor<1x4xf32>) -> tensor<1x4xf32>
  nn.output(%2) : tensor<1x4xf32>
}
