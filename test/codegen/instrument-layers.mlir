// RUN: nn-opt %s --nnc-instrument-layers --split-input-file | FileCheck %s
// RUN: nn-opt %s --nnc-instrument-layers=clock=llvm.readsteadycounter --split-input-file | FileCheck %s --check-prefix=CLOCK

// Three counters behind the arena of 64 bytes: the runs, and one for each
// layer. `a` runs twice and has but one counter; the pad in front has no name
// and counts for it; the second layer's loop has a part of `relu`, which has no
// code of its own. `tmp`, which only `a` uses, is not traffic.
// CHECK: module attributes {nnc.model_info = "
// CHECK-SAME: countersOffset\22:64
// CHECK-SAME: \22sections\22:[{\22className\22:\22Dense\22,\22flops\22:10,\22fused\22:[],\22name\22:\22a\22,\22sampleBytes\22:64,\22weightBytes\22:32}
// CHECK-SAME: {\22className\22:\22Add\22,\22flops\22:9,\22fused\22:[\22relu\22],\22name\22:\22b\22,\22sampleBytes\22:64,\22weightBytes\22:0}]
// CHECK-SAME: \22workspaceBytes\22:128
// CHECK-LABEL: func.func @m.b1(
// CHECK-SAME: %[[ARENA:[a-z0-9]+]]: memref<88xi8>, %{{[a-z0-9]+}}: memref<32xi8> {nnc.weights})
// CHECK: %[[START:.*]] = arith.constant 64 : index
// CHECK: %[[COUNTERS:.*]] = memref.view %[[ARENA]][%[[START]]][] : memref<88xi8> to memref<3xi64>
// CHECK: %[[ONE:.*]] = arith.constant 1 : i64
// CHECK: %[[RUNS:.*]] = memref.load %[[COUNTERS]][%[[I0:.*]]]
// CHECK: %[[MORE:.*]] = arith.addi %[[RUNS]], %[[ONE]]
// CHECK: memref.store %[[MORE]], %[[COUNTERS]][%[[I0]]]
// CHECK: %[[T0:.*]] = call @m_clock() : () -> i64
// CHECK: scf.for
// CHECK: scf.for
// CHECK: %[[T1:.*]] = call @m_clock() : () -> i64
// CHECK: %[[TICKS:.*]] = arith.subi %[[T1]], %[[T0]] : i64
// CHECK: %[[I1:.*]] = arith.constant 1 : index
// CHECK: %[[SUM:.*]] = memref.load %[[COUNTERS]][%[[I1]]]
// CHECK: %[[NEXT:.*]] = arith.addi %[[SUM]], %[[TICKS]]
// CHECK: memref.store %[[NEXT]], %[[COUNTERS]][%[[I1]]]
// CHECK: scf.for
// CHECK: %[[T2:.*]] = call @m_clock() : () -> i64
// CHECK: arith.subi %[[T2]], %[[T1]]
// CHECK: %[[I2:.*]] = arith.constant 2 : index
// CHECK: memref.load %[[COUNTERS]][%[[I2]]]
// CHECK: scf.for
// CHECK: %[[T3:.*]] = call @m_clock() : () -> i64
// CHECK: arith.subi %[[T3]], %[[T2]]
// CHECK: %[[AGAIN:.*]] = arith.constant 1 : index
// CHECK: memref.load %[[COUNTERS]][%[[AGAIN]]]
// CHECK-NOT: call @m_clock
// CHECK: func.func private @m_clock() -> i64
// CHECK: llvm.call_intrinsic "llvm.readcyclecounter"() : () -> i64
// CLOCK: llvm.call_intrinsic "llvm.readsteadycounter"() : () -> i64
module attributes {nnc.model_info = "{\"symbol\": \"m\", \"workspaceBytes\": 64, \"sections\": [{\"name\": \"a\", \"className\": \"Dense\", \"flops\": 10}, {\"name\": \"relu\", \"className\": \"ReLU\", \"flops\": 1}, {\"name\": \"b\", \"className\": \"Add\", \"flops\": 8}]}"} {
  func.func @m.b1(%x: memref<8xf32>, %y: memref<8xf32>, %arena: memref<64xi8>, %weights: memref<32xi8> {nnc.weights}) -> i32 attributes {nnc.batch = 1 : i64} {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %c32 = arith.constant 32 : index
    %zero = arith.constant 0.0 : f32
    %ok = arith.constant 0 : i32
    %tmp = memref.view %arena[%c0][] : memref<64xi8> to memref<8xf32>
    %sum = memref.view %arena[%c32][] : memref<64xi8> to memref<8xf32>
    %w = memref.view %weights[%c0][] : memref<32xi8> to memref<8xf32>
    scf.for %i = %c0 to %c8 step %c1 {
      %v = memref.load %x[%i] : memref<8xf32>
      memref.store %v, %tmp[%i] : memref<8xf32>
    }
    scf.for %i = %c0 to %c8 step %c1 {
      %v = memref.load %tmp[%i] : memref<8xf32>
      %k = memref.load %w[%i] : memref<8xf32>
      %p = arith.mulf %v, %k : f32
      memref.store %p, %sum[%i] : memref<8xf32>
    } loc("a")
    %pure = arith.addi %c1, %c1 : index loc("c")
    scf.for %i = %c0 to %c8 step %c1 {
      %v = memref.load %sum[%i] : memref<8xf32> loc("b")
      %r = arith.maximumf %v, %zero : f32 loc("relu")
      memref.store %r, %y[%i] : memref<8xf32> loc("b")
    } loc("b")
    scf.for %i = %c0 to %c8 step %c1 {
      %half = memref.subview %sum[0] [4] [1] : memref<8xf32> to memref<4xf32, strided<[1]>>
      memref.store %zero, %half[%c0] : memref<4xf32, strided<[1]>>
    } loc("a")
    return %ok : i32
  }
}

// -----

// What a stream's steps pass on stays at the end of the workspace; code of no
// layer goes by the name of its body; half of a buffer is what is written.
// CHECK: module attributes {nnc.model_info = "
// CHECK-SAME: countersOffset\22:64
// CHECK-SAME: \22name\22:\22s.b1\22,\22sampleBytes\22:16,
// CHECK-SAME: \22workspaceBytes\22:192
// CHECK-LABEL: func.func @s.b1(
module attributes {nnc.model_info = "{\"symbol\": \"s\", \"workspaceBytes\": 128, \"stateBytes\": 16, \"inputs\": [{\"name\": \"x\", \"dtype\": \"float32\", \"shape\": [8], \"stepped\": true}]}"} {
  func.func @s.b1(%x: memref<8xf32>, %arena: memref<0xi8>) -> i32 attributes {nnc.batch = 1 : i64} {
    %c0 = arith.constant 0 : index
    %zero = arith.constant 0.0 : f32
    %ok = arith.constant 0 : i32
    %half = memref.subview %x[4] [4] [1] : memref<8xf32> to memref<4xf32, strided<[1], offset: 4>>
    memref.store %zero, %half[%c0] : memref<4xf32, strided<[1], offset: 4>>
    return %ok : i32
  }
}
