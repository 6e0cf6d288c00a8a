// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-drop-training-layers --split-input-file | FileCheck %s

// Everything that passes its input through goes, the activation `linear`, too.

// CHECK-LABEL: nn.model @gone
// CHECK-NEXT: %[[X:.*]] = nn.input
// CHECK-NEXT: %[[Y:.*]] = nn.relu(%[[X]])
// CHECK-NEXT: nn.output(%[[Y]])
nn.sequential @gone {
  nn.input {shape = [2, 4, 4, 3]}
  nn.dropout {rate = 0.5}
  nn.alpha_dropout {rate = 0.5}
  nn.gaussian_dropout {rate = 0.5}
  nn.spatial_dropout3d {rate = 0.5}
  nn.gaussian_noise {stddev = 0.5}
  nn.relu
  nn.activity_regularization {l1 = 0.5}
  nn.activation {activation = "linear"}
}

// -----

// CHECK-LABEL: nn.model @images
// CHECK-NEXT: %[[X:.*]] = nn.input
// CHECK-NEXT: nn.output(%[[X]])
nn.sequential @images {
  nn.input {shape = [4, 4, 3]}
  nn.spatial_dropout2d {rate = 0.5}
}

// -----

// CHECK-LABEL: nn.model @steps
// CHECK-NEXT: %[[X:.*]] = nn.input
// CHECK-NEXT: nn.output(%[[X]], %[[X]])
nn.model @steps {
  %x = nn.input {shape = [4, 3]}
  %y = nn.spatial_dropout1d(%x) {rate = 0.5}
  nn.output(%y, %x)
}

// -----

// What also works at inference stays.

// CHECK-LABEL: nn.model @stays
// CHECK: nn.activation
// CHECK: nn.batch_normalization
nn.sequential @stays {
  nn.input {shape = [3]}
  nn.activation {activation = "relu"}
  nn.batch_normalization
}
