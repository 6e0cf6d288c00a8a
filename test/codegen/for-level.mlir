// RUN: nn-opt %s --pass-pipeline="builtin.module(func.func(nnc-for-level{cpu=x86-64-v3 passes=canonicalize,cse}))" | FileCheck %s
// RUN: not nn-opt %s --pass-pipeline="builtin.module(func.func(nnc-for-level{cpu=x86-64-v3 passes=no-such-pass}))" 2>&1 | FileCheck %s --check-prefix=PASSES

// PASSES: the passes of a level cannot be read

// Only the level's own bodies change.
// CHECK-LABEL: @of_the_level
// CHECK-NEXT:    return %{{.*}} : i32
// CHECK-LABEL: @of_another
// CHECK-NEXT:    arith.constant 0
// CHECK-NEXT:    arith.addi
// CHECK-LABEL: @of_none
// CHECK-NEXT:    arith.constant 0
// CHECK-NEXT:    arith.addi
func.func @of_the_level(%a: i32) -> i32 attributes {nnc.cpu = "x86-64-v3"} {
  %zero = arith.constant 0 : i32
  %sum = arith.addi %a, %zero : i32
  return %sum : i32
}
func.func @of_another(%a: i32) -> i32 attributes {nnc.cpu = "x86-64-v4"} {
  %zero = arith.constant 0 : i32
  %sum = arith.addi %a, %zero : i32
  return %sum : i32
}
func.func @of_none(%a: i32) -> i32 {
  %zero = arith.constant 0 : i32
  %sum = arith.addi %a, %zero : i32
  return %sum : i32
}
