// RUN: nn-opt %s --nnc-expand-math --nnc-verify-math --verify-diagnostics

func.func @calls(%x: f64, %y: f32, %v: vector<4xf16>) -> (f64, f32, f32, vector<4xf16>) {
  // expected-error @+1 {{'math.exp' on 'f64' would call a math library}}
  %a = math.exp %x : f64
  // expected-error @+1 {{'math.atan' on 'f32' would call a math library}}
  %b = math.atan %y : f32
  // expected-error @+1 {{'arith.remf' on 'f32' would call a math library}}
  %c = arith.remf %y, %y : f32
  // expected-error @+1 {{'math.tanh' on 'vector<4xf16>' would call a math library}}
  %d = math.tanh %v : vector<4xf16>
  %e = math.exp %y : f32
  %f = arith.addf %b, %e : f32
  return %a, %f, %c, %d : f64, f32, f32, vector<4xf16>
}
