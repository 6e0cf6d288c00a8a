// RUN: nn-opt %s > %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: nn-opt %t.mlir | diff %t.mlir -
// RUN: nn-opt --emit-bytecode %s | nn-opt | diff %t.mlir -

// Convolutions keep all their keys.

// CHECK-LABEL: nn.sequential @all {
// CHECK-NEXT: {{.*}} = nn.conv1d {activation = "relu", activity_regularizer = "l1", bias_constraint = "non_neg", bias_initializer = "ones", bias_regularizer = "l2", data_format = "channels_first", dilation_rate = [1], filters = 8, groups = 2, kernel_constraint = "non_neg", kernel_initializer = "ones", kernel_regularizer = "l2", kernel_size = [3], padding = "causal", strides = [2], use_bias = false}
// CHECK-NEXT: {{.*}} = nn.conv2d {activation = "relu", activity_regularizer = "l1", bias_constraint = "non_neg", bias_initializer = "ones", bias_regularizer = "l2", data_format = "channels_first", dilation_rate = [1, 1], filters = 8, groups = 2, kernel_constraint = "non_neg", kernel_initializer = "ones", kernel_regularizer = "l2", kernel_size = [3, 5], padding = "same", strides = [2, 1], use_bias = false}
// CHECK-NEXT: {{.*}} = nn.depthwise_conv2d {activation = "relu", activity_regularizer = "l1", bias_constraint = "non_neg", bias_initializer = "ones", bias_regularizer = "l2", data_format = "channels_first", depth_multiplier = 2, depthwise_constraint = "non_neg", depthwise_initializer = "ones", depthwise_regularizer = "l2", dilation_rate = [1, 1], kernel_size = [3, 3], padding = "same", strides = [2, 2], use_bias = false}
// CHECK-NEXT: {{.*}} = nn.separable_conv2d {activation = "relu", activity_regularizer = "l1", bias_constraint = "non_neg", bias_initializer = "ones", bias_regularizer = "l2", data_format = "channels_first", depth_multiplier = 2, depthwise_constraint = "non_neg", depthwise_initializer = "ones", depthwise_regularizer = "l2", dilation_rate = [2, 2], filters = 8, kernel_size = [3, 3], padding = "valid", pointwise_constraint = "non_neg", pointwise_initializer = "zeros", pointwise_regularizer = "l2", strides = [1, 1], use_bias = false}

nn.sequential @all {
  nn.conv1d {filters = 8, kernel_size = [3], strides = [2], padding = "causal", data_format = "channels_first", dilation_rate = [1], groups = 2, activation = "relu", use_bias = false, kernel_initializer = "ones", bias_initializer = "ones", kernel_regularizer = "l2", bias_regularizer = "l2", activity_regularizer = "l1", kernel_constraint = "non_neg", bias_constraint = "non_neg"}
  nn.conv2d {filters = 8, kernel_size = [3, 5], strides = [2, 1], padding = "same", data_format = "channels_first", dilation_rate = [1, 1], groups = 2, activation = "relu", use_bias = false, kernel_initializer = "ones", bias_initializer = "ones", kernel_regularizer = "l2", bias_regularizer = "l2", activity_regularizer = "l1", kernel_constraint = "non_neg", bias_constraint = "non_neg"}
  nn.depthwise_conv2d {kernel_size = [3, 3], strides = [2, 2], padding = "same", data_format = "channels_first", dilation_rate = [1, 1], depth_multiplier = 2, activation = "relu", use_bias = false, depthwise_initializer = "ones", bias_initializer = "ones", depthwise_regularizer = "l2", bias_regularizer = "l2", activity_regularizer = "l1", depthwise_constraint = "non_neg", bias_constraint = "non_neg"}
  nn.separable_conv2d {filters = 8, kernel_size = [3, 3], strides = [1, 1], padding = "valid", data_format = "channels_first", dilation_rate = [2, 2], depth_multiplier = 2, activation = "relu", use_bias = false, depthwise_initializer = "ones", pointwise_initializer = "zeros", bias_initializer = "ones", depthwise_regularizer = "l2", pointwise_regularizer = "l2", bias_regularizer = "l2", activity_regularizer = "l1", depthwise_constraint = "non_neg", pointwise_constraint = "non_neg", bias_constraint = "non_neg"}
}
