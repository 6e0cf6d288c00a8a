nn.sequential @apart {
  nn.input {shape = [8], name = "x"}
  nn.dense {units = 3, name = "y"}
}
