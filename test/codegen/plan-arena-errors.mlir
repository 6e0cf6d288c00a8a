// RUN: nn-opt %s --nnc-plan-arena --split-input-file --verify-diagnostics

func.func @dynamic(%n: index) attributes {nnc.batch = 1 : i64} {
  // expected-error @+1 {{a buffer of type 'memref<?xf32>' has no fixed size to plan for}}
  %a = memref.alloc(%n) : memref<?xf32>
  return
}

// -----

func.func @huge() attributes {nnc.batch = 1 : i64} {
  // expected-error @+1 {{is larger than memory}}
  %a = memref.alloc() : memref<4294967296x4294967296xf32>
  return
}

// -----

// expected-error @+1 {{the buffers of this model are larger than memory}}
func.func @sum(%x: memref<2000000000x2000000000xi8>) attributes {nnc.batch = 1 : i64} {
  %a = memref.alloc() : memref<2000000000x2000000000xi8>
  %b = memref.alloc() : memref<2000000000x2000000000xi8>
  %c = memref.alloc() : memref<2000000000x2000000000xi8>
  return
}

// -----

func.func @carried(%x: memref<16xf32>, %n: index) attributes {nnc.batch = 1 : i64} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%s = %x) -> memref<16xf32> {
    // expected-error @+1 {{a buffer outlives the iteration that made it}}
    %b = memref.alloc() : memref<16xf32>
    memref.copy %s, %b : memref<16xf32> to memref<16xf32>
    scf.yield %b : memref<16xf32>
  }
  memref.copy %r, %x : memref<16xf32> to memref<16xf32>
  return
}
