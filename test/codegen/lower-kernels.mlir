// RUN: nn-opt %s --pass-pipeline='builtin.module(func.func(nnc-lower-kernels{vector-bytes=16},canonicalize,cse))' | FileCheck %s

// The maps are printed first:
// CHECK-DAG: #[[FIRST:.*]] = affine_map<(d0) -> (-d0 + 1, 0)>
// CHECK-DAG: #[[LAST:.*]] = affine_map<(d0) -> (-d0 + 7, 3)>

#x = affine_map<(m, k, n) -> (m, k)>
#w = affine_map<(m, k, n) -> (k, n)>
#y = affine_map<(m, k, n) -> (m, n)>
#b = affine_map<(m, k, n) -> (n)>

// Two rows and two vectors of columns are carried in registers; a scalar of
// each row meets each vector of weights; the epilogue and the store follow.
// CHECK-LABEL: func @matmul
// CHECK: scf.for %{{.*}} = %c0 to %c2 step %c1
// CHECK: %[[SUMS:.*]]:4 = scf.for {{.*}} iter_args(%[[A:.*]] = %{{.*}}, %[[B:.*]] = %{{.*}}, %[[C:.*]] = %{{.*}}, %[[D:.*]] = %{{.*}}) -> (vector<4xf32>, vector<4xf32>, vector<4xf32>, vector<4xf32>)
// CHECK-COUNT-1: memref.load
// CHECK: vector.broadcast
// CHECK: math.fma {{.*}} %[[A]] : vector<4xf32>
// CHECK: math.fma {{.*}} %[[B]] : vector<4xf32>
// CHECK: math.fma {{.*}} %[[C]] : vector<4xf32>
// CHECK: math.fma {{.*}} %[[D]] : vector<4xf32>
// CHECK-NOT: store
// CHECK: scf.yield
// CHECK: arith.addf %[[SUMS]]#0
// CHECK: vector.store
// CHECK: arith.addf %[[SUMS]]#3
// CHECK: vector.store
// The fifth row, and no scalar loop anywhere.
// CHECK: scf.for {{.*}} -> (vector<4xf32>, vector<4xf32>)
// CHECK-NOT: memref.store
// CHECK: return
func.func @matmul(%x: memref<5x3xf32>, %w: memref<3x8xf32>, %bias: memref<8xf32>, %y: memref<5x8xf32>) {
  kernel.reduce loops [5, 3, 8] over [1] from 0.0 : f32
      ins(%x, %w : memref<5x3xf32>, memref<3x8xf32>) extras(%bias : memref<8xf32>) outs(%y : memref<5x8xf32>) maps [#x, #w, #b, #y]
      tiled <rows = 2, columns = 8, columns_outer = false, unroll_taps = false, tasks = 1> {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %s = math.fma %a, %b, %acc : f32
    kernel.yield %s : f32
  } then {
  ^bb0(%acc: f32, %b: f32):
    %s = arith.addf %acc, %b : f32
    kernel.yield %s : f32
  }
  return
}

#in = affine_map<(y, x, i, j, c) -> (y + i - 1, x + j - 1, c)>
#taps = affine_map<(y, x, i, j, c) -> (i, j, c)>
#out = affine_map<(y, x, i, j, c) -> (y, x, c)>

// The bounds of the loop over a tap's rows keep it inside; the columns of
// taps are written out in the blocks at the border, and are whole between.
// CHECK-LABEL: func @border
// CHECK: scf.for %[[Y:.*]] =
// CHECK: %[[LOW:.*]] = affine.max #[[FIRST]](%[[Y]])
// CHECK: %[[HIGH:.*]] = affine.min #[[LAST]](%[[Y]])
// CHECK: scf.for {{.*}} = %[[LOW]] to %[[HIGH]] {{.*}} -> (vector<4xf32>, vector<4xf32>)
// CHECK-COUNT-5: math.fma
// CHECK-NOT: math.fma
// CHECK: scf.yield
// CHECK: vector.store
// CHECK: scf.for {{.*}} = %[[LOW]] to %[[HIGH]]
// CHECK-NEXT: scf.for {{.*}} -> (vector<4xf32>, vector<4xf32>)
// CHECK-COUNT-2: math.fma
// CHECK-NOT: math.fma
// CHECK: scf.yield
func.func @border(%x: memref<6x6x4xf32>, %w: memref<3x3x4xf32>, %y: memref<6x6x4xf32>) {
  kernel.reduce loops [6, 6, 3, 3, 4] over [2, 3] from 0.0 : f32
      ins(%x, %w : memref<6x6x4xf32>, memref<3x3x4xf32>) outs(%y : memref<6x6x4xf32>) maps [#in, #taps, #out]
      tiled <rows = 2, columns = 4, columns_outer = false, unroll_taps = false, tasks = 1> {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %s = math.fma %a, %b, %acc : f32
    kernel.yield %s : f32
  } then {
  ^bb0(%acc: f32):
    kernel.yield %acc : f32
  }
  return
}

#px = affine_map<(m, k, n) -> (m, k)>
#pw = affine_map<(m, k, n) -> (n floordiv 4, k, n mod 4)>
#py = affine_map<(m, k, n) -> (m, n)>

// Eleven columns: a block of eight from two panels, then vectors of 2 and 1
// of the third.
// CHECK-LABEL: func @panels
// CHECK-COUNT-2: vector.load %{{.*}} vector<4xf32>
// CHECK: vector.load %{{.*}} vector<2xf32>
// CHECK: vector.store %{{.*}} vector<2xf32>
// CHECK: memref.store
func.func @panels(%x: memref<1x5xf32>, %w: memref<3x5x4xf32>, %y: memref<1x11xf32>) {
  kernel.reduce loops [1, 5, 11] over [1] from 0.0 : f32
      ins(%x, %w : memref<1x5xf32>, memref<3x5x4xf32>) outs(%y : memref<1x11xf32>) maps [#px, #pw, #py]
      tiled <rows = 1, columns = 8, columns_outer = true, unroll_taps = false, tasks = 1> {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %s = math.fma %a, %b, %acc : f32
    kernel.yield %s : f32
  } then {
  ^bb0(%acc: f32):
    kernel.yield %acc : f32
  }
  return
}
