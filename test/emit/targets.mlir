// Every architecture of ours, at its baseline. The check of symbols is part of
// each: an object that needs a math library is refused.

// RUN: nnc %s --seed=1 -o %t.o --target=x86_64-linux-gnu && llvm-objdump -h %t.o | FileCheck %s --check-prefix=X86-64
// RUN: nnc %s --seed=1 -o %t.o --target=aarch64-linux-gnu && llvm-objdump -h %t.o | FileCheck %s --check-prefix=AARCH64
// RUN: nnc %s --seed=1 -o %t.o --target=armv7-linux-gnueabihf && llvm-objdump -h %t.o | FileCheck %s --check-prefix=ARM
// RUN: nnc %s --seed=1 -o %t.o --target=riscv64-linux-gnu && llvm-objdump -h %t.o | FileCheck %s --check-prefix=RISCV
// RUN: nnc %s --seed=1 -o %t.o --target=wasm32 && llvm-objdump -h %t.o | FileCheck %s --check-prefix=WASM

// X86-64:  file format elf64-x86-64
// AARCH64: file format elf64-littleaarch64
// ARM:     file format elf32-littlearm
// RISCV:   file format elf64-littleriscv
// WASM:    file format wasm

nn.sequential @m {
  nn.input {shape = [3]}
  nn.dense {units = 4, activation = "sigmoid"}
  nn.dense {units = 2, activation = "softmax"}
}
