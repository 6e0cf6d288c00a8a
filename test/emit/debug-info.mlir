// With -g the object says which code belongs to which line of the model;
// without, nothing of it is left.

// RUN: nnc %s --seed=1 -g -o %t.o
// RUN: llvm-dwarfdump --debug-line %t.o | FileCheck %s
// RUN: nnc %s --seed=1 -o %t.o
// RUN: llvm-readelf -SW %t.o | FileCheck %s --check-prefix=NONE

// CHECK: name: "{{.*}}debug-info.mlir"
// NONE-NOT: .debug

nn.sequential @m {
  nn.input {shape = [3]}
  nn.dense {units = 4}
}
