// Examples for the reference: functions of keras.ops, element by element.

nn.model @ops.cast {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.cast(%x) {dtype = "int32"}
  nn.output(%out)
}
// -----
nn.model @ops.absolute {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.absolute(%x)
  nn.output(%out)
}
// -----
nn.model @ops.abs {
  %x = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.abs(%x)
  nn.output(%out)
}
// -----
nn.model @ops.negative {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.negative(%x)
  nn.output(%out)
}
// -----
nn.model @ops.sign {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.sign(%x)
  nn.output(%out)
}
// -----
nn.model @ops.square {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.square(%x)
  nn.output(%out)
}
// -----
nn.model @ops.round {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.round(%x)
  nn.output(%out)
}
// -----
nn.model @ops.trunc {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.trunc(%x)
  nn.output(%out)
}
// -----
nn.model @ops.floor {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.floor(%x)
  nn.output(%out)
}
// -----
nn.model @ops.ceil {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.ceil(%x)
  nn.output(%out)
}
// -----
nn.model @ops.sqrt {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.sqrt(%x)
  nn.output(%out)
}
// -----
nn.model @ops.rsqrt {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.rsqrt(%x)
  nn.output(%out)
}
// -----
nn.model @ops.reciprocal {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.reciprocal(%x)
  nn.output(%out)
}
// -----
nn.model @ops.exp {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.exp(%x)
  nn.output(%out)
}
// -----
nn.model @ops.exp2 {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.exp2(%x)
  nn.output(%out)
}
// -----
nn.model @ops.expm1 {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.expm1(%x)
  nn.output(%out)
}
// -----
nn.model @ops.log {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.log(%x)
  nn.output(%out)
}
// -----
nn.model @ops.log1p {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.log1p(%x)
  nn.output(%out)
}
// -----
nn.model @ops.log2 {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.log2(%x)
  nn.output(%out)
}
// -----
nn.model @ops.log10 {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.log10(%x)
  nn.output(%out)
}
// -----
nn.model @ops.sin {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.sin(%x)
  nn.output(%out)
}
// -----
nn.model @ops.cos {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.cos(%x)
  nn.output(%out)
}
// -----
nn.model @ops.tan {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.tan(%x)
  nn.output(%out)
}
// -----
nn.model @ops.arcsin {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.arcsin(%x)
  nn.output(%out)
}
// -----
nn.model @ops.arccos {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.arccos(%x)
  nn.output(%out)
}
// -----
nn.model @ops.arctan {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.arctan(%x)
  nn.output(%out)
}
// -----
nn.model @ops.sinh {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.sinh(%x)
  nn.output(%out)
}
// -----
nn.model @ops.cosh {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.cosh(%x)
  nn.output(%out)
}
// -----
nn.model @ops.tanh {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.tanh(%x)
  nn.output(%out)
}
// -----
nn.model @ops.arcsinh {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.arcsinh(%x)
  nn.output(%out)
}
// -----
nn.model @ops.arccosh {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.arccosh(%x)
  nn.output(%out)
}
// -----
nn.model @ops.arctanh {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.arctanh(%x)
  nn.output(%out)
}
// -----
nn.model @ops.erf {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.erf(%x)
  nn.output(%out)
}
// -----
nn.model @ops.isnan {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.isnan(%x)
  nn.output(%out)
}
// -----
nn.model @ops.isinf {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.isinf(%x)
  nn.output(%out)
}
// -----
nn.model @ops.isfinite {
  %x = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.isfinite(%x)
  nn.output(%out)
}
// -----
nn.model @ops.logical_not {
  %x = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.logical_not(%x)
  nn.output(%out)
}
// -----
nn.model @ops.relu {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.relu(%x)
  nn.output(%out)
}
// -----
nn.model @ops.relu6 {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.relu6(%x)
  nn.output(%out)
}
// -----
nn.model @ops.sigmoid {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.sigmoid(%x)
  nn.output(%out)
}
// -----
nn.model @ops.sparse_sigmoid {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.sparse_sigmoid(%x)
  nn.output(%out)
}
// -----
nn.model @ops.hard_sigmoid {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.hard_sigmoid(%x)
  nn.output(%out)
}
// -----
nn.model @ops.log_sigmoid {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.log_sigmoid(%x)
  nn.output(%out)
}
// -----
nn.model @ops.softplus {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.softplus(%x)
  nn.output(%out)
}
// -----
nn.model @ops.softsign {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.softsign(%x)
  nn.output(%out)
}
// -----
nn.model @ops.sparse_plus {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.sparse_plus(%x)
  nn.output(%out)
}
// -----
nn.model @ops.silu {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.silu(%x)
  nn.output(%out)
}
// -----
nn.model @ops.hard_silu {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.hard_silu(%x)
  nn.output(%out)
}
// -----
nn.model @ops.mish {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.mish(%x)
  nn.output(%out)
}
// -----
nn.model @ops.selu {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.selu(%x)
  nn.output(%out)
}
// -----
nn.model @ops.hard_tanh {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.hard_tanh(%x)
  nn.output(%out)
}
// -----
nn.model @ops.tanh_shrink {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.tanh_shrink(%x)
  nn.output(%out)
}
// -----
nn.model @ops.soft_shrink {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.soft_shrink(%x) {threshold = 0.25}
  nn.output(%out)
}
// -----
nn.model @ops.hard_shrink {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.hard_shrink(%x)
  nn.output(%out)
}
// -----
nn.model @ops.threshold {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.threshold(%x) {threshold = 0.25, default_value = -1}
  nn.output(%out)
}
// -----
nn.model @ops.squareplus {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.squareplus(%x) {b = 2}
  nn.output(%out)
}
// -----
nn.model @ops.leaky_relu {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.leaky_relu(%x)
  nn.output(%out)
}
// -----
nn.model @ops.elu {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.elu(%x) {alpha = 0.5}
  nn.output(%out)
}
// -----
nn.model @ops.celu {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.celu(%x) {alpha = 0.5}
  nn.output(%out)
}
// -----
nn.model @ops.gelu {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.gelu(%x) {approximate = false}
  nn.output(%out)
}
// -----
nn.model @ops.glu {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.glu(%x)
  nn.output(%out)
}
// -----
nn.model @ops.softmax {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.softmax(%x)
  nn.output(%out)
}
// -----
nn.model @ops.log_softmax {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.log_softmax(%x) {axis = 1}
  nn.output(%out)
}
// -----
nn.model @ops.sparsemax {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.sparsemax(%x) {axis = 1}
  nn.output(%out)
}
// -----
nn.model @ops.normalize {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.normalize(%x)
  nn.output(%out)
}
// -----
nn.model @ops.clip {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.clip(%x) {x_min = -0.5, x_max = 1}
  nn.output(%out)
}
// -----
nn.model @ops.nan_to_num {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.nan_to_num(%x)
  nn.output(%out)
}
// -----
nn.model @ops.stop_gradient {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.stop_gradient(%x)
  nn.output(%out)
}
// -----
nn.model @ops.zeros_like {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.zeros_like(%x)
  nn.output(%out)
}
// -----
nn.model @ops.ones_like {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.ones_like(%x)
  nn.output(%out)
}
// -----
nn.model @ops.full_like {
  %x = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.full_like(%x) {fill_value = 7}
  nn.output(%out)
}
// -----
nn.model @ops.add {
  %x = nn.input {shape = [3, 4]}
  %y = nn.input {shape = [3, 4]}
  %out = nn.ops.add(%x, %y)
  nn.output(%out)
}
// -----
nn.model @ops.subtract {
  %x = nn.input {shape = [3, 4]}
  %y = nn.input {shape = [3, 4]}
  %out = nn.ops.subtract(%x, %y)
  nn.output(%out)
}
// -----
nn.model @ops.multiply {
  %x = nn.input {shape = [3, 4]}
  %y = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.multiply(%x, %y)
  nn.output(%out)
}
// -----
nn.model @ops.divide {
  %x = nn.input {shape = [3, 4]}
  %y = nn.input {shape = [3, 4]}
  %out = nn.ops.divide(%x, %y)
  nn.output(%out)
}
// -----
nn.model @ops.true_divide {
  %x = nn.input {shape = [3, 4], dtype = "int32"}
  %y = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.true_divide(%x, %y)
  nn.output(%out)
}
// -----
nn.model @ops.divide_no_nan {
  %x = nn.input {shape = [3, 4]}
  %y = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.divide_no_nan(%x, %y)
  nn.output(%out)
}
// -----
nn.model @ops.floor_divide {
  %x = nn.input {shape = [3, 4], dtype = "int32"}
  %y = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.floor_divide(%x, %y)
  nn.output(%out)
}
// -----
nn.model @ops.mod {
  %x = nn.input {shape = [3, 4], dtype = "int32"}
  %y = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.mod(%x, %y)
  nn.output(%out)
}
// -----
nn.model @ops.power {
  %x = nn.input {shape = [3, 4], dtype = "int32"}
  %y = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.power(%x, %y)
  nn.output(%out)
}
// -----
nn.model @ops.maximum {
  %x = nn.input {shape = [3, 4]}
  %y = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.maximum(%x, %y)
  nn.output(%out)
}
// -----
nn.model @ops.minimum {
  %x = nn.input {shape = [3, 4], dtype = "int32"}
  %y = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.minimum(%x, %y)
  nn.output(%out)
}
// -----
nn.model @ops.arctan2 {
  %x = nn.input {shape = [3, 4]}
  %y = nn.input {shape = [3, 4]}
  %out = nn.ops.arctan2(%x, %y)
  nn.output(%out)
}
// -----
nn.model @ops.logaddexp {
  %x = nn.input {shape = [3, 4]}
  %y = nn.input {shape = [3, 4]}
  %out = nn.ops.logaddexp(%x, %y)
  nn.output(%out)
}
// -----
nn.model @ops.hypot {
  %x = nn.input {shape = [3, 4]}
  %y = nn.input {shape = [3, 4]}
  %out = nn.ops.hypot(%x, %y)
  nn.output(%out)
}
// -----
nn.model @ops.equal {
  %x = nn.input {shape = [3, 4], dtype = "int32"}
  %y = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.equal(%x, %y)
  nn.output(%out)
}
// -----
nn.model @ops.not_equal {
  %x = nn.input {shape = [3, 4], dtype = "int32"}
  %y = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.not_equal(%x, %y)
  nn.output(%out)
}
// -----
nn.model @ops.less {
  %x = nn.input {shape = [3, 4]}
  %y = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.less(%x, %y)
  nn.output(%out)
}
// -----
nn.model @ops.less_equal {
  %x = nn.input {shape = [3, 4], dtype = "int32"}
  %y = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.less_equal(%x, %y)
  nn.output(%out)
}
// -----
nn.model @ops.greater {
  %x = nn.input {shape = [3, 4], dtype = "bool"}
  %y = nn.input {shape = [3, 4], dtype = "bool"}
  %out = nn.ops.greater(%x, %y)
  nn.output(%out)
}
// -----
nn.model @ops.greater_equal {
  %x = nn.input {shape = [3, 4]}
  %y = nn.input {shape = [3, 4]}
  %out = nn.ops.greater_equal(%x, %y)
  nn.output(%out)
}
// -----
nn.model @ops.logical_and {
  %x = nn.input {shape = [3, 4], dtype = "int32"}
  %y = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.logical_and(%x, %y)
  nn.output(%out)
}
// -----
nn.model @ops.logical_or {
  %x = nn.input {shape = [3, 4], dtype = "bool"}
  %y = nn.input {shape = [3, 4], dtype = "bool"}
  %out = nn.ops.logical_or(%x, %y)
  nn.output(%out)
}
// -----
nn.model @ops.logical_xor {
  %x = nn.input {shape = [3, 4]}
  %y = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.logical_xor(%x, %y)
  nn.output(%out)
}
// -----
nn.model @ops.where {
  %x = nn.input {shape = [3, 4], dtype = "bool"}
  %y = nn.input {shape = [3, 4]}
  %z = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.where(%x, %y, %z)
  nn.output(%out)
}
