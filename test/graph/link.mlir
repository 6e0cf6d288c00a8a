// RUN: nn-opt %s --nnc-link --split-input-file | FileCheck %s
// RUN: nn-opt %s --nnc-link --split-input-file | nn-opt --nnc-link --split-input-file | FileCheck %s

// Layers of nn.sequential are connected and named as Keras names them.

// CHECK-LABEL: nn.model @line attributes {linked, sequential} {
// CHECK-NEXT: %[[X:.*]] = nn.input {name = "input_layer", shape = [4, 3]}
// CHECK-NEXT: %[[A:.*]] = nn.gru(%[[X]]) {name = "gru", units = 2}
// CHECK-NEXT: %[[B:.*]] = nn.dense(%[[A]]) {name = "dense_1", units = 2}
// CHECK-NEXT: %[[C:.*]] = nn.dense(%[[B]]) {name = "dense", units = 2}
// CHECK-NEXT: %[[D:.*]] = nn.dense(%[[C]]) {name = "dense_2", units = 2}
// CHECK-NEXT: %[[E:.*]] = nn.prelu(%[[D]]) {name = "p_re_lu"}
// CHECK-NEXT: nn.output(%[[E]])
nn.sequential @line {
  nn.input {shape = [4, 3]}
  nn.gru {units = 2}
  nn.dense {units = 2}
  nn.dense {units = 2, name = "dense"}
  nn.dense {units = 2}
  nn.prelu
}

// -----

// A called model takes the call's place. Its layers keep it as their owner, so
// that all its calls share weights; the scope names the calls on the way, and
// the model remembers what kind of model each of its own calls was.

// CHECK-LABEL: nn.model @outer attributes {linked, nn.calls = {again = "Sequential", middle = "Functional"}} {
// CHECK-NEXT: %[[X:.*]] = nn.input {name = "x", shape = [3]}
// CHECK-NEXT: %[[A:.*]] = nn.dense(%[[X]]) {name = "d", owner = "inner", scope = "middle/inner", units = 3}
// CHECK-NEXT: %[[B:.*]] = nn.relu(%[[A]]) {name = "re_lu", owner = "middle", scope = "middle"}
// CHECK-NEXT: %[[C:.*]] = nn.dense(%[[B]]) {name = "d", owner = "inner", scope = "again", units = 3}
// CHECK-NEXT: %[[D:.*]] = nn.dense(%[[C]]) {name = "d", units = 3}
// CHECK-NEXT: nn.output(%[[D]])
// CHECK-NOT: @inner
nn.model @middle {
  %x = nn.input {shape = [3]}
  %a = nn.call @inner(%x)
  %b = nn.relu(%a)
  nn.output(%b)
}
nn.model @outer {
  %x = nn.input {shape = [3], name = "x"}
  %a = nn.call @middle(%x)
  %b = nn.call @inner(%a) {name = "again"}
  %c = nn.dense(%b) {units = 3, name = "d"}
  nn.output(%c)
}
nn.sequential @inner {
  nn.input {shape = [3]}
  nn.dense {units = 3, name = "d"}
}

// -----

// Several results of a call, one of them an input passed through, and a value
// that is defined below its use: layers come out in order.

// CHECK-LABEL: nn.model @order attributes {linked, nn.calls = {both = "Functional"}} {
// CHECK: %[[X:.*]] = nn.input
// CHECK: %[[A:.*]] = nn.relu(%[[X]]) {name = "first"}
// CHECK: %[[B:.*]] = nn.elu(%[[A]])
// CHECK: %[[C:.*]] = nn.add(%[[B]], %[[A]])
// CHECK: nn.output(%[[C]])
nn.model @order {
  %s = nn.add(%p#1, %p#0) {name = "sum"}
  %p:2 = nn.call @both(%a)
  %a = nn.relu(%x) {name = "first"}
  %x = nn.input {shape = [3]}
  nn.output(%s)
}
nn.model @both {
  %x = nn.input {shape = [3]}
  %y = nn.elu(%x)
  nn.output(%x, %y)
}

// -----

// A call in nn.sequential takes the layer above.

// CHECK-LABEL: nn.model @calling attributes {linked, nn.calls = {called = "Sequential"}, sequential} {
// CHECK: %[[A:.*]] = nn.relu
// CHECK: %[[B:.*]] = nn.elu(%[[A]]) {name = "elu", owner = "called", scope = "called"}
// CHECK: nn.softmax(%[[B]])
nn.sequential @calling {
  nn.input {shape = [3]}
  nn.relu
  nn.call @called
  nn.softmax
}
nn.sequential @called {
  nn.input {shape = [3]}
  nn.elu
}
