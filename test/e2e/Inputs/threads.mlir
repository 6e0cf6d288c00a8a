// Each layer has work for several threads: rows of pixels, blocks of pixels,
// blocks of columns.
nn.model @net {
  %image = nn.input {shape = [33, 30, 16], name = "image"}
  %a = nn.conv2d(%image) {filters = 40, kernel_size = [3, 3], padding = "same", activation = "relu"}
  %b = nn.depthwise_conv2d(%a) {kernel_size = [5, 5], padding = "same", activation = "relu"}
  %c = nn.conv2d(%b) {filters = 96, kernel_size = [1, 1], activation = "tanh"}
  %d = nn.max_pooling2d(%c) {pool_size = [3, 3]}
  %e = nn.flatten(%d)
  %f = nn.dense(%e) {units = 130, activation = "relu"}
  %out = nn.dense(%f) {units = 10}
  nn.output(%out)
}
