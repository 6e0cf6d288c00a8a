// Examples for the reference: recurrent layers and their cells.

nn.sequential @simple_rnn {
  nn.input {shape = [20, 4]}
  nn.simple_rnn {units = 8}
}
// -----
nn.sequential @lstm {
  nn.input {shape = [20, 4]}
  nn.lstm {units = 8, return_sequences = true}
}
// -----
nn.sequential @gru {
  nn.input {shape = [20, 4]}
  nn.gru {units = 8}
}
// -----
nn.sequential @simple_rnn_cell {
  nn.input {shape = [20, 4]}
  nn.rnn {} {
    nn.simple_rnn_cell {units = 8}
  }
}
// -----
nn.sequential @lstm_cell {
  nn.input {shape = [20, 4]}
  nn.rnn {} {
    nn.lstm_cell {units = 8}
  }
}
// -----
nn.sequential @gru_cell {
  nn.input {shape = [20, 4]}
  nn.rnn {} {
    nn.gru_cell {units = 8, reset_after = false}
  }
}
// -----
nn.sequential @conv_lstm1d {
  nn.input {shape = [5, 16, 2]}
  nn.conv_lstm1d {filters = 4, kernel_size = 3, padding = "same"}
}
// -----
nn.sequential @conv_lstm2d {
  nn.input {shape = [5, 8, 8, 2]}
  nn.conv_lstm2d {filters = 4, kernel_size = 3, padding = "same"}
}
// -----
nn.sequential @conv_lstm3d {
  nn.input {shape = [3, 4, 4, 4, 2]}
  nn.conv_lstm3d {filters = 2, kernel_size = 3, padding = "same"}
}
