// RUN: nn-opt %s --nnc-outline-tasks --split-input-file | FileCheck %s

// A task gets its number, the step of the loop around it and all that the body
// has; the view and the constant are made again in it.
// CHECK-LABEL: func.func private @m.b1
// CHECK-SAME: (%[[CALL:.*]]: memref<16xi8>, %[[X:.*]]: memref<8xf32>, %[[ARENA:.*]]: memref<64xi8>) -> i32
// CHECK-SAME: nnc.run = 0 : i64
// CHECK: scf.for %[[STEP:.*]] =
// CHECK-NOT: scf.forall
// CHECK: func.call @m.b1.dispatch0(%[[STEP]], %[[CALL]], %[[X]], %[[ARENA]])
// CHECK: func.func private @m.b1.task0(%[[TASK:.*]]: index, %[[AT:.*]]: index, %{{.*}}: memref<16xi8>, %[[IN:.*]]: memref<8xf32>, %[[SPACE:.*]]: memref<64xi8>)
// CHECK-SAME: nnc.arena = array<i64: 0, 32>
// CHECK: %[[ZERO:.*]] = arith.constant 0 : index
// CHECK: %[[VIEW:.*]] = memref.view %[[SPACE]][%[[ZERO]]]
// CHECK: memref.load %[[IN]][%[[AT]]]
// CHECK: memref.store %{{.*}}, %[[VIEW]][%[[TASK]]]
// CHECK: func.func private @m.b1.dispatch0(index, memref<16xi8>, memref<8xf32>, memref<64xi8>)
// CHECK-SAME: nnc.run = 1 : i64, nnc.task = @m.b1.task0, nnc.tasks = 8 : i64
func.func private @m.b1(%x: memref<8xf32>, %arena: memref<64xi8>) -> i32 attributes {nnc.batch = 1 : i64, nnc.arena = array<i64: 0, 32>} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %ok = arith.constant 0 : i32
  %view = memref.view %arena[%c0][] : memref<64xi8> to memref<8xf32>
  scf.for %step = %c0 to %c3 step %c1 {
    scf.forall (%task) in (8) {
      %v = memref.load %x[%step] : memref<8xf32>
      memref.store %v, %view[%task] : memref<8xf32>
    }
  }
  return %ok : i32
}

// -----

// A task of a layer says so in its name.
// CHECK-LABEL: func.func private @named.b1
// CHECK: func.func private @named.b1.task0.conv1(
func.func private @named.b1(%x: memref<8xf32>) -> i32 attributes {nnc.batch = 1 : i64} {
  %ok = arith.constant 0 : i32
  scf.forall (%task) in (8) {
    %v = memref.load %x[%task] : memref<8xf32>
    memref.store %v, %x[%task] : memref<8xf32>
  } loc("conv1")
  return %ok : i32
}

// -----

// Without parallel loops nothing changes.
// CHECK-LABEL: func.func private @serial.b1
// CHECK-SAME: (%{{[a-z0-9]*}}: memref<8xf32>) -> i32 attributes {nnc.batch = 1 : i64}
// CHECK-NOT: dispatch
func.func private @serial.b1(%x: memref<8xf32>) -> i32 attributes {nnc.batch = 1 : i64} {
  %ok = arith.constant 0 : i32
  return %ok : i32
}

// -----

// A buffer that comes from neither the body's arguments nor arithmetic cannot
// be passed on: the tasks run in order, where they are.
// CHECK-LABEL: func.func private @kept.b1
// CHECK: scf.for %{{.*}} to %c4
// CHECK-NOT: dispatch
func.func private @kept.b1(%x: memref<8xf32>, %y: memref<8xf32>) -> i32 attributes {nnc.batch = 1 : i64} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %ok = arith.constant 0 : i32
  %last = scf.for %step = %c0 to %c3 step %c1 iter_args(%buffer = %x) -> memref<8xf32> {
    scf.forall (%task) in (4) {
      %v = memref.load %buffer[%task] : memref<8xf32>
      memref.store %v, %y[%task] : memref<8xf32>
    }
    scf.yield %y : memref<8xf32>
  }
  return %ok : i32
}
