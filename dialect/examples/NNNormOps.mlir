// Examples for the reference: normalization.

nn.sequential @batch_normalization {
  nn.input {shape = [14, 14, 16]}
  nn.batch_normalization {epsilon = 0.001}
}
// -----
nn.sequential @layer_normalization {
  nn.input {shape = [8, 16]}
  nn.layer_normalization
}
// -----
nn.sequential @group_normalization {
  nn.input {shape = [14, 14, 16]}
  nn.group_normalization {groups = 4}
}
// -----
nn.sequential @rms_normalization {
  nn.input {shape = [8, 16]}
  nn.rms_normalization
}
// -----
nn.sequential @unit_normalization {
  nn.input {shape = [16]}
  nn.unit_normalization
}
