// Examples for the reference: functions of keras.ops along axes.

nn.model @ops.all {
  %x = nn.input {shape = [3, 4], dtype = "bool"}
  %out = nn.ops.all(%x) {axis = -1, keepdims = true}
  nn.output(%out)
}
// -----
nn.model @ops.any {
  %x = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.any(%x) {axis = 1}
  nn.output(%out)
}
// -----
nn.model @ops.sum {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.sum(%x) {axis = -1, keepdims = true}
  nn.output(%out)
}
// -----
nn.model @ops.prod {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.prod(%x) {axis = 1}
  nn.output(%out)
}
// -----
nn.model @ops.mean {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.mean(%x) {axis = 1}
  nn.output(%out)
}
// -----
nn.model @ops.var {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.var(%x) {axis = 1}
  nn.output(%out)
}
// -----
nn.model @ops.std {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.std(%x) {axis = [2]}
  nn.output(%out)
}
// -----
nn.model @ops.logsumexp {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.logsumexp(%x) {axis = [1, 2]}
  nn.output(%out)
}
// -----
nn.model @ops.max {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.max(%x) {axis = [1, 2]}
  nn.output(%out)
}
// -----
nn.model @ops.min {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.min(%x) {axis = 1}
  nn.output(%out)
}
// -----
nn.model @ops.amax {
  %x = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.amax(%x) {axis = 2}
  nn.output(%out)
}
// -----
nn.model @ops.amin {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.amin(%x) {axis = [1], keepdims = true}
  nn.output(%out)
}
// -----
nn.model @ops.count_nonzero {
  %x = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.count_nonzero(%x) {axis = 2}
  nn.output(%out)
}
// -----
nn.model @ops.argmax {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.argmax(%x) {axis = -1}
  nn.output(%out)
}
// -----
nn.model @ops.argmin {
  %x = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.argmin(%x) {axis = 2}
  nn.output(%out)
}
// -----
nn.model @ops.cumsum {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.cumsum(%x) {axis = 1}
  nn.output(%out)
}
// -----
nn.model @ops.cumprod {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.cumprod(%x) {axis = 2}
  nn.output(%out)
}
// -----
nn.model @ops.moments {
  %x = nn.input {shape = [3, 4]}
  %out0, %out1 = nn.ops.moments(%x) {axes = [2]}
  nn.output(%out0, %out1)
}
// -----
nn.model @ops.layer_norm {
  %x = nn.input {shape = [8, 4]}
  %out = nn.ops.layer_norm(%x) {gamma = [1.0, 2.0, 1.0, 2.0], beta = [0.0, 0.5, 0.0, 0.5]}
  nn.output(%out)
}
// -----
nn.model @ops.rms_norm {
  %x = nn.input {shape = [2, 3, 4]}
  %out = nn.ops.rms_norm(%x) {}
  nn.output(%out)
}
// -----
nn.model @ops.batch_norm {
  %x = nn.input {shape = [2, 3, 4]}
  %out = nn.ops.batch_norm(%x) {mean = [1.0, 2.0, 3.0, 4.0], variance = [1.0, 2.0, 3.0, 4.0], offset = 0.0, scale = 1.0, axis = -1, epsilon = 0.001}
  nn.output(%out)
}
// -----
nn.model @ops.max_pool {
  %x = nn.input {shape = [7, 3]}
  %out = nn.ops.max_pool(%x) {pool_size = 2}
  nn.output(%out)
}
// -----
nn.model @ops.average_pool {
  %x = nn.input {shape = [7, 3]}
  %out = nn.ops.average_pool(%x) {pool_size = [3]}
  nn.output(%out)
}
// -----
nn.model @ops.adaptive_max_pool {
  %x = nn.input {shape = [7, 3]}
  %out = nn.ops.adaptive_max_pool(%x) {output_size = 3}
  nn.output(%out)
}
// -----
nn.model @ops.adaptive_average_pool {
  %x = nn.input {shape = [5, 6, 3]}
  %out = nn.ops.adaptive_average_pool(%x) {output_size = [2, 3]}
  nn.output(%out)
}
