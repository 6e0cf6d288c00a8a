// RUN: nn-opt %s --nnc-parallelize-loops=vector-bytes=64 --split-input-file | FileCheck %s

// Softmax along rows: its steps are cut alike and become one parallel loop, in
// which a task does 16 rows from the first step to the last. The rows are the
// outer loop with enough turns. Allocations stay in front.
#e = affine_map<(b, r, c) -> (b, r, c)>
#r = affine_map<(b, r, c) -> (b, r)>
// CHECK-LABEL: func.func @rows
// CHECK-SAME: %[[X:.*]]: memref<2x128x512xf32>, %[[Y:.*]]: memref<2x128x512xf32>
// CHECK: %[[MAX:.*]] = memref.alloc() : memref<2x128xf32>
// CHECK: %[[SUM:.*]] = memref.alloc() : memref<2x128xf32>
// CHECK: scf.forall (%[[TASK:.*]]) in (8) {
// CHECK: %[[FIRST:.*]] = affine.apply
// CHECK: memref.subview %[[MAX]][0, %[[FIRST]]] [2, 16] [1, 1]
// CHECK-NEXT: linalg.fill
// CHECK: memref.subview %[[X]][0, %[[FIRST]], 0] [2, 16, 512] [1, 1, 1]
// CHECK: linalg.generic {{.*}}nnc.sum = 32
// CHECK: linalg.generic
// CHECK: math.exp
// CHECK: memref.subview %[[SUM]][0, %[[FIRST]]] [2, 16] [1, 1]
// CHECK-NEXT: linalg.fill
// CHECK: linalg.generic {{.*}}nnc.sum = 32
// CHECK: linalg.generic
// CHECK: arith.divf
// CHECK-NOT: scf.forall
// CHECK: return
func.func @rows(%x: memref<2x128x512xf32>, %y: memref<2x128x512xf32>) {
  %low = arith.constant 0xFF800000 : f32
  %max = memref.alloc() : memref<2x128xf32>
  linalg.fill ins(%low : f32) outs(%max : memref<2x128xf32>)
  linalg.generic {indexing_maps = [#e, #r], iterator_types = ["parallel", "parallel", "reduction"]} ins(%x : memref<2x128x512xf32>) outs(%max : memref<2x128xf32>) attrs = {nnc.sum = 32 : i64} {
  ^bb0(%a: f32, %m: f32):
    %0 = arith.maximumf %a, %m : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#e, #r, #e], iterator_types = ["parallel", "parallel", "parallel"]} ins(%x, %max : memref<2x128x512xf32>, memref<2x128xf32>) outs(%y : memref<2x128x512xf32>) {
  ^bb0(%a: f32, %m: f32, %o: f32):
    %0 = arith.subf %a, %m : f32
    %1 = math.exp %0 : f32
    linalg.yield %1 : f32
  }
  %sum = memref.alloc() : memref<2x128xf32>
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%sum : memref<2x128xf32>)
  linalg.generic {indexing_maps = [#e, #r], iterator_types = ["parallel", "parallel", "reduction"]} ins(%y : memref<2x128x512xf32>) outs(%sum : memref<2x128xf32>) attrs = {nnc.sum = 32 : i64} {
  ^bb0(%a: f32, %s: f32):
    %0 = arith.addf %a, %s : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#r, #e], iterator_types = ["parallel", "parallel", "parallel"]} ins(%sum : memref<2x128xf32>) outs(%y : memref<2x128x512xf32>) {
  ^bb0(%s: f32, %o: f32):
    %0 = arith.divf %o, %s : f32
    linalg.yield %0 : f32
  }
  return
}

// -----

// Six tasks of 32 rows leave five rows for afterwards; what counts the turns of
// a loop counts on from the first of a task.
#e = affine_map<(r, c) -> (r, c)>
// CHECK-LABEL: func.func @rest
// CHECK: scf.forall (%{{.*}}) in (6) {
// CHECK: %[[FIRST:.*]] = affine.apply
// CHECK: memref.subview %{{.*}}[%[[FIRST]], 0] [32, 1024]
// CHECK: linalg.generic
// CHECK: %[[ROW:.*]] = linalg.index 0
// CHECK: affine.apply #{{.*}}[%[[ROW]]]
// CHECK: linalg.index 1
// CHECK: memref.subview %{{.*}}[192, 0] [5, 1024]
// CHECK: linalg.generic
// CHECK: linalg.index 0
// CHECK-NOT: linalg.generic
// CHECK: return
func.func @rest(%x: memref<197x1024xf32>, %y: memref<197x1024xf32>) {
  linalg.generic {indexing_maps = [#e, #e], iterator_types = ["parallel", "parallel"]} ins(%x : memref<197x1024xf32>) outs(%y : memref<197x1024xf32>) {
  ^bb0(%a: f32, %o: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %k = arith.addi %i, %j : index
    %l = arith.index_cast %k : index to i32
    %f = arith.sitofp %l : i32 to f32
    %0 = arith.mulf %a, %f : f32
    linalg.yield %0 : f32
  }
  return
}

// -----

// What the second operation reads by columns was written by rows: its own
// columns are cut, and rows in the third, which reads both, once the tasks of
// the others are done.
#e = affine_map<(r, c) -> (r, c)>
#t = affine_map<(r, c) -> (c, r)>
// CHECK-LABEL: func.func @transposed
// CHECK: scf.forall (%{{.*}}) in (8) {
// CHECK: memref.subview %{{.*}}[%{{.*}}, 0] [64, 512]
// CHECK: math.exp
// CHECK: memref.subview %{{.*}}[0, %{{.*}}] [512, 64]
// CHECK: math.sqrt
// CHECK: scf.forall (%{{.*}}) in (8) {
// CHECK: math.log
// CHECK-NOT: scf.forall
func.func @transposed(%x: memref<512x512xf32>, %y: memref<512x512xf32>, %z: memref<512x512xf32>) {
  %m = memref.alloc() : memref<512x512xf32>
  linalg.generic {indexing_maps = [#e, #e], iterator_types = ["parallel", "parallel"]} ins(%x : memref<512x512xf32>) outs(%m : memref<512x512xf32>) {
  ^bb0(%a: f32, %o: f32):
    %0 = math.exp %a : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#t, #e], iterator_types = ["parallel", "parallel"]} ins(%m : memref<512x512xf32>) outs(%y : memref<512x512xf32>) {
  ^bb0(%a: f32, %o: f32):
    %0 = math.sqrt %a : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#t, #e, #e], iterator_types = ["parallel", "parallel"]} ins(%m, %m : memref<512x512xf32>, memref<512x512xf32>) outs(%z : memref<512x512xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.addf %a, %b : f32
    %1 = math.log %0 : f32
    linalg.yield %1 : f32
  }
  return
}

// -----

// Two views of one buffer may be the same memory, however they are cut.
#e = affine_map<(r, c) -> (r, c)>
// CHECK-LABEL: func.func @views
// CHECK: scf.forall
// CHECK: scf.forall
func.func @views(%x: memref<512x512xf32>, %y: memref<512x512xf32>) {
  %m = memref.alloc() : memref<512x512xf32>
  %v = memref.reinterpret_cast %m to offset: [0], sizes: [512, 512], strides: [1, 512] : memref<512x512xf32> to memref<512x512xf32, strided<[1, 512]>>
  linalg.generic {indexing_maps = [#e, #e], iterator_types = ["parallel", "parallel"]} ins(%x : memref<512x512xf32>) outs(%m : memref<512x512xf32>) {
  ^bb0(%a: f32, %o: f32):
    %0 = math.exp %a : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#e, #e], iterator_types = ["parallel", "parallel"]} ins(%v : memref<512x512xf32, strided<[1, 512]>>) outs(%y : memref<512x512xf32>) {
  ^bb0(%a: f32, %o: f32):
    %0 = math.exp %a : f32
    linalg.yield %0 : f32
  }
  return
}

// -----

// Left alone: little work, a sum of everything, a window along the loop, a body
// that reads what it writes elsewhere, buffers that a loop carries.
#i = affine_map<(r) -> (r)>
#none = affine_map<(r) -> ()>
#w = affine_map<(r, k) -> (r + k)>
#k = affine_map<(r, k) -> (k)>
#s = affine_map<(r, k) -> (r)>
// CHECK-LABEL: func.func @serial
// CHECK-NOT: scf.forall
func.func @serial(%x: memref<1000001xf32>, %y: memref<1000000xf32>, %s: memref<f32>, %small: memref<512xf32>, %two: memref<2xf32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  linalg.generic {indexing_maps = [#i], iterator_types = ["parallel"]} outs(%small : memref<512xf32>) {
  ^bb0(%o: f32):
    %0 = math.exp %o : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#i, #none], iterator_types = ["reduction"]} ins(%y : memref<1000000xf32>) outs(%s : memref<f32>) {
  ^bb0(%a: f32, %o: f32):
    %0 = arith.addf %a, %o : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#w, #k, #s], iterator_types = ["parallel", "reduction"]} ins(%x, %two : memref<1000001xf32>, memref<2xf32>) outs(%y : memref<1000000xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.addf %a, %o : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#i], iterator_types = ["parallel"]} outs(%y : memref<1000000xf32>) {
  ^bb0(%o: f32):
    %0 = memref.load %y[%c0] : memref<1000000xf32>
    linalg.yield %0 : f32
  }
  %last = scf.for %step = %c0 to %n step %c1 iter_args(%buffer = %y) -> memref<1000000xf32> {
    linalg.generic {indexing_maps = [#i], iterator_types = ["parallel"]} outs(%buffer : memref<1000000xf32>) {
    ^bb0(%o: f32):
      %0 = math.exp %o : f32
      linalg.yield %0 : f32
    }
    scf.yield %buffer : memref<1000000xf32>
  }
  return
}
