// RUN: nn-opt %s --pass-pipeline='builtin.module(func.func(nnc-verify-kernels{vector-bytes=16 vector-registers=2}))' --split-input-file --verify-diagnostics

func.func @write(%x: memref<8xf32>, %y: memref<f32>, %a: vector<4xf32>) -> vector<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %s = scf.for %i = %c0 to %c8 step %c1 iter_args(%sum = %a) -> (vector<4xf32>) {
    %v = memref.load %x[%i] : memref<8xf32>
    // expected-error @+1 {{writes to memory in a reduction}}
    memref.store %v, %y[] : memref<f32>
    scf.yield %sum : vector<4xf32>
  } {nnc.reduces}
  return %s : vector<4xf32>
}

// -----

func.func @wide(%a: vector<8xf32>) -> vector<8xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // expected-error @+1 {{a sum of type 'vector<8xf32>' is wider than a register of 16 bytes}}
  %s = scf.for %i = %c0 to %c1 step %c1 iter_args(%sum = %a) -> (vector<8xf32>) {
    scf.yield %sum : vector<8xf32>
  } {nnc.reduces}
  return %s : vector<8xf32>
}

// -----

func.func @many(%a: vector<4xf32>) -> vector<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // expected-error @+1 {{a block has 3 sums for 2 registers}}
  %s:3 = scf.for %i = %c0 to %c1 step %c1 iter_args(%p = %a, %q = %a, %r = %a) -> (vector<4xf32>, vector<4xf32>, vector<4xf32>) {
    scf.yield %q, %r, %p : vector<4xf32>, vector<4xf32>, vector<4xf32>
  } {nnc.reduces}
  return %s#0 : vector<4xf32>
}
