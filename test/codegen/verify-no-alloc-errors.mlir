// RUN: nn-opt %s --nnc-verify-no-alloc --verify-diagnostics

func.func private @callee()
func.func @faults(%x: memref<4x4xf32>, %y: memref<4x4xf32, strided<[8, 1]>>) {
  // expected-error @+1 {{allocates memory after the arena was planned}}
  %a = memref.alloc() : memref<4xf32>
  // expected-error @+1 {{calls a function after the arena was planned}}
  call @callee() : () -> ()
  // expected-error @+1 {{copies memory with gaps after the arena was planned}}
  memref.copy %x, %y : memref<4x4xf32> to memref<4x4xf32, strided<[8, 1]>>
  memref.copy %x, %x : memref<4x4xf32> to memref<4x4xf32>
  return
}
