// RUN: nn-opt %s --nnc-assign-tiling="vector-bytes=64 vector-registers=32 l2-bytes=1048576" | FileCheck %s --check-prefixes=CHECK,WIDE
// RUN: nn-opt %s --nnc-assign-tiling="vector-bytes=32 vector-registers=16 l2-bytes=1048576" | FileCheck %s --check-prefixes=CHECK,NARROW
// RUN: nn-opt %s --nnc-assign-tiling="vector-bytes=16 vector-registers=15 loads-first" | FileCheck %s --check-prefixes=ENGINE

#x = affine_map<(m, k, n) -> (m, k)>
#w = affine_map<(m, k, n) -> (k, n)>
#y = affine_map<(m, k, n) -> (m, n)>

// CHECK-LABEL: func @matmul
// WIDE: tiled <rows = 14, columns = 32, columns_outer = false, unroll_taps = false, tasks = 6>
// NARROW: tiled <rows = 6, columns = 16, columns_outer = false, unroll_taps = false, tasks = 12>
// ENGINE-LABEL: func @matmul
// ENGINE: tiled <rows = 4, columns = 8,
func.func @matmul(%x: memref<84x100xf32>, %w: memref<100x192xf32>, %y: memref<84x192xf32>) {
  kernel.reduce loops [84, 100, 192] over [1] from 0.0 : f32
      ins(%x, %w : memref<84x100xf32>, memref<100x192xf32>) outs(%y : memref<84x192xf32>) maps [#x, #w, #y] {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %s = math.fma %a, %b, %acc : f32
    kernel.yield %s : f32
  } then {
  ^bb0(%acc: f32):
    kernel.yield %acc : f32
  }
  return
}

// Rows 4 KiB apart would fall into one set of the first cache: fewer of them.
// The weights do not stay in the second cache: columns go outside.
// CHECK-LABEL: func @aliasing_rows
// WIDE: tiled <rows = 6, columns = 64, columns_outer = true, unroll_taps = false, tasks = 16>
// NARROW: tiled <rows = 6, columns = 16, columns_outer = true, unroll_taps = false, tasks = 16>
func.func @aliasing_rows(%x: memref<84x1024xf32>, %w: memref<1024x192xf32>, %y: memref<84x192xf32>) {
  kernel.reduce loops [84, 1024, 192] over [1] from 0.0 : f32
      ins(%x, %w : memref<84x1024xf32>, memref<1024x192xf32>) outs(%y : memref<84x192xf32>) maps [#x, #w, #y] {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %s = math.fma %a, %b, %acc : f32
    kernel.yield %s : f32
  } then {
  ^bb0(%acc: f32):
    kernel.yield %acc : f32
  }
  return
}

#in = affine_map<(y, i, c) -> (y + i, c)>
#taps = affine_map<(y, i, c) -> (i, c)>
#out = affine_map<(y, i, c) -> (y, c)>

// Depthwise: one vector of channels, rows that share what they load.
// CHECK-LABEL: func @depthwise
// WIDE: tiled <rows = 14, columns = 16, columns_outer = false, unroll_taps = true, tasks = 1>
// NARROW: tiled <rows = 4, columns = 8, columns_outer = false, unroll_taps = true, tasks = 1>
func.func @depthwise(%x: memref<30x64xf32>, %w: memref<3x64xf32>, %y: memref<28x64xf32>) {
  kernel.reduce loops [28, 3, 64] over [1] from 0.0 : f32
      ins(%x, %w : memref<30x64xf32>, memref<3x64xf32>) outs(%y : memref<28x64xf32>) maps [#in, #taps, #out] {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %s = math.fma %a, %b, %acc : f32
    kernel.yield %s : f32
  } then {
  ^bb0(%acc: f32):
    kernel.yield %acc : f32
  }
  return
}

// What is written by hand stays.
// CHECK-LABEL: func @by_hand
// CHECK: tiled <rows = 3, columns = 8, columns_outer = true, unroll_taps = false, tasks = 1>
func.func @by_hand(%x: memref<84x100xf32>, %w: memref<100x192xf32>, %y: memref<84x192xf32>) {
  kernel.reduce loops [84, 100, 192] over [1] from 0.0 : f32
      ins(%x, %w : memref<84x100xf32>, memref<100x192xf32>) outs(%y : memref<84x192xf32>) maps [#x, #w, #y]
      tiled <rows = 3, columns = 8, columns_outer = true, unroll_taps = false, tasks = 1> {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %s = math.fma %a, %b, %acc : f32
    kernel.yield %s : f32
  } then {
  ^bb0(%acc: f32):
    kernel.yield %acc : f32
  }
  return
}

// Part of a task, it has none of its own.
// CHECK-LABEL: func @in_task
// WIDE: tiled <rows = 14, columns = 32, {{.*}}tasks = 1>
func.func @in_task(%x: memref<84x100xf32>, %w: memref<100x192xf32>, %y: memref<84x192xf32>) {
  scf.forall (%task) in (2) {
    kernel.reduce loops [84, 100, 192] over [1] from 0.0 : f32
        ins(%x, %w : memref<84x100xf32>, memref<100x192xf32>) outs(%y : memref<84x192xf32>) maps [#x, #w, #y] {
    ^bb0(%a: f32, %b: f32, %acc: f32):
      %s = math.fma %a, %b, %acc : f32
      kernel.yield %s : f32
    } then {
    ^bb0(%acc: f32):
      kernel.yield %acc : f32
    }
  }
  return
}
