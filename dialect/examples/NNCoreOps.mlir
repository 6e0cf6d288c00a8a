// Examples for the reference: dense, embedding, activations.

nn.sequential @dense {
  nn.input {shape = [128]}
  nn.dense {units = 10, activation = "softmax"}
}
// -----
nn.sequential @embedding {
  nn.input {shape = [20]}
  nn.embedding {input_dim = 1000, output_dim = 16, mask_zero = true}
}
// -----
nn.sequential @einsum_dense {
  nn.input {shape = [8, 16]}
  nn.einsum_dense {equation = "abc,cde->abde", output_shape = [-1, 4, 4], bias_axes = "de"}
}
// -----
nn.sequential @ternary_dense {
  nn.input {shape = [16]}
  nn.ternary_dense {units = 4}
}
// -----
nn.sequential @layer_scale {
  nn.input {shape = [14, 14, 16]}
  nn.layer_scale {init_values = 0.1, projection_dim = 16}
}
// -----
nn.sequential @reversible_embedding {
  nn.input {shape = [20]}
  nn.reversible_embedding {input_dim = 1000, output_dim = 16}
}
// -----
nn.sequential @activation {
  nn.input {shape = [8]}
  nn.activation {activation = "gelu"}
}
// -----
nn.sequential @relu {
  nn.input {shape = [8]}
  nn.relu {max_value = 6.0}
}
// -----
nn.sequential @leaky_relu {
  nn.input {shape = [8]}
  nn.leaky_relu {negative_slope = 0.2}
}
// -----
nn.sequential @prelu {
  nn.input {shape = [14, 14, 16]}
  nn.prelu {shared_axes = [1, 2]}
}
// -----
nn.sequential @elu {
  nn.input {shape = [8]}
  nn.elu {alpha = 0.5}
}
// -----
nn.sequential @masking {
  nn.input {shape = [20, 4]}
  nn.masking {mask_value = 0.0}
}
// -----
nn.sequential @softmax {
  nn.input {shape = [20, 4]}
  nn.softmax {axis = -1}
}
// -----
nn.sequential @identity {
  nn.input {shape = [8]}
  nn.identity
}
// -----
nn.sequential @rescaling {
  nn.input {shape = [28, 28, 1]}
  nn.rescaling {scale = 0.00392156862745098}
}
// -----
nn.sequential @normalization {
  nn.input {shape = [3]}
  nn.normalization {mean = [1.0, -2.0, 0.5], variance = [4.0, 0.25, 1.0]}
}
