// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-materialize-weights --nnc-fold-batch-norm --split-input-file | FileCheck %s

// kernel · s and (bias - mean) · s + beta with s = gamma / sqrt(variance +
// epsilon): with gamma 4, variance 3 and epsilon 1 s is 2, and the bias becomes
// (1 - 5) · 2 + 7 = -1.

// CHECK-LABEL: module
// CHECK-NOT: nn.weight @m.n
// CHECK-DAG: nn.weight @m.d.kernel : tensor<2x1xf32> = dense_resource<[[K:.*]]>
// CHECK-DAG: nn.weight @m.d.bias : tensor<1xf32> = dense_resource<[[B:.*]]>
// CHECK-NOT: nn.weight @m.n
// CHECK-LABEL: nn.model @m
// CHECK-NEXT: %[[X:.*]] = nn.input
// CHECK-NEXT: %[[Y:.*]] = nn.dense(%[[X]])
// CHECK-NEXT: nn.output(%[[Y]])
// CHECK-DAG: [[K]]: "0x040000000000004000008040"
// CHECK-DAG: [[B]]: "0x04000000000080BF"
nn.weight @m.d.kernel : tensor<2x1xf32> = dense<[[1.0], [2.0]]>
nn.weight @m.d.bias : tensor<1xf32> = dense<1.0>
nn.weight @m.n.gamma : tensor<1xf32> = dense<4.0>
nn.weight @m.n.beta : tensor<1xf32> = dense<7.0>
nn.weight @m.n.moving_mean : tensor<1xf32> = dense<5.0>
nn.weight @m.n.moving_variance : tensor<1xf32> = dense<3.0>
nn.sequential @m {
  nn.input {shape = [2]}
  nn.dense {units = 1, name = "d"}
  nn.batch_normalization {epsilon = 1, name = "n"}
}

// -----

// A layer without a bias gets one; without center and scale it is -mean · s.
// Depthwise filters lie in the kernel's last two axes, channels_first or not.

// CHECK-DAG: nn.weight @m.c.kernel : tensor<1x1x1x2xf32> = dense_resource<[[K:.*]]>
// CHECK-DAG: nn.weight @m.c.bias : tensor<2xf32> = dense_resource<[[B:.*]]>
// CHECK: nn.depthwise_conv2d({{.*}}use_bias = true, weights = {bias = @m.c.bias, kernel = @m.c.kernel}
// CHECK-NOT: nn.batch_normalization
// CHECK-DAG: [[K]]: "0x040000000000003F0000803E"
// CHECK-DAG: [[B]]: "0x04000000000000BF0000003F"
nn.weight @m.c.kernel : tensor<1x1x1x2xf32> = dense<1.0>
nn.weight @m.n.moving_mean : tensor<2xf32> = dense<[1.0, -2.0]>
nn.weight @m.n.moving_variance : tensor<2xf32> = dense<[4.0, 16.0]>
nn.sequential @m {
  nn.input {shape = [1, 3, 3]}
  nn.depthwise_conv2d {kernel_size = 1, depth_multiplier = 2, use_bias = false, data_format = "channels_first", name = "c"}
  nn.batch_normalization {axis = 1, epsilon = 0, center = false, scale = false, name = "n"}
}

// -----

// A separable convolution's last kernel is the pointwise one.

// CHECK-DAG: nn.weight @m.c.depthwise_kernel : {{.*}} = dense<1.000000e+00>
// CHECK-DAG: nn.weight @m.c.pointwise_kernel : {{.*}} = dense_resource<[[K:.*]]>
// CHECK-NOT: nn.batch_normalization
// CHECK: [[K]]: "0x04000000{{0000003F}}"
nn.weight @m.c.depthwise_kernel : tensor<1x1x1x1xf32> = dense<1.0>
nn.weight @m.c.pointwise_kernel : tensor<1x1x1x1xf32> = dense<1.0>
nn.weight @m.n.moving_mean : tensor<1xf32> = dense<1.0>
nn.weight @m.n.moving_variance : tensor<1xf32> = dense<4.0>
nn.sequential @m {
  nn.input {shape = [3, 3, 1]}
  nn.separable_conv2d {filters = 1, kernel_size = 1, use_bias = false, name = "c"}
  nn.batch_normalization {epsilon = 0, center = false, scale = false, name = "n"}
}
