// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-specialize-batch=batch=3 | FileCheck %s

// With one batch, functions may mix samples: shapes follow from their operands
// again, wherever the batch goes.

// CHECK: nn.model @mixed.b3
// CHECK: nn.ops.mean({{.*}} -> tensor<1x4xf32>
// CHECK: nn.ops.subtract({{.*}} -> tensor<3x4xf32>
// CHECK: nn.ops.transpose({{.*}} -> tensor<4x3xf32>
// CHECK: nn.ops.transpose({{.*}} -> tensor<3x4xf32>
// CHECK: nn.dense({{.*}} -> tensor<3x2xf32>
nn.model @mixed {
  %x = nn.input {shape = [4]}
  %m = nn.ops.mean(%x) {axis = 0, keepdims = true}
  %d = nn.ops.subtract(%x, %m)
  %t = nn.ops.transpose(%d)
  %u = nn.ops.transpose(%t)
  %y = nn.dense(%u) {units = 2}
  nn.output(%y)
}
