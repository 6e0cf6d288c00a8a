// RUN: nn-opt %s --nnc-fuse-multiply-add --split-input-file | FileCheck %s
// RUN: nn-opt %s --nnc-fuse-multiply-add=only-rows --split-input-file | FileCheck %s --check-prefix=ROWS

#a = affine_map<(i, k) -> (i, k)>
#b = affine_map<(i, k) -> (k)>
#o = affine_map<(i, k) -> (i)>

// ROWS-LABEL: func @contraction
// ROWS: math.fma
// CHECK-LABEL: func @contraction
// CHECK: ^bb0(%[[A:.*]]: f32, %[[B:.*]]: f32, %[[ACC:.*]]: f32):
// CHECK-NEXT: %[[R:.*]] = math.fma %[[A]], %[[B]], %[[ACC]]
// CHECK-NEXT: linalg.yield %[[R]]
func.func @contraction(%x: tensor<4x8xf32>, %w: tensor<8xf32>, %e: tensor<4xf32>) -> tensor<4xf32> {
  %y = linalg.generic {indexing_maps = [#a, #b, #o], iterator_types = ["parallel", "reduction"]}
      ins(%x, %w : tensor<4x8xf32>, tensor<8xf32>) outs(%e : tensor<4xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %p, %acc : f32
    linalg.yield %s : f32
  } -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

#id = affine_map<(i) -> (i)>

// An elementwise a * b + c is no contraction and keeps its rounding.
// CHECK-LABEL: func @elementwise
// CHECK-NOT: math.fma
func.func @elementwise(%x: tensor<8xf32>, %w: tensor<8xf32>, %e: tensor<8xf32>) -> tensor<8xf32> {
  %y = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel"]}
      ins(%x, %w : tensor<8xf32>, tensor<8xf32>) outs(%e : tensor<8xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %p, %c : f32
    linalg.yield %s : f32
  } -> tensor<8xf32>
  return %y : tensor<8xf32>
}

// -----

#x = affine_map<(i, j, k) -> (i, k)>
#w = affine_map<(i, j, k) -> (k, j)>
#y = affine_map<(i, j, k) -> (i, j)>

// One value of each of several samples: vectors would be of samples, of which
// one alone has none.
// CHECK-LABEL: func @singles
// CHECK: math.fma
// ROWS-LABEL: func @singles
// ROWS-NOT: math.fma
func.func @singles(%x: tensor<8x16xf32>, %w: tensor<16x1xf32>, %e: tensor<8x1xf32>) -> tensor<8x1xf32> {
  %y = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%x, %w : tensor<8x16xf32>, tensor<16x1xf32>) outs(%e : tensor<8x1xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %p, %acc : f32
    linalg.yield %s : f32
  } -> tensor<8x1xf32>
  return %y : tensor<8x1xf32>
}
