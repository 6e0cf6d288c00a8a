// Masks become operands of the layers that take them, as Keras passes them on.
// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-explicit-masks --split-input-file | FileCheck %s

// CHECK-LABEL: nn.model @travel
nn.model @travel {
  // CHECK: %[[I:.*]] = nn.input {{.*}}name = "i"
  %i = nn.input {shape = [6], dtype = "int32", name = "i"}
  // CHECK: %[[X:.*]] = nn.input {{.*}}name = "x"
  %x = nn.input {shape = [6, 2], name = "x"}
  %h = nn.input {shape = [3], name = "h"}
  // CHECK: %[[E:.*]] = nn.embedding(%[[I]])
  // CHECK: %[[M:.*]] = nn.ops.not_equal(%[[I]]) {name = "embedding.mask", x2 = 0} : (tensor<?x6xi32>) -> tensor<?x6xi1>
  %e = nn.embedding(%i) {input_dim = 9, output_dim = 2, mask_zero = true}
  // Many layers pass it on.
  %d = nn.dropout(%e) {rate = 0.1}
  %f = nn.dense(%d) {units = 3}
  // CHECK: %[[S:.*]] = nn.lstm(%{{.*}}, mask = %[[M]]) {name = "sequence"
  %g = nn.lstm(%f) {units = 3, return_sequences = true, name = "sequence"}
  // Sequences keep it, the last output has none.
  // CHECK: nn.gru(%[[S]], mask = %[[M]]) {name = "last"
  %j = nn.gru(%g) {units = 3, name = "last"}
  // CHECK: nn.global_average_pooling1d(%[[S]], mask = %[[M]])
  %k = nn.global_average_pooling1d(%g)
  // With a state there are two tensors: Keras passes none.
  // CHECK: nn.gru(%[[S]], initial_state = %{{.*}}) {name = "started"
  %l = nn.gru(%g, initial_state = %h) {units = 3, name = "started"}
  // A convolution loses it, and so does a function.
  // CHECK: nn.gru(%{{.*}}) {name = "convolved"
  %n = nn.conv1d(%e) {filters = 2, kernel_size = 1}
  %o = nn.gru(%n) {units = 3, name = "convolved"}
  // CHECK: nn.gru(%{{.*}}) {name = "squared"
  %p = nn.ops.square(%e)
  %q = nn.gru(%p) {units = 3, name = "squared"}
  // A sum has one where all inputs do.
  // CHECK: %[[OR:.*]] = nn.ops.logical_or(%[[M]], %[[M]]) {name = "add.mask"}
  // CHECK: nn.gru(%{{.*}}, mask = %[[OR]]) {name = "added"
  %r = nn.add(%e, %d)
  %s = nn.gru(%r) {units = 3, name = "added"}
  // CHECK: nn.gru(%{{.*}}) {name = "half"
  %t = nn.add(%e, %x) {name = "mixed"}
  %u = nn.gru(%t) {units = 3, name = "half"}
  nn.output(%j, %k, %l, %o, %q, %s, %u)
}

// -----

// What is given by keyword comes first, as truth values; nobody's masks are not
// made.

// CHECK-LABEL: nn.model @given
nn.model @given {
  %x = nn.input {shape = [6, 2], name = "x"}
  // CHECK: %[[F:.*]] = nn.input {{.*}}name = "m"
  %m = nn.input {shape = [6], name = "m"}
  // CHECK-NEXT: nn.masking
  // CHECK-NEXT: %[[B:.*]] = nn.ops.not_equal(%[[F]]) {name = "gru.mask", x2 = 0}
  // CHECK-NEXT: nn.gru(%{{.*}}, mask = %[[B]])
  // CHECK-NEXT: nn.output
  %0 = nn.masking(%x) {mask_value = 1.0}
  %1 = nn.gru(%0, mask = %m) {units = 3}
  nn.output(%1)
}

// -----

// Keras 2 looks at the first input alone.

// CHECK-LABEL: nn.model @old
nn.model @old attributes {nn.keras2_masks} {
  %x = nn.input {shape = [6, 2], name = "x"}
  %h = nn.input {shape = [3], name = "h"}
  // CHECK: %[[D:.*]] = nn.ops.not_equal({{.*}}) {name = "masking.mask", x2 = 0.0}
  // CHECK-NEXT: %[[M:.*]] = nn.ops.any(%[[D]]) {axis = [-1], name = "masking.mask"}
  // CHECK: nn.gru(%{{.*}}, initial_state = %{{.*}}, mask = %[[M]])
  %0 = nn.masking(%x)
  %1 = nn.gru(%0, initial_state = %h) {units = 3}
  nn.output(%1)
}

// -----

// Joined along the features: a step counts where it does in one of them.

// CHECK-LABEL: nn.model @joined
nn.model @joined {
  %x = nn.input {shape = [6, 2], name = "x"}
  %y = nn.input {shape = [6, 3], name = "y"}
  // CHECK: nn.ops.expand_dims
  // CHECK: nn.ops.ones_like
  // CHECK: nn.ops.concatenate({{.*}}) {axis = -1, name = "concatenate.mask"} : (tensor<?x6x2xi1>, tensor<?x6x3xi1>) -> tensor<?x6x5xi1>
  // CHECK: %[[M:.*]] = nn.ops.any({{.*}}) {axis = [-1], name = "concatenate.mask"}
  // CHECK: nn.gru(%{{.*}}, mask = %[[M]])
  %0 = nn.masking(%x)
  %1 = nn.concatenate(%0, %y)
  %2 = nn.gru(%1) {units = 3}
  nn.output(%2)
}

// -----

// In a TimeDistributed there are the steps of the mask; a Pipeline passes it.

nn.sequential @words {
  nn.input {shape = [4, 2]}
  nn.gru {units = 3, name = "inner"}
}
// CHECK-LABEL: nn.model @steps
nn.model @steps {
  %x = nn.input {shape = [6, 4, 2], name = "x"}
  // CHECK: %[[M:.*]] = nn.ops.any({{.*}}) {axis = [-1], name = "masking.mask"} : {{.*}} -> tensor<?x6x4xi1>
  %0 = nn.masking(%x)
  // CHECK-NOT: nn.pipeline
  %1 = nn.pipeline(%0) {} { nn.rescaling {scale = 2.0} nn.relu }
  // CHECK: nn.time_distributed(%{{.*}}, mask = %[[M]])
  // CHECK-NEXT: ^bb0(%[[S:.*]]: tensor<?x4x2xf32>, %[[N:.*]]: tensor<?x4xi1>):
  // CHECK-NEXT: nn.gru(%[[S]], mask = %[[N]]) {name = "inner"
  %2 = nn.time_distributed(%1) {} { nn.call @words }
  nn.output(%2)
}
