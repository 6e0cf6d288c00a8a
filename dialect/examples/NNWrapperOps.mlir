// Examples for the reference: layers that hold other layers.

nn.sequential @bidirectional {
  nn.input {shape = [20, 4]}
  nn.bidirectional {merge_mode = "concat"} {
    nn.lstm {units = 8, return_sequences = true}
  }
}
// -----
nn.sequential @time_distributed {
  nn.input {shape = [20, 8, 8, 1]}
  nn.time_distributed {} {
    nn.conv2d {filters = 4, kernel_size = 3}
  }
}
// -----
nn.sequential @rnn {
  nn.input {shape = [20, 4]}
  nn.rnn {return_sequences = true} {
    nn.gru_cell {units = 8}
  }
}
// -----
nn.sequential @stacked_rnn_cells {
  nn.input {shape = [20, 4]}
  nn.rnn {} {
    nn.stacked_rnn_cells {} {
      nn.lstm_cell {units = 8}
      nn.lstm_cell {units = 4}
    }
  }
}
// -----
nn.sequential @spectral_normalization {
  nn.input {shape = [16]}
  nn.spectral_normalization {power_iterations = 1} {
    nn.dense {units = 4}
  }
}
// -----
nn.sequential @pipeline {
  nn.input {shape = [28, 28, 3]}
  nn.pipeline {} {
    nn.resizing {height = 32, width = 32}
    nn.rescaling {scale = 0.5}
  }
}
