// Examples for the reference: layers that pass their input through.

nn.sequential @dropout {
  nn.input {shape = [8]}
  nn.dropout {rate = 0.5}
}
// -----
nn.sequential @alpha_dropout {
  nn.input {shape = [8]}
  nn.alpha_dropout {rate = 0.5}
}
// -----
nn.sequential @gaussian_dropout {
  nn.input {shape = [8]}
  nn.gaussian_dropout {rate = 0.5}
}
// -----
nn.sequential @spatial_dropout1d {
  nn.input {shape = [20, 4]}
  nn.spatial_dropout1d {rate = 0.5}
}
// -----
nn.sequential @spatial_dropout2d {
  nn.input {shape = [14, 14, 4]}
  nn.spatial_dropout2d {rate = 0.5}
}
// -----
nn.sequential @spatial_dropout3d {
  nn.input {shape = [4, 4, 4, 2]}
  nn.spatial_dropout3d {rate = 0.5}
}
// -----
nn.sequential @gaussian_noise {
  nn.input {shape = [8]}
  nn.gaussian_noise {stddev = 0.5}
}
// -----
nn.sequential @activity_regularization {
  nn.input {shape = [8]}
  nn.activity_regularization {l1 = 0.1}
}
// -----
nn.sequential @stochastic_depth {
  nn.input {shape = [14, 14, 4]}
  nn.stochastic_depth {drop_path_rate = 0.5}
}
