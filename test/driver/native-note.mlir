// REQUIRES: x86_64
// The default has code for every level of CPUs, and nothing is to be said of
// this machine's.

// RUN: nnc %s --seed=1 -o %t.o 2>&1 | FileCheck %s --implicit-check-not=--mcpu
// RUN: nnc %s --seed=1 -o %t.o --mcpu=native 2>&1 | FileCheck %s --implicit-check-not=--mcpu
// RUN: nnc %s --seed=1 -o %t.o --target=x86_64-linux-gnu 2>&1 | FileCheck %s --implicit-check-not=--mcpu

// CHECK: note: weights are initialized with seed 1

nn.sequential @m {
  nn.input {shape = [3]}
  nn.dense {units = 4}
}
