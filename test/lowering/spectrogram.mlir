// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// Frames that overlap meet both kernels; the frequencies are innermost.

// CHECK-DAG: #[[X:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1 * 2 + d3, d2)>
// CHECK-DAG: #[[K:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d3, d4)>
// CHECK-LABEL: func.func private @stft
// CHECK-COUNT-2: linalg.generic {indexing_maps = [#[[X]], #[[K]], {{.*}}], iterator_types = ["parallel", "parallel", "parallel", "reduction", "parallel"]}
// CHECK: math.sqrt
// CHECK: math.log
// CHECK: tensor.collapse_shape {{.*}} : tensor<1x3x2x3xf32> into tensor<1x3x6xf32>
nn.weight @stft.s.real_kernel : tensor<4x1x3xf32> = dense<1.0>
nn.weight @stft.s.imag_kernel : tensor<4x1x3xf32> = dense<2.0>
nn.model @stft attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [8, 2], name = "x"} : tensor<1x8x2xf32>
  %1 = nn.stft_spectrogram(%0) {frame_length = 4, name = "s", weights = {imag_kernel = @stft.s.imag_kernel, real_kernel = @stft.s.real_kernel}} : (tensor<1x8x2xf32>) -> tensor<1x3x6xf32>
  nn.output(%1) : tensor<1x3x6xf32>
}

// -----

// A transform of 8 is four of 2, then two of 4; the ends are mirrored.

// CHECK-LABEL: func.func private @mel
// CHECK: tensor.pad %{{.*}} low[0, 4] high[0, 4]
// CHECK: arith.constant dense<[4, 3, 2, 1]> : tensor<4xi32>
// CHECK: arith.constant dense<[3, 2, 1, 0]> : tensor<4xi32>
// CHECK: tensor<1x3x2x4xf32>
// CHECK: tensor<2x2xf32>
// CHECK: tensor<4x3xf32>
// CHECK: tensor.extract_slice %{{.*}}[0, 0, 0] [1, 3, 5] [1, 1, 1]
// CHECK-NOT: math.log
nn.model @mel attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [10], name = "x"} : tensor<1x10xf32>
  %1 = nn.mel_spectrogram(%0) {fft_length = 8, sequence_stride = 4, num_mel_bins = 2, power_to_db = false, name = "m"} : (tensor<1x10xf32>) -> tensor<1x2x3xf32>
  nn.output(%1) : tensor<1x2x3xf32>
}
