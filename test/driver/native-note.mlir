// REQUIRES: avx2
// Portable code is the default, and one line says that there is more to have.

// RUN: nnc %s --seed=1 -o %t.o 2>&1 | FileCheck %s
// RUN: nnc %s --seed=1 -o %t.o --mcpu=native 2>&1 | FileCheck %s --check-prefix=QUIET --allow-empty
// RUN: nnc %s --seed=1 -o %t.o --target=x86_64-linux-gnu 2>&1 | FileCheck %s --check-prefix=QUIET --allow-empty
// RUN: nnc %s --seed=1 --emit=summary 2>&1 | FileCheck %s --check-prefix=QUIET

// CHECK: nnc: note: compiled for every x86-64 CPU; --mcpu=native would use all of this machine's
// QUIET-NOT: --mcpu=native

nn.sequential @m {
  nn.input {shape = [3]}
  nn.dense {units = 4}
}
