// Examples for the reference: functions of keras.ops that move elements.

nn.model @ops.reshape {
  %x = nn.input {shape = [4, 6]}
  %out = nn.ops.reshape(%x) {newshape = [-1, 3, 8]}
  nn.output(%out)
}
// -----
nn.model @ops.ravel {
  %x = nn.input {shape = [3, 4]}
  %row = nn.ops.ravel(%x)
  %out = nn.ops.reshape(%row) {newshape = [-1, 12]}
  nn.output(%out)
}
// -----
nn.model @ops.transpose {
  %x = nn.input {shape = [4, 6]}
  %out = nn.ops.transpose(%x) {axes = [0, 2, 1]}
  nn.output(%out)
}
// -----
nn.model @ops.moveaxis {
  %x = nn.input {shape = [4, 6]}
  %out = nn.ops.moveaxis(%x) {source = [1], destination = [-1]}
  nn.output(%out)
}
// -----
nn.model @ops.swapaxes {
  %x = nn.input {shape = [4, 6]}
  %out = nn.ops.swapaxes(%x) {axis1 = 1, axis2 = -1}
  nn.output(%out)
}
// -----
nn.model @ops.expand_dims {
  %x = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.expand_dims(%x) {axis = 1}
  nn.output(%out)
}
// -----
nn.model @ops.squeeze {
  %x = nn.input {shape = [1, 4, 1]}
  %out = nn.ops.squeeze(%x) {axis = 1}
  nn.output(%out)
}
// -----
nn.model @ops.broadcast_to {
  %x = nn.input {shape = [1, 4]}
  %out = nn.ops.broadcast_to(%x) {shape = [-1, 3, 4]}
  nn.output(%out)
}
// -----
nn.model @ops.tile {
  %x = nn.input {shape = [4, 6]}
  %out = nn.ops.tile(%x) {repeats = [1, 2, 1]}
  nn.output(%out)
}
// -----
nn.model @ops.repeat {
  %x = nn.input {shape = [4, 6]}
  %out = nn.ops.repeat(%x) {repeats = 2, axis = 1}
  nn.output(%out)
}
// -----
nn.model @ops.flip {
  %x = nn.input {shape = [4, 6]}
  %out = nn.ops.flip(%x) {axis = 1}
  nn.output(%out)
}
// -----
nn.model @ops.roll {
  %x = nn.input {shape = [4, 6]}
  %out = nn.ops.roll(%x) {shift = 1, axis = 1}
  nn.output(%out)
}
// -----
nn.model @ops.pad {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.pad(%x) {pad_width = [[0, 0], [1, 2], [0, 1]], mode = "edge"}
  nn.output(%out)
}
// -----
nn.model @ops.get_item {
  %x = nn.input {shape = [4, 6]}
  %out = nn.ops.get_item(%x) {key = ":, 1:3, ::2"}
  nn.output(%out)
}
// -----
nn.model @ops.slice {
  %x = nn.input {shape = [4, 6]}
  %out = nn.ops.slice(%x) {start_indices = [0, 1, 2], shape = [-1, 2, 3]}
  nn.output(%out)
}
// -----
nn.model @ops.triu {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.triu(%x) {k = 1}
  nn.output(%out)
}
// -----
nn.model @ops.tril {
  %x = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.tril(%x)
  nn.output(%out)
}
// -----
nn.model @ops.concatenate {
  %x = nn.input {shape = [2, 3]}
  %y = nn.input {shape = [1, 3], dtype = "int32"}
  %out = nn.ops.concatenate(%x, %y) {axis = 1}
  nn.output(%out)
}
// -----
nn.model @ops.stack {
  %x = nn.input {shape = [3, 4]}
  %y = nn.input {shape = [3, 4]}
  %out = nn.ops.stack(%x, %y) {axis = -1}
  nn.output(%out)
}
// -----
nn.model @ops.append {
  %x = nn.input {shape = [3, 4]}
  %y = nn.input {shape = [3, 4]}
  %out = nn.ops.append(%x, %y) {axis = 2}
  nn.output(%out)
}
// -----
nn.model @ops.split {
  %x = nn.input {shape = [3, 4]}
  %out0, %out1 = nn.ops.split(%x) {indices_or_sections = 2, axis = -1}
  nn.output(%out0, %out1)
}
// -----
nn.model @ops.unstack {
  %x = nn.input {shape = [2], dtype = "int32"}
  %out0, %out1 = nn.ops.unstack(%x) {axis = -1}
  nn.output(%out0, %out1)
}
// -----
nn.model @ops.take {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.take(%x) {indices = [2, 0, -1], axis = 1}
  nn.output(%out)
}
// -----
nn.model @ops.take_along_axis {
  %x = nn.input {shape = [3, 4]}
  %y = nn.input {shape = [2, 4], dtype = "int32"}
  %out = nn.ops.take_along_axis(%x, %y) {axis = 1}
  nn.output(%out)
}
// -----
nn.model @ops.one_hot {
  %x = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.one_hot(%x) {num_classes = 4}
  nn.output(%out)
}
// -----
nn.model @ops.multi_hot {
  %x = nn.input {shape = [5], dtype = "int32"}
  %out = nn.ops.multi_hot(%x) {num_classes = 4}
  nn.output(%out)
}
// -----
nn.model @ops.sort {
  %x = nn.input {shape = [3, 4]}
  %out = nn.ops.sort(%x)
  nn.output(%out)
}
// -----
nn.model @ops.argsort {
  %x = nn.input {shape = [3, 4], dtype = "int32"}
  %out = nn.ops.argsort(%x)
  nn.output(%out)
}
// -----
nn.model @ops.top_k {
  %x = nn.input {shape = [3, 4]}
  %out0, %out1 = nn.ops.top_k(%x) {k = 2}
  nn.output(%out0, %out1)
}
