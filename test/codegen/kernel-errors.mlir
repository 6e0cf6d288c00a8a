// RUN: nn-opt %s --nnc-lower-kernels --split-input-file --verify-diagnostics

#x = affine_map<(m, k) -> (k, m)>
#y = affine_map<(m, k) -> (m)>

func.func @undecided(%x: memref<3x4xf32>, %y: memref<4xf32>) {
  // expected-error @below {{the blocks of this reduction are not decided}}
  kernel.reduce loops [4, 3] over [1] from 0.0 : f32
      ins(%x : memref<3x4xf32>) outs(%y : memref<4xf32>) maps [#x, #y] {
  ^bb0(%a: f32, %acc: f32):
    %s = arith.addf %a, %acc : f32
    kernel.yield %s : f32
  } then {
  ^bb0(%acc: f32):
    kernel.yield %acc : f32
  }
  return
}

// -----

#x = affine_map<(m, k) -> (k, m)>
#y = affine_map<(m, k) -> (m)>

func.func @open_stride(%x: memref<3x4xf32, strided<[?, 1]>>, %y: memref<4xf32>) {
  // expected-error @below {{expects buffers of fixed shape and strides}}
  kernel.reduce loops [4, 3] over [1] from 0.0 : f32
      ins(%x : memref<3x4xf32, strided<[?, 1]>>) outs(%y : memref<4xf32>) maps [#x, #y] {
  ^bb0(%a: f32, %acc: f32):
    %s = arith.addf %a, %acc : f32
    kernel.yield %s : f32
  } then {
  ^bb0(%acc: f32):
    kernel.yield %acc : f32
  }
  return
}

// -----

#x = affine_map<(k, n) -> (n floordiv 16, k, n mod 16)>
#y = affine_map<(k, n) -> (n)>

func.func @crossing(%x: memref<3x5x16xf32>, %y: memref<48xf32>) {
  // expected-error @below {{blocks of 24 columns do not fit the packed weights}}
  kernel.reduce loops [5, 48] over [0] from 0.0 : f32
      ins(%x : memref<3x5x16xf32>) outs(%y : memref<48xf32>) maps [#x, #y]
      tiled <rows = 1, columns = 24, columns_outer = false, unroll_taps = false, tasks = 1> {
  ^bb0(%a: f32, %acc: f32):
    %s = arith.addf %a, %acc : f32
    kernel.yield %s : f32
  } then {
  ^bb0(%acc: f32):
    kernel.yield %acc : f32
  }
  return
}

// -----

#x = affine_map<(m, k) -> (k)>
#y = affine_map<(m, k) -> (m)>

func.func @rank(%x: memref<3x4xf32>, %y: memref<4xf32>) {
  // expected-error @below {{the map of operand 0 does not fit it}}
  kernel.reduce loops [4, 3] over [1] from 0.0 : f32
      ins(%x : memref<3x4xf32>) outs(%y : memref<4xf32>) maps [#x, #y] {
  ^bb0(%a: f32, %acc: f32):
    kernel.yield %acc : f32
  } then {
  ^bb0(%acc: f32):
    kernel.yield %acc : f32
  }
  return
}

// -----

#x = affine_map<(m, k) -> (k, m)>
#y = affine_map<(m, k) -> (k)>

func.func @output_reduced(%x: memref<3x4xf32>, %y: memref<3xf32>) {
  // expected-error @below {{only inputs change along a reduction}}
  kernel.reduce loops [4, 3] over [1] from 0.0 : f32
      ins(%x : memref<3x4xf32>) outs(%y : memref<3xf32>) maps [#x, #y] {
  ^bb0(%a: f32, %acc: f32):
    kernel.yield %acc : f32
  } then {
  ^bb0(%acc: f32):
    kernel.yield %acc : f32
  }
  return
}

// -----

#x = affine_map<(m, k) -> (k, m)>
#y = affine_map<(m, k) -> (m)>

func.func @body(%x: memref<3x4xf32>, %y: memref<4xf32>) {
  // expected-error @below {{the arguments of its body do not match its operands}}
  kernel.reduce loops [4, 3] over [1] from 0.0 : f32
      ins(%x : memref<3x4xf32>) outs(%y : memref<4xf32>) maps [#x, #y] {
  ^bb0(%acc: f32):
    kernel.yield %acc : f32
  } then {
  ^bb0(%acc: f32):
    kernel.yield %acc : f32
  }
  return
}

// -----

#x = affine_map<(m, k) -> (k, m)>
#y = affine_map<(m, k) -> (m)>

func.func @no_such_loop(%x: memref<3x4xf32>, %y: memref<4xf32>) {
  // expected-error @below {{has no loop 2}}
  kernel.reduce loops [4, 3] over [2] from 0.0 : f32
      ins(%x : memref<3x4xf32>) outs(%y : memref<4xf32>) maps [#x, #y] {
  ^bb0(%a: f32, %acc: f32):
    kernel.yield %acc : f32
  } then {
  ^bb0(%acc: f32):
    kernel.yield %acc : f32
  }
  return
}

// -----

#x = affine_map<(m, k) -> (k, m)>
#y = affine_map<(m, k) -> (m)>

func.func @result(%x: tensor<3x4xf32>, %y: tensor<4xf32>) {
  // expected-error @below {{has a result if and only if its output is a tensor}}
  kernel.reduce loops [4, 3] over [1] from 0.0 : f32
      ins(%x : tensor<3x4xf32>) outs(%y : tensor<4xf32>) maps [#x, #y] {
  ^bb0(%a: f32, %acc: f32):
    kernel.yield %acc : f32
  } then {
  ^bb0(%acc: f32):
    kernel.yield %acc : f32
  }
  return
}
