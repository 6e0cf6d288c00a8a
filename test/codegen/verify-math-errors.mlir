// RUN: nn-opt %s --nnc-expand-math --nnc-verify-math --verify-diagnostics

func.func @calls(%x: f80, %y: f32, %v: vector<4xf16>, %i: i32) -> (f80, f32, f32, vector<4xf16>, vector<4xf16>) {
  // expected-error @+1 {{'math.exp' on 'f80' would call a math library}}
  %a = math.exp %x : f80
  // expected-error @+1 {{'math.fpowi' on 'f32' would call a math library}}
  %b = math.fpowi %y, %i : f32, i32
  // expected-error @+1 {{'arith.remf' on 'f32' would call a math library}}
  %c = arith.remf %y, %y : f32
  // expected-error @+1 {{'math.tanh' on 'vector<4xf16>' would call a math library}}
  %d = math.tanh %v : vector<4xf16>
  %e = math.exp %y : f32
  %f = arith.addf %b, %e : f32
  // expected-error @+1 {{'arith.addf' on 'vector<4xf16>' would call a math library}}
  %g = arith.addf %v, %v : vector<4xf16>
  return %a, %f, %c, %d, %g : f80, f32, f32, vector<4xf16>, vector<4xf16>
}
