// Examples for the reference: layers of several inputs.

nn.model @add {
  %x = nn.input {shape = [4, 3]}
  %y = nn.input {shape = [4, 3]}
  %out = nn.add(%x, %y)
  nn.output(%out)
}
// -----
nn.model @subtract {
  %x = nn.input {shape = [4, 3]}
  %y = nn.input {shape = [4, 3]}
  %out = nn.subtract(%x, %y)
  nn.output(%out)
}
// -----
nn.model @multiply {
  %x = nn.input {shape = [4, 3]}
  %y = nn.input {shape = [4, 3]}
  %out = nn.multiply(%x, %y)
  nn.output(%out)
}
// -----
nn.model @average {
  %x = nn.input {shape = [4, 3]}
  %y = nn.input {shape = [4, 3]}
  %out = nn.average(%x, %y)
  nn.output(%out)
}
// -----
nn.model @maximum {
  %x = nn.input {shape = [4, 3]}
  %y = nn.input {shape = [4, 3]}
  %out = nn.maximum(%x, %y)
  nn.output(%out)
}
// -----
nn.model @minimum {
  %x = nn.input {shape = [4, 3]}
  %y = nn.input {shape = [4, 3]}
  %out = nn.minimum(%x, %y)
  nn.output(%out)
}
// -----
nn.model @concatenate {
  %x = nn.input {shape = [4, 3]}
  %y = nn.input {shape = [4, 5]}
  %out = nn.concatenate(%x, %y) {axis = -1}
  nn.output(%out)
}
// -----
nn.model @dot {
  %x = nn.input {shape = [8]}
  %y = nn.input {shape = [8]}
  %out = nn.dot(%x, %y) {axes = 1, normalize = true}
  nn.output(%out)
}
