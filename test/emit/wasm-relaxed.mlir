// WebAssembly's relaxed multiply-add: only where it is asked for, and only on
// vectors of a row of results; single values are not fused.
//
// RUN: nnc %s --seed=1 --target=wasm32 --emit=asm -o - --mattr=+relaxed-simd | FileCheck %s
// RUN: nnc %s --seed=1 --target=wasm32 --emit=asm -o - | FileCheck %s --check-prefix=PLAIN
// CHECK: f32x4.relaxed_madd
// CHECK: f32x4.mul
// PLAIN-NOT: relaxed_madd
nn.model @relaxed {
  %x = nn.input {shape = [12]}
  %y = nn.dense(%x) {units = 8, name = "row"}
  %z = nn.dense(%y) {units = 1, name = "single"}
  nn.output(%z)
}
