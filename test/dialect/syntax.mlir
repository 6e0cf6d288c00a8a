// RUN: nn-opt %s > %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: nn-opt %t.mlir | diff %t.mlir -
// RUN: nn-opt --emit-bytecode %s | nn-opt | diff %t.mlir -

// Models, their parts, and all that stands between a layer's name and its type.

// CHECK-LABEL: nn.sequential @line {
// CHECK-NEXT:    nn.input {shape = [3]}
// CHECK-NEXT:    nn.dense {units = 4}
// CHECK-NEXT:    nn.call @inner
// CHECK-NEXT:    nn.relu{{$}}
// CHECK-NEXT:  }
nn.sequential @line {
  nn.input {shape = [3]}
  nn.dense {units = 4}
  nn.call @inner
  nn.relu
}

// CHECK-LABEL: nn.model @inner {
// CHECK-NEXT:    %[[X:.*]] = nn.input {name = "x", shape = [4]}
// CHECK-NEXT:    nn.output(%[[X]])
nn.model @inner {
  %x = nn.input {shape = [4], name = "x"}
  nn.output(%x)
}

// Operands by keyword come in the declared order, one of them without brackets.

// CHECK-LABEL: nn.model @keywords {
// CHECK:         %[[X:.*]] = nn.input {dtype = "float32", name = "x", shape = [-1, 2]}
// CHECK:         %[[H:.*]] = nn.input {shape = [4]}
// CHECK:         %[[M:.*]] = nn.input {shape = [-1]}
// CHECK:         %[[Y:.*]]:3 = nn.lstm(%[[X]], initial_state = [%[[H]], %[[H]]], mask = %[[M]]) {return_state = true, units = 4}
// CHECK:         %[[Z:.*]] = nn.gru(%[[X]], initial_state = %[[H]]) {units = 4}
// CHECK:         %[[W:.*]] = nn.softmax(%[[Z]])
// CHECK:         %[[C:.*]] = nn.call @inner(%[[W]]) {name = "a call"}
// CHECK:         nn.output(%[[Y]]#0, %[[Y]]#2, %[[C]]) {names = ["a", "b", "c"]}
nn.model @keywords {
  %x = nn.input {shape = [-1, 2], name = "x", dtype = "float32"}
  %h = nn.input {shape = [4]}
  %m = nn.input {shape = [-1]}
  %y:3 = nn.lstm(%x, mask = [%m], initial_state = [%h, %h]) {units = 4, return_state = true}
  %z = nn.gru(%x, initial_state = [%h], mask = []) {units = 4}
  %w = nn.softmax(%z) {}
  %c = nn.call @inner(%w) {name = "a call"}
  nn.output(%y#0, %y#2, %c) {names = ["a", "b", "c"]}
}

// CHECK-LABEL: nn.model @masks {
// CHECK:         nn.simple_rnn(%[[X:.*]], initial_state = %[[H:.*]], mask = %[[M:.*]]) {units = 4}
// CHECK:         nn.softmax(%[[X]], mask = %[[M]])
// CHECK:         nn.global_average_pooling1d(%[[X]], mask = %[[M]])
// CHECK:         nn.batch_normalization(%[[X]], mask = %[[M]])
// CHECK:         nn.bidirectional(%[[X]], initial_state = [%[[H]], %[[H]]], mask = %[[M]]) {} {
nn.model @masks {
  %x = nn.input {shape = [6, 2]}
  %h = nn.input {shape = [4]}
  %m = nn.input {shape = [6]}
  %a = nn.simple_rnn(%x, mask = %m, initial_state = %h) {units = 4}
  %b = nn.softmax(%x, mask = %m)
  %c = nn.global_average_pooling1d(%x, mask = %m)
  %n = nn.batch_normalization(%x, mask = %m)
  %d = nn.bidirectional(%x, initial_state = [%h, %h], mask = %m) {} { nn.gru {units = 4} }
  nn.output(%a, %b, %c, %d)
}

// A value may be used above its definition.

// CHECK-LABEL: nn.model @order {
// CHECK:         %[[A:.*]] = nn.relu(%[[B:.*]])
// CHECK:         %[[B]] = nn.input
nn.model @order {
  %a = nn.relu(%b)
  %b = nn.input {shape = []}
  nn.output(%a)
}

// Every type or none.

// CHECK-LABEL: nn.model @typed attributes {batch = 2 : i64, linked, sequential} {
// CHECK:         %[[X:.*]] = nn.input {name = "x", shape = [3]} : tensor<2x3xf32>
// CHECK:         %[[Y:.*]] = nn.dense(%[[X]]) {name = "d", owner = "o", scope = "s/t", units = 4, weights = {bias = @typed.d.bias, kernel = @typed.d.kernel}} : (tensor<2x3xf32>) -> tensor<2x4xf32>
// CHECK:         nn.output(%[[Y]]) : tensor<2x4xf32>
nn.model @typed attributes {linked, sequential, batch = 2} {
  %x = nn.input {shape = [3], name = "x"} : tensor<2x3xf32>
  %y = nn.dense(%x) {units = 4, name = "d", owner = "o", scope = "s/t", weights = {kernel = @typed.d.kernel, bias = @typed.d.bias}} : (tensor<2x3xf32>) -> tensor<2x4xf32>
  nn.output(%y) : tensor<2x4xf32>
}

// CHECK-LABEL: nn.sequential @typed_line {
// CHECK-NEXT:    nn.input {shape = [3]} : tensor<?x3xf32>
// CHECK-NEXT:    nn.relu : () -> tensor<?x3xf32>
nn.sequential @typed_line {
  nn.input {shape = [3]} : tensor<?x3xf32>
  nn.relu : () -> tensor<?x3xf32>
}

// CHECK-LABEL: nn.model @typed_call {
// CHECK:         nn.call @inner(%{{.*}}) : (tensor<?x4xf32>) -> tensor<?x4xf32>
nn.model @typed_call {
  %x = nn.input {shape = [4]} : tensor<?x4xf32>
  %y = nn.call @inner(%x) : (tensor<?x4xf32>) -> tensor<?x4xf32>
  nn.output(%y) : tensor<?x4xf32>
}

// Names are any text without a slash.

// CHECK-LABEL: nn.sequential @"odd names" {
// CHECK:         nn.relu {name = "a b.\22c\22 %d"}
// CHECK:         nn.relu {name = "\C3\BC"}
nn.sequential @"odd names" {
  nn.input {shape = [3]}
  nn.relu {name = "a b.\"c\" %d"}
  nn.relu {name = "ü"}
}

// What the compiler writes of a stream.

// CHECK-LABEL: nn.model @stream attributes {linked, stream = array<i1: true>} {
// CHECK-NEXT:    %[[X:.*]] = nn.input
// CHECK-NEXT:    %[[S:.*]] = nn.state {name = "s", shape = [4]} : tensor<?x4xf32>
// CHECK-NEXT:    nn.update_state(%[[S]], %[[S]]) : tensor<?x4xf32>, tensor<?x4xf32>
// CHECK-NEXT:    nn.history(%[[X]]) {name = "h", steps = 2 : i64} : tensor<?x1x3xf32> -> tensor<?x3x3xf32>
nn.model @stream attributes {linked, stream = array<i1: true>} {
  %x = nn.input {shape = [1, 3], name = "x"} : tensor<?x1x3xf32>
  %s = nn.state {shape = [4], name = "s"} : tensor<?x4xf32>
  nn.update_state(%s, %s) : tensor<?x4xf32>, tensor<?x4xf32>
  %h = nn.history(%x) {steps = 2, name = "h"} : tensor<?x1x3xf32> -> tensor<?x3x3xf32>
  nn.output(%h) : tensor<?x3x3xf32>
}
