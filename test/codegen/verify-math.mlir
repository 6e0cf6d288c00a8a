// RUN: nn-opt %s --nnc-verify-math | FileCheck %s

// What every target has as an instruction is accepted, and so is what
// ExpandMath left because this target has it.
// CHECK-LABEL: func.func @instructions
func.func @instructions(%x: f32, %v: vector<4xf64>) -> (f32, vector<4xf64>) {
  %a = math.sqrt %x : f32
  %b = math.absf %a : f32
  %c = math.copysign %b, %x : f32
  %d = math.fma %c, %x, %x : f32
  %e = math.floor %d : f32
  %f = math.sqrt %v : vector<4xf64>
  return %e, %f : f32, vector<4xf64>
}
