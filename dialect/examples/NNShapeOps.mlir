// Examples for the reference: reshaping, padding, cropping, upsampling.

nn.sequential @flatten {
  nn.input {shape = [7, 7, 16]}
  nn.flatten
}
// -----
nn.sequential @reshape {
  nn.input {shape = [7, 7, 16]}
  nn.reshape {target_shape = [49, -1]}
}
// -----
nn.sequential @permute {
  nn.input {shape = [7, 5, 3]}
  nn.permute {dims = [3, 1, 2]}
}
// -----
nn.sequential @repeat_vector {
  nn.input {shape = [8]}
  nn.repeat_vector {n = 5}
}
// -----
nn.sequential @zero_padding1d {
  nn.input {shape = [32, 4]}
  nn.zero_padding1d {padding = [2, 0]}
}
// -----
nn.sequential @zero_padding2d {
  nn.input {shape = [28, 28, 1]}
  nn.zero_padding2d {padding = 2}
}
// -----
nn.sequential @zero_padding3d {
  nn.input {shape = [4, 4, 4, 2]}
  nn.zero_padding3d {padding = 1}
}
// -----
nn.sequential @cropping1d {
  nn.input {shape = [32, 4]}
  nn.cropping1d {cropping = [2, 0]}
}
// -----
nn.sequential @cropping2d {
  nn.input {shape = [28, 28, 1]}
  nn.cropping2d {cropping = [[2, 2], [4, 0]]}
}
// -----
nn.sequential @cropping3d {
  nn.input {shape = [6, 6, 6, 2]}
  nn.cropping3d {cropping = 1}
}
// -----
nn.sequential @up_sampling1d {
  nn.input {shape = [16, 4]}
  nn.up_sampling1d {size = 2}
}
// -----
nn.sequential @up_sampling2d {
  nn.input {shape = [14, 14, 4]}
  nn.up_sampling2d {size = 2, interpolation = "bilinear"}
}
// -----
nn.sequential @up_sampling3d {
  nn.input {shape = [4, 4, 4, 2]}
  nn.up_sampling3d {size = 2}
}
