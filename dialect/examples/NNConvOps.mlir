// Examples for the reference: convolutions.

nn.sequential @conv1d {
  nn.input {shape = [32, 3]}
  nn.conv1d {filters = 16, kernel_size = 5, padding = "causal", dilation_rate = 2}
}
// -----
nn.sequential @conv2d {
  nn.input {shape = [28, 28, 1]}
  nn.conv2d {filters = 8, kernel_size = 3, padding = "same", activation = "relu"}
}
// -----
nn.sequential @conv3d {
  nn.input {shape = [8, 16, 16, 2]}
  nn.conv3d {filters = 4, kernel_size = [1, 3, 3], strides = [1, 2, 2]}
}
// -----
nn.sequential @conv1d_transpose {
  nn.input {shape = [16, 4]}
  nn.conv1d_transpose {filters = 2, kernel_size = 4, strides = 2, padding = "same"}
}
// -----
nn.sequential @conv2d_transpose {
  nn.input {shape = [7, 7, 16]}
  nn.conv2d_transpose {filters = 8, kernel_size = 3, strides = 2, padding = "same"}
}
// -----
nn.sequential @conv3d_transpose {
  nn.input {shape = [4, 4, 4, 2]}
  nn.conv3d_transpose {filters = 2, kernel_size = 2, strides = 2}
}
// -----
nn.sequential @depthwise_conv1d {
  nn.input {shape = [32, 4]}
  nn.depthwise_conv1d {kernel_size = 3, padding = "same"}
}
// -----
nn.sequential @depthwise_conv2d {
  nn.input {shape = [14, 14, 16]}
  nn.depthwise_conv2d {kernel_size = 3, padding = "same", activation = "relu6"}
}
// -----
nn.sequential @separable_conv1d {
  nn.input {shape = [32, 4]}
  nn.separable_conv1d {filters = 8, kernel_size = 3}
}
// -----
nn.sequential @separable_conv2d {
  nn.input {shape = [14, 14, 16]}
  nn.separable_conv2d {filters = 32, kernel_size = 3, padding = "same"}
}
