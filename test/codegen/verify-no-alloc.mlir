// RUN: nn-opt %s --nnc-verify-no-alloc | FileCheck %s

// Views of the arena, loops and copies without gaps are accepted.
// CHECK-LABEL: func.func @body
func.func @body(%x: memref<4x4xf32>, %arena: memref<64xi8>) {
  %c0 = arith.constant 0 : index
  %a = memref.view %arena[%c0][] : memref<64xi8> to memref<4x4xf32>
  memref.copy %x, %a : memref<4x4xf32> to memref<4x4xf32>
  return
}
