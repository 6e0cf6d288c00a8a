nn.model @two {
  %left  = nn.input {shape = [8], name = "left"}
  %right = nn.input {shape = [8], dtype = "int32", name = "right"}
  %a     = nn.dense(%left) {units = 4, activation = "tanh"}
  %b     = nn.embedding(%right) {input_dim = 10, output_dim = 4}
  %c     = nn.global_average_pooling1d(%b)
  %sum   = nn.add(%a, %c)
  %score = nn.dense(%sum) {units = 1, activation = "sigmoid"}
  nn.output(%score, %sum) {names = ["score", "features"]}
}
