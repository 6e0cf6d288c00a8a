// --depfile lists all that was read, for every file that was written.

// RUN: rm -rf %t && mkdir %t && cp %s %t/m.mlir && cd %t
// RUN: nnc m.mlir --seed=1 -o m.o --header m.h --depfile m.d
// RUN: FileCheck %s --input-file=m.d
// CHECK: m.o m.h: m.mlir

// RUN: not nnc m.mlir --seed=1 --emit=summary --depfile m.d 2>&1 | FileCheck %s --check-prefix=UNNAMED
// UNNAMED: nnc: error: --depfile needs an output with a name; use -o

nn.sequential @m {
  nn.input {shape = [3]}
  nn.dense {units = 4}
}
