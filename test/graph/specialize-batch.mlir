// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-specialize-batch --split-input-file | FileCheck %s
// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-specialize-batch=batch=5 --split-input-file | FileCheck %s --check-prefix=FIVE

// Where each weight is read about once a sample, a second body reads it once
// for several.

// CHECK-LABEL: nn.model @mlp.b1 attributes {batch = 1 : i64, linked, sequential}
// CHECK: nn.input {{.*}} : tensor<1x3xf32>
// CHECK: nn.dense({{.*}} : (tensor<1x3xf32>) -> tensor<1x4xf32>
// CHECK: nn.output({{.*}}) : tensor<1x4xf32>
// CHECK-LABEL: nn.model @mlp.b8 attributes {batch = 8 : i64, linked, sequential}
// CHECK: nn.dense({{.*}} : (tensor<8x3xf32>) -> tensor<8x4xf32>
// CHECK-NOT: nn.model

// FIVE-LABEL: nn.model @mlp.b5 attributes {batch = 5 : i64, linked, sequential}
// FIVE: nn.dense({{.*}} : (tensor<5x3xf32>) -> tensor<5x4xf32>
// FIVE-NOT: nn.model @mlp
nn.sequential @mlp {
  nn.input {shape = [3]}
  nn.dense {units = 4}
}

// -----

// CHECK-LABEL: nn.model @rnn.b1
// CHECK-LABEL: nn.model @rnn.b8
nn.sequential @rnn {
  nn.input {shape = [20, 3]}
  nn.gru {units = 4}
}

// -----

// A convolution uses each weight many times a sample: one body will do. So it
// will without weights.

// CHECK-LABEL: nn.model @cnn.b1
// CHECK-NOT: nn.model
nn.sequential @cnn {
  nn.input {shape = [8, 8, 3]}
  nn.conv2d {filters = 4, kernel_size = 3}
}

// -----

// CHECK-LABEL: nn.model @bare.b1
// CHECK-NOT: nn.model
nn.sequential @bare {
  nn.input {shape = [8]}
  nn.relu
}

// -----

// What has been specialized is left alone.

// CHECK-LABEL: nn.model @done attributes {batch = 5 : i64, linked}
// CHECK-NOT: nn.model
nn.model @done attributes {linked, batch = 5} {
  %x = nn.input {shape = [8], name = "x"}
  nn.output(%x)
}
