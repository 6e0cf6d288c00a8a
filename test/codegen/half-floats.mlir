// Conversions of 16-bit floats are integer arithmetic (test/e2e/element-types.test has
// the numbers); what moves them is kept.
// RUN: nn-opt %s --nnc-expand-math --nnc-verify-math | FileCheck %s

// CHECK-LABEL: func.func @extend
// CHECK: arith.bitcast %{{.*}} : f16 to i16
// CHECK: arith.extui %{{.*}} : i16 to i32
// CHECK-NOT: arith.extf
// CHECK: arith.bitcast %{{.*}} : vector<4xbf16> to vector<4xi16>
// CHECK: arith.shli
// CHECK: arith.extf %{{.*}} : f32 to f64
func.func @extend(%a: f16, %b: vector<4xbf16>, %c: f16) -> (f32, vector<4xf32>, f64) {
  %x = arith.extf %a : f16 to f32
  %y = arith.extf %b : vector<4xbf16> to vector<4xf32>
  %z = arith.extf %c : f16 to f64
  return %x, %y, %z : f32, vector<4xf32>, f64
}

// A double is rounded to odd on its way.
// CHECK-LABEL: func.func @truncate
// CHECK: arith.trunci %{{.*}} : i32 to i16
// CHECK: arith.bitcast %{{.*}} : i16 to f16
// CHECK: arith.truncf %{{.*}} : f64 to f32
// CHECK: arith.extf %{{.*}} : f32 to f64
// CHECK: arith.bitcast %{{.*}} : i16 to bf16
func.func @truncate(%a: f32, %b: f64) -> (f16, bf16) {
  %x = arith.truncf %a : f32 to f16
  %y = arith.truncf %b : f64 to bf16
  return %x, %y : f16, bf16
}

// Conversions that folding has made directly, and comparisons.
// CHECK-LABEL: func.func @direct
// CHECK: arith.sitofp %{{.*}} : i8 to f32
// CHECK: arith.cmpf olt, {{.*}} : f32
func.func @direct(%a: i8, %b: f16, %c: f16) -> (bf16, i1) {
  %x = arith.sitofp %a : i8 to bf16
  %z = arith.cmpf olt, %b, %c : f16
  return %x, %z : bf16, i1
}

// CHECK-LABEL: func.func @other
// CHECK: arith.truncf %{{.*}} : f64 to f32
// CHECK: arith.select
func.func @other(%a: f64, %c: i1, %x: f16, %y: f16) -> (f32, f16) {
  %b = arith.truncf %a : f64 to f32
  %z = arith.select %c, %x, %y : f16
  return %b, %z : f32, f16
}
