// Examples for the reference: pooling.

nn.sequential @max_pooling1d {
  nn.input {shape = [32, 4]}
  nn.max_pooling1d {pool_size = 2}
}
// -----
nn.sequential @max_pooling2d {
  nn.input {shape = [28, 28, 8]}
  nn.max_pooling2d {pool_size = 3, strides = 2, padding = "same"}
}
// -----
nn.sequential @max_pooling3d {
  nn.input {shape = [8, 8, 8, 2]}
  nn.max_pooling3d {pool_size = 2}
}
// -----
nn.sequential @average_pooling1d {
  nn.input {shape = [32, 4]}
  nn.average_pooling1d {pool_size = 2}
}
// -----
nn.sequential @average_pooling2d {
  nn.input {shape = [28, 28, 8]}
  nn.average_pooling2d {pool_size = 2}
}
// -----
nn.sequential @average_pooling3d {
  nn.input {shape = [8, 8, 8, 2]}
  nn.average_pooling3d {pool_size = 2}
}
// -----
nn.sequential @global_average_pooling1d {
  nn.input {shape = [32, 4]}
  nn.global_average_pooling1d
}
// -----
nn.sequential @global_average_pooling2d {
  nn.input {shape = [7, 7, 16]}
  nn.global_average_pooling2d {keepdims = true}
}
// -----
nn.sequential @global_average_pooling3d {
  nn.input {shape = [4, 4, 4, 2]}
  nn.global_average_pooling3d
}
// -----
nn.sequential @global_max_pooling1d {
  nn.input {shape = [32, 4]}
  nn.global_max_pooling1d
}
// -----
nn.sequential @global_max_pooling2d {
  nn.input {shape = [7, 7, 16]}
  nn.global_max_pooling2d
}
// -----
nn.sequential @global_max_pooling3d {
  nn.input {shape = [4, 4, 4, 2]}
  nn.global_max_pooling3d
}
// -----
nn.sequential @adaptive_average_pooling1d {
  nn.input {shape = [30, 4]}
  nn.adaptive_average_pooling1d {output_size = 8}
}
// -----
nn.sequential @adaptive_average_pooling2d {
  nn.input {shape = [20, 30, 4]}
  nn.adaptive_average_pooling2d {output_size = [7, 7]}
}
// -----
nn.sequential @adaptive_average_pooling3d {
  nn.input {shape = [5, 6, 7, 2]}
  nn.adaptive_average_pooling3d {output_size = 2}
}
// -----
nn.sequential @adaptive_max_pooling1d {
  nn.input {shape = [30, 4]}
  nn.adaptive_max_pooling1d {output_size = 8}
}
// -----
nn.sequential @adaptive_max_pooling2d {
  nn.input {shape = [20, 30, 4]}
  nn.adaptive_max_pooling2d {output_size = [7, 7]}
}
// -----
nn.sequential @adaptive_max_pooling3d {
  nn.input {shape = [5, 6, 7, 2]}
  nn.adaptive_max_pooling3d {output_size = 2}
}
