// A network with two hidden layers, as a list: each layer takes the one above.
nn.sequential @mlp {
  nn.input {shape = [3]}
  nn.dense {units = 4, activation = "relu"}
  nn.dense {units = 4, activation = "relu"}
  nn.dense {units = 1}
}
