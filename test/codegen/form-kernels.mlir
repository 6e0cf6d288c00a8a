// RUN: nn-opt %s --nnc-form-kernels --split-input-file | FileCheck %s

#input = affine_map<(n, y, x, i, j, c, f) -> (n, y + i, x * 2 + j, c)>
#kernel = affine_map<(n, y, x, i, j, c, f) -> (i, j, c, f)>
#result = affine_map<(n, y, x, i, j, c, f) -> (n, y, x, f)>
#same = affine_map<(n, y, x, f) -> (n, y, x, f)>
#last = affine_map<(n, y, x, f) -> (f)>

// Padding becomes indices that are left out, bias and activation the epilogue.
// CHECK-DAG: #[[IN:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 + d3 - 1, d2 * 2 + d4 - 1, d5)>
// CHECK-DAG: #[[KERNEL:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d3, d4, d5, d6)>
// CHECK-DAG: #[[BIAS:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d6)>
// CHECK-DAG: #[[OUT:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d6)>
// CHECK-LABEL: func @conv
// CHECK-SAME: (%[[X:.*]]: tensor<1x4x5x3xf32>, %[[W:.*]]: tensor<3x3x3x8xf32>, %[[B:.*]]: tensor<8xf32>)
// CHECK: %[[E:.*]] = tensor.empty
// CHECK: %[[R:.*]] = kernel.reduce loops [1, 4, 3, 3, 3, 3, 8] over [3, 4, 5] from 0.000000e+00 : f32
// CHECK-SAME: ins(%[[X]], %[[W]] : tensor<1x4x5x3xf32>, tensor<3x3x3x8xf32>) extras(%[[B]] : tensor<8xf32>) outs(%[[E]] : tensor<1x4x3x8xf32>)
// CHECK-SAME: maps [#[[IN]], #[[KERNEL]], #[[BIAS]], #[[OUT]]]
// CHECK: math.fma
// CHECK: } then {
// CHECK: arith.addf
// CHECK: arith.maximumf
// CHECK-NOT: linalg.generic
// CHECK: return %[[R]]
func.func @conv(%x: tensor<1x4x5x3xf32>, %w: tensor<3x3x3x8xf32>, %bias: tensor<8xf32>) -> tensor<1x4x3x8xf32> {
  %zero = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%a: index, %b: index, %c: index, %d: index):
    tensor.yield %zero : f32
  } : tensor<1x4x5x3xf32> to tensor<1x6x7x3xf32>
  %e = tensor.empty() : tensor<1x4x3x8xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<1x4x3x8xf32>) -> tensor<1x4x3x8xf32>
  %r = linalg.generic {indexing_maps = [#input, #kernel, #result], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "parallel"], nnc.sum = 1 : i64}
      ins(%p, %w : tensor<1x6x7x3xf32>, tensor<3x3x3x8xf32>) outs(%f : tensor<1x4x3x8xf32>) {
  ^bb0(%u: f32, %v: f32, %acc: f32):
    %s = math.fma %u, %v, %acc : f32
    linalg.yield %s : f32
  } -> tensor<1x4x3x8xf32>
  %o = linalg.generic {indexing_maps = [#same, #last, #same], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%r, %bias : tensor<1x4x3x8xf32>, tensor<8xf32>) outs(%e : tensor<1x4x3x8xf32>) {
  ^bb0(%u: f32, %v: f32, %out: f32):
    %s = arith.addf %u, %v : f32
    %t = arith.maximumf %s, %zero : f32
    linalg.yield %t : f32
  } -> tensor<1x4x3x8xf32>
  return %o : tensor<1x4x3x8xf32>
}

// -----

#in = affine_map<(y, i, c) -> (y * 2 + i, c)>
#window = affine_map<(y, i, c) -> (i)>
#out = affine_map<(y, i, c) -> (y, c)>

// -inf around a maximum is left out, too; the window only gave an extent.
// CHECK-DAG: #[[IN:.*]] = affine_map<(d0, d1, d2) -> (d0 * 2 + d1 - 1, d2)>
// CHECK-LABEL: func @max_pool
// CHECK-SAME: (%[[X:.*]]: tensor<6x4xf32>)
// CHECK: kernel.reduce loops [3, 3, 4] over [1] from 0xFF800000 : f32 ins(%[[X]] : tensor<6x4xf32>) outs
// CHECK-SAME: maps [#[[IN]], #{{.*}}]
// CHECK: } then {
// CHECK-NEXT: ^bb0(%[[MAX:.*]]: f32):
// CHECK-NEXT: kernel.yield %[[MAX]]
func.func @max_pool(%x: tensor<6x4xf32>) -> tensor<3x4xf32> {
  %least = arith.constant 0xFF800000 : f32
  %p = tensor.pad %x low[1, 0] high[0, 0] {
  ^bb0(%a: index, %b: index):
    tensor.yield %least : f32
  } : tensor<6x4xf32> to tensor<7x4xf32>
  %w = tensor.empty() : tensor<3xf32>
  %e = tensor.empty() : tensor<3x4xf32>
  %f = linalg.fill ins(%least : f32) outs(%e : tensor<3x4xf32>) -> tensor<3x4xf32>
  %r = linalg.generic {indexing_maps = [#in, #window, #out], iterator_types = ["parallel", "reduction", "parallel"], nnc.sum = 1 : i64}
      ins(%p, %w : tensor<7x4xf32>, tensor<3xf32>) outs(%f : tensor<3x4xf32>) {
  ^bb0(%u: f32, %v: f32, %acc: f32):
    %s = arith.maximumf %acc, %u : f32
    linalg.yield %s : f32
  } -> tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

#in = affine_map<(y, i, c) -> (y + i, c)>
#window = affine_map<(y, i, c) -> (i)>
#out = affine_map<(y, i, c) -> (y, c)>

// Zeros around a maximum count: the pad stays.
// CHECK-LABEL: func @zeros_count
// CHECK: %[[P:.*]] = tensor.pad
// CHECK: kernel.reduce {{.*}} ins(%[[P]] : tensor<6x4xf32>)
func.func @zeros_count(%x: tensor<5x4xf32>) -> tensor<4x4xf32> {
  %least = arith.constant 0xFF800000 : f32
  %zero = arith.constant 0.0 : f32
  %p = tensor.pad %x low[1, 0] high[0, 0] {
  ^bb0(%a: index, %b: index):
    tensor.yield %zero : f32
  } : tensor<5x4xf32> to tensor<6x4xf32>
  %w = tensor.empty() : tensor<3xf32>
  %e = tensor.empty() : tensor<4x4xf32>
  %f = linalg.fill ins(%least : f32) outs(%e : tensor<4x4xf32>) -> tensor<4x4xf32>
  %r = linalg.generic {indexing_maps = [#in, #window, #out], iterator_types = ["parallel", "reduction", "parallel"], nnc.sum = 1 : i64}
      ins(%p, %w : tensor<6x4xf32>, tensor<3xf32>) outs(%f : tensor<4x4xf32>) {
  ^bb0(%u: f32, %v: f32, %acc: f32):
    %s = arith.maximumf %acc, %u : f32
    linalg.yield %s : f32
  } -> tensor<4x4xf32>
  return %r : tensor<4x4xf32>
}

// -----

#x = affine_map<(m, k, n) -> (m, k)>
#w = affine_map<(m, k, n) -> (k, n)>
#y = affine_map<(m, k, n) -> (m, n)>
#same = affine_map<(m, n) -> (m, n)>

// A result with two readers is stored as it is; both readers stay.
// CHECK-LABEL: func @two_readers
// CHECK: %[[R:.*]] = kernel.reduce
// CHECK: linalg.generic {{.*}} ins(%[[R]] :
// CHECK: linalg.generic {{.*}} ins(%[[R]] :
func.func @two_readers(%x: tensor<4x5xf32>, %w: tensor<5x6xf32>) -> (tensor<4x6xf32>, tensor<4x6xf32>) {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<4x6xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<4x6xf32>) -> tensor<4x6xf32>
  %r = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel", "reduction", "parallel"], nnc.sum = 1 : i64}
      ins(%x, %w : tensor<4x5xf32>, tensor<5x6xf32>) outs(%f : tensor<4x6xf32>) {
  ^bb0(%u: f32, %v: f32, %acc: f32):
    %s = math.fma %u, %v, %acc : f32
    linalg.yield %s : f32
  } -> tensor<4x6xf32>
  %a = linalg.generic {indexing_maps = [#same, #same], iterator_types = ["parallel", "parallel"]} ins(%r : tensor<4x6xf32>) outs(%e : tensor<4x6xf32>) {
  ^bb0(%u: f32, %o: f32):
    %s = arith.negf %u : f32
    linalg.yield %s : f32
  } -> tensor<4x6xf32>
  %b = linalg.generic {indexing_maps = [#same, #same], iterator_types = ["parallel", "parallel"]} ins(%r : tensor<4x6xf32>) outs(%e : tensor<4x6xf32>) {
  ^bb0(%u: f32, %o: f32):
    %s = math.absf %u : f32
    linalg.yield %s : f32
  } -> tensor<4x6xf32>
  return %a, %b : tensor<4x6xf32>, tensor<4x6xf32>
}

// -----

#x = affine_map<(m, k) -> (m, k)>
#y = affine_map<(m, k) -> (m)>

// Sums along the contiguous axis have an order and a lowering of their own.
// CHECK-LABEL: func @row_sums
// CHECK: linalg.generic
// CHECK-NOT: kernel.reduce
func.func @row_sums(%x: tensor<4x64xf32>) -> tensor<4xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<4xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  %r = linalg.generic {indexing_maps = [#x, #y], iterator_types = ["parallel", "reduction"], nnc.sum = 8 : i64}
      ins(%x : tensor<4x64xf32>) outs(%f : tensor<4xf32>) {
  ^bb0(%u: f32, %acc: f32):
    %s = arith.addf %u, %acc : f32
    linalg.yield %s : f32
  } -> tensor<4xf32>
  return %r : tensor<4xf32>
}
