// RUN: nn-opt %s --nnc-lower-winograd --split-input-file --verify-diagnostics

func.func @size(%x: memref<1x8x8x16xf32>, %w: memref<1x16x16x16xf32>, %y: memref<1x8x8x16xf32>) {
  // expected-error @+1 {{has no tiles of 3 × 3}}
  kernel.winograd margin [1, 1] ins(%x, %w : memref<1x8x8x16xf32>, memref<1x16x16x16xf32>) maps [] outs(%y : memref<1x8x8x16xf32>)
    blocked <size = 3, images = 1, rows = 4, columns = 4, channels = 16> {
  ^bb0(%i: f32, %k: f32, %a: f32):
    kernel.yield %a : f32
  } then {
  ^bb0(%a: f32):
    kernel.yield %a : f32
  }
  return
}

// -----

func.func @extent(%x: memref<1x8x8x16xf32>, %w: memref<1x16x16x16xf32>, %y: memref<1x8x8x16xf32>) {
  // expected-error @+1 {{a block needs an extent of at least 1}}
  kernel.winograd margin [1, 1] ins(%x, %w : memref<1x8x8x16xf32>, memref<1x16x16x16xf32>) maps [] outs(%y : memref<1x8x8x16xf32>)
    blocked <size = 2, images = 1, rows = 0, columns = 4, channels = 16> {
  ^bb0(%i: f32, %k: f32, %a: f32):
    kernel.yield %a : f32
  } then {
  ^bb0(%a: f32):
    kernel.yield %a : f32
  }
  return
}

// -----

func.func @type(%x: memref<1x8x8x16xf64>, %w: memref<1x16x16x16xf64>, %y: memref<1x8x8x16xf64>) {
  // expected-error @+1 {{takes f32 of four axes, not 'memref<1x8x8x16xf64>'}}
  kernel.winograd margin [1, 1] ins(%x, %w : memref<1x8x8x16xf64>, memref<1x16x16x16xf64>) maps [] outs(%y : memref<1x8x8x16xf64>)
    blocked <size = 2, images = 1, rows = 4, columns = 4, channels = 16> {
  ^bb0(%i: f64, %k: f64, %a: f64):
    kernel.yield %a : f64
  } then {
  ^bb0(%a: f64):
    kernel.yield %a : f64
  }
  return
}

// -----

func.func @weights(%x: memref<1x8x8x16xf32>, %w: memref<1x36x16x16xf32>, %y: memref<1x8x8x16xf32>) {
  // expected-error @+1 {{its weights do not fit its input and output}}
  kernel.winograd margin [1, 1] ins(%x, %w : memref<1x8x8x16xf32>, memref<1x36x16x16xf32>) maps [] outs(%y : memref<1x8x8x16xf32>)
    blocked <size = 2, images = 1, rows = 4, columns = 4, channels = 16> {
  ^bb0(%i: f32, %k: f32, %a: f32):
    kernel.yield %a : f32
  } then {
  ^bb0(%a: f32):
    kernel.yield %a : f32
  }
  return
}

// -----

func.func @panels(%x: memref<1x8x8x16xf32>, %w: memref<1x16x16x16xf32>, %y: memref<1x8x8x16xf32>) {
  // expected-error @+1 {{blocks of channels must be whole panels of 16}}
  kernel.winograd margin [1, 1] ins(%x, %w : memref<1x8x8x16xf32>, memref<1x16x16x16xf32>) maps [] outs(%y : memref<1x8x8x16xf32>)
    blocked <size = 2, images = 1, rows = 4, columns = 4, channels = 20> {
  ^bb0(%i: f32, %k: f32, %a: f32):
    kernel.yield %a : f32
  } then {
  ^bb0(%a: f32):
    kernel.yield %a : f32
  }
  return
}

// -----

func.func @margin(%x: memref<1x8x8x16xf32>, %w: memref<1x16x16x16xf32>, %y: memref<1x8x8x16xf32>) {
  // expected-error @+1 {{needs a margin of two extents of at least 0}}
  kernel.winograd margin [1, -1] ins(%x, %w : memref<1x8x8x16xf32>, memref<1x16x16x16xf32>) maps [] outs(%y : memref<1x8x8x16xf32>)
    blocked <size = 2, images = 1, rows = 4, columns = 4, channels = 16> {
  ^bb0(%i: f32, %k: f32, %a: f32):
    kernel.yield %a : f32
  } then {
  ^bb0(%a: f32):
    kernel.yield %a : f32
  }
  return
}

// -----

func.func @maps(%x: memref<1x8x8x16xf32>, %w: memref<1x16x16x16xf32>, %y: memref<1x8x8x16xf32>, %b: memref<16xf32>) {
  // expected-error @+1 {{needs a map for each extra}}
  kernel.winograd margin [1, 1] ins(%x, %w : memref<1x8x8x16xf32>, memref<1x16x16x16xf32>) extras(%b : memref<16xf32>) maps [] outs(%y : memref<1x8x8x16xf32>)
    blocked <size = 2, images = 1, rows = 4, columns = 4, channels = 16> {
  ^bb0(%i: f32, %k: f32, %a: f32):
    kernel.yield %a : f32
  } then {
  ^bb0(%a: f32, %e: f32):
    kernel.yield %a : f32
  }
  return
}

// -----

func.func @map(%x: memref<1x8x8x16xf32>, %w: memref<1x16x16x16xf32>, %y: memref<1x8x8x16xf32>, %b: memref<16xf32>) {
  // expected-error @+1 {{the map of operand 2 does not fit it}}
  kernel.winograd margin [1, 1] ins(%x, %w : memref<1x8x8x16xf32>, memref<1x16x16x16xf32>) extras(%b : memref<16xf32>) maps [affine_map<(d0, d1, d2, d3) -> (d0 + d1)>] outs(%y : memref<1x8x8x16xf32>)
    blocked <size = 2, images = 1, rows = 4, columns = 4, channels = 16> {
  ^bb0(%i: f32, %k: f32, %a: f32):
    kernel.yield %a : f32
  } then {
  ^bb0(%a: f32, %e: f32):
    kernel.yield %a : f32
  }
  return
}

// -----

func.func @epilogue(%x: memref<1x8x8x16xf32>, %w: memref<1x16x16x16xf32>, %y: memref<1x8x8x16xf32>, %b: memref<16xf32>) {
  // expected-error @+1 {{the arguments of its epilogue do not match its operands}}
  kernel.winograd margin [1, 1] ins(%x, %w : memref<1x8x8x16xf32>, memref<1x16x16x16xf32>) extras(%b : memref<16xf32>) maps [affine_map<(d0, d1, d2, d3) -> (d3)>] outs(%y : memref<1x8x8x16xf32>)
    blocked <size = 2, images = 1, rows = 4, columns = 4, channels = 16> {
  ^bb0(%i: f32, %k: f32, %a: f32):
    kernel.yield %a : f32
  } then {
  ^bb0(%a: f32):
    kernel.yield %a : f32
  }
  return
}

// -----

func.func @tensors(%x: tensor<1x8x8x16xf32>, %w: tensor<1x16x16x16xf32>, %y: tensor<1x8x8x16xf32>) -> tensor<1x8x8x16xf32> {
  // expected-error @+1 {{expects buffers, but has tensors}}
  %z = kernel.winograd margin [1, 1] ins(%x, %w : tensor<1x8x8x16xf32>, tensor<1x16x16x16xf32>) maps [] outs(%y : tensor<1x8x8x16xf32>)
    blocked <size = 2, images = 1, rows = 4, columns = 4, channels = 16> {
  ^bb0(%i: f32, %k: f32, %a: f32):
    kernel.yield %a : f32
  } then {
  ^bb0(%a: f32):
    kernel.yield %a : f32
  } -> tensor<1x8x8x16xf32>
  return %z : tensor<1x8x8x16xf32>
}

// -----

func.func @strided(%x: memref<1x8x8x16xf32>, %w: memref<1x16x16x16xf32>, %y: memref<1x8x8x16xf32, strided<[2048, 256, 32, 2]>>) {
  // expected-error @+1 {{the channels of operand 2 are not contiguous}}
  kernel.winograd margin [1, 1] ins(%x, %w : memref<1x8x8x16xf32>, memref<1x16x16x16xf32>) maps [] outs(%y : memref<1x8x8x16xf32, strided<[2048, 256, 32, 2]>>)
    blocked <size = 2, images = 1, rows = 4, columns = 4, channels = 16> {
  ^bb0(%i: f32, %k: f32, %a: f32):
    kernel.yield %a : f32
  } then {
  ^bb0(%a: f32):
    kernel.yield %a : f32
  }
  return
}
