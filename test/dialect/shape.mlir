// RUN: nn-opt %s > %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: nn-opt %t.mlir | diff %t.mlir -
// RUN: nn-opt --emit-bytecode %s | nn-opt | diff %t.mlir -

// Layers that move elements keep all their keys.

// CHECK-LABEL: nn.sequential @all {
// CHECK-NEXT: {{.*}} = nn.flatten {data_format = "channels_first"}
// CHECK-NEXT: {{.*}} = nn.reshape {target_shape = [-1, 4]}
// CHECK-NEXT: {{.*}} = nn.reshape {target_shape = []}
// CHECK-NEXT: {{.*}} = nn.permute {dims = [2, 1]}
// CHECK-NEXT: {{.*}} = nn.repeat_vector {n = 3}
// CHECK-NEXT: {{.*}} = nn.zero_padding1d {data_format = "channels_first", padding = [1, 2]}
// CHECK-NEXT: {{.*}} = nn.zero_padding2d {data_format = "channels_first", padding = {{\[\[}}1, 2], [3, 4{{\]\]}}}
// CHECK-NEXT: {{.*}} = nn.cropping1d {cropping = [1, 0]}
// CHECK-NEXT: {{.*}} = nn.cropping2d {cropping = {{\[\[}}1, 2], [3, 4{{\]\]}}, data_format = "channels_first"}
// CHECK-NEXT: {{.*}} = nn.up_sampling1d {size = 3}
// CHECK-NEXT: {{.*}} = nn.up_sampling2d {data_format = "channels_first", interpolation = "bilinear", size = [2, 3]}
// CHECK-NEXT: {{.*}} = nn.zero_padding3d {data_format = "channels_first", padding = {{\[\[}}1, 1], [2, 2], [3, 3{{\]\]}}}
// CHECK-NEXT: {{.*}} = nn.zero_padding3d {padding = {{\[\[}}1, 2], [3, 4], [5, 6{{\]\]}}}
// CHECK-NEXT: {{.*}} = nn.cropping3d {cropping = {{\[\[}}2, 2], [2, 2], [2, 2{{\]\]}}, data_format = "channels_first"}
// CHECK-NEXT: {{.*}} = nn.up_sampling3d {data_format = "channels_first", size = [2, 3, 4]}

nn.sequential @all {
  nn.flatten {data_format = "channels_first"}
  nn.reshape {target_shape = [-1, 4]}
  nn.reshape {target_shape = []}
  nn.permute {dims = [2, 1]}
  nn.repeat_vector {n = 3}
  nn.zero_padding1d {padding = [1, 2], data_format = "channels_first"}
  nn.zero_padding2d {padding = [[1, 2], [3, 4]], data_format = "channels_first"}
  nn.cropping1d {cropping = [1, 0]}
  nn.cropping2d {cropping = [[1, 2], [3, 4]], data_format = "channels_first"}
  nn.up_sampling1d {size = 3}
  nn.up_sampling2d {size = [2, 3], data_format = "channels_first", interpolation = "bilinear"}
  nn.zero_padding3d {padding = [1, 2, 3], data_format = "channels_first"}
  nn.zero_padding3d {padding = [[1, 2], [3, 4], [5, 6]]}
  nn.cropping3d {cropping = 2, data_format = "channels_first"}
  nn.up_sampling3d {size = [2, 3, 4], data_format = "channels_first"}
}
