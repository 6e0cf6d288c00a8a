// RUN: nn-opt %s --nnc-winograd --split-input-file | FileCheck %s
// RUN: nn-opt %s --nnc-winograd=tile-size=4 --split-input-file | FileCheck %s --check-prefix=FOUR
// RUN: nn-opt %s --nnc-winograd=tile-size=0 --split-input-file | FileCheck %s --check-prefix=NONE

// NONE-NOT: kernel.winograd

// The weights of ones become G · 1 · Gᵀ, in panels; body, epilogue and extras
// stay. An extra keeps what it changes along; the blocks are in the text.
#x = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 + d3 - 1, d2 + d4 - 1, d5)>
#w = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d3, d4, d5, d6)>
#b = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d6)>
#y = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d6)>
memref.global "private" constant @w : memref<3x3x16x20xf32> = dense<1.0>
// CHECK-DAG: #[[$CHANNEL:.*]] = affine_map<(d0, d1, d2, d3) -> (d3)>
// CHECK-DAG: #[[$ALL:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
// CHECK: memref.global "private" constant @w : memref<2x16x16x16xf32> = dense_resource
// CHECK-LABEL: func.func @residual
// CHECK-SAME: %[[X:.*]]: tensor<1x8x8x16xf32>, %[[Y:.*]]: tensor<1x8x8x20xf32>, %[[B:.*]]: tensor<20xf32>, %[[R:.*]]: tensor<1x8x8x20xf32>
// CHECK: %[[G:.*]] = memref.get_global @w : memref<2x16x16x16xf32>
// CHECK: %[[W:.*]] = bufferization.to_tensor %[[G]]
// CHECK: %[[Z:.*]] = kernel.winograd margin [1, 1] ins(%[[X]], %[[W]] :
// CHECK-SAME: extras(%[[B]], %[[R]] :
// CHECK-SAME: maps [#[[$CHANNEL]], #[[$ALL]]] outs(%[[Y]] :
// CHECK-SAME: blocked <size = 2, images = 1, rows = 4, columns = 4, channels = 32>
// CHECK: math.fma
// CHECK: } then {
// CHECK: arith.addf
// CHECK: arith.addf
// CHECK-NOT: kernel.reduce
// CHECK: return %[[Z]]
// CHECK: w{{.*}}: "0x40000000{{(0000803F){128}(0000803F){128}(0000C03F){128}(0000C03F){128}(0000003F){128}.*}}
// FOUR-LABEL: func.func @residual
// FOUR: kernel.winograd
// FOUR-SAME: blocked <size = 4, images = 1, rows = 2, columns = 2, channels = 32>
func.func @residual(%x: tensor<1x8x8x16xf32>, %y: tensor<1x8x8x20xf32>, %b: tensor<20xf32>, %r: tensor<1x8x8x20xf32>) -> tensor<1x8x8x20xf32> {
  %g = memref.get_global @w : memref<3x3x16x20xf32>
  %w = bufferization.to_tensor %g restrict : memref<3x3x16x20xf32> to tensor<3x3x16x20xf32>
  %0 = kernel.reduce loops [1, 8, 8, 3, 3, 16, 20] over [3, 4, 5] from 0.0 : f32 ins(%x, %w : tensor<1x8x8x16xf32>, tensor<3x3x16x20xf32>) extras(%b, %r : tensor<20xf32>, tensor<1x8x8x20xf32>) outs(%y : tensor<1x8x8x20xf32>) maps [#x, #w, #b, #y, #y] {
  ^bb0(%i: f32, %k: f32, %s: f32):
    %f = math.fma %i, %k, %s : f32
    kernel.yield %f : f32
  } then {
  ^bb0(%s: f32, %c: f32, %e: f32):
    %a = arith.addf %s, %c : f32
    %z = arith.addf %a, %e : f32
    kernel.yield %z : f32
  } -> tensor<1x8x8x20xf32>
  return %0 : tensor<1x8x8x20xf32>
}

// -----

// No margin, no fused multiply-add, either order of the factors.
#x = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 + d3, d2 + d4, d5)>
#w = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d3, d4, d5, d6)>
#y = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d6)>
memref.global "private" constant @w : memref<3x3x16x16xf32> = dense<1.0>
// CHECK-LABEL: func.func @valid
// CHECK: kernel.winograd margin [0, 0]
// CHECK: arith.mulf
// CHECK: arith.addf
func.func @valid(%x: tensor<1x10x10x16xf32>, %y: tensor<1x8x8x16xf32>) -> tensor<1x8x8x16xf32> {
  %g = memref.get_global @w : memref<3x3x16x16xf32>
  %w = bufferization.to_tensor %g restrict : memref<3x3x16x16xf32> to tensor<3x3x16x16xf32>
  %0 = kernel.reduce loops [1, 8, 8, 3, 3, 16, 16] over [3, 4, 5] from 0.0 : f32 ins(%x, %w : tensor<1x10x10x16xf32>, tensor<3x3x16x16xf32>) outs(%y : tensor<1x8x8x16xf32>) maps [#x, #w, #y] {
  ^bb0(%i: f32, %k: f32, %s: f32):
    %m = arith.mulf %k, %i : f32
    %f = arith.addf %s, %m : f32
    kernel.yield %f : f32
  } then {
  ^bb0(%s: f32):
    kernel.yield %s : f32
  } -> tensor<1x8x8x16xf32>
  return %0 : tensor<1x8x8x16xf32>
}

// -----

// A stride of 2.
#x = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 * 2 + d3, d2 * 2 + d4, d5)>
#w = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d3, d4, d5, d6)>
#y = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d6)>
memref.global "private" constant @w : memref<3x3x16x16xf32> = dense<1.0>
// CHECK-LABEL: func.func @strides
// CHECK: kernel.reduce
// FOUR-LABEL: func.func @strides
// FOUR: kernel.reduce
func.func @strides(%x: tensor<1x17x17x16xf32>, %y: tensor<1x8x8x16xf32>) -> tensor<1x8x8x16xf32> {
  %g = memref.get_global @w : memref<3x3x16x16xf32>
  %w = bufferization.to_tensor %g restrict : memref<3x3x16x16xf32> to tensor<3x3x16x16xf32>
  %0 = kernel.reduce loops [1, 8, 8, 3, 3, 16, 16] over [3, 4, 5] from 0.0 : f32 ins(%x, %w : tensor<1x17x17x16xf32>, tensor<3x3x16x16xf32>) outs(%y : tensor<1x8x8x16xf32>) maps [#x, #w, #y] {
  ^bb0(%i: f32, %k: f32, %s: f32):
    %f = math.fma %i, %k, %s : f32
    kernel.yield %f : f32
  } then {
  ^bb0(%s: f32):
    kernel.yield %s : f32
  } -> tensor<1x8x8x16xf32>
  return %0 : tensor<1x8x8x16xf32>
}

// -----

// A dilation.
#x = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 + d3 * 2, d2 + d4 * 2, d5)>
#w = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d3, d4, d5, d6)>
#y = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d6)>
memref.global "private" constant @w : memref<3x3x16x16xf32> = dense<1.0>
// CHECK-LABEL: func.func @dilation
// CHECK: kernel.reduce
// FOUR-LABEL: func.func @dilation
// FOUR: kernel.reduce
func.func @dilation(%x: tensor<1x12x12x16xf32>, %y: tensor<1x8x8x16xf32>) -> tensor<1x8x8x16xf32> {
  %g = memref.get_global @w : memref<3x3x16x16xf32>
  %w = bufferization.to_tensor %g restrict : memref<3x3x16x16xf32> to tensor<3x3x16x16xf32>
  %0 = kernel.reduce loops [1, 8, 8, 3, 3, 16, 16] over [3, 4, 5] from 0.0 : f32 ins(%x, %w : tensor<1x12x12x16xf32>, tensor<3x3x16x16xf32>) outs(%y : tensor<1x8x8x16xf32>) maps [#x, #w, #y] {
  ^bb0(%i: f32, %k: f32, %s: f32):
    %f = math.fma %i, %k, %s : f32
    kernel.yield %f : f32
  } then {
  ^bb0(%s: f32):
    kernel.yield %s : f32
  } -> tensor<1x8x8x16xf32>
  return %0 : tensor<1x8x8x16xf32>
}

// -----

// 5 × 5 taps.
#x = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 + d3, d2 + d4, d5)>
#w = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d3, d4, d5, d6)>
#y = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d6)>
memref.global "private" constant @w : memref<5x5x16x16xf32> = dense<1.0>
// CHECK-LABEL: func.func @five_by_five
// CHECK: kernel.reduce
// FOUR-LABEL: func.func @five_by_five
// FOUR: kernel.reduce
func.func @five_by_five(%x: tensor<1x12x12x16xf32>, %y: tensor<1x8x8x16xf32>) -> tensor<1x8x8x16xf32> {
  %g = memref.get_global @w : memref<5x5x16x16xf32>
  %w = bufferization.to_tensor %g restrict : memref<5x5x16x16xf32> to tensor<5x5x16x16xf32>
  %0 = kernel.reduce loops [1, 8, 8, 5, 5, 16, 16] over [3, 4, 5] from 0.0 : f32 ins(%x, %w : tensor<1x12x12x16xf32>, tensor<5x5x16x16xf32>) outs(%y : tensor<1x8x8x16xf32>) maps [#x, #w, #y] {
  ^bb0(%i: f32, %k: f32, %s: f32):
    %f = math.fma %i, %k, %s : f32
    kernel.yield %f : f32
  } then {
  ^bb0(%s: f32):
    kernel.yield %s : f32
  } -> tensor<1x8x8x16xf32>
  return %0 : tensor<1x8x8x16xf32>
}

// -----

// Other types.
#x = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 + d3 - 1, d2 + d4 - 1, d5)>
#w = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d3, d4, d5, d6)>
#y = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d6)>
memref.global "private" constant @w : memref<3x3x16x16xf64> = dense<1.0>
// CHECK-LABEL: func.func @float64
// CHECK: kernel.reduce
// FOUR-LABEL: func.func @float64
// FOUR: kernel.reduce
func.func @float64(%x: tensor<1x8x8x16xf64>, %y: tensor<1x8x8x16xf64>) -> tensor<1x8x8x16xf64> {
  %g = memref.get_global @w : memref<3x3x16x16xf64>
  %w = bufferization.to_tensor %g restrict : memref<3x3x16x16xf64> to tensor<3x3x16x16xf64>
  %0 = kernel.reduce loops [1, 8, 8, 3, 3, 16, 16] over [3, 4, 5] from 0.0 : f64 ins(%x, %w : tensor<1x8x8x16xf64>, tensor<3x3x16x16xf64>) outs(%y : tensor<1x8x8x16xf64>) maps [#x, #w, #y] {
  ^bb0(%i: f64, %k: f64, %s: f64):
    %f = math.fma %i, %k, %s : f64
    kernel.yield %f : f64
  } then {
  ^bb0(%s: f64):
    kernel.yield %s : f64
  } -> tensor<1x8x8x16xf64>
  return %0 : tensor<1x8x8x16xf64>
}

// -----

// Few channels.
#x = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 + d3 - 1, d2 + d4 - 1, d5)>
#w = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d3, d4, d5, d6)>
#y = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d6)>
memref.global "private" constant @w : memref<3x3x4x16xf32> = dense<1.0>
// CHECK-LABEL: func.func @few_in
// CHECK: kernel.reduce
// FOUR-LABEL: func.func @few_in
// FOUR: kernel.reduce
func.func @few_in(%x: tensor<1x8x8x4xf32>, %y: tensor<1x8x8x16xf32>) -> tensor<1x8x8x16xf32> {
  %g = memref.get_global @w : memref<3x3x4x16xf32>
  %w = bufferization.to_tensor %g restrict : memref<3x3x4x16xf32> to tensor<3x3x4x16xf32>
  %0 = kernel.reduce loops [1, 8, 8, 3, 3, 4, 16] over [3, 4, 5] from 0.0 : f32 ins(%x, %w : tensor<1x8x8x4xf32>, tensor<3x3x4x16xf32>) outs(%y : tensor<1x8x8x16xf32>) maps [#x, #w, #y] {
  ^bb0(%i: f32, %k: f32, %s: f32):
    %f = math.fma %i, %k, %s : f32
    kernel.yield %f : f32
  } then {
  ^bb0(%s: f32):
    kernel.yield %s : f32
  } -> tensor<1x8x8x16xf32>
  return %0 : tensor<1x8x8x16xf32>
}

// -----

// Few filters.
#x = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 + d3 - 1, d2 + d4 - 1, d5)>
#w = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d3, d4, d5, d6)>
#y = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d6)>
memref.global "private" constant @w : memref<3x3x16x4xf32> = dense<1.0>
// CHECK-LABEL: func.func @few_out
// CHECK: kernel.reduce
// FOUR-LABEL: func.func @few_out
// FOUR: kernel.reduce
func.func @few_out(%x: tensor<1x8x8x16xf32>, %y: tensor<1x8x8x4xf32>) -> tensor<1x8x8x4xf32> {
  %g = memref.get_global @w : memref<3x3x16x4xf32>
  %w = bufferization.to_tensor %g restrict : memref<3x3x16x4xf32> to tensor<3x3x16x4xf32>
  %0 = kernel.reduce loops [1, 8, 8, 3, 3, 16, 4] over [3, 4, 5] from 0.0 : f32 ins(%x, %w : tensor<1x8x8x16xf32>, tensor<3x3x16x4xf32>) outs(%y : tensor<1x8x8x4xf32>) maps [#x, #w, #y] {
  ^bb0(%i: f32, %k: f32, %s: f32):
    %f = math.fma %i, %k, %s : f32
    kernel.yield %f : f32
  } then {
  ^bb0(%s: f32):
    kernel.yield %s : f32
  } -> tensor<1x8x8x4xf32>
  return %0 : tensor<1x8x8x4xf32>
}

// -----

// A tile more than half of which is not needed.
#x = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 + d3, d2 + d4 - 1, d5)>
#w = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d3, d4, d5, d6)>
#y = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d6)>
memref.global "private" constant @w : memref<3x3x16x16xf32> = dense<1.0>
// CHECK-LABEL: func.func @one_row
// CHECK: kernel.reduce
// FOUR-LABEL: func.func @one_row
// FOUR: kernel.reduce
func.func @one_row(%x: tensor<1x3x8x16xf32>, %y: tensor<1x1x8x16xf32>) -> tensor<1x1x8x16xf32> {
  %g = memref.get_global @w : memref<3x3x16x16xf32>
  %w = bufferization.to_tensor %g restrict : memref<3x3x16x16xf32> to tensor<3x3x16x16xf32>
  %0 = kernel.reduce loops [1, 1, 8, 3, 3, 16, 16] over [3, 4, 5] from 0.0 : f32 ins(%x, %w : tensor<1x3x8x16xf32>, tensor<3x3x16x16xf32>) outs(%y : tensor<1x1x8x16xf32>) maps [#x, #w, #y] {
  ^bb0(%i: f32, %k: f32, %s: f32):
    %f = math.fma %i, %k, %s : f32
    kernel.yield %f : f32
  } then {
  ^bb0(%s: f32):
    kernel.yield %s : f32
  } -> tensor<1x1x8x16xf32>
  return %0 : tensor<1x1x8x16xf32>
}

// -----

// A body that is no product of both.
#x = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 + d3 - 1, d2 + d4 - 1, d5)>
#w = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d3, d4, d5, d6)>
#y = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d6)>
memref.global "private" constant @w : memref<3x3x16x16xf32> = dense<1.0>
// CHECK-LABEL: func.func @not_a_product
// CHECK: kernel.reduce
// FOUR-LABEL: func.func @not_a_product
// FOUR: kernel.reduce
func.func @not_a_product(%x: tensor<1x8x8x16xf32>, %y: tensor<1x8x8x16xf32>) -> tensor<1x8x8x16xf32> {
  %g = memref.get_global @w : memref<3x3x16x16xf32>
  %w = bufferization.to_tensor %g restrict : memref<3x3x16x16xf32> to tensor<3x3x16x16xf32>
  %0 = kernel.reduce loops [1, 8, 8, 3, 3, 16, 16] over [3, 4, 5] from 0.0 : f32 ins(%x, %w : tensor<1x8x8x16xf32>, tensor<3x3x16x16xf32>) outs(%y : tensor<1x8x8x16xf32>) maps [#x, #w, #y] {
  ^bb0(%i: f32, %k: f32, %s: f32):
    %m = arith.mulf %i, %i : f32
    %f = arith.addf %s, %m : f32
    kernel.yield %f : f32
  } then {
  ^bb0(%s: f32):
    kernel.yield %s : f32
  } -> tensor<1x8x8x16xf32>
  return %0 : tensor<1x8x8x16xf32>
}

// -----

// A sum that does not start at zero.
#x = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 + d3 - 1, d2 + d4 - 1, d5)>
#w = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d3, d4, d5, d6)>
#y = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d6)>
memref.global "private" constant @w : memref<3x3x16x16xf32> = dense<1.0>
// CHECK-LABEL: func.func @from_one
// CHECK: kernel.reduce
// FOUR-LABEL: func.func @from_one
// FOUR: kernel.reduce
func.func @from_one(%x: tensor<1x8x8x16xf32>, %y: tensor<1x8x8x16xf32>) -> tensor<1x8x8x16xf32> {
  %g = memref.get_global @w : memref<3x3x16x16xf32>
  %w = bufferization.to_tensor %g restrict : memref<3x3x16x16xf32> to tensor<3x3x16x16xf32>
  %0 = kernel.reduce loops [1, 8, 8, 3, 3, 16, 16] over [3, 4, 5] from 1.0 : f32 ins(%x, %w : tensor<1x8x8x16xf32>, tensor<3x3x16x16xf32>) outs(%y : tensor<1x8x8x16xf32>) maps [#x, #w, #y] {
  ^bb0(%i: f32, %k: f32, %s: f32):
    %f = math.fma %i, %k, %s : f32
    kernel.yield %f : f32
  } then {
  ^bb0(%s: f32):
    kernel.yield %s : f32
  } -> tensor<1x8x8x16xf32>
  return %0 : tensor<1x8x8x16xf32>
}

// -----

// Weights that are not known.
#x = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 + d3 - 1, d2 + d4 - 1, d5)>
#w = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d3, d4, d5, d6)>
#y = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d6)>
// CHECK-LABEL: func.func @from_outside
// CHECK: kernel.reduce
// FOUR-LABEL: func.func @from_outside
// FOUR: kernel.reduce
func.func @from_outside(%x: tensor<1x8x8x16xf32>, %y: tensor<1x8x8x16xf32>, %w: tensor<3x3x16x16xf32>) -> tensor<1x8x8x16xf32> {
  %0 = kernel.reduce loops [1, 8, 8, 3, 3, 16, 16] over [3, 4, 5] from 0.0 : f32 ins(%x, %w : tensor<1x8x8x16xf32>, tensor<3x3x16x16xf32>) outs(%y : tensor<1x8x8x16xf32>) maps [#x, #w, #y] {
  ^bb0(%i: f32, %k: f32, %s: f32):
    %f = math.fma %i, %k, %s : f32
    kernel.yield %f : f32
  } then {
  ^bb0(%s: f32):
    kernel.yield %s : f32
  } -> tensor<1x8x8x16xf32>
  return %0 : tensor<1x8x8x16xf32>
}

// -----

// A weight that something else reads.
#x = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 + d3 - 1, d2 + d4 - 1, d5)>
#w = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d3, d4, d5, d6)>
#y = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d6)>
memref.global "private" constant @w : memref<3x3x16x16xf32> = dense<1.0>
// CHECK-LABEL: func.func @read_twice
// CHECK: kernel.reduce
// FOUR-LABEL: func.func @read_twice
// FOUR: kernel.reduce
func.func @read_twice(%x: tensor<1x8x8x16xf32>, %y: tensor<1x8x8x16xf32>) -> tensor<1x8x8x16xf32> {
  %g = memref.get_global @w : memref<3x3x16x16xf32>
  %w = bufferization.to_tensor %g restrict : memref<3x3x16x16xf32> to tensor<3x3x16x16xf32>
  %0 = kernel.reduce loops [1, 8, 8, 3, 3, 16, 16] over [3, 4, 5] from 0.0 : f32 ins(%x, %w : tensor<1x8x8x16xf32>, tensor<3x3x16x16xf32>) outs(%y : tensor<1x8x8x16xf32>) maps [#x, #w, #y] {
  ^bb0(%i: f32, %k: f32, %s: f32):
    %f = math.fma %i, %k, %s : f32
    kernel.yield %f : f32
  } then {
  ^bb0(%s: f32):
    kernel.yield %s : f32
  } -> tensor<1x8x8x16xf32>
  %sum = tensor.empty() : tensor<3x3x16x16xf32>
  %copy = linalg.copy ins(%w : tensor<3x3x16x16xf32>) outs(%sum : tensor<3x3x16x16xf32>) -> tensor<3x3x16x16xf32>
  return %0 : tensor<1x8x8x16xf32>
}

// -----

// A convolution in groups has other loops.
#x = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 + d3 - 1, d2 + d4 - 1, d6)>
#w = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d3, d4, d6)>
#y = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d6)>
memref.global "private" constant @w : memref<3x3x16xf32> = dense<1.0>
// CHECK-LABEL: func.func @depthwise
// CHECK: kernel.reduce
// FOUR-LABEL: func.func @depthwise
// FOUR: kernel.reduce
func.func @depthwise(%x: tensor<1x8x8x16xf32>, %y: tensor<1x8x8x16xf32>) -> tensor<1x8x8x16xf32> {
  %g = memref.get_global @w : memref<3x3x16xf32>
  %w = bufferization.to_tensor %g restrict : memref<3x3x16xf32> to tensor<3x3x16xf32>
  %0 = kernel.reduce loops [1, 8, 8, 3, 3, 1, 16] over [3, 4, 5] from 0.0 : f32 ins(%x, %w : tensor<1x8x8x16xf32>, tensor<3x3x16xf32>) outs(%y : tensor<1x8x8x16xf32>) maps [#x, #w, #y] {
  ^bb0(%i: f32, %k: f32, %s: f32):
    %f = math.fma %i, %k, %s : f32
    kernel.yield %f : f32
  } then {
  ^bb0(%s: f32):
    kernel.yield %s : f32
  } -> tensor<1x8x8x16xf32>
  return %0 : tensor<1x8x8x16xf32>
}
