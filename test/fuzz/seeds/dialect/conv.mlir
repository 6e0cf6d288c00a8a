nn.model @m {
  %x = nn.input {shape = [8, 8, 3]}
  %c = nn.conv2d(%x) {filters = 4, kernel_size = [3, 3], padding = "same"}
  %p = nn.max_pooling2d(%c)
  %f = nn.flatten(%p)
  %y = nn.concatenate(%f, %f)
  nn.output(%y)
}
