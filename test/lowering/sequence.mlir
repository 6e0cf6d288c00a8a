// Steps of time: masked, backwards, and as samples of their own.
// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// CHECK-LABEL: func.func private @masking
// CHECK: arith.cmpf une, %{{.*}}, %{{.*}} : f32
// CHECK: arith.maximumf
// CHECK: arith.mulf
nn.model @masking attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [5, 3], name = "x"} : tensor<1x5x3xf32>
  %1 = nn.masking(%0) {mask_value = 2.0, name = "m"} : (tensor<1x5x3xf32>) -> tensor<1x5x3xf32>
  nn.output(%1) : tensor<1x5x3xf32>
}

// -----

// CHECK: affine_map<(d0, d1, d2) -> (d0, -d1 + 4, d2)>
// CHECK-LABEL: func.func private @reversed
nn.model @reversed attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [5, 3], name = "x"} : tensor<1x5x3xf32>
  %1 = nn.reverse_time(%0) {name = "r"} : (tensor<1x5x3xf32>) -> tensor<1x5x3xf32>
  nn.output(%1) : tensor<1x5x3xf32>
}

// -----

// CHECK-LABEL: func.func private @samples
// CHECK: tensor.collapse_shape %{{.*}} : tensor<2x5x3xf32> into tensor<10x3xf32>
// CHECK: tensor.expand_shape %{{.*}} : tensor<10x3xf32> into tensor<2x5x3xf32>
nn.model @samples attributes {linked, batch = 2 : i64} {
  %0 = nn.input {shape = [5, 3], name = "x"} : tensor<2x5x3xf32>
  %1 = nn.merge_time(%0) {name = "m"} : (tensor<2x5x3xf32>) -> tensor<10x3xf32>
  %2 = nn.relu(%1) {name = "r"} : (tensor<10x3xf32>) -> tensor<10x3xf32>
  %3 = nn.split_time(%2) {steps = 5, name = "s"} : (tensor<10x3xf32>) -> tensor<2x5x3xf32>
  nn.output(%3) : tensor<2x5x3xf32>
}

// -----

// A masked step keeps the state; its output is zero where the layer says so.

// CHECK-LABEL: func.func private @masked
// CHECK: arith.uitofp %{{.*}} : i1 to f32
// CHECK: scf.for {{.*}} iter_args(%{{.*}} = %{{.*}}, %{{.*}} = %{{.*}}) -> (tensor<1x2xf32>, tensor<1x2xf32>)
// CHECK-COUNT-2: arith.select
nn.weight @m.r.kernel : tensor<3x2xf32> = dense<1.0>
nn.weight @m.r.recurrent_kernel : tensor<2x2xf32> = dense<1.0>
nn.model @masked attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [5, 3], name = "x"} : tensor<1x5x3xf32>
  %1 = nn.input {shape = [5], dtype = "bool", name = "m"} : tensor<1x5xi1>
  %2 = nn.simple_rnn(%0, mask = %1) {units = 2, use_bias = false, zero_output_for_mask = true, name = "r", weights = {kernel = @m.r.kernel, recurrent_kernel = @m.r.recurrent_kernel}} : (tensor<1x5x3xf32>, tensor<1x5xi1>) -> tensor<1x2xf32>
  nn.output(%2) : tensor<1x2xf32>
}
