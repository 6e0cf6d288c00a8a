// RUN: nn-opt %s > %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: nn-opt %t.mlir | diff %t.mlir -
// RUN: nn-opt --emit-bytecode %s | nn-opt | diff %t.mlir -

// Layers of training keep all their keys.

// CHECK-LABEL: nn.sequential @all {
// CHECK-NEXT: {{.*}} = nn.dropout {noise_shape = [1, 3], rate = 5.000000e-01, seed = 3}
// CHECK-NEXT: {{.*}} = nn.alpha_dropout {noise_shape = [1, 3], rate = 5.000000e-01, seed = 3}
// CHECK-NEXT: {{.*}} = nn.gaussian_dropout {noise_shape = [1, 3], rate = 5.000000e-01, seed = 3}
// CHECK-NEXT: {{.*}} = nn.spatial_dropout1d {noise_shape = [1], rate = 5.000000e-01, seed = 3}
// CHECK-NEXT: {{.*}} = nn.spatial_dropout2d {data_format = "channels_first", rate = 5.000000e-01, seed = 3}
// CHECK-NEXT: {{.*}} = nn.spatial_dropout3d {data_format = "channels_first", rate = 5.000000e-01, seed = 3}
// CHECK-NEXT: {{.*}} = nn.gaussian_noise {seed = 3, stddev = 5.000000e-01}
// CHECK-NEXT: {{.*}} = nn.activity_regularization {l1 = 1.000000e-02, l2 = 2.000000e-02}

nn.sequential @all {
  nn.dropout {rate = 5.000000e-01, seed = 3, noise_shape = [1, 3]}
  nn.alpha_dropout {rate = 5.000000e-01, seed = 3, noise_shape = [1, 3]}
  nn.gaussian_dropout {rate = 5.000000e-01, seed = 3, noise_shape = [1, 3]}
  nn.spatial_dropout1d {rate = 5.000000e-01, seed = 3, noise_shape = [1]}
  nn.spatial_dropout2d {rate = 5.000000e-01, data_format = "channels_first", seed = 3}
  nn.spatial_dropout3d {rate = 5.000000e-01, data_format = "channels_first", seed = 3}
  nn.gaussian_noise {stddev = 5.000000e-01, seed = 3}
  nn.activity_regularization {l1 = 1.000000e-02, l2 = 2.000000e-02}
}
