// RUN: nn-opt %s --nnc-pack-weights --split-input-file | FileCheck %s

#x = affine_map<(m, k, n) -> (m, k)>
#w = affine_map<(m, k, n) -> (k, n)>
#y = affine_map<(m, k, n) -> (m, n)>

// 33 columns are three panels of 16; the last one is filled up with zeros.
// CHECK-DAG: #[[PACKED:.*]] = affine_map<(d0, d1, d2) -> (d2 floordiv 16, d1, d2 mod 16)>
// CHECK: memref.global "private" constant @w : memref<3x4x16xf32> = dense_resource<w>
// CHECK-LABEL: func @dense
// CHECK: %[[G:.*]] = memref.get_global @w : memref<3x4x16xf32>
// CHECK: %[[W:.*]] = bufferization.to_tensor %[[G]] restrict
// CHECK: kernel.reduce loops [2, 4, 33] {{.*}} ins(%{{.*}}, %[[W]] : tensor<2x4xf32>, tensor<3x4x16xf32>)
// CHECK-SAME: maps [#{{.*}}, #[[PACKED]], #{{.*}}]
memref.global "private" constant @w : memref<4x33xf32> = dense<1.0>
func.func @dense(%x: tensor<2x4xf32>, %e: tensor<2x33xf32>) -> tensor<2x33xf32> {
  %g = memref.get_global @w : memref<4x33xf32>
  %w = bufferization.to_tensor %g restrict : memref<4x33xf32> to tensor<4x33xf32>
  %r = kernel.reduce loops [2, 4, 33] over [1] from 0.0 : f32
      ins(%x, %w : tensor<2x4xf32>, tensor<4x33xf32>) outs(%e : tensor<2x33xf32>) maps [#x, #w, #y] {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %s = math.fma %a, %b, %acc : f32
    kernel.yield %s : f32
  } then {
  ^bb0(%acc: f32):
    kernel.yield %acc : f32
  } -> tensor<2x33xf32>
  return %r : tensor<2x33xf32>
}
// Two panels of ones, and one with a one at the start of each of four rows.
// CHECK: w: "0x40000000{{((0000803F){128})(((0000803F)(0{120})){4})}}"

// -----

#x = affine_map<(m, k, n) -> (m, k)>
#w = affine_map<(m, k, n) -> (k, n)>
#y = affine_map<(m, k, n) -> (m, n)>

// Few columns are contiguous already.
// CHECK: memref.global "private" constant @few : memref<4x32xf32> = dense<1.000000e+00>
memref.global "private" constant @few : memref<4x32xf32> = dense<1.0>
func.func @few_columns(%x: tensor<2x4xf32>, %e: tensor<2x32xf32>) -> tensor<2x32xf32> {
  %g = memref.get_global @few : memref<4x32xf32>
  %w = bufferization.to_tensor %g restrict : memref<4x32xf32> to tensor<4x32xf32>
  %r = kernel.reduce loops [2, 4, 32] over [1] from 0.0 : f32
      ins(%x, %w : tensor<2x4xf32>, tensor<4x32xf32>) outs(%e : tensor<2x32xf32>) maps [#x, #w, #y] {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %s = math.fma %a, %b, %acc : f32
    kernel.yield %s : f32
  } then {
  ^bb0(%acc: f32):
    kernel.yield %acc : f32
  } -> tensor<2x32xf32>
  return %r : tensor<2x32xf32>
}

// -----

#x = affine_map<(m, k, n) -> (m, k)>
#w = affine_map<(m, k, n) -> (k, n)>
#y = affine_map<(m, k, n) -> (m, n)>

// Weights that something else reads, too, keep their order.
// CHECK: memref.global "private" constant @shared : memref<4x48xf32> = dense<1.000000e+00>
memref.global "private" constant @shared : memref<4x48xf32> = dense<1.0>
func.func @shared_weights(%x: tensor<2x4xf32>, %e: tensor<2x48xf32>) -> (tensor<2x48xf32>, f32) {
  %g = memref.get_global @shared : memref<4x48xf32>
  %w = bufferization.to_tensor %g restrict : memref<4x48xf32> to tensor<4x48xf32>
  %zero = arith.constant 0 : index
  %first = tensor.extract %w[%zero, %zero] : tensor<4x48xf32>
  %r = kernel.reduce loops [2, 4, 48] over [1] from 0.0 : f32
      ins(%x, %w : tensor<2x4xf32>, tensor<4x48xf32>) outs(%e : tensor<2x48xf32>) maps [#x, #w, #y] {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %s = math.fma %a, %b, %acc : f32
    kernel.yield %s : f32
  } then {
  ^bb0(%acc: f32):
    kernel.yield %acc : f32
  } -> tensor<2x48xf32>
  return %r, %first : tensor<2x48xf32>, f32
}
