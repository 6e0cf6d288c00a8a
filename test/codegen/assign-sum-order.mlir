// RUN: nn-opt %s --nnc-assign-sum-order=vector-bytes=16 --nnc-verify-sum-order | FileCheck %s --check-prefixes=CHECK,V16
// RUN: nn-opt %s --nnc-assign-sum-order=vector-bytes=64 --nnc-verify-sum-order | FileCheck %s --check-prefixes=CHECK,V64

#id = affine_map<(i, k) -> (i, k)>
#t = affine_map<(i, k) -> (k, i)>
#row = affine_map<(i, k) -> (i)>
#x = affine_map<(i, k, c) -> (i, k)>
#w = affine_map<(i, k, c) -> (k, c)>
#y = affine_map<(i, k, c) -> (i, c)>

// Along contiguous memory: several partial sums.
// CHECK-LABEL: func @row
// V16: nnc.sum = 8 : i64
// V64: nnc.sum = 32 : i64
func.func @row(%x: tensor<4x1000xf32>, %e: tensor<4xf32>) -> tensor<4xf32> {
  %s = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<4x1000xf32>) outs(%e : tensor<4xf32>) {
  ^bb0(%a: f32, %acc: f32):
    %r = arith.addf %acc, %a : f32
    linalg.yield %r : f32
  } -> tensor<4xf32>
  return %s : tensor<4xf32>
}

// Outputs innermost: one sum, in the order of the loops.
// CHECK-LABEL: func @dense
// CHECK: nnc.sum = 1 : i64
func.func @dense(%x: tensor<4x1000xf32>, %w: tensor<1000x10xf32>, %e: tensor<4x10xf32>) -> tensor<4x10xf32> {
  %s = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel", "reduction", "parallel"]}
      ins(%x, %w : tensor<4x1000xf32>, tensor<1000x10xf32>) outs(%e : tensor<4x10xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %r = arith.addf %acc, %p : f32
    linalg.yield %r : f32
  } -> tensor<4x10xf32>
  return %s : tensor<4x10xf32>
}

// Strided, or too short: one sum.
// CHECK-LABEL: func @column
// CHECK: nnc.sum = 1 : i64
func.func @column(%x: tensor<1000x4xf32>, %e: tensor<4xf32>) -> tensor<4xf32> {
  %s = linalg.generic {indexing_maps = [#t, #row], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<1000x4xf32>) outs(%e : tensor<4xf32>) {
  ^bb0(%a: f32, %acc: f32):
    %r = arith.addf %acc, %a : f32
    linalg.yield %r : f32
  } -> tensor<4xf32>
  return %s : tensor<4xf32>
}

// CHECK-LABEL: func @short
// CHECK: nnc.sum = 1 : i64
func.func @short(%x: tensor<4x7xf32>, %e: tensor<4xf32>) -> tensor<4xf32> {
  %s = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<4x7xf32>) outs(%e : tensor<4xf32>) {
  ^bb0(%a: f32, %acc: f32):
    %r = arith.addf %acc, %a : f32
    linalg.yield %r : f32
  } -> tensor<4xf32>
  return %s : tensor<4xf32>
}

// The batch has no say.
// CHECK-LABEL: func @batch
// V16: nnc.sum = 8 : i64
// V64: nnc.sum = 32 : i64
func.func @batch(%x: tensor<1x1000xf32>, %e: tensor<1xf32>) -> tensor<1xf32> {
  %s = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<1x1000xf32>) outs(%e : tensor<1xf32>) {
  ^bb0(%a: f32, %acc: f32):
    %r = arith.addf %acc, %a : f32
    linalg.yield %r : f32
  } -> tensor<1xf32>
  return %s : tensor<1xf32>
}

// A decision that is there already stays; no reduction, no attribute.
// CHECK-LABEL: func @given
// CHECK: nnc.sum = 4 : i64
// CHECK-NOT: nnc.sum
func.func @given(%x: tensor<4x1000xf32>, %e: tensor<4xf32>, %z: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %s = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<4x1000xf32>) outs(%e : tensor<4xf32>) attrs = {nnc.sum = 4 : i64} {
  ^bb0(%a: f32, %acc: f32):
    %r = arith.addf %acc, %a : f32
    linalg.yield %r : f32
  } -> tensor<4xf32>
  %c = linalg.add ins(%s, %e : tensor<4xf32>, tensor<4xf32>) outs(%z : tensor<4xf32>) -> tensor<4xf32>
  return %s, %c : tensor<4xf32>, tensor<4xf32>
}
