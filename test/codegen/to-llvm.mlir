// RUN: nn-opt %s --nnc-to-llvm=triple=x86_64-unknown-linux-gnu --canonicalize | FileCheck %s
// RUN: nn-opt %s --nnc-to-llvm=triple=wasm32-unknown-unknown --canonicalize | FileCheck %s --check-prefix=WASM

// A body is internal and takes bare pointers that are apart; indices are as
// wide as pointers.
// CHECK: module attributes {llvm.data_layout = "e-m:e{{.*}}", llvm.target_triple = "x86_64-unknown-linux-gnu"}
// CHECK: llvm.func internal @body(%{{.*}}: !llvm.ptr {llvm.noalias, llvm.nonnull}, %{{.*}}: !llvm.ptr {llvm.noalias, llvm.nonnull}, %{{.*}}: !llvm.ptr) -> i32
// CHECK-SAME: nnc.batch = 1
// CHECK: llvm.icmp "slt" %{{.*}} : i64
// WASM: llvm.icmp "slt" %{{.*}} : i32
func.func private @body(%x: memref<8xf32>, %y: memref<8xf32>, %w: memref<0xi8> {nnc.weights}) -> i32 attributes {nnc.batch = 1 : i64} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  scf.for %i = %c0 to %c8 step %c1 {
    %a = memref.load %x[%i] : memref<8xf32>
    memref.store %a, %y[%i] : memref<8xf32>
  }
  %ok = arith.constant 0 : i32
  return %ok : i32
}

// What LLVM shall know of a loop is on the branch that goes back.
// CHECK-LABEL: llvm.func @told
// CHECK: llvm.br ^bb1(%{{.*}} : i64) {loop_annotation = #{{.*}}}
func.func @told(%x: memref<8xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  scf.for %i = %c0 to %c8 step %c1 {
    %a = memref.load %x[%i] : memref<8xf32>
    memref.store %a, %x[%i] : memref<8xf32>
  } {llvm.loop_annotation = #llvm.loop_annotation<unroll = <disable = true>>}
  return
}
