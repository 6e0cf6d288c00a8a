// RUN: nn-opt %s --pass-pipeline='builtin.module(func.func(nnc-lower-kernels{vector-bytes=16},nnc-verify-kernels{vector-bytes=16 vector-registers=4}))' | FileCheck %s

#x = affine_map<(m, k, n) -> (m, k)>
#w = affine_map<(m, k, n) -> (k, n)>
#y = affine_map<(m, k, n) -> (m, n)>

// Loops of kernels say that they reduce; others are not looked at.
// CHECK-LABEL: func @matmul
// CHECK: scf.for {{.*}} iter_args
// CHECK: } {nnc.reduces}
func.func @matmul(%x: memref<4x3xf32>, %w: memref<3x8xf32>, %y: memref<4x8xf32>) {
  kernel.reduce loops [4, 3, 8] over [1] from 0.0 : f32
      ins(%x, %w : memref<4x3xf32>, memref<3x8xf32>) outs(%y : memref<4x8xf32>) maps [#x, #w, #y]
      tiled <rows = 2, columns = 8, columns_outer = false, unroll_taps = false, tasks = 1> {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %s = math.fma %a, %b, %acc : f32
    kernel.yield %s : f32
  } then {
  ^bb0(%acc: f32):
    kernel.yield %acc : f32
  }
  return
}

// CHECK-LABEL: func @writing_loop
// CHECK: memref.store
func.func @writing_loop(%x: memref<8xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  scf.for %i = %c0 to %c8 step %c1 {
    %v = memref.load %x[%i] : memref<8xf32>
    memref.store %v, %x[%i] : memref<8xf32>
  }
  return
}
