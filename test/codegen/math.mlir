// The functions that replace a math library, against libm in double: every
// 2039th float and the edges, with and without fused multiply-adds and
// rounding instructions.
//
// REQUIRES: x86_64
// RUN: nn-opt %s --nnc-lower-to-loops --nnc-expand-math --nnc-verify-math \
// RUN:   --canonicalize --cse --nnc-to-llvm=triple=x86_64-unknown-linux-gnu \
// RUN:   | mlir-translate --mlir-to-llvmir | opt -O2 -S -o %t.ll
// RUN: llc -O2 -filetype=obj -relocation-model=pic %t.ll -o %t.o
// RUN: %{cc} -O2 %S/Inputs/math.c %t.o -lm -o %t && %t

// No function is called, and the loops are vectorized.
// RUN: llvm-nm -u %t.o | count 0
// RUN: FileCheck %s --input-file=%t.ll

#id = affine_map<(i) -> (i)>

// CHECK-LABEL: define {{.*}}@f_exp(
// CHECK: store <4 x float>
func.func @f_exp(%x: memref<4096xf32>, %y: memref<4096xf32>) -> i32 {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%x : memref<4096xf32>) outs(%y : memref<4096xf32>) {
  ^bb0(%a: f32, %b: f32):
    %r = math.exp %a : f32
    linalg.yield %r : f32
  }
  %ok = arith.constant 0 : i32
  return %ok : i32
}

// CHECK-LABEL: define {{.*}}@f_sigmoid(
// CHECK: store <4 x float>
func.func @f_sigmoid(%x: memref<4096xf32>, %y: memref<4096xf32>) -> i32 {
  %one = arith.constant 1.0 : f32
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%x : memref<4096xf32>) outs(%y : memref<4096xf32>) {
  ^bb0(%a: f32, %b: f32):
    %n = arith.negf %a : f32
    %e = math.exp %n : f32
    %s = arith.addf %one, %e : f32
    %r = arith.divf %one, %s : f32
    linalg.yield %r : f32
  }
  %ok = arith.constant 0 : i32
  return %ok : i32
}

// CHECK-LABEL: define {{.*}}@f_exp2(
// CHECK: store <4 x float>
func.func @f_exp2(%x: memref<4096xf32>, %y: memref<4096xf32>) -> i32 {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%x : memref<4096xf32>) outs(%y : memref<4096xf32>) {
  ^bb0(%a: f32, %b: f32):
    %r = math.exp2 %a : f32
    linalg.yield %r : f32
  }
  %ok = arith.constant 0 : i32
  return %ok : i32
}

// CHECK-LABEL: define {{.*}}@f_expm1(
// CHECK: store <4 x float>
func.func @f_expm1(%x: memref<4096xf32>, %y: memref<4096xf32>) -> i32 {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%x : memref<4096xf32>) outs(%y : memref<4096xf32>) {
  ^bb0(%a: f32, %b: f32):
    %r = math.expm1 %a : f32
    linalg.yield %r : f32
  }
  %ok = arith.constant 0 : i32
  return %ok : i32
}

// CHECK-LABEL: define {{.*}}@f_log(
// CHECK: store <4 x float>
func.func @f_log(%x: memref<4096xf32>, %y: memref<4096xf32>) -> i32 {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%x : memref<4096xf32>) outs(%y : memref<4096xf32>) {
  ^bb0(%a: f32, %b: f32):
    %r = math.log %a : f32
    linalg.yield %r : f32
  }
  %ok = arith.constant 0 : i32
  return %ok : i32
}

// CHECK-LABEL: define {{.*}}@f_log1p(
// CHECK: store <4 x float>
func.func @f_log1p(%x: memref<4096xf32>, %y: memref<4096xf32>) -> i32 {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%x : memref<4096xf32>) outs(%y : memref<4096xf32>) {
  ^bb0(%a: f32, %b: f32):
    %r = math.log1p %a : f32
    linalg.yield %r : f32
  }
  %ok = arith.constant 0 : i32
  return %ok : i32
}

// CHECK-LABEL: define {{.*}}@f_tanh(
// CHECK: store <4 x float>
func.func @f_tanh(%x: memref<4096xf32>, %y: memref<4096xf32>) -> i32 {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%x : memref<4096xf32>) outs(%y : memref<4096xf32>) {
  ^bb0(%a: f32, %b: f32):
    %r = math.tanh %a : f32
    linalg.yield %r : f32
  }
  %ok = arith.constant 0 : i32
  return %ok : i32
}

// CHECK-LABEL: define {{.*}}@f_erf(
// CHECK: store <4 x float>
func.func @f_erf(%x: memref<4096xf32>, %y: memref<4096xf32>) -> i32 {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%x : memref<4096xf32>) outs(%y : memref<4096xf32>) {
  ^bb0(%a: f32, %b: f32):
    %r = math.erf %a : f32
    linalg.yield %r : f32
  }
  %ok = arith.constant 0 : i32
  return %ok : i32
}

// CHECK-LABEL: define {{.*}}@f_rsqrt(
// CHECK: store <4 x float>
func.func @f_rsqrt(%x: memref<4096xf32>, %y: memref<4096xf32>) -> i32 {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%x : memref<4096xf32>) outs(%y : memref<4096xf32>) {
  ^bb0(%a: f32, %b: f32):
    %r = math.rsqrt %a : f32
    linalg.yield %r : f32
  }
  %ok = arith.constant 0 : i32
  return %ok : i32
}

func.func @f_sin(%x: memref<4096xf32>, %y: memref<4096xf32>) -> i32 {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%x : memref<4096xf32>) outs(%y : memref<4096xf32>) {
  ^bb0(%a: f32, %b: f32):
    %r = math.sin %a : f32
    linalg.yield %r : f32
  }
  %ok = arith.constant 0 : i32
  return %ok : i32
}

func.func @f_cos(%x: memref<4096xf32>, %y: memref<4096xf32>) -> i32 {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%x : memref<4096xf32>) outs(%y : memref<4096xf32>) {
  ^bb0(%a: f32, %b: f32):
    %r = math.cos %a : f32
    linalg.yield %r : f32
  }
  %ok = arith.constant 0 : i32
  return %ok : i32
}

// CHECK-LABEL: define {{.*}}@f_floor(
// CHECK: store <4 x float>
func.func @f_floor(%x: memref<4096xf32>, %y: memref<4096xf32>) -> i32 {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%x : memref<4096xf32>) outs(%y : memref<4096xf32>) {
  ^bb0(%a: f32, %b: f32):
    %r = math.floor %a : f32
    linalg.yield %r : f32
  }
  %ok = arith.constant 0 : i32
  return %ok : i32
}

// CHECK-LABEL: define {{.*}}@f_ceil(
// CHECK: store <4 x float>
func.func @f_ceil(%x: memref<4096xf32>, %y: memref<4096xf32>) -> i32 {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%x : memref<4096xf32>) outs(%y : memref<4096xf32>) {
  ^bb0(%a: f32, %b: f32):
    %r = math.ceil %a : f32
    linalg.yield %r : f32
  }
  %ok = arith.constant 0 : i32
  return %ok : i32
}

// CHECK-LABEL: define {{.*}}@f_trunc(
// CHECK: store <4 x float>
func.func @f_trunc(%x: memref<4096xf32>, %y: memref<4096xf32>) -> i32 {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%x : memref<4096xf32>) outs(%y : memref<4096xf32>) {
  ^bb0(%a: f32, %b: f32):
    %r = math.trunc %a : f32
    linalg.yield %r : f32
  }
  %ok = arith.constant 0 : i32
  return %ok : i32
}

// CHECK-LABEL: define {{.*}}@f_roundeven(
// CHECK: store <4 x float>
func.func @f_roundeven(%x: memref<4096xf32>, %y: memref<4096xf32>) -> i32 {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%x : memref<4096xf32>) outs(%y : memref<4096xf32>) {
  ^bb0(%a: f32, %b: f32):
    %r = math.roundeven %a : f32
    linalg.yield %r : f32
  }
  %ok = arith.constant 0 : i32
  return %ok : i32
}

// CHECK-LABEL: define {{.*}}@f_round(
// CHECK: store <4 x float>
func.func @f_round(%x: memref<4096xf32>, %y: memref<4096xf32>) -> i32 {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%x : memref<4096xf32>) outs(%y : memref<4096xf32>) {
  ^bb0(%a: f32, %b: f32):
    %r = math.round %a : f32
    linalg.yield %r : f32
  }
  %ok = arith.constant 0 : i32
  return %ok : i32
}

func.func @f_pow(%x: memref<4096xf32>, %y: memref<4096xf32>, %z: memref<4096xf32>) -> i32 {
  linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel"]}
      ins(%x, %y : memref<4096xf32>, memref<4096xf32>) outs(%z : memref<4096xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %r = math.powf %a, %b : f32
    linalg.yield %r : f32
  }
  %ok = arith.constant 0 : i32
  return %ok : i32
}
