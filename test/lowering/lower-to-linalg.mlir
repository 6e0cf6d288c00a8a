// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// Weights become constant globals under their names, a model a private function
// over memrefs, inputs before outputs, that returns a status.

// CHECK-LABEL: memref.global "private" constant @m.a.kernel : memref<3x3xf32> = dense<2.000000e+00>
// CHECK: memref.global "private" constant @m.b.kernel : memref<3x3xf32> = dense_resource<blob>
// CHECK: func.func private @m(%[[X:.*]]: memref<2x3xf32>, %[[Z:.*]]: memref<2x3xf32>, %[[Y0:.*]]: memref<2x3xf32>, %[[Y1:.*]]: memref<2x3xf32>) -> i32
// CHECK-SAME: attributes {nnc.batch = 2 : i64}
// CHECK-DAG: %[[TX:.*]] = bufferization.to_tensor %[[X]] restrict : memref<2x3xf32> to tensor<2x3xf32>
// CHECK-DAG: %[[TZ:.*]] = bufferization.to_tensor %[[Z]] restrict
// CHECK: %[[G:.*]] = memref.get_global @m.a.kernel : memref<3x3xf32>
// CHECK: bufferization.to_tensor %[[G]] restrict : memref<3x3xf32> to tensor<3x3xf32>
// CHECK: bufferization.materialize_in_destination %{{.*}} in restrict writable %[[Y0]]
// CHECK: bufferization.materialize_in_destination %[[TZ]] in restrict writable %[[Y1]]
// CHECK: %[[OK:.*]] = arith.constant 0 : i32
// CHECK: return %[[OK]] : i32
// CHECK-NOT: nn.
nn.weight @m.a.kernel : tensor<3x3xf32> = dense<2.0>
nn.weight @m.b.kernel : tensor<3x3xf32> = dense_resource<blob>
nn.model @m attributes {linked, batch = 2 : i64} {
  %0 = nn.input {shape = [3], name = "x"} : tensor<2x3xf32>
  %1 = nn.input {shape = [3], name = "z"} : tensor<2x3xf32>
  %2 = nn.dense(%0) {units = 3, use_bias = false, name = "a", weights = {kernel = @m.a.kernel}} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %3 = nn.dense(%2) {units = 3, use_bias = false, name = "b", weights = {kernel = @m.b.kernel}} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  nn.output(%3, %1) : tensor<2x3xf32>, tensor<2x3xf32>
}

{-#
  dialect_resources: {
    builtin: {
      blob: "0x04000000000000000000000000000000000000000000000000000000000000000000000000000000"
    }
  }
#-}

// -----

// Bodies for several batch sizes share their weights and what is computed from
// them.

// CHECK-DAG: constant @m.n.scale
// CHECK-DAG: constant @m.n.shift
// CHECK-NOT: constant @m.n.s
// CHECK-LABEL: func.func private @m.b1
// CHECK: memref.get_global @m.n.scale
// CHECK-LABEL: func.func private @m.b4
// CHECK: memref.get_global @m.n.scale
nn.weight @m.n.moving_mean : tensor<2xf32> = dense<1.0>
nn.weight @m.n.moving_variance : tensor<2xf32> = dense<1.0>
nn.model @m.b1 attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [2], name = "x"} : tensor<1x2xf32>
  %1 = nn.batch_normalization(%0) {center = false, scale = false, name = "n", weights = {moving_mean = @m.n.moving_mean, moving_variance = @m.n.moving_variance}} : (tensor<1x2xf32>) -> tensor<1x2xf32>
  nn.output(%1) : tensor<1x2xf32>
}
nn.model @m.b4 attributes {linked, batch = 4 : i64} {
  %0 = nn.input {shape = [2], name = "x"} : tensor<4x2xf32>
  %1 = nn.batch_normalization(%0) {center = false, scale = false, name = "n", weights = {moving_mean = @m.n.moving_mean, moving_variance = @m.n.moving_variance}} : (tensor<4x2xf32>) -> tensor<4x2xf32>
  nn.output(%1) : tensor<4x2xf32>
}

// -----

// A module of other things stays as it is.

// CHECK-LABEL: func.func @other
// CHECK-NEXT: return
func.func @other() {
  return
}
