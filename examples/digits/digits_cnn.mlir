// A small convolutional classifier of 8x8 handwritten digits: each layer takes
// the one above. The layers' names are those under which Keras saved the
// weights.
nn.sequential @digits_cnn {
  nn.input {shape = [8, 8, 1], name = "image"}
  nn.conv2d {filters = 16, kernel_size = [3, 3], padding = "same", activation = "relu", name = "conv1"}
  nn.conv2d {filters = 32, kernel_size = [3, 3], padding = "same", activation = "relu", name = "conv2"}
  nn.max_pooling2d {pool_size = [2, 2], name = "pool"}
  nn.flatten {name = "flatten"}
  nn.dense {units = 64, activation = "relu", name = "hidden"}
  nn.dropout {rate = 0.3, name = "dropout"}
  nn.dense {units = 10, activation = "softmax", name = "digits"}
}
