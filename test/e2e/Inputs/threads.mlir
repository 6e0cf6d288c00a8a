// Each layer has work for several threads: blocks of tiles or channels of a
// convolution by Winograd, rows of pixels, blocks of pixels, blocks of columns,
// rows of a normalization and of attention.
nn.model @net {
  %image = nn.input {shape = [33, 30, 16], name = "image"}
  %a = nn.conv2d(%image) {filters = 40, kernel_size = [3, 3], padding = "same", activation = "relu"}
  %b = nn.depthwise_conv2d(%a) {kernel_size = [5, 5], padding = "same", activation = "relu"}
  %c = nn.conv2d(%b) {filters = 96, kernel_size = [1, 1], activation = "tanh"}
  %n = nn.layer_normalization(%c)
  %d = nn.max_pooling2d(%n) {pool_size = [3, 3]}
  %t = nn.conv2d(%d) {filters = 160, kernel_size = [3, 3], padding = "same", activation = "relu"}
  %r = nn.reshape(%t) {target_shape = [110, 160]}
  %m = nn.multi_head_attention(%r, %r) {num_heads = 5, key_dim = 16}
  %s = nn.activation(%m) {activation = "softmax"}
  %e = nn.flatten(%s)
  %f = nn.dense(%e) {units = 130, activation = "relu"}
  %out = nn.dense(%f) {units = 10}
  nn.output(%out)
}
