// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --split-input-file | FileCheck %s
// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --split-input-file | nn-opt --nnc-infer-shapes --split-input-file | FileCheck %s

// Dense layers and activations.

// CHECK-LABEL: nn.model @core
nn.sequential @core {
  // CHECK: nn.input {{.*}} : tensor<?x4x6xf32>
  nn.input {shape = [4, 6]}
  // CHECK: nn.dense({{.*}} -> tensor<?x4x8xf32>
  nn.dense {units = 8}
  // CHECK: nn.dense({{.*}} -> tensor<?x4x4xf32>
  nn.dense {units = 8, activation = "glu"}
  // CHECK: nn.activation({{.*}} -> tensor<?x4x2xf32>
  nn.activation {activation = "glu"}
  // CHECK: nn.activation({{.*}} -> tensor<?x4x2xf32>
  nn.activation {activation = "threshold", threshold = 1, default_value = 0}
  // CHECK: nn.prelu({{.*}} -> tensor<?x4x2xf32>
  nn.prelu {shared_axes = [1]}
  // CHECK: nn.softmax({{.*}} -> tensor<?x4x2xf32>
  nn.softmax {axis = [1, 2]}
  // CHECK: nn.rescaling({{.*}} -> tensor<?x4x2xf32>
  nn.rescaling {scale = [1, 2], offset = [[1], [2], [3], [4]]}
  // CHECK: nn.normalization({{.*}} -> tensor<?x4x2xf32>
  nn.normalization {axis = [1, 2], mean = [[1, 2], [3, 4], [5, 6], [7, 8]], variance = 1}
  // CHECK: nn.layer_normalization({{.*}} -> tensor<?x4x2xf32>
  nn.layer_normalization {axis = [1, -1]}
  // CHECK: nn.spatial_dropout1d({{.*}} -> tensor<?x4x2xf32>
  nn.spatial_dropout1d {rate = 0.5}
  // CHECK: nn.flatten({{.*}} -> tensor<?x8xf32>
  nn.flatten
  // CHECK: nn.repeat_vector({{.*}} -> tensor<?x3x8xf32>
  nn.repeat_vector {n = 3}
  // CHECK: nn.permute({{.*}} -> tensor<?x8x3xf32>
  nn.permute {dims = [2, 1]}
  // CHECK: nn.reshape({{.*}} -> tensor<?x2x6x2xf32>
  nn.reshape {target_shape = [2, -1, 2]}
}

// -----

// Windows: valid, same, causal; strides, dilation, groups, both layouts.

// CHECK-LABEL: nn.model @windows
nn.model @windows {
  %x = nn.input {shape = [9, 10, 4]}
  %f = nn.input {shape = [4, 9, 10]}
  %s = nn.input {shape = [10, 4]}
  // CHECK: nn.conv2d({{.*}} -> tensor<?x7x4x6xf32>
  %0 = nn.conv2d(%x) {filters = 6, kernel_size = 3, strides = [1, 2], groups = 2}
  // CHECK: nn.conv2d({{.*}} -> tensor<?x5x5x6xf32>
  %1 = nn.conv2d(%x) {filters = 6, kernel_size = 3, strides = 2, padding = "same"}
  // CHECK: nn.conv2d({{.*}} -> tensor<?x6x5x4xf32>
  %2 = nn.conv2d(%f) {filters = 6, kernel_size = 3, dilation_rate = [2, 3], data_format = "channels_first"}
  // CHECK: nn.conv1d({{.*}} -> tensor<?x10x3xf32>
  %3 = nn.conv1d(%s) {filters = 3, kernel_size = 4, padding = "causal", dilation_rate = 2}
  // CHECK: nn.depthwise_conv2d({{.*}} -> tensor<?x7x8x8xf32>
  %4 = nn.depthwise_conv2d(%x) {kernel_size = 3, depth_multiplier = 2}
  // CHECK: nn.separable_conv2d({{.*}} -> tensor<?x7x8x5xf32>
  %5 = nn.separable_conv2d(%x) {filters = 5, kernel_size = 3, depth_multiplier = 2}
  // CHECK: nn.max_pooling2d({{.*}} -> tensor<?x4x5x4xf32>
  %6 = nn.max_pooling2d(%x)
  // CHECK: nn.average_pooling1d({{.*}} -> tensor<?x4x4xf32>
  %7 = nn.average_pooling1d(%s) {pool_size = 3, padding = "same"}
  // CHECK: nn.global_average_pooling2d({{.*}} -> tensor<?x4xf32>
  %8 = nn.global_average_pooling2d(%f) {data_format = "channels_first"}
  // CHECK: nn.global_max_pooling1d({{.*}} -> tensor<?x1x4xf32>
  %9 = nn.global_max_pooling1d(%s) {keepdims = true}
  // CHECK: nn.zero_padding2d({{.*}} -> tensor<?x12x17x4xf32>
  %10 = nn.zero_padding2d(%x) {padding = [[1, 2], [3, 4]]}
  // CHECK: nn.cropping2d({{.*}} -> tensor<?x6x3x4xf32>
  %11 = nn.cropping2d(%x) {cropping = [[1, 2], [3, 4]]}
  // CHECK: nn.up_sampling2d({{.*}} -> tensor<?x4x18x30xf32>
  %12 = nn.up_sampling2d(%f) {size = [2, 3], data_format = "channels_first"}
  // CHECK: nn.up_sampling1d({{.*}} -> tensor<?x20x4xf32>
  %13 = nn.up_sampling1d(%s)
  // CHECK: nn.zero_padding1d({{.*}} -> tensor<?x12x4xf32>
  %14 = nn.zero_padding1d(%s)
  // CHECK: nn.cropping1d({{.*}} -> tensor<?x7x4xf32>
  %15 = nn.cropping1d(%s) {cropping = [1, 2]}
  // CHECK: nn.batch_normalization({{.*}} -> tensor<?x4x9x10xf32>
  %16 = nn.batch_normalization(%f) {axis = 1}
  nn.output(%0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %14, %15, %16)
}

// -----

// Transposed and adaptive windows, in one to three dimensions.

// CHECK-LABEL: nn.model @more_windows
nn.model @more_windows {
  %s = nn.input {shape = [7, 4]}
  %x = nn.input {shape = [5, 6, 4]}
  %v = nn.input {shape = [5, 6, 7, 4]}
  // CHECK: nn.conv1d_transpose({{.*}} -> tensor<?x15x3xf32>
  %0 = nn.conv1d_transpose(%s) {filters = 3, kernel_size = 3, strides = 2}
  // CHECK: nn.conv2d_transpose({{.*}} -> tensor<?x10x18x3xf32>
  %1 = nn.conv2d_transpose(%x) {filters = 3, kernel_size = 3, strides = [2, 3], padding = "same"}
  // CHECK: nn.conv3d_transpose({{.*}} -> tensor<?x10x12x14x3xf32>
  %2 = nn.conv3d_transpose(%v) {filters = 3, kernel_size = 3, strides = 2, padding = "same", output_padding = 1}
  // CHECK: nn.conv3d({{.*}} -> tensor<?x3x4x5x2xf32>
  %3 = nn.conv3d(%v) {filters = 2, kernel_size = 3}
  // CHECK: nn.depthwise_conv1d({{.*}} -> tensor<?x6x8xf32>
  %4 = nn.depthwise_conv1d(%s) {kernel_size = 2, depth_multiplier = 2}
  // CHECK: nn.separable_conv1d({{.*}} -> tensor<?x6x5xf32>
  %5 = nn.separable_conv1d(%s) {filters = 5, kernel_size = 2}
  // CHECK: nn.max_pooling3d({{.*}} -> tensor<?x2x3x3x4xf32>
  %6 = nn.max_pooling3d(%v)
  // CHECK: nn.global_average_pooling3d({{.*}} -> tensor<?x4xf32>
  %7 = nn.global_average_pooling3d(%v)
  // CHECK: nn.adaptive_average_pooling2d({{.*}} -> tensor<?x3x9x4xf32>
  %8 = nn.adaptive_average_pooling2d(%x) {output_size = [3, 9]}
  // CHECK: nn.zero_padding3d({{.*}} -> tensor<?x7x8x9x4xf32>
  %9 = nn.zero_padding3d(%v)
  // CHECK: nn.cropping3d({{.*}} -> tensor<?x3x4x5x4xf32>
  %10 = nn.cropping3d(%v)
  // CHECK: nn.up_sampling3d({{.*}} -> tensor<?x5x12x21x4xf32>
  %11 = nn.up_sampling3d(%v) {size = [1, 2, 3]}
  nn.output(%0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11)
}

// -----

// Images, categories and sound.

// CHECK-LABEL: nn.model @preprocessing
nn.model @preprocessing {
  %x = nn.input {shape = [5, 6, 3]}
  %u = nn.input {shape = [5, 6, 3], dtype = "uint8"}
  %i = nn.input {shape = [4], dtype = "int32"}
  %s = nn.input {shape = [40, 2]}
  %m = nn.input {shape = [40]}
  // CHECK: nn.resizing({{.*}} -> tensor<?x9x8x3xui8>
  %0 = nn.resizing(%u) {height = 9, width = 8}
  // CHECK: nn.center_crop({{.*}} -> tensor<?x2x3x3xf32>
  %1 = nn.center_crop(%u) {height = 2, width = 3}
  // CHECK: nn.auto_contrast({{.*}} -> tensor<?x5x6x3xf32>
  %2 = nn.auto_contrast(%x)
  // CHECK: nn.random_crop({{.*}} -> tensor<?x5x6x3xui8>
  %3 = nn.random_crop(%u) {height = 2, width = 3}
  // CHECK: nn.random_flip({{.*}} -> tensor<?x5x6x3xf32>
  %4 = nn.random_flip(%u)
  // CHECK: nn.discretization({{.*}} -> tensor<?x40xi64>
  %5 = nn.discretization(%m) {bin_boundaries = [0.5]}
  // CHECK: nn.discretization({{.*}} -> tensor<?x40x2xf32>
  %6 = nn.discretization(%m) {bin_boundaries = [0.5], output_mode = "one_hot"}
  // CHECK: nn.category_encoding({{.*}} -> tensor<?x7xf32>
  %7 = nn.category_encoding(%i) {num_tokens = 7}
  // CHECK: nn.integer_lookup({{.*}} -> tensor<?x4xi64>
  %8 = nn.integer_lookup(%i) {vocabulary = [3, 4]}
  // CHECK: nn.integer_lookup({{.*}} -> tensor<?x3xf32>
  %9 = nn.integer_lookup(%i) {vocabulary = [3, 4], output_mode = "count"}
  // CHECK: nn.stft_spectrogram({{.*}} -> tensor<?x9x10xf32>
  %10 = nn.stft_spectrogram(%s) {frame_length = 8}
  // CHECK: nn.stft_spectrogram({{.*}} -> tensor<?x9x5x2xf32>
  %11 = nn.stft_spectrogram(%s) {frame_length = 8, expand_dims = true}
  // CHECK: nn.mel_spectrogram({{.*}} -> tensor<?x6x6xf32>
  %12 = nn.mel_spectrogram(%m) {fft_length = 16, sequence_stride = 8, num_mel_bins = 6}
  nn.output(%0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12)
}

// -----

// Recurrent layers, by their keys; several inputs; integers where they are
// taken as they are.

// CHECK-LABEL: nn.model @several
nn.model @several {
  %x = nn.input {shape = [6, 2]}
  %h = nn.input {shape = [4]}
  %i = nn.input {shape = [6], dtype = "int32"}
  // CHECK: nn.lstm({{.*}} -> (tensor<?x6x4xf32>, tensor<?x4xf32>, tensor<?x4xf32>)
  %0:3 = nn.lstm(%x, initial_state = [%h, %h]) {units = 4, return_sequences = true, return_state = true}
  // CHECK: nn.gru({{.*}} -> tensor<?x4xf32>
  %1 = nn.gru(%x) {units = 4}
  // CHECK: nn.simple_rnn({{.*}} -> (tensor<?x4xf32>, tensor<?x4xf32>)
  %2:2 = nn.simple_rnn(%x) {units = 4, return_state = true}
  // CHECK: nn.embedding({{.*}} (tensor<?x6xi32>) -> tensor<?x6x5xf32>
  %3 = nn.embedding(%i) {input_dim = 7, output_dim = 5}
  // CHECK: nn.reshape({{.*}} (tensor<?x6xi32>) -> tensor<?x2x3xi32>
  %4 = nn.reshape(%i) {target_shape = [2, 3]}
  // CHECK: nn.concatenate({{.*}} -> tensor<?x6x7xf32>
  %5 = nn.concatenate(%x, %3)
  // CHECK: nn.concatenate({{.*}} -> tensor<?x12xi32>
  %6 = nn.concatenate(%i, %i) {axis = 1}
  // CHECK: nn.multiply({{.*}} -> tensor<?x6x5xf32>
  %7 = nn.reshape(%h) {target_shape = [4, 1]}
  %8 = nn.global_average_pooling1d(%x) {keepdims = true}
  %9 = nn.dense(%8) {units = 1}
  %10 = nn.multiply(%3, %9)
  // CHECK: nn.dot({{.*}} -> tensor<?x2x5xf32>
  %11 = nn.dot(%x, %3) {axes = 1}
  nn.output(%0#0, %1, %2#0, %4, %5, %6, %10, %11, %7)
}

// -----

// Types that were given are those inferred; ? may stand for what is known now.

// CHECK-LABEL: nn.model @given
// CHECK: nn.relu({{.*}} -> tensor<?x3xf32>
nn.model @given {
  %x = nn.input {shape = [3]} : tensor<?x?xf32>
  %y = nn.relu(%x) : (tensor<?x?xf32>) -> tensor<?x?xf32>
  nn.output(%y) : tensor<?x?xf32>
}

// -----

// Bodies of static batch are inferred, too.

// CHECK-LABEL: nn.model @body
// CHECK: nn.dense({{.*}} (tensor<2x3xf32>) -> tensor<2x4xf32>
nn.model @body attributes {linked, batch = 2} {
  %x = nn.input {shape = [3], name = "x"}
  %y = nn.dense(%x) {units = 4, name = "d"}
  nn.output(%y)
}
