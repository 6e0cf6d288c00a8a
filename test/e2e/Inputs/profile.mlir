// A convolution that an addition is fused into, pooling, a layer over time that
// is nested in a model, and a head; names that XML has to escape.
nn.sequential @inner {
  nn.input {shape = [4, 8]}
  nn.lstm {units = 6, name = "memory"}
}
nn.model @profiled {
  %image = nn.input {shape = [9, 9, 8], name = "image"}
  %steps = nn.input {shape = [4, 8], name = "steps"}
  %conv = nn.conv2d(%image) {filters = 8, kernel_size = [3, 3], padding = "same", name = "conv & <1>"}
  %sum = nn.add(%conv, %image) {name = "shortcut"}
  %pooled = nn.global_average_pooling2d(%sum) {name = "pooled"}
  %state = nn.call @inner(%steps) {name = "part"}
  %both = nn.concatenate(%pooled, %state) {name = "both"}
  %probs = nn.dense(%both) {units = 5, activation = "softmax", name = "probs"}
  nn.output(%probs)
}
