// RUN: nn-opt %s -split-input-file --nnc-link --nnc-tap-layers="layers=twice,b,inner/d,r,l:1,none" | FileCheck %s

// Recorded layers become outputs in the order in which they are computed; one
// that is used twice is no single value, and one that is not there is nothing.
// CHECK-LABEL: nn.model @m
// CHECK: %[[D:.*]] = nn.dense(%{{.*}}) {{.*}}name = "d"
// CHECK: %[[B:.*]] = nn.dense(%{{.*}}) {{.*}}name = "b"
// CHECK: nn.output(%[[B]], %[[D]], %[[B]]) {names = ["b", "layer:inner/d", "layer:b"]}
nn.sequential @inner {
  nn.input {shape = [4]}
  nn.dense {units = 4, name = "d"}
}
nn.model @m {
  %x = nn.input {shape = [4]}
  %1 = nn.dense(%x) {units = 4, name = "twice"}
  %2 = nn.dense(%1) {units = 4, name = "twice"}
  %3 = nn.call @inner(%2)
  %4 = nn.dense(%3) {units = 4, name = "b"}
  nn.output(%4)
}

// -----

// The outputs' own names stay, and results after the first have numbers.
// CHECK-LABEL: nn.model @results
// CHECK: %[[L:.*]]:3 = nn.lstm(
// CHECK: %[[R:.*]] = nn.relu(
// CHECK: nn.output(%[[L]]#0, %[[L]]#1, %[[R]]) {names = ["y", "layer:l:1", "layer:r"]}
nn.model @results {
  %x = nn.input {shape = [4, 2]}
  %y, %h, %c = nn.lstm(%x) {units = 3, return_state = true, name = "l"}
  %r = nn.relu(%h) {name = "r"}
  nn.output(%y) {names = ["y"]}
}

// -----

// A module that went through the stage is described by its attribute.
// CHECK-LABEL: module attributes {nnc.model_info
// CHECK: nn.output(%{{[a-z0-9]+}})
module attributes {nnc.model_info = "{}"} {
  nn.model @done attributes {linked} {
    %x = nn.input {shape = [4], name = "x"}
    %1 = nn.relu(%x) {name = "r"}
    nn.output(%1)
  }
}
