nn.sequential @flow {
  nn.input {shape = [64, 1], name = "level"}
  nn.gru {units = 4, return_sequences = true}
  nn.dense {units = 1, name = "loud"}
}
