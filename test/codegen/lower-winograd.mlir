// RUN: nn-opt %s --nnc-lower-winograd=vector-bytes=64 --canonicalize --cse | FileCheck %s

// Blocks of two rows of tiles; within them the transform of the inputs, and for
// 32 channels, then for the last 16, products and their way back. The result
// has an odd number of rows: its last tiles have one row less.
// CHECK-DAG: #[[$V:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
// CHECK-DAG: #[[$W:.*]] = affine_map<(d0, d1, d2, d3) -> (d3 floordiv 16, d0, d2, d3 mod 16)>
// CHECK-DAG: #[[$M:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>
// CHECK-LABEL: func.func @blocks
// CHECK-SAME: %[[X:.*]]: memref<1x12x12x40xf32>, %[[W:.*]]: memref<3x16x40x16xf32>, %[[B:.*]]: memref<48xf32>, %[[Y:.*]]: memref<1x11x12x48xf32>)
// Rows of tiles are an odd number of cache lines apart.
// CHECK-DAG: %[[V:.*]] = memref.alloc() {alignment = 64 : i64} : memref<16x12x48xf32>
// CHECK-DAG: %[[M:.*]] = memref.alloc() {alignment = 64 : i64} : memref<16x12x48xf32>
// CHECK: scf.for %[[ROW:.*]] = %{{.*}} to %{{.*}} step %c2
// CHECK: scf.for
// CHECK: scf.for
// A tile within the image loads without a test, 16 channels and then 8 at a time.
// CHECK: scf.if
// CHECK-NOT: arith.select
// CHECK-COUNT-16: vector.load {{.*}} vector<16xf32>
// CHECK-COUNT-32: arith.{{addf|subf}} {{.*}} vector<16xf32>
// CHECK-COUNT-16: vector.store {{.*}} vector<16xf32>
// CHECK-COUNT-16: vector.load {{.*}} vector<8xf32>
// CHECK: } else {
// CHECK-COUNT-16: arith.select {{.*}} vector<16xf32>
// CHECK: memref.subview %[[W]][0, 0, 0, 0] [2, 16, 40, 16]
// CHECK: kernel.reduce loops [16, 12, 40, 32] over [2]
// CHECK-SAME: ins(%[[V]], %{{[a-z_0-9]+}} :
// CHECK-SAME: outs(%[[M]] :
// CHECK-SAME: maps [#[[$V]], #[[$W]], #[[$M]]]
// CHECK: math.fma
// CHECK: then
// CHECK-NEXT: ^bb0(%[[SUM:.*]]: f32):
// CHECK-NEXT: kernel.yield %[[SUM]]
// Whole tiles, then those of one row, which need fewer products.
// CHECK-COUNT-16: vector.load {{.*}} vector<16xf32>
// CHECK-COUNT-24: arith.{{addf|subf}} {{.*}} vector<16xf32>
// CHECK-COUNT-4: vector.store {{.*}} vector<16xf32>
// CHECK-COUNT-12: vector.load {{.*}} vector<16xf32>
// CHECK-COUNT-2: vector.store {{.*}} vector<16xf32>
// CHECK-NOT: vector.store
// CHECK: memref.subview %[[W]][2, 0, 0, 0] [1, 16, 40, 16]
// CHECK: kernel.reduce loops [16, 12, 40, 16] over [2]
// CHECK: vector.store
// CHECK-NOT: kernel.winograd
#c = affine_map<(d0, d1, d2, d3) -> (d3)>
func.func @blocks(%x: memref<1x12x12x40xf32>, %w: memref<3x16x40x16xf32>, %b: memref<48xf32>, %y: memref<1x11x12x48xf32>) {
  kernel.winograd margin [1, 1] ins(%x, %w : memref<1x12x12x40xf32>, memref<3x16x40x16xf32>)
    extras(%b : memref<48xf32>) maps [#c] outs(%y : memref<1x11x12x48xf32>)
    blocked <size = 2, images = 1, rows = 2, columns = 6, channels = 32> {
  ^bb0(%i: f32, %k: f32, %s: f32):
    %f = math.fma %i, %k, %s : f32
    kernel.yield %f : f32
  } then {
  ^bb0(%s: f32, %c: f32):
    %a = arith.addf %s, %c : f32
    kernel.yield %a : f32
  }
  return
}

// Without a margin, and with an even size, there is nothing to test. An extra
// that does not change along the channels is one scalar; larger tiles have 36
// elements and multiply-adds.
// CHECK-LABEL: func.func @valid
// CHECK-NOT: scf.if
// CHECK-COUNT-36: vector.load {{.*}} vector<16xf32>
// CHECK: math.fma {{.*}} vector<16xf32>
// CHECK-COUNT-36: vector.store {{.*}} vector<16xf32>
// CHECK: kernel.reduce loops [36, 4, 16, 16] over [2]
// CHECK: %[[S:.*]] = memref.load
// CHECK: vector.broadcast %[[S]] : f32 to vector<16xf32>
// CHECK-COUNT-16: vector.store {{.*}} vector<16xf32>
// CHECK-NOT: vector.store
#one = affine_map<(d0, d1, d2, d3) -> (0)>
func.func @valid(%x: memref<1x10x10x16xf32>, %w: memref<1x36x16x16xf32>, %s: memref<1xf32>, %y: memref<1x8x8x16xf32>) {
  kernel.winograd margin [0, 0] ins(%x, %w : memref<1x10x10x16xf32>, memref<1x36x16x16xf32>)
    extras(%s : memref<1xf32>) maps [#one] outs(%y : memref<1x8x8x16xf32>)
    blocked <size = 4, images = 1, rows = 2, columns = 2, channels = 16> {
  ^bb0(%i: f32, %k: f32, %a: f32):
    %f = math.fma %i, %k, %a : f32
    kernel.yield %f : f32
  } then {
  ^bb0(%a: f32, %e: f32):
    %p = arith.mulf %a, %e : f32
    kernel.yield %p : f32
  }
  return
}

// Five blocks of rows in three tasks, each with a copy of the buffers; the last
// block is smaller, and the last task's.
// CHECK-LABEL: func.func @tasks
// CHECK-DAG: %[[V:.*]] = memref.alloc() {{.*}} : memref<3x16x8x16xf32>
// CHECK-DAG: %[[M:.*]] = memref.alloc() {{.*}} : memref<3x16x8x16xf32>
// CHECK: scf.forall (%[[TASK:.*]]) in (3)
// CHECK: memref.subview %{{.*}}[%[[TASK]], 0, 0, 0] [1, 16, 8, 16]
// CHECK: scf.for %{{.*}} step %c2
// CHECK: kernel.reduce loops [16, 8, 16, 16]
// CHECK: %[[LAST:.*]] = arith.cmpi eq, %{{.*}}, %c5 : index
// CHECK: scf.if %[[LAST]]
// CHECK: memref.subview %{{.*}}[%[[TASK]], 0, 0, 0] [1, 16, 8, 16]
// CHECK: kernel.reduce loops [16, 4, 16, 16]
// CHECK-NOT: scf.forall
func.func @tasks(%x: memref<1x18x8x16xf32>, %w: memref<1x16x16x16xf32>, %y: memref<1x18x8x16xf32>) {
  kernel.winograd margin [1, 1] ins(%x, %w : memref<1x18x8x16xf32>, memref<1x16x16x16xf32>)
    maps [] outs(%y : memref<1x18x8x16xf32>)
    blocked <size = 2, images = 1, rows = 2, columns = 4, channels = 16, tasks = 3> {
  ^bb0(%i: f32, %k: f32, %s: f32):
    %f = math.fma %i, %k, %s : f32
    kernel.yield %f : f32
  } then {
  ^bb0(%s: f32):
    kernel.yield %s : f32
  }
  return
}

// One block: tasks transform rows of tiles into one buffer, then tasks make
// channels of the results, with products of their own.
// CHECK-LABEL: func.func @share_channels
// CHECK-DAG: %[[V:.*]] = memref.alloc() {{.*}} : memref<16x16x16xf32>
// CHECK-DAG: %[[M:.*]] = memref.alloc() {{.*}} : memref<3x16x16x16xf32>
// CHECK: scf.forall (%{{.*}}) in (3)
// CHECK: vector.store
// CHECK: scf.forall (%[[TASK:.*]]) in (3)
// CHECK: %[[OWN:.*]] = memref.subview %[[M]][%[[TASK]], 0, 0, 0] [1, 16, 16, 16]
// CHECK: scf.for %{{.*}} step %c16
// CHECK: kernel.reduce loops [16, 16, 16, 16]
// CHECK-SAME: ins(%[[V]],
// CHECK-SAME: outs(%[[OWN]] :
// CHECK-NOT: scf.forall
func.func @share_channels(%x: memref<1x8x8x16xf32>, %w: memref<3x16x16x16xf32>, %y: memref<1x8x8x48xf32>) {
  kernel.winograd margin [1, 1] ins(%x, %w : memref<1x8x8x16xf32>, memref<3x16x16x16xf32>)
    maps [] outs(%y : memref<1x8x8x48xf32>)
    blocked <size = 2, images = 1, rows = 4, columns = 4, channels = 16, tasks = 3, share_channels = true> {
  ^bb0(%i: f32, %k: f32, %s: f32):
    %f = math.fma %i, %k, %s : f32
    kernel.yield %f : f32
  } then {
  ^bb0(%s: f32):
    kernel.yield %s : f32
  }
  return
}
