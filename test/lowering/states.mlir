// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// A body with states has two arguments more: the old states and the new ones,
// a row a sample, one after the other in the caller's memory.

// CHECK: func.func private @m(%{{.*}}: memref<2x5xf32>, %{{.*}}: memref<2x5xf32>, %[[OLD:.*]]: memref<2x7xf32, strided<[14, 1]>>, %[[NEW:.*]]: memref<2x7xf32, strided<[14, 1]>>) -> i32
// CHECK-SAME: nnc.state = 28 : i64
// CHECK: %[[ALL:.*]] = bufferization.to_tensor %[[OLD]] restrict
// CHECK: %[[A:.*]] = tensor.extract_slice %[[ALL]][0, 0] [2, 5] [1, 1]
// CHECK: %[[B:.*]] = tensor.extract_slice %[[ALL]][0, 5] [2, 2] [1, 1]
// CHECK: %[[TO_A:.*]] = memref.subview %[[NEW]][0, 0] [2, 5] [1, 1]
// CHECK: bufferization.materialize_in_destination %{{.*}} in restrict writable %[[TO_A]]
// CHECK: %[[TO_B:.*]] = memref.subview %[[NEW]][0, 5] [2, 2] [1, 1]
// CHECK: bufferization.materialize_in_destination %[[B]] in restrict writable %[[TO_B]]
nn.model @m attributes {linked, batch = 2 : i64} {
  %x = nn.input {shape = [5], name = "x"} : tensor<2x5xf32>
  %a = nn.state {shape = [5], name = "a"} : tensor<2x5xf32>
  %b = nn.state {shape = [2], name = "b"} : tensor<2x2xf32>
  %y = nn.add(%x, %a) {name = "sum"} : (tensor<2x5xf32>, tensor<2x5xf32>) -> tensor<2x5xf32>
  nn.update_state(%a, %y) : tensor<2x5xf32>, tensor<2x5xf32>
  nn.update_state(%b, %b) : tensor<2x2xf32>, tensor<2x2xf32>
  nn.output(%y) : tensor<2x5xf32>
}

// -----

// States of several types share rows of the widest.

// CHECK: func.func private @types(%{{.*}}: memref<1x5xf32>, %{{.*}}: memref<1x5xf32>, %[[OLD:.*]]: memref<1x7xf64, strided<[14, 1]>>,
// CHECK-SAME: nnc.state = 56 : i64
// CHECK: arith.truncf %{{.*}} : f64 to f32
// CHECK: arith.extf %{{.*}} : f32 to f64
nn.model @types attributes {linked, batch = 1 : i64} {
  %x = nn.input {shape = [5], name = "x"} : tensor<1x5xf32>
  %a = nn.state {shape = [5], name = "a"} : tensor<1x5xf32>
  %b = nn.state {shape = [2], name = "b", dtype = "float64"} : tensor<1x2xf64>
  nn.update_state(%a, %x) : tensor<1x5xf32>, tensor<1x5xf32>
  nn.update_state(%b, %b) : tensor<1x2xf64>, tensor<1x2xf64>
  nn.output(%a) : tensor<1x5xf32>
}
