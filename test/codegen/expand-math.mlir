// RUN: nn-opt %s --nnc-expand-math | FileCheck %s --check-prefixes=CHECK,PLAIN
// RUN: nn-opt %s "--nnc-expand-math=fma rounding" | FileCheck %s --check-prefixes=CHECK,NATIVE
// RUN: nn-opt %s --nnc-expand-math=wide-extrema=false | FileCheck %s --check-prefix=SELECT
// RUN: nn-opt %s --nnc-expand-math=relaxed-fma | FileCheck %s --check-prefix=RELAXED

// Scalars and vectors alike become arithmetic (math.mlir has the numbers).
// CHECK-LABEL: func.func @functions
// CHECK-NOT: math.{{exp|tanh|log|erf|rsqrt|sin|cos|powf|round }}
// CHECK: return
func.func @functions(%x: f32, %v: vector<8xf32>) -> (f32, f32, f32, vector<8xf32>, vector<8xf32>, vector<8xf32>) {
  %a = math.exp %x : f32
  %b = math.sin %x : f32
  %c = math.powf %x, %x : f32
  %d = math.tanh %v : vector<8xf32>
  %e = math.log1p %v : vector<8xf32>
  %f = math.erf %v : vector<8xf32>
  return %a, %b, %c, %d, %e, %f : f32, f32, f32, vector<8xf32>, vector<8xf32>, vector<8xf32>
}

// Doubles have functions of their own, and f32 takes them where it has none.
// CHECK-LABEL: func.func @doubles
// CHECK-NOT: math.{{exp|pow|atan}}
// CHECK: arith.extf %{{.*}} : f32 to f64
// CHECK: arith.truncf %{{.*}} : f64 to f32
// CHECK: return
func.func @doubles(%x: f64, %y: f32) -> (f64, f64, f32) {
  %a = math.exp %x : f64
  %b = math.powf %x, %a : f64
  %c = math.atan2 %y, %y : f32
  return %a, %b, %c : f64, f64, f32
}

// What targets have is kept.
// CHECK-LABEL: func.func @fma
// PLAIN: arith.mulf
// PLAIN: arith.addf
// NATIVE: math.fma
func.func @fma(%x: f32) -> f32 {
  %a = math.fma %x, %x, %x : f32
  return %a : f32
}

// CHECK-LABEL: func.func @floor
// PLAIN: arith.fptosi
// NATIVE: math.floor
func.func @floor(%x: f32) -> f32 {
  %a = math.floor %x : f32
  return %a : f32
}

// CHECK-LABEL: func.func @kept
// CHECK: math.sqrt
// CHECK: math.exp %{{.*}} : f16
func.func @kept(%x: f32, %y: f16) -> (f32, f16) {
  %a = math.sqrt %x : f32
  %b = math.exp %y : f16
  return %a, %b : f32, f16
}

// The denominator of a sigmoid needs one power of two only, an exponential two.
// CHECK-LABEL: func.func @sigmoid
// CHECK-COUNT-1: arith.shli
// CHECK-NOT: arith.shli
// CHECK-LABEL: func.func @not_a_sigmoid
// CHECK-COUNT-2: arith.shli
func.func @sigmoid(%x: f32) -> f32 {
  %one = arith.constant 1.0 : f32
  %e = math.exp %x : f32
  %s = arith.addf %e, %one : f32
  return %s : f32
}

func.func @not_a_sigmoid(%x: f32) -> (f32, f32) {
  %one = arith.constant 1.0 : f32
  %e = math.exp %x : f32
  %s = arith.addf %e, %one : f32
  return %s, %e : f32, f32
}

// Where LLVM cannot select them.
// SELECT-LABEL: func.func @extrema
// SELECT-NOT: minimumf %{{.*}} : f64
// SELECT-NOT: maximumf
// SELECT: arith.minimumf %{{.*}} : f32
func.func @extrema(%x: f64, %y: f64, %v: vector<2xf64>, %z: f32)
    -> (f64, vector<2xf64>, f32) {
  %w = vector.broadcast %x : f64 to vector<2xf64>
  %t = arith.truncf %y : f64 to f32
  %a = arith.minimumf %x, %y : f64
  %b = arith.maximumf %v, %w : vector<2xf64>
  %c = arith.minimumf %z, %t : f32
  return %a, %b, %c : f64, vector<2xf64>, f32
}

// A multiply-add that the IR has; those of functions are never relaxed.
// PLAIN-LABEL: func.func @multiply_add
// PLAIN: arith.mulf
// PLAIN: arith.addf
// NATIVE-LABEL: func.func @multiply_add
// NATIVE: math.fma
// RELAXED-LABEL: func.func @functions
// RELAXED-NOT: relaxed.madd
// RELAXED-LABEL: func.func @multiply_add
// RELAXED: llvm.call_intrinsic "llvm.wasm.relaxed.madd.v4f32"(%{{.*}})
// RELAXED: arith.mulf %{{.*}} : f32
func.func @multiply_add(%a: vector<4xf32>, %b: vector<4xf32>, %c: vector<4xf32>,
                        %x: f32) -> (vector<4xf32>, f32) {
  %d = math.fma %a, %b, %c : vector<4xf32>
  %y = math.fma %x, %x, %x : f32
  return %d, %y : vector<4xf32>, f32
}
