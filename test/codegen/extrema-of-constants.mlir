// The larger and the smaller of a value and a constant, as IEEE 754-2019 has
// them: a NaN stays, and +0 is larger than -0. By comparison where there is no
// instruction for it, by the instruction where there is.
//
// REQUIRES: x86_64
// RUN: nn-opt %s --nnc-expand-math | FileCheck %s
// RUN: nn-opt %s --nnc-expand-math=extrema | FileCheck %s --check-prefix=KEPT
// RUN: nn-opt %s --nnc-expand-math --nnc-to-llvm=triple=x86_64-unknown-linux-gnu \
// RUN:   | mlir-translate --mlir-to-llvmir | opt -O2 -S -o %t.ll
// RUN: llc -O2 -filetype=obj -relocation-model=pic %t.ll -o %t.o
// RUN: %{cc} -O2 %S/Inputs/extrema.c %t.o -o %t && %t

// CHECK-LABEL: func.func @relu
// CHECK: %[[BELOW:.*]] = arith.cmpf ole, %[[X:.*]], %[[ZERO:.*]] : f32
// CHECK: arith.select %[[BELOW]], %[[ZERO]], %[[X]] : f32
// KEPT: arith.maximumf
func.func @relu(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %y = arith.maximumf %x, %zero : f32
  return %y : f32
}

// CHECK-LABEL: func.func @max_negative_zero
// CHECK: arith.cmpf olt
func.func @max_negative_zero(%x: f32) -> f32 {
  %zero = arith.constant -0.0 : f32
  %y = arith.maximumf %zero, %x : f32
  return %y : f32
}

// CHECK-LABEL: func.func @min_zero
// CHECK: arith.cmpf ogt
func.func @min_zero(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %y = arith.minimumf %x, %zero : f32
  return %y : f32
}

// CHECK-LABEL: func.func @min_negative_zero
// CHECK: arith.cmpf oge
func.func @min_negative_zero(%x: f32) -> f32 {
  %zero = arith.constant -0.0 : f32
  %y = arith.minimumf %x, %zero : f32
  return %y : f32
}

// CHECK-LABEL: func.func @clip
// CHECK-NOT: imumf
// CHECK: return
func.func @clip(%x: vector<4xf32>) -> vector<4xf32> {
  %low = arith.constant dense<-1.5> : vector<4xf32>
  %high = arith.constant dense<6.0> : vector<4xf32>
  %y = arith.maximumf %x, %low : vector<4xf32>
  %z = arith.minimumf %high, %y : vector<4xf32>
  return %z : vector<4xf32>
}

// A constant that is no number, and two values: not here.
// CHECK-LABEL: func.func @other
// CHECK: arith.maximumf
// CHECK: arith.maximumf
func.func @other(%x: f32, %y: f32) -> (f32, f32) {
  %nan = arith.constant 0x7FC00000 : f32
  %a = arith.maximumf %x, %nan : f32
  %b = arith.maximumf %x, %y : f32
  return %a, %b : f32, f32
}
