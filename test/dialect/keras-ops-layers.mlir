// RUN: nn-opt %s > %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: nn-opt %t.mlir | diff %t.mlir -
// RUN: nn-opt --emit-bytecode %s | nn-opt | diff %t.mlir -

// What layers compute with weights, functions compute with tensors: all keys.

// CHECK-LABEL: nn.model @windows {
// CHECK: nn.ops.conv(%{{.*}}, %{{.*}}) {data_format = "channels_first", dilation_rate = [1], padding = "same", strides = [2]}
// CHECK: nn.ops.conv(%{{.*}}) {kernel = {{\[\[\[}}0.5, 1.0{{\]\]\]}}}
// CHECK: nn.ops.depthwise_conv(%{{.*}}, %{{.*}}) {data_format = "channels_first", dilation_rate = [2], padding = "same", strides = [1]}
// CHECK: nn.ops.depthwise_conv(%{{.*}}) {kernel = {{\[\[\[}}0.5, 1.0{{\]\]\]}}}
// CHECK: nn.ops.separable_conv(%{{.*}}, %{{.*}}, %{{.*}}) {data_format = "channels_first", dilation_rate = [2], padding = "same", strides = [1]}
// CHECK: nn.ops.separable_conv(%{{.*}}) {depthwise_kernel = {{\[\[\[}}0.5, 1.0{{\]\]\]}}, pointwise_kernel = {{\[\[\[}}0.5], [1.0{{\]\]\]}}}
// CHECK: nn.ops.conv_transpose(%{{.*}}, %{{.*}}) {data_format = "channels_first", dilation_rate = [1], output_padding = [0], padding = "same", strides = [2]}
// CHECK: nn.ops.conv_transpose(%{{.*}}) {kernel = {{\[\[\[}}0.5], [1.0{{\]\]\]}}, strides = [2]}
// CHECK: nn.ops.max_pool(%{{.*}}) {data_format = "channels_first", padding = "same", pool_size = [2], strides = [1]}
// CHECK: nn.ops.average_pool(%{{.*}}) {data_format = "channels_first", padding = "same", pool_size = [2], strides = [1]}
// CHECK: nn.ops.adaptive_max_pool(%{{.*}}) {data_format = "channels_first", output_size = [2]}
// CHECK: nn.ops.adaptive_average_pool(%{{.*}}) {data_format = "channels_first", output_size = [2]}

nn.model @windows {
  %a = nn.input {shape = [4, 1]}
  %b = nn.input {shape = [4, 1]}
  %c = nn.input {shape = [4, 1]}
  %0 = nn.ops.conv(%a, %b) {strides = 2, padding = "same", data_format = "channels_first", dilation_rate = 1}
  %1 = nn.ops.conv(%a) {kernel = [[[0.5, 1.0]]]}
  %2 = nn.ops.depthwise_conv(%a, %b) {strides = 1, padding = "same", data_format = "channels_first", dilation_rate = [2]}
  %3 = nn.ops.depthwise_conv(%a) {kernel = [[[0.5, 1.0]]]}
  %4 = nn.ops.separable_conv(%a, %b, %c) {strides = 1, padding = "same", data_format = "channels_first", dilation_rate = [2]}
  %5 = nn.ops.separable_conv(%a) {depthwise_kernel = [[[0.5, 1.0]]], pointwise_kernel = [[[0.5], [1.0]]]}
  %6 = nn.ops.conv_transpose(%a, %b) {strides = 2, padding = "same", output_padding = 0, data_format = "channels_first", dilation_rate = 1}
  %7 = nn.ops.conv_transpose(%a) {kernel = [[[0.5], [1.0]]], strides = 2}
  %8 = nn.ops.max_pool(%a) {pool_size = 2, strides = 1, padding = "same", data_format = "channels_first"}
  %9 = nn.ops.average_pool(%a) {pool_size = 2, strides = 1, padding = "same", data_format = "channels_first"}
  %10 = nn.ops.adaptive_max_pool(%a) {output_size = 2, data_format = "channels_first"}
  %11 = nn.ops.adaptive_average_pool(%a) {output_size = 2, data_format = "channels_first"}
  nn.output(%0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11)
}

// CHECK-LABEL: nn.model @norms {
// CHECK: nn.ops.layer_norm(%{{.*}}) {axis = [1, 2], beta = {{\[\[}}1.0], [2.0{{\]\]}}, epsilon = 0.01, gamma = 2.0, rms_scaling = true}
// CHECK: nn.ops.rms_norm(%{{.*}}) {axis = [1], epsilon = 0.01, scale = [2.0]}
// CHECK: nn.ops.batch_norm(%{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}) {axis = -1, epsilon = 0.001}
// CHECK: nn.ops.batch_norm(%{{.*}}) {axis = -1, epsilon = 0.001, mean = [1.0], offset = 0.0, scale = 1.0, variance = [2.0]}
// CHECK: nn.ops.moments(%{{.*}}) {axes = [1], keepdims = true, synchronized = true}
// CHECK: nn.ops.dot_product_attention(%{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}) {is_causal = true, scale = 0.5}
// CHECK: nn.ops.dot_product_attention(%{{.*}}, %{{.*}}, %{{.*}}) {bias = 0.0, mask = true}

nn.model @norms {
  %a = nn.input {shape = [4, 1]}
  %b = nn.input {shape = [1]}
  %q = nn.input {shape = [4, 1, 2]}
  %m = nn.input {shape = [4, 1, 2], dtype = "bool"}
  %0 = nn.ops.layer_norm(%a) {gamma = 2.0, beta = [[1.0], [2.0]], axis = [1, 2], epsilon = 0.01, rms_scaling = true}
  %1 = nn.ops.rms_norm(%a) {scale = [2.0], axis = 1, epsilon = 0.01}
  %2 = nn.ops.batch_norm(%a, %b, %b, %b, %b) {axis = -1, epsilon = 0.001}
  %3 = nn.ops.batch_norm(%a) {mean = [1.0], variance = [2.0], offset = 0.0, scale = 1.0, axis = -1, epsilon = 0.001}
  %4, %5 = nn.ops.moments(%a) {axes = [1], keepdims = true, synchronized = true}
  %6 = nn.ops.dot_product_attention(%q, %q, %q, %q, %m) {scale = 0.5, is_causal = true}
  %7 = nn.ops.dot_product_attention(%q, %q, %q) {bias = 0.0, mask = true}
  nn.output(%0, %1, %2, %3, %4, %5, %6, %7)
}
