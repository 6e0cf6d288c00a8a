// RUN: nn-opt %s --nnc-check-model | FileCheck %s
// RUN: nn-opt %s --nnc-check-model -o %t.mlir && nn-opt %s | diff %t.mlir -

// A model that is right is left as it is: inputs may be unused, layers and
// calls of one name and equal keys are shared, a value may stand above its
// definition, and several results may be unused as long as one is not.

// CHECK-LABEL: nn.model @m
nn.model @m {
  %y:3 = nn.lstm(%x) {units = 2, return_state = true, name = "l"}
  %x = nn.input {shape = [4, 2]}
  %unused = nn.input {shape = [1]}
  %a = nn.dense(%y#1) {units = 2, name = "twice"}
  %b = nn.dense(%a) {units = 2, name = "twice"}
  %c = nn.call @inner(%b)
  %d = nn.call @inner(%c) {name = "inner"}
  %e = nn.call @inner(%d) {name = "other"}
  nn.output(%e, %e) {names = ["p", "q"]}
}

nn.sequential @inner {
  nn.input {shape = [2]}
  nn.dense {units = 2, name = "twice"}
}

// Keys that are arguments of the call may differ between uses of one layer.

nn.model @tied {
  %ids = nn.input {shape = [4], dtype = "int32"}
  %x = nn.reversible_embedding(%ids) {input_dim = 7, output_dim = 3, name = "table"}
  %y = nn.reversible_embedding(%x) {input_dim = 7, output_dim = 3, reverse = true, name = "table"}
  nn.output(%y)
}
