// RUN: nn-opt %s > %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: nn-opt %t.mlir | diff %t.mlir -
// RUN: nn-opt --emit-bytecode %s | nn-opt | diff %t.mlir -

// Preprocessing layers keep all their keys.

// CHECK-LABEL: nn.sequential @all {
// CHECK-NEXT: {{.*}} = nn.discretization {bin_boundaries = [0.0, 1.5], dtype = "int64", epsilon = 0.1, num_bins = 3, output_mode = "one_hot", sparse = true}
// CHECK-NEXT: {{.*}} = nn.category_encoding {num_tokens = 5, output_mode = "count", sparse = true}
// CHECK-NEXT: {{.*}} = nn.integer_lookup {idf_weights = [0.5, 1.0, 2.0], invert = true, mask_token = 0, max_tokens = 9, num_oov_indices = 2, oov_method = "farmhash", oov_token = -2, output_mode = "tf_idf", pad_to_max_tokens = true, sparse = true, vocabulary = [3, 4, 5], vocabulary_dtype = "int64", vocabulary_size = 5}
// CHECK-NEXT: {{.*}} = nn.stft_spectrogram {data_format = "channels_first", expand_dims = true, fft_length = 64, frame_length = 32, frame_step = 8, mode = "psd", padding = "same", periodic = true, scaling = "none", window = "hamming"}
// CHECK-NEXT: {{.*}} = nn.stft_spectrogram {frame_length = 2, window = [0.5, 1.0]}
// CHECK-NEXT: {{.*}} = nn.mel_spectrogram {fft_length = 64, mag_exp = 1.0, max_freq = 3.0E+3, min_freq = 1.0E+1, min_power = 1.0E-5, num_mel_bins = 12, power_to_db = false, ref_power = 2.0, sampling_rate = 8000, sequence_length = 32, sequence_stride = 16, top_db = 6.0E+1, window = "none"}

nn.sequential @all {
  nn.discretization {bin_boundaries = [0.0, 1.5], num_bins = 3, epsilon = 0.1, output_mode = "one_hot", sparse = true, dtype = "int64"}
  nn.category_encoding {num_tokens = 5, output_mode = "count", sparse = true}
  nn.integer_lookup {max_tokens = 9, num_oov_indices = 2, mask_token = 0, oov_token = -2, vocabulary = [3, 4, 5], vocabulary_dtype = "int64", idf_weights = [0.5, 1.0, 2.0], invert = true, output_mode = "tf_idf", sparse = true, pad_to_max_tokens = true, vocabulary_size = 5, oov_method = "farmhash"}
  nn.stft_spectrogram {mode = "psd", frame_length = 32, frame_step = 8, fft_length = 64, window = "hamming", periodic = true, scaling = "none", padding = "same", expand_dims = true, data_format = "channels_first"}
  nn.stft_spectrogram {window = [0.5, 1.0], frame_length = 2}
  nn.mel_spectrogram {fft_length = 64, sequence_stride = 16, sequence_length = 32, window = "none", sampling_rate = 8000, num_mel_bins = 12, min_freq = 10, max_freq = 3000.0, power_to_db = false, top_db = 60, mag_exp = 1, min_power = 1.0e-5, ref_power = 2}
}

nn.model @weighted {
  %x = nn.input {shape = [4], dtype = "int32"}
  %w = nn.input {shape = [4]}
  // CHECK: nn.category_encoding(%{{.*}}, count_weights = %{{.*}}) {num_tokens = 5, output_mode = "count"}
  %y = nn.category_encoding(%x, count_weights = %w) {num_tokens = 5, output_mode = "count"}
  nn.output(%y)
}
