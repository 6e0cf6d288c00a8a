// RUN: nn-opt %s > %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: nn-opt %t.mlir | diff %t.mlir -
// RUN: nn-opt --emit-bytecode %s | nn-opt | diff %t.mlir -

// Keras's several spellings of a value are kept as one.

nn.sequential @forms {
  // CHECK: nn.conv2d {dilation_rate = [1, 1], filters = 2, kernel_size = [3, 3], strides = [2, 2]}
  nn.conv2d {filters = 2, kernel_size = 3, strides = 2, dilation_rate = [1, 1]}
  // CHECK: nn.conv1d {filters = 2, kernel_size = [3]}
  nn.conv1d {filters = 2, kernel_size = 3}
  // CHECK: nn.elu {alpha = 1.0}
  nn.elu {alpha = 1}
  // CHECK: nn.elu {alpha = 0.1}
  nn.elu {alpha = 1.0e-1}
  // CHECK: nn.elu {alpha = 1.0E-7}
  nn.elu {alpha = 0.0000001}
  // CHECK: nn.elu {alpha = 0.30000000000000004}
  nn.elu {alpha = 0.30000000000000004}
  // CHECK: nn.elu {alpha = -0.0}
  nn.elu {alpha = -0.0}
  // CHECK: nn.softmax {axis = [1]}
  nn.softmax {axis = 1}
  // CHECK: nn.zero_padding1d {padding = [2, 2]}
  nn.zero_padding1d {padding = 2}
  // CHECK: nn.zero_padding2d {padding = {{\[\[}}2, 2], [2, 2{{\]\]}}}
  nn.zero_padding2d {padding = 2}
  // CHECK: nn.zero_padding2d {padding = {{\[\[}}1, 1], [2, 2{{\]\]}}}
  nn.zero_padding2d {padding = [1, 2]}
  // CHECK: nn.cropping2d {cropping = {{\[\[}}1, 2], [3, 4{{\]\]}}}
  nn.cropping2d {cropping = [[1, 2], [3, 4]]}
  // CHECK: nn.rescaling {scale = 2}
  nn.rescaling {scale = 2}
  // CHECK: nn.rescaling {scale = [1, 2, 3]}
  nn.rescaling {scale = [1, 2, 3]}
  // CHECK: nn.rescaling {scale = {{\[\[}}1, 2.5], [3, 4{{\]\]}}}
  nn.rescaling {scale = [[1, 2.5], [3, 4]]}
  // CHECK: nn.normalization {axis = [], mean = 1, variance = 2.5}
  nn.normalization {axis = [], mean = 1, variance = 2.5}
  // CHECK: nn.dense {bias_initializer = {class_name = "RandomNormal", config = {seed = 3, stddev = 0.1}}, units = 2}
  nn.dense {units = 2, bias_initializer = {class_name = "RandomNormal", config = {seed = 3, stddev = 0.1}}}
  // CHECK: nn.dense {activation = "swish", units = 2}
  nn.dense {units = 2, activation = "swish"}
}

// What only matters in training is kept as it is, whatever it is.

nn.sequential @training {
  // CHECK: nn.lstm {dropout = "much", kernel_regularizer = {a = [1, 2.5], "b c", d = {}}, recurrent_dropout = 0x7FF0000000000000 : f64, seed = 3 : i8, units = 4, unroll, use_cudnn = @x}
  nn.lstm {units = 4, seed = 3 : i8, dropout = "much", recurrent_dropout = 0x7FF0000000000000 : f64, kernel_regularizer = {a = [1, 2.5], "b c", d = {}}, unroll, use_cudnn = @x}
}
