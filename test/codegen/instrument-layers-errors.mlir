// RUN: nn-opt %s --nnc-instrument-layers --split-input-file --verify-diagnostics

// expected-error @+1 {{a body without an arena has no place for counters}}
func.func @none() attributes {nnc.batch = 1 : i64} {
  return
}

// -----

// expected-error @+1 {{a body without an arena has no place for counters}}
func.func @weights(%w: memref<64xi8> {nnc.weights}) attributes {nnc.batch = 1 : i64} {
  return
}
