// Small models of every kind of code that nnc makes, each compiled by
// `--model NAME`: products, convolutions by Winograd, attention, an index that
// addresses a table, a state in a stream, and layers that several threads share.
nn.sequential @dense {
  nn.input {shape = [37], name = "x"}
  nn.dense {units = 65, activation = "relu"}
  nn.dense {units = 10, activation = "softmax", name = "y"}
}

nn.sequential @conv {
  nn.input {shape = [19, 17, 16], name = "x"}
  nn.conv2d {filters = 40, kernel_size = 3, padding = "same", activation = "relu"}
  nn.depthwise_conv2d {kernel_size = 5, padding = "same"}
  nn.max_pooling2d {pool_size = 2}
  nn.conv2d {filters = 160, kernel_size = 1, activation = "tanh"}
  nn.flatten
  nn.dense {units = 130, name = "y"}
}

nn.model @attention {
  %x = nn.input {shape = [21, 24], name = "x"}
  %a = nn.multi_head_attention(%x, %x) {num_heads = 3, key_dim = 8}
  %s = nn.add(%x, %a)
  %n = nn.layer_normalization(%s)
  nn.output(%n, %a) {names = ["y", "attended"]}
}

nn.sequential @words {
  nn.input {shape = [6], name = "x", dtype = "int32"}
  nn.embedding {input_dim = 50, output_dim = 12}
  nn.gru {units = 9, name = "y"}
}

nn.sequential @stream {
  nn.input {shape = [-1, 3], name = "x"}
  nn.lstm {units = 20, return_sequences = true}
  nn.dense {units = 2, name = "y"}
}

nn.sequential @floats {
  nn.input {shape = [6], name = "x"}
  nn.embedding {input_dim = 50, output_dim = 12}
  nn.flatten {name = "y"}
}
