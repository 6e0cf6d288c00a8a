// Examples for the reference: sums of products in keras.ops.

nn.model @ops.matmul {
  %x = nn.input {shape = [4, 6]}
  %y = nn.input {shape = [6, 3]}
  %out = nn.ops.matmul(%x, %y)
  nn.output(%out)
}
// -----
nn.model @ops.dot {
  %x = nn.input {shape = [2, 3]}
  %out = nn.ops.dot(%x) {x2 = [[1.0, -2.0], [0.5, 3.0], [-1.5, 0.25]]}
  nn.output(%out)
}
// -----
nn.model @ops.inner {
  %x = nn.input {shape = [2, 3]}
  %out = nn.ops.inner(%x) {x2 = [1.0, 2.0, 3.0]}
  nn.output(%out)
}
// -----
nn.model @ops.outer {
  %x = nn.input {shape = [3]}
  %table = nn.ops.outer(%x) {x2 = [1.0, 2.0]}
  %out = nn.ops.reshape(%table) {newshape = [-1, 6]}
  nn.output(%out)
}
// -----
nn.model @ops.vdot {
  %x = nn.input {shape = [3]}
  %y = nn.input {shape = [3]}
  %out = nn.ops.vdot(%x, %y)
  nn.output(%out)
}
// -----
nn.model @ops.tensordot {
  %x = nn.input {shape = [2, 3]}
  %out = nn.ops.tensordot(%x) {x2 = [[1.0, -2.0], [0.5, 3.0], [-1.5, 0.25]], axes = 1}
  nn.output(%out)
}
// -----
nn.model @ops.einsum {
  %x = nn.input {shape = [4, 6]}
  %y = nn.input {shape = [6, 3]}
  %out = nn.ops.einsum(%x, %y) {subscripts = "bij,bjk->bik"}
  nn.output(%out)
}
// -----
nn.model @ops.conv {
  %x = nn.input {shape = [8, 1]}
  %out = nn.ops.conv(%x) {kernel = [[[0.25]], [[0.5]], [[0.25]]], padding = "same"}
  nn.output(%out)
}
// -----
nn.model @ops.depthwise_conv {
  %x = nn.input {shape = [8, 2]}
  %out = nn.ops.depthwise_conv(%x) {kernel = [[[0.5], [1.0]], [[0.5], [-1.0]]]}
  nn.output(%out)
}
// -----
nn.model @ops.separable_conv {
  %x = nn.input {shape = [8, 2]}
  %out = nn.ops.separable_conv(%x) {depthwise_kernel = [[[0.5], [1.0]], [[0.5], [-1.0]]], pointwise_kernel = [[[1.0], [2.0]]]}
  nn.output(%out)
}
// -----
nn.model @ops.conv_transpose {
  %x = nn.input {shape = [8, 1]}
  %out = nn.ops.conv_transpose(%x) {kernel = [[[0.5]], [[1.0]], [[0.5]]], strides = 2}
  nn.output(%out)
}
// -----
nn.model @ops.dot_product_attention {
  %x = nn.input {shape = [8, 4, 16]}
  %y = nn.input {shape = [10, 4, 16]}
  %z = nn.input {shape = [10, 4, 16]}
  %out = nn.ops.dot_product_attention(%x, %y, %z) {bias = 0.0, mask = true}
  nn.output(%out)
}
