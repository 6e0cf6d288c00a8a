nn.sequential @sums {
  nn.input {shape = [4], name = "x"}
  nn.dense {units = 2, activation = "relu", name = "y"}
}

nn.weight @sums.y.kernel : tensor<4x2xf32> =
  dense<[[1.0, -1.0], [1.0, -1.0], [1.0, -1.0], [1.0, -1.0]]>
nn.weight @sums.y.bias : tensor<2xf32> = dense<[0.0, 1.0]>
