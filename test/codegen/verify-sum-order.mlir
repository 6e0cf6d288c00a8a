// RUN: nn-opt %s --nnc-verify-sum-order | FileCheck %s

#id = affine_map<(i, k) -> (i, k)>
#row = affine_map<(i, k) -> (i)>

// An order that is fixed is accepted; without a reduction there is none.
// CHECK-LABEL: func.func @fixed
func.func @fixed(%x: tensor<4x8xf32>, %e: tensor<4xf32>) -> tensor<4xf32> {
  %s = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<4x8xf32>) outs(%e : tensor<4xf32>) attrs = {nnc.sum = 4 : i64} {
  ^bb0(%a: f32, %acc: f32):
    %r = arith.addf %acc, %a : f32
    linalg.yield %r : f32
  } -> tensor<4xf32>
  %c = linalg.add ins(%s, %e : tensor<4xf32>, tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  return %c : tensor<4xf32>
}
