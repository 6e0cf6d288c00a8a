// RUN: nn-opt --nnc-lower-to-linalg %s | FileCheck %s

// A depthwise convolution that takes the strides, a 1×1 one, then the bias.

// CHECK-LABEL: func.func private @m
// CHECK: %[[D:.*]] = bufferization.to_tensor %{{.*}} : memref<2x2x6x1xf32>
// CHECK: %[[FLAT:.*]] = tensor.collapse_shape %[[D]]
// CHECK: %[[BETWEEN:.*]] = linalg.generic {{.*}} ins(%{{.*}}, %[[FLAT]] : {{.*}} outs(%{{.*}} : tensor<1x2x2x6xf32>)
// CHECK: linalg.generic {{.*}} ins(%[[BETWEEN]], %{{.*}} : tensor<1x2x2x6xf32>, tensor<1x1x6x5xf32>) outs(%{{.*}} : tensor<1x2x2x5xf32>)
// CHECK: linalg.generic
// CHECK: arith.addf
// CHECK-NOT: linalg.generic
nn.weight @m.c.depthwise_kernel : tensor<2x2x6x1xf32> = dense<1.0>
nn.weight @m.c.pointwise_kernel : tensor<1x1x6x5xf32> = dense<1.0>
nn.weight @m.c.bias : tensor<5xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [4, 4, 6], name = "x"} : tensor<1x4x4x6xf32>
  %1 = nn.separable_conv2d(%0) {filters = 5, kernel_size = 2, strides = 2, name = "c", weights = {depthwise_kernel = @m.c.depthwise_kernel, pointwise_kernel = @m.c.pointwise_kernel, bias = @m.c.bias}} : (tensor<1x4x4x6xf32>) -> tensor<1x2x2x5xf32>
  nn.output(%1) : tensor<1x2x2x5xf32>
}
