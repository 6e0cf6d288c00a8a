// Memory over time: each step is a sample of its own.
nn.sequential @stream {
  nn.input {shape = [-1, 8], name = "x"}
  nn.lstm {units = 6, return_sequences = true, name = "lstm"}
}
