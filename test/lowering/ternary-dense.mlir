// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// The mean of |kernel| is 1: what is above half of it counts.

// CHECK: memref.global "private" constant @m.d.ternary_kernel : memref<2x2xf32> = dense<{{\[\[}}1.000000e+00, 0.000000e+00], [-1.000000e+00, 1.000000e+00]]>
nn.weight @m.d.kernel : tensor<2x2xf32> = dense<[[1.0, 0.5], [-0.75, 1.75]]>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [2], name = "x"} : tensor<1x2xf32>
  %1 = nn.ternary_dense(%0) {units = 2, use_bias = false, name = "d", weights = {kernel = @m.d.kernel}} : (tensor<1x2xf32>) -> tensor<1x2xf32>
  nn.output(%1) : tensor<1x2xf32>
}

// -----

// With a threshold the product is not scaled.

// CHECK: memref.global "private" constant @m.d.ternary_kernel : memref<2x2xf32> = dense<{{\[\[}}0.000000e+00, 0.000000e+00], [0.000000e+00, 1.000000e+00]]>
nn.weight @m.d.kernel : tensor<2x2xf32> = dense<[[1.0, 0.5], [-0.75, 1.75]]>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [2], name = "x"} : tensor<1x2xf32>
  %1 = nn.ternary_dense(%0) {units = 2, threshold = 1, use_bias = false, name = "d", weights = {kernel = @m.d.kernel}} : (tensor<1x2xf32>) -> tensor<1x2xf32>
  nn.output(%1) : tensor<1x2xf32>
}
