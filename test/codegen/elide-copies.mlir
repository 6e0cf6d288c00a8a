// RUN: nn-opt %s --pass-pipeline="builtin.module(func.func(nnc-elide-copies))" --split-input-file | FileCheck %s

// Both inputs of a concatenation are computed side by side in the output.
// CHECK-LABEL: func @concatenation
// CHECK-SAME: %[[X:[a-z0-9]+]]: memref<4x3xf32>, %[[Y:[a-z0-9]+]]: memref<4x5xf32>, %[[OUT:[a-z0-9]+]]: memref<4x8xf32>
// CHECK-NOT: memref.alloc
// CHECK: %[[L:.*]] = memref.subview %[[OUT]][0, 0] [4, 3]
// CHECK: linalg.exp ins(%[[X]] {{.*}} outs(%[[L]]
// CHECK: %[[R:.*]] = memref.subview %[[OUT]][0, 3] [4, 5]
// CHECK: linalg.exp ins(%[[Y]] {{.*}} outs(%[[R]]
// CHECK-NOT: memref.copy
func.func @concatenation(%x: memref<4x3xf32>, %y: memref<4x5xf32>, %out: memref<4x8xf32>) {
  %a = memref.alloc() : memref<4x3xf32>
  linalg.exp ins(%x : memref<4x3xf32>) outs(%a : memref<4x3xf32>)
  %b = memref.alloc() : memref<4x5xf32>
  linalg.exp ins(%y : memref<4x5xf32>) outs(%b : memref<4x5xf32>)
  %c = memref.alloc() : memref<4x8xf32>
  %l = memref.subview %c[0, 0] [4, 3] [1, 1] : memref<4x8xf32> to memref<4x3xf32, strided<[8, 1]>>
  memref.copy %a, %l : memref<4x3xf32> to memref<4x3xf32, strided<[8, 1]>>
  %r = memref.subview %c[0, 3] [4, 5] [1, 1] : memref<4x8xf32> to memref<4x5xf32, strided<[8, 1], offset: 3>>
  memref.copy %b, %r : memref<4x5xf32> to memref<4x5xf32, strided<[8, 1], offset: 3>>
  memref.copy %c, %out : memref<4x8xf32> to memref<4x8xf32>
  return
}

// -----

// A buffer that is read afterwards keeps its place, and so does one whose
// place is not free yet: the old values are read after it is computed.
// CHECK-LABEL: func @needed
// CHECK: %[[A:.*]] = memref.alloc() : memref<4xf32>
// CHECK: linalg.exp {{.*}} outs(%[[A]]
// CHECK: memref.copy %[[A]]
// CHECK: %[[B:.*]] = memref.alloc() : memref<4xf32>
// CHECK: linalg.exp {{.*}} outs(%[[B]]
// CHECK: memref.copy %[[B]]
func.func @needed(%x: memref<4xf32>, %out: memref<4xf32>, %more: memref<4xf32>) {
  %a = memref.alloc() : memref<4xf32>
  linalg.exp ins(%x : memref<4xf32>) outs(%a : memref<4xf32>)
  memref.copy %a, %out : memref<4xf32> to memref<4xf32>
  linalg.exp ins(%a : memref<4xf32>) outs(%more : memref<4xf32>)
  %b = memref.alloc() : memref<4xf32>
  linalg.exp ins(%x : memref<4xf32>) outs(%b : memref<4xf32>)
  linalg.exp ins(%out : memref<4xf32>) outs(%more : memref<4xf32>)
  memref.copy %b, %out : memref<4xf32> to memref<4xf32>
  return
}

// -----

// Parts of parts lie in the whole at once, and the whole is there before them.
// CHECK-LABEL: func @nested
// CHECK: %[[ALL:.*]] = memref.alloc() : memref<9xf32>
// CHECK-NOT: memref.alloc
// CHECK: %[[PART:.*]] = memref.subview %[[ALL]][3] [4]
// CHECK: linalg.exp {{.*}} outs(%[[PART]]
// CHECK: linalg.exp {{.*}} outs(%[[PART]]
// CHECK-NOT: memref.copy
// CHECK: return
func.func @nested(%x: memref<4xf32>) {
  %a = memref.alloc() : memref<4xf32>
  linalg.exp ins(%x : memref<4xf32>) outs(%a : memref<4xf32>)
  linalg.exp ins(%a : memref<4xf32>) outs(%a : memref<4xf32>)
  %inner = memref.alloc() : memref<6xf32>
  %i = memref.subview %inner[1] [4] [1] : memref<6xf32> to memref<4xf32, strided<[1], offset: 1>>
  memref.copy %a, %i : memref<4xf32> to memref<4xf32, strided<[1], offset: 1>>
  %all = memref.alloc() : memref<9xf32>
  %o = memref.subview %all[2] [6] [1] : memref<9xf32> to memref<6xf32, strided<[1], offset: 2>>
  memref.copy %inner, %o : memref<6xf32> to memref<6xf32, strided<[1], offset: 2>>
  linalg.exp ins(%all : memref<9xf32>) outs(%all : memref<9xf32>)
  return
}

// -----

// A flat view of the buffer would not fit a part of a larger one.
// CHECK-LABEL: func @other_view
// CHECK: memref.collapse_shape
// CHECK: memref.copy
func.func @other_view(%x: memref<4xf32>, %out: memref<2x3xf32>) {
  %a = memref.alloc() : memref<2x2xf32>
  %flat = memref.collapse_shape %a [[0, 1]] : memref<2x2xf32> into memref<4xf32>
  linalg.exp ins(%x : memref<4xf32>) outs(%flat : memref<4xf32>)
  %part = memref.subview %out[0, 1] [2, 2] [1, 1] : memref<2x3xf32> to memref<2x2xf32, strided<[3, 1], offset: 1>>
  memref.copy %a, %part : memref<2x2xf32> to memref<2x2xf32, strided<[3, 1], offset: 1>>
  return
}

// -----

// Each turn of a loop computes its part in place.
// CHECK-LABEL: func @in_loop
// CHECK: scf.for
// CHECK-NOT: memref.alloc
// CHECK: linalg.exp {{.*}} outs(%[[PART:.*]] :
// CHECK-NOT: memref.copy
func.func @in_loop(%x: memref<4xf32>, %out: memref<8xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  scf.for %i = %c0 to %c3 step %c1 {
    %a = memref.alloc() : memref<4xf32>
    linalg.exp ins(%x : memref<4xf32>) outs(%a : memref<4xf32>)
    %part = memref.subview %out[2] [4] [1] : memref<8xf32> to memref<4xf32, strided<[1], offset: 2>>
    memref.copy %a, %part : memref<4xf32> to memref<4xf32, strided<[1], offset: 2>>
  }
  return
}
