// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-materialize-weights='initialize' --nnc-fold-batch-norm --split-input-file 2> %t | FileCheck %s

// Where folding would change what is computed, the layer stays.

// Behind an activation.
// CHECK-LABEL: nn.model @activation
// CHECK: nn.batch_normalization
nn.sequential @activation {
  nn.input {shape = [3]}
  nn.dense {units = 2, activation = "relu"}
  nn.batch_normalization
}

// -----

// Behind a layer without weights, or none at all.
// CHECK-LABEL: nn.model @others
// CHECK: nn.batch_normalization
// CHECK: nn.relu
// CHECK: nn.batch_normalization
nn.sequential @others {
  nn.input {shape = [3]}
  nn.batch_normalization
  nn.relu
  nn.batch_normalization
}

// -----

// Along another axis than the filters'.
// CHECK-LABEL: nn.model @axis
// CHECK-COUNT-3: nn.batch_normalization
nn.model @axis {
  %x = nn.input {shape = [3, 3, 3]}
  %a = nn.conv2d(%x) {filters = 3, kernel_size = 1}
  %b = nn.batch_normalization(%a) {axis = 1}
  %c = nn.conv2d(%b) {filters = 3, kernel_size = 1, data_format = "channels_first"}
  %d = nn.batch_normalization(%c)
  %e = nn.dense(%d) {units = 3}
  %f = nn.batch_normalization(%e) {axis = 2}
  nn.output(%f)
}

// -----

// Where others see the result between.
// CHECK-LABEL: nn.model @seen
// CHECK: nn.batch_normalization
nn.model @seen {
  %x = nn.input {shape = [3]}
  %a = nn.dense(%x) {units = 3}
  %b = nn.batch_normalization(%a)
  nn.output(%a, %b)
}

// -----

// Where the layer's weights are shared with another use of it.
// CHECK-LABEL: nn.model @shared
// CHECK: nn.batch_normalization
nn.model @shared {
  %x = nn.input {shape = [3]}
  %a = nn.dense(%x) {units = 3, name = "twin"}
  %b = nn.batch_normalization(%a)
  %c = nn.dense(%b) {units = 3, name = "twin"}
  nn.output(%c)
}

// -----

// A shared normalization may be folded in one place: the other keeps its
// weights.
// CHECK: nn.weight @norm_shared.n.gamma
// CHECK-LABEL: nn.model @norm_shared
// CHECK: nn.dense
// CHECK-NEXT: nn.relu
// CHECK-NEXT: nn.batch_normalization({{.*}}gamma = @norm_shared.n.gamma
nn.model @norm_shared {
  %x = nn.input {shape = [3]}
  %a = nn.dense(%x) {units = 3}
  %b = nn.batch_normalization(%a) {name = "n"}
  %c = nn.relu(%b)
  %d = nn.batch_normalization(%c) {name = "n"}
  nn.output(%d)
}
