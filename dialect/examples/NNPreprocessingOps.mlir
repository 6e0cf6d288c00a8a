// Examples for the reference: categories, sound.

nn.sequential @discretization {
  nn.input {shape = [3]}
  nn.discretization {bin_boundaries = [-1.0, 0.0, 1.5], output_mode = "one_hot"}
}
// -----
nn.sequential @category_encoding {
  nn.input {shape = [3]}
  nn.category_encoding {num_tokens = 6, output_mode = "multi_hot"}
}
// -----
nn.sequential @integer_lookup {
  nn.input {shape = [4], dtype = "int64"}
  nn.integer_lookup {vocabulary = [12, 7, 5]}
}
// -----
nn.sequential @stft_spectrogram {
  nn.input {shape = [256, 1]}
  nn.stft_spectrogram {frame_length = 64, frame_step = 32, fft_length = 64}
}
// -----
nn.sequential @mel_spectrogram {
  nn.input {shape = [2048]}
  nn.mel_spectrogram {fft_length = 512, sequence_stride = 256, num_mel_bins = 40, sampling_rate = 16000}
}
