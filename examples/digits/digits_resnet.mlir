// A residual classifier of 8x8 handwritten digits: a graph with two branches
// that meet again, twice.
nn.model @digits_resnet {
  %image = nn.input {shape = [8, 8, 1], name = "image"}
  %conv1 = nn.conv2d(%image) {filters = 16, kernel_size = [3, 3], padding = "same", use_bias = false, name = "conv1"}
  %bn1 = nn.batch_normalization(%conv1) {name = "bn1"}
  %relu1 = nn.relu(%bn1) {name = "relu1"}
  %conv2 = nn.conv2d(%relu1) {filters = 16, kernel_size = [3, 3], padding = "same", use_bias = false, name = "conv2"}
  %bn2 = nn.batch_normalization(%conv2) {name = "bn2"}
  %relu2 = nn.relu(%bn2) {name = "relu2"}
  %residual = nn.add(%relu1, %relu2) {name = "residual"}
  %depthwise = nn.depthwise_conv2d(%residual) {kernel_size = [3, 3], strides = [2, 2], padding = "same", activation = "silu", name = "depthwise"}
  %mean = nn.global_average_pooling2d(%depthwise) {name = "mean"}
  %max = nn.global_max_pooling2d(%depthwise) {name = "max"}
  %pooled = nn.concatenate(%mean, %max) {name = "pooled"}
  %digits = nn.dense(%pooled) {units = 10, activation = "softmax", name = "digits"}
  nn.output(%digits)
}
