// RUN: nn-opt %s > %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: nn-opt %t.mlir | diff %t.mlir -
// RUN: nn-opt --emit-bytecode %s | nn-opt | diff %t.mlir -

// Layers of training keep all their keys.

// CHECK-LABEL: nn.sequential @all {
// CHECK-NEXT: {{.*}} = nn.dropout {noise_shape = [1, 3], rate = 0.5, seed = 3}
// CHECK-NEXT: {{.*}} = nn.alpha_dropout {noise_shape = [1, 3], rate = 0.5, seed = 3}
// CHECK-NEXT: {{.*}} = nn.gaussian_dropout {noise_shape = [1, 3], rate = 0.5, seed = 3}
// CHECK-NEXT: {{.*}} = nn.spatial_dropout1d {noise_shape = [1], rate = 0.5, seed = 3}
// CHECK-NEXT: {{.*}} = nn.spatial_dropout2d {data_format = "channels_first", rate = 0.5, seed = 3}
// CHECK-NEXT: {{.*}} = nn.spatial_dropout3d {data_format = "channels_first", rate = 0.5, seed = 3}
// CHECK-NEXT: {{.*}} = nn.gaussian_noise {seed = 3, stddev = 0.5}
// CHECK-NEXT: {{.*}} = nn.activity_regularization {l1 = 0.01, l2 = 0.02}
// CHECK-NEXT: {{.*}} = nn.stochastic_depth {drop_path_rate = 0.5}

nn.sequential @all {
  nn.dropout {rate = 0.5, seed = 3, noise_shape = [1, 3]}
  nn.alpha_dropout {rate = 0.5, seed = 3, noise_shape = [1, 3]}
  nn.gaussian_dropout {rate = 0.5, seed = 3, noise_shape = [1, 3]}
  nn.spatial_dropout1d {rate = 0.5, seed = 3, noise_shape = [1]}
  nn.spatial_dropout2d {rate = 0.5, data_format = "channels_first", seed = 3}
  nn.spatial_dropout3d {rate = 0.5, data_format = "channels_first", seed = 3}
  nn.gaussian_noise {stddev = 0.5, seed = 3}
  nn.activity_regularization {l1 = 0.01, l2 = 0.02}
  nn.stochastic_depth {drop_path_rate = 0.5}
}
