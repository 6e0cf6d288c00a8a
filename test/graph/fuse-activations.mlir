// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-fuse-activations --split-input-file | FileCheck %s

// A dense layer or convolution takes over the activation behind it.

// CHECK-LABEL: nn.model @fires
// CHECK-NEXT: nn.input
// CHECK-NEXT: nn.dense({{.*}}activation = "tanh"
// CHECK-NEXT: nn.dense({{.*}}activation = "relu"
// CHECK-NEXT: nn.dense({{.*}}activation = "relu6"
// CHECK-NEXT: nn.conv1d({{.*}}activation = "leaky_relu"
// CHECK-NEXT: nn.conv1d({{.*}}activation = "elu"
// CHECK-NEXT: nn.output
nn.sequential @fires {
  nn.input {shape = [4, 3]}
  nn.dense {units = 2}
  nn.activation {activation = "tanh"}
  nn.dense {units = 2, activation = "linear"}
  nn.relu
  nn.dense {units = 2}
  nn.relu {max_value = 6}
  nn.conv1d {filters = 2, kernel_size = 1}
  nn.leaky_relu {negative_slope = 0.2}
  nn.conv1d {filters = 2, kernel_size = 1}
  nn.elu
}

// -----

// CHECK-LABEL: nn.model @images
// CHECK-NEXT: nn.input
// CHECK-NEXT: nn.conv2d({{.*}}activation = "silu"
// CHECK-NEXT: nn.depthwise_conv2d({{.*}}activation = "gelu"
// CHECK-NEXT: nn.separable_conv2d({{.*}}activation = "relu"
// CHECK-NEXT: nn.output
nn.sequential @images {
  nn.input {shape = [4, 4, 3]}
  nn.conv2d {filters = 2, kernel_size = 1}
  nn.activation {activation = "silu"}
  nn.depthwise_conv2d {kernel_size = 1}
  nn.activation {activation = "gelu"}
  nn.separable_conv2d {filters = 2, kernel_size = 1}
  nn.relu
}

// -----

// Not where it needs a whole row, where a name cannot say it, or where the
// layer has an activation already or is none that takes one over.

// CHECK-LABEL: nn.model @options
// CHECK: nn.activation({{.*}}"softmax"
// CHECK: nn.activation({{.*}}"log_softmax"
// CHECK: nn.activation({{.*}}"sparsemax"
// CHECK: nn.activation({{.*}}"glu"
// CHECK: nn.activation({{.*}}"threshold"
// CHECK: nn.softmax
// CHECK: nn.relu({{.*}}max_value = 5.0
// CHECK: nn.relu({{.*}}negative_slope = 0.5
// CHECK: nn.relu({{.*}}threshold = 0.5
// CHECK: nn.leaky_relu
// CHECK: nn.elu
// CHECK: nn.prelu
// CHECK: nn.dense({{.*}}activation = "tanh"
// CHECK: nn.relu
// CHECK: nn.flatten
// CHECK: nn.relu
nn.sequential @options {
  nn.input {shape = [4, 4]}
  nn.dense {units = 4}
  nn.activation {activation = "softmax"}
  nn.dense {units = 4}
  nn.activation {activation = "log_softmax"}
  nn.dense {units = 4}
  nn.activation {activation = "sparsemax"}
  nn.dense {units = 4}
  nn.activation {activation = "glu"}
  nn.dense {units = 4}
  nn.activation {activation = "threshold", threshold = 1, default_value = 2}
  nn.dense {units = 4}
  nn.softmax
  nn.dense {units = 4}
  nn.relu {max_value = 5}
  nn.dense {units = 4}
  nn.relu {negative_slope = 0.5}
  nn.dense {units = 4}
  nn.relu {threshold = 0.5}
  nn.dense {units = 4}
  nn.leaky_relu
  nn.dense {units = 4}
  nn.elu {alpha = 0.5}
  nn.dense {units = 4}
  nn.prelu
  nn.dense {units = 4, activation = "tanh"}
  nn.relu
  nn.flatten
  nn.relu
}

// -----

// Not where others see the result between, or the output does.

// CHECK-LABEL: nn.model @seen
// CHECK: nn.dense({{.*}}) {name = "dense", units = 2}
// CHECK: nn.relu
// CHECK: nn.dense({{.*}}) {name = "dense_1", units = 2}
// CHECK: nn.relu
// A shared layer: the activation is behind one of its uses only.
// CHECK: nn.dense({{.*}}) {activation = "relu", name = "twin", units = 2}
// CHECK: nn.dense({{.*}}) {name = "twin", units = 2}
nn.model @seen {
  %x = nn.input {shape = [2]}
  %a = nn.dense(%x) {units = 2}
  %b = nn.relu(%a)
  %c = nn.add(%a, %b)
  %d = nn.dense(%x) {units = 2}
  %e = nn.relu(%d)
  %f = nn.dense(%x) {units = 2, name = "twin"}
  %g = nn.relu(%f)
  %h = nn.dense(%g) {units = 2, name = "twin"}
  nn.output(%c, %d, %e, %h)
}
