// RUN: nn-opt %s --nnc-plan-arena --split-input-file | FileCheck %s
// RUN: nn-opt %s --nnc-plan-arena=record=true --split-input-file | FileCheck %s --check-prefix=RECORD

// Three buffers in a chain need room for two; the arena comes before the
// weights.
// CHECK-LABEL: func.func @chain(
// CHECK-SAME: %{{.*}}: memref<16xf32>, %[[ARENA:.*]]: memref<128xi8>, %{{.*}}: memref<64xi8> {nnc.weights})
// CHECK-SAME: nnc.arena = array<i64: 0, 64, 64, 64, 0, 64>
// CHECK-NOT: memref.alloc
// CHECK-COUNT-3: memref.view %[[ARENA]]
// CHECK-NOT: memref.dealloc
func.func @chain(%x: memref<16xf32>, %w: memref<64xi8> {nnc.weights}) attributes {nnc.batch = 1 : i64} {
  %a = memref.alloc() : memref<16xf32>
  memref.copy %x, %a : memref<16xf32> to memref<16xf32>
  %b = memref.alloc() : memref<16xf32>
  memref.copy %a, %b : memref<16xf32> to memref<16xf32>
  %c = memref.alloc() : memref<16xf32>
  memref.copy %b, %c : memref<16xf32> to memref<16xf32>
  memref.copy %c, %x : memref<16xf32> to memref<16xf32>
  memref.dealloc %c : memref<16xf32>
  return
}

// -----

// A view keeps its buffer alive.
// CHECK-LABEL: func.func @view(
// CHECK-SAME: memref<128xi8>
// CHECK-SAME: nnc.arena = array<i64: 0, 64, 64, 64>
func.func @view(%x: memref<16xf32>) attributes {nnc.batch = 1 : i64} {
  %a = memref.alloc() : memref<16xf32>
  %v = memref.subview %a[0] [8] [1] : memref<16xf32> to memref<8xf32, strided<[1]>>
  memref.copy %x, %a : memref<16xf32> to memref<16xf32>
  %b = memref.alloc() : memref<16xf32>
  memref.copy %x, %b : memref<16xf32> to memref<16xf32>
  %w = memref.subview %x[0] [8] [1] : memref<16xf32> to memref<8xf32, strided<[1]>>
  memref.copy %v, %w : memref<8xf32, strided<[1]>> to memref<8xf32, strided<[1]>>
  memref.copy %b, %x : memref<16xf32> to memref<16xf32>
  return
}

// -----

// What a loop touches is in use for the whole loop; what is made and used
// inside shares memory with its like.
// CHECK-LABEL: func.func @loop(
// CHECK-SAME: nnc.arena = array<i64: [[OUTER:[0-9]+]], 64, [[INNER:[0-9]+]], 64, [[INNER]], 64>
func.func @loop(%x: memref<16xf32>, %n: index) attributes {nnc.batch = 1 : i64} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %a = memref.alloc() : memref<16xf32>
  scf.for %i = %c0 to %n step %c1 {
    %b = memref.alloc() : memref<16xf32>
    memref.copy %a, %b : memref<16xf32> to memref<16xf32>
    memref.copy %b, %x : memref<16xf32> to memref<16xf32>
    %c = memref.alloc() : memref<16xf32>
    memref.copy %x, %c : memref<16xf32> to memref<16xf32>
    memref.copy %c, %a : memref<16xf32> to memref<16xf32>
  }
  return
}

// -----

// Buffers of bytes: no offsets for the alias scopes.
// CHECK-LABEL: func.func @bytes(
// CHECK-NOT: nnc.arena
func.func @bytes(%x: memref<16xi1>) attributes {nnc.batch = 1 : i64} {
  %a = memref.alloc() : memref<16xi1>
  memref.copy %x, %a : memref<16xi1> to memref<16xi1>
  return
}

// -----

// Not a body: left alone.
// CHECK-LABEL: func.func @other()
// CHECK: memref.alloc
func.func @other() -> memref<4xf32> {
  %a = memref.alloc() : memref<4xf32>
  return %a : memref<4xf32>
}

// -----

// For a profile: whose buffers lie where, and which layer runs when.
// RECORD: nnc.model_info = "
// RECORD-SAME: \22arenas\22:[{\22batch\22:2,
// RECORD-SAME: \22buffers\22:[{\22bytes\22:64,\22first\22:[[FIRST:[0-9]+]],\22last\22:[[LAST:[0-9]+]],\22layer\22:\22conv1\22,\22offset\22:0}]
// RECORD-SAME: \22bytes\22:64,\22end\22:{{[0-9]+}},\22lowerBound\22:64
// RECORD-SAME: \22steps\22:[{\22layer\22:\22conv1\22,\22start\22:[[FIRST]]},{\22layer\22:\22add\22,\22start\22:[[LAST]]}]
module attributes {nnc.model_info = "{\"symbol\": \"m\", \"sections\": [{\"name\": \"conv1\"}]}"} {
  func.func @m.b2(%x: memref<16xf32>) attributes {nnc.batch = 2 : i64} {
    %a = memref.alloc() : memref<16xf32> loc("conv1")
    memref.copy %x, %a : memref<16xf32> to memref<16xf32> loc("conv1")
    memref.copy %a, %x : memref<16xf32> to memref<16xf32> loc("add")
    return
  }
}
