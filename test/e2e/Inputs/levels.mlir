nn.model @levels {
  %x = nn.input {shape = [12, 12, 3], name = "x"}
  %a = nn.conv2d(%x) {filters = 40, kernel_size = 3, padding = "same", activation = "tanh"}
  %b = nn.max_pooling2d(%a) {pool_size = 2}
  %c = nn.conv2d(%b) {filters = 33, kernel_size = 3, activation = "relu"}
  %d = nn.flatten(%c)
  %e = nn.dense(%d) {units = 50, activation = "softmax"}
  %y = nn.dense(%e) {units = 7}
  nn.output(%y) {names = ["y"]}
}
