// RUN: nn-opt %s > %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: nn-opt %t.mlir | diff %t.mlir -
// RUN: nn-opt --emit-bytecode %s | nn-opt | diff %t.mlir -

// Pooling layers keep all their keys.

// CHECK-LABEL: nn.sequential @all {
// CHECK-NEXT: {{.*}} = nn.max_pooling1d {data_format = "channels_first", padding = "same", pool_size = [3], strides = [2]}
// CHECK-NEXT: {{.*}} = nn.max_pooling2d {data_format = "channels_first", padding = "same", pool_size = [3, 2], strides = [1, 2]}
// CHECK-NEXT: {{.*}} = nn.average_pooling1d {data_format = "channels_first", padding = "same", pool_size = [3], strides = [2]}
// CHECK-NEXT: {{.*}} = nn.average_pooling2d {data_format = "channels_first", padding = "same", pool_size = [3, 2], strides = [1, 2]}
// CHECK-NEXT: {{.*}} = nn.global_average_pooling1d {data_format = "channels_first", keepdims = true}
// CHECK-NEXT: {{.*}} = nn.global_average_pooling2d {data_format = "channels_first", keepdims = true}
// CHECK-NEXT: {{.*}} = nn.global_max_pooling1d {data_format = "channels_first", keepdims = true}
// CHECK-NEXT: {{.*}} = nn.global_max_pooling2d {data_format = "channels_first", keepdims = true}
// CHECK-NEXT: {{.*}} = nn.max_pooling3d {data_format = "channels_first", padding = "same", pool_size = [3, 2, 1], strides = [1, 2, 3]}
// CHECK-NEXT: {{.*}} = nn.global_max_pooling3d {data_format = "channels_first", keepdims = true}
// CHECK-NEXT: {{.*}} = nn.adaptive_max_pooling1d {data_format = "channels_first", output_size = [4]}
// CHECK-NEXT: {{.*}} = nn.adaptive_max_pooling2d {data_format = "channels_first", output_size = [4, 4]}
// CHECK-NEXT: {{.*}} = nn.adaptive_max_pooling3d {data_format = "channels_first", output_size = [4, 4, 4]}
// CHECK-NEXT: {{.*}} = nn.average_pooling3d {data_format = "channels_first", padding = "same", pool_size = [3, 2, 1], strides = [1, 2, 3]}
// CHECK-NEXT: {{.*}} = nn.global_average_pooling3d {data_format = "channels_first", keepdims = true}
// CHECK-NEXT: {{.*}} = nn.adaptive_average_pooling1d {data_format = "channels_first", output_size = [4]}
// CHECK-NEXT: {{.*}} = nn.adaptive_average_pooling2d {data_format = "channels_first", output_size = [4, 4]}
// CHECK-NEXT: {{.*}} = nn.adaptive_average_pooling3d {data_format = "channels_first", output_size = [4, 4, 4]}

nn.sequential @all {
  nn.max_pooling1d {pool_size = [3], strides = [2], padding = "same", data_format = "channels_first"}
  nn.max_pooling2d {pool_size = [3, 2], strides = [1, 2], padding = "same", data_format = "channels_first"}
  nn.average_pooling1d {pool_size = [3], strides = [2], padding = "same", data_format = "channels_first"}
  nn.average_pooling2d {pool_size = [3, 2], strides = [1, 2], padding = "same", data_format = "channels_first"}
  nn.global_average_pooling1d {data_format = "channels_first", keepdims = true}
  nn.global_average_pooling2d {data_format = "channels_first", keepdims = true}
  nn.global_max_pooling1d {data_format = "channels_first", keepdims = true}
  nn.global_max_pooling2d {data_format = "channels_first", keepdims = true}
  nn.max_pooling3d {pool_size = [3, 2, 1], strides = [1, 2, 3], padding = "same", data_format = "channels_first"}
  nn.global_max_pooling3d {data_format = "channels_first", keepdims = true}
  nn.adaptive_max_pooling1d {output_size = 4, data_format = "channels_first"}
  nn.adaptive_max_pooling2d {output_size = 4, data_format = "channels_first"}
  nn.adaptive_max_pooling3d {output_size = 4, data_format = "channels_first"}
  nn.average_pooling3d {pool_size = [3, 2, 1], strides = [1, 2, 3], padding = "same", data_format = "channels_first"}
  nn.global_average_pooling3d {data_format = "channels_first", keepdims = true}
  nn.adaptive_average_pooling1d {output_size = 4, data_format = "channels_first"}
  nn.adaptive_average_pooling2d {output_size = 4, data_format = "channels_first"}
  nn.adaptive_average_pooling3d {output_size = 4, data_format = "channels_first"}
}
