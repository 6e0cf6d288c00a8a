// RUN: nn-opt %s --nnc-lower-to-loops --cse --canonicalize --split-input-file | FileCheck %s

#id = affine_map<(i, k) -> (i, k)>
#row = affine_map<(i, k) -> (i)>

// Partial sums live in a vector; what is left over goes to the sums it belongs
// to; halves are joined until one is left, which is added to the output.
// CHECK-LABEL: func.func @partial
// CHECK: scf.for
// CHECK:   %[[BEFORE:.*]] = memref.load
// CHECK:   %[[SUMS:.*]] = scf.for %{{.*}} iter_args(%[[ACC:.*]] = %{{.*}}) -> (vector<4xf32>)
// CHECK:     %[[V:.*]] = vector.load
// CHECK:     %[[NEXT:.*]] = arith.addf %[[ACC]], %[[V]] : vector<4xf32>
// CHECK:     scf.yield %[[NEXT]]
// CHECK:   %[[LANE:.*]] = vector.extract %[[SUMS]][0]
// CHECK:   %[[LEFT:.*]] = memref.load
// CHECK:   %[[ONE:.*]] = arith.addf %[[LANE]], %[[LEFT]] : f32
// CHECK:   %[[ALL:.*]] = vector.insert %[[ONE]], %[[SUMS]] [0]
// CHECK:   vector.shuffle %[[ALL]], %[[ALL]] [0, 1]
// CHECK:   vector.shuffle %[[ALL]], %[[ALL]] [2, 3]
// CHECK:   %[[PAIR:.*]] = arith.addf %{{.*}} : vector<2xf32>
// CHECK:   arith.addf %{{.*}}, %{{.*}} : vector<1xf32>
// CHECK:   %[[RESULT:.*]] = arith.addf %[[BEFORE]], %{{.*}} : f32
// CHECK:   memref.store %[[RESULT]]
func.func @partial(%x: memref<3x9xf32>, %y: memref<3xf32>) {
  linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<3x9xf32>) outs(%y : memref<3xf32>) attrs = {nnc.sum = 4 : i64} {
  ^bb0(%a: f32, %acc: f32):
    %r = arith.addf %acc, %a : f32
    linalg.yield %r : f32
  }
  return
}

// -----

#id = affine_map<(i, k) -> (i, k)>
#row = affine_map<(i, k) -> (i)>

// A vector of truth values would be read as bits, where memory has bytes.
// CHECK-LABEL: func.func @counted
// CHECK-NOT: vector.load
// CHECK: memref.load {{.*}} : memref<3x9xi1>
// CHECK: vector.from_elements {{.*}} : vector<4xi1>
// CHECK-NOT: vector.load
func.func @counted(%x: memref<3x9xi1>, %y: memref<3xf32>) {
  linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<3x9xi1>) outs(%y : memref<3xf32>) attrs = {nnc.sum = 4 : i64} {
  ^bb0(%a: i1, %acc: f32):
    %n = arith.uitofp %a : i1 to f32
    %r = arith.addf %acc, %n : f32
    linalg.yield %r : f32
  }
  return
}

// -----

#id = affine_map<(i, k) -> (i, k)>
#row = affine_map<(i, k) -> (i)>

// One running sum stays in a register.
// CHECK-LABEL: func.func @running
// CHECK: scf.for
// CHECK:   memref.load
// CHECK:   scf.for {{.*}} iter_args(%{{.*}} = %{{.*}}) -> (f32)
// CHECK:   memref.store
func.func @running(%x: memref<3x9xf32>, %y: memref<3xf32>) {
  linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<3x9xf32>) outs(%y : memref<3xf32>) attrs = {nnc.sum = 1 : i64} {
  ^bb0(%a: f32, %acc: f32):
    %r = arith.addf %acc, %a : f32
    linalg.yield %r : f32
  }
  return
}

// -----

#x = affine_map<(b, k, c) -> (b, k)>
#w = affine_map<(b, k, c) -> (k, c)>
#y = affine_map<(b, k, c) -> (b, c)>

// The loops keep the order of the iterators: outputs innermost.
// CHECK-LABEL: func.func @dense
// CHECK-DAG: %[[C2:.*]] = arith.constant 2 : index
// CHECK-DAG: %[[C5:.*]] = arith.constant 5 : index
// CHECK-DAG: %[[C7:.*]] = arith.constant 7 : index
// CHECK: scf.for %{{.*}} to %[[C2]]
// CHECK:   scf.for %{{.*}} to %[[C5]]
// CHECK:     scf.for %{{.*}} to %[[C7]]
// CHECK:       math.fma
func.func @dense(%x: memref<2x5xf32>, %w: memref<5x7xf32>, %y: memref<2x7xf32>) {
  linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel", "reduction", "parallel"]}
      ins(%x, %w : memref<2x5xf32>, memref<5x7xf32>) outs(%y : memref<2x7xf32>) attrs = {nnc.sum = 1 : i64} {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %r = math.fma %a, %b, %acc : f32
    linalg.yield %r : f32
  }
  return
}

// -----

// A copy without gaps stays one memcpy, another becomes loops.
// CHECK-LABEL: func.func @copies
// CHECK: memref.copy
// CHECK-NOT: memref.copy
// CHECK: scf.for
// CHECK: memref.store
func.func @copies(%x: memref<4x4xf32>, %y: memref<4x4xf32>, %z: memref<4x4xf32, strided<[8, 1]>>) {
  memref.copy %x, %y : memref<4x4xf32> to memref<4x4xf32>
  memref.copy %x, %z : memref<4x4xf32> to memref<4x4xf32, strided<[8, 1]>>
  return
}

// -----

#id = affine_map<(i, j) -> (i, j)>

// LLVM shall vectorize an innermost loop of whole vectors rather than unroll
// it. What leaves a remainder, and a nest that is one loop, is left to it.
// CHECK-DAG: #[[KEPT:.*]] = #llvm.loop_annotation<unroll = #{{.*}}>
// CHECK-DAG: #llvm.loop_unroll<disable = true>
// CHECK-LABEL: func.func @whole_vectors
// CHECK: } {llvm.loop_annotation = #[[KEPT]]}
// CHECK-LABEL: func.func @others
// CHECK-NOT: loop_annotation
func.func @whole_vectors(%x: memref<9x8xf32>) {
  linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]}
      outs(%x : memref<9x8xf32>) {
  ^bb0(%a: f32):
    %r = arith.mulf %a, %a : f32
    linalg.yield %r : f32
  }
  return
}
func.func @others(%x: memref<9x6xf32>, %y: memref<1x8xf32>) {
  linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]}
      outs(%x : memref<9x6xf32>) {
  ^bb0(%a: f32):
    %r = arith.mulf %a, %a : f32
    linalg.yield %r : f32
  }
  linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]}
      outs(%y : memref<1x8xf32>) {
  ^bb0(%a: f32):
    %r = arith.mulf %a, %a : f32
    linalg.yield %r : f32
  }
  return
}

// -----

#id = affine_map<(i, j) -> (i, j)>
#row = affine_map<(i, j) -> (i)>

// What the innermost loop does not index is read before it, in place or not.
// CHECK-LABEL: func.func @broadcast
// CHECK: scf.for %[[I:.*]] =
// CHECK:   %[[MEAN:.*]] = memref.load %arg0[%[[I]]]
// CHECK:   scf.for
// CHECK:     arith.subf %{{.*}}, %[[MEAN]]
func.func @broadcast(%mean: memref<4xf32>, %x: memref<4x5xf32>) {
  linalg.generic {indexing_maps = [#row, #id], iterator_types = ["parallel", "parallel"]}
      ins(%mean : memref<4xf32>) outs(%x : memref<4x5xf32>) {
  ^bb0(%m: f32, %a: f32):
    %r = arith.subf %a, %m : f32
    linalg.yield %r : f32
  }
  return
}
