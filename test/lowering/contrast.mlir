// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// The smallest and the largest value of each channel; NaN keeps the input's.

// CHECK-LABEL: func.func private @auto
// CHECK: arith.minimumf
// CHECK: arith.maximumf
// CHECK: arith.cmpf uno
// CHECK: arith.select
nn.model @auto attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [4, 5, 3], name = "x"} : tensor<1x4x5x3xf32>
  %1 = nn.auto_contrast(%0) {name = "a"} : (tensor<1x4x5x3xf32>) -> tensor<1x4x5x3xf32>
  nn.output(%1) : tensor<1x4x5x3xf32>
}

// -----

// 3 columns for 2 tiles: the last column is mirrored. A histogram for each tile
// and channel, with the values innermost.

// CHECK-LABEL: func.func private @tiles
// CHECK: arith.constant dense<[0, 1, 2, 2]> : tensor<4xi32>
// CHECK: tensor<1x2x2x1x256xf32>
// CHECK-COUNT-4: tensor.extract %{{.*}} : tensor<1x2x2x1x256xf32>
nn.model @tiles attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [4, 3, 1], name = "x"} : tensor<1x4x3x1xf32>
  %1 = nn.contrast_limited_adaptive_histogram_equalization(%0) {tile_grid_size = 2, name = "c"} : (tensor<1x4x3x1xf32>) -> tensor<1x4x3x1xf32>
  nn.output(%1) : tensor<1x4x3x1xf32>
}
